"""Which decoders this computer has, for people who wonder why a file cannot be looked at."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from importlib import metadata


@dataclass(frozen=True, slots=True)
class DecoderInfo:
    """One group of formats, the library that opens it, and the extra that brings the library.

    `extra` is empty where the library always comes along; `version` is empty where it is missing.
    """

    formats: str
    present: bool
    library: str
    version: str
    extra: str


RECOGNISER = "opencv-python-headless"
"""What finds changed copies; it opens no file, so it stands apart from the decoders."""

_GROUPS: tuple[tuple[str, str, str], ...] = (
    ("JPEG, PNG, WebP, GIF, AVIF, TIFF, BMP, RAW previews", "pillow", ""),
    ("PDF", "pypdfium2", ""),
    ("HEIC, HEIF", "pi-heif", "heic"),
    ("JPEG XL", "pylibjxl", "jxl"),
    ("MP4, MOV, WebM, MKV", "av", "video"),
)


def decoders() -> tuple[DecoderInfo, ...]:
    """Return every group of formats, and whether its library is installed."""
    found = []
    for formats, library, extra in _GROUPS:
        version = _version(library)
        found.append(DecoderInfo(formats, bool(version), library, version, extra))
    return tuple(found)


def recogniser() -> str:
    """Return the version of the library that recognises changed copies, or "" where it is missing.

    Other builds of OpenCV serve as well: what counts is that it can be loaded.
    """
    if importlib.util.find_spec("cv2") is None:
        return ""
    return _version(RECOGNISER) or "?"


def _version(library: str) -> str:
    try:
        return metadata.version(library)
    except metadata.PackageNotFoundError:
        return ""
