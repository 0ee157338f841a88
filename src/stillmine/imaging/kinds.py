"""What a file turned out to be, and what can be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The families that the rest of the program treats differently."""

    PICTURE = "picture"
    ANIMATION = "animation"
    VIDEO = "video"
    PDF = "pdf"
    DOCUMENT = "document"


class Problem(StrEnum):
    """Why a file could not be looked at. The values are codes with words in `messages`."""

    CANNOT_READ = "imaging.cannot-read"
    CANNOT_DECODE = "imaging.cannot-decode"
    LOCKED = "imaging.locked"
    TOO_LARGE = "imaging.too-large"
    OUT_OF_MEMORY = "imaging.out-of-memory"
    TOOK_TOO_LONG = "imaging.took-too-long"
    DECODER_CRASHED = "imaging.decoder-crashed"
    NO_DECODER = "imaging.no-decoder"
    NO_RECOGNISER = "imaging.no-recogniser"
    NO_STILL = "imaging.no-still"
    TOO_SMALL = "imaging.too-small"


FORMATS: dict[str, Kind] = {
    "jpeg": Kind.PICTURE,
    "png": Kind.PICTURE,
    "webp": Kind.PICTURE,
    "gif": Kind.PICTURE,
    "heif": Kind.PICTURE,
    "avif": Kind.PICTURE,
    "tiff": Kind.PICTURE,
    "bmp": Kind.PICTURE,
    "jxl": Kind.PICTURE,
    "raw-arw": Kind.PICTURE,
    "raw-cr2": Kind.PICTURE,
    "raw-cr3": Kind.PICTURE,
    "raw-dng": Kind.PICTURE,
    "raw-nef": Kind.PICTURE,
    "raw-orf": Kind.PICTURE,
    "raw-pef": Kind.PICTURE,
    "raw-raf": Kind.PICTURE,
    "raw-rw2": Kind.PICTURE,
    "raw-srw": Kind.PICTURE,
    "mp4": Kind.VIDEO,
    "mov": Kind.VIDEO,
    "webm": Kind.VIDEO,
    "mkv": Kind.VIDEO,
    "pdf": Kind.PDF,
    "other": Kind.DOCUMENT,
}
"""Every format name that a `Look` can carry, with its kind when it does not move."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a limited child saw in a file; only names from fixed lists and bounded numbers.

    `width` and `height` are pixels as stored (PDF: points of the first page), before any turn
    that the file asks for. `frames` counts frames, or pages of a PDF; None when not known.
    `problem` is the value of a `Problem`, or None when the first frame or page was decoded.
    """

    kind: Kind
    format: str
    width: int | None = None
    height: int | None = None
    frames: int | None = None
    seconds: float | None = None
    problem: str | None = None


def kind_of(file_format: str, frames: int | None) -> Kind:
    """Return the kind of a format: a picture with more than one frame is an animation."""
    kind = FORMATS[file_format]
    if kind is Kind.PICTURE and frames is not None and frames > 1 and file_format != "tiff":
        return Kind.ANIMATION
    return kind
