"""What the limited child is asked about marks, seen from our side."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from stillmine.errors import CannotMark
from stillmine.imaging import wire
from stillmine.imaging.kinds import Problem
from stillmine.imaging.mark.reading import Evidence, NotAReading, unpack
from stillmine.imaging.process import Died
from stillmine.imaging.shapes import MOST_INLINE
from stillmine.imaging.source import Readable, Source, Unreadable, opened

Run = Callable[[str, Source, dict[str, int]], tuple[wire.Message, bytes]]

_JPEG_QUALITIES = (94, 97, 99)
_CLOSE = 42.0  # decibels; a small, grainy picture needs a higher quality for it
_FINE = 100.0  # corners are sent as whole hundredths of a pixel
_FAR = 10.0**7


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked copy: a clean file without any metadata, upright, in sRGB.

    `format` is "jpeg" or "png", `psnr` how close it is to the original, in decibels.
    """

    format: str
    data: bytes
    psnr: float


class CannotRead(Exception):
    """A leaked picture or its original cannot be looked at; `problem` is a code with words."""

    def __init__(self, problem: str) -> None:
        """Keep the code."""
        super().__init__(problem)
        self.problem = problem


def mark(run: Run, file: Readable, seed: bytes, most_pixels: int) -> Marked:
    """Return a marked copy of a picture.

    The child returns bare pixels, which are encoded here: nothing in the file was shaped by what
    the child met. Raises CannotMark; its `why` is a code with words.
    """
    numbers = {"pixels": most_pixels, "seed": int.from_bytes(seed, "big")}
    try:
        with opened(file) as source:
            message, pixels = run("mark", source, numbers)
    except (Unreadable, Died) as error:
        raise CannotMark(why=error.problem.value) from error
    if message["problem"] is not None:
        raise CannotMark(why=message["problem"])
    size = (message["width"], message["height"])
    mode = "RGBA" if message["alpha"] else "RGB"
    if not pixels or len(pixels) != size[0] * size[1] * len(mode):
        raise CannotMark(why=Problem.DECODER_CRASHED.value)
    return _encoded(size, mode, pixels, message)


def _encoded(size: tuple[int, int], mode: str, pixels: bytes, message: wire.Message) -> Marked:
    """Save the pixels, and measure what saving them changed."""
    from PIL import Image, ImageChops, ImageStat  # here: programs that only look do not load it

    picture = Image.frombytes(mode, size, pixels)
    if message["drawn"] or mode == "RGBA":
        out = io.BytesIO()
        picture.save(out, "PNG")
        return Marked("png", out.getvalue(), _psnr(message["change"]))
    made = Marked("jpeg", b"", 0.0)
    for quality in _JPEG_QUALITIES:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, subsampling=0, optimize=True)
        away = ImageChops.difference(picture, Image.open(out))
        lost = sum(ImageStat.Stat(away).sum2) / (3 * size[0] * size[1])
        # What the mark changes and what saving changes have nothing in common: they add up.
        made = Marked("jpeg", out.getvalue(), _psnr(message["change"] + lost))
        if made.psnr >= _CLOSE:
            break
    return made


def _psnr(error: float) -> float:
    """Return decibels for a mean square difference in grey levels."""
    return round(10 * math.log10(255**2 / max(error, 1e-9)), 2)


def evidence(
    run: Run,
    files: tuple[Readable, Readable],
    quad: Sequence[Sequence[float]] | None,
    most_pixels: int,
) -> Evidence | None:
    """Return what the second file, the leaked one, says about marks of the first, its original.

    None if the original was not found in it. Raises CannotRead.
    """
    parts = [_whole(file) for file in files]
    if sum(map(len, parts)) > MOST_INLINE:
        raise CannotRead(Problem.TOO_LARGE.value)
    numbers = {"pixels": most_pixels, "first": len(parts[0]), **_corners(quad)}
    try:
        message, blob = run("trace", Source(None, b"".join(parts)), numbers)
    except Died as error:
        raise CannotRead(error.problem.value) from error
    if message["problem"] is not None:
        raise CannotRead(message["problem"])
    try:
        return unpack(blob) if message["found"] else None
    except NotAReading as error:
        raise CannotRead(Problem.DECODER_CRASHED.value) from error


def _whole(file: Readable) -> bytes:
    """Read all of a file. Raises CannotRead."""
    try:
        with opened(file) as source:
            if source.descriptor is None:
                return source.data
            with open(source.descriptor, "rb", closefd=False) as data:
                found = data.read(MOST_INLINE + 1)
    except Unreadable as error:
        raise CannotRead(error.problem.value) from error
    return found


def _corners(quad: Sequence[Sequence[float]] | None) -> dict[str, int]:
    """Return the corners as whole numbers by name, or none."""
    values = [value for corner in quad or () for value in corner]
    if len(values) != 8 or not all(abs(value) < _FAR for value in values):
        return {}
    return {f"corner{place}": round(value * _FINE) for place, value in enumerate(values)}


def corners_of(numbers: Mapping[str, int]) -> tuple[tuple[float, float], ...] | None:
    """Return the corners that `numbers` hold, in pixels, or None."""
    if "corner0" not in numbers:
        return None
    values = [numbers[f"corner{place}"] / _FINE for place in range(8)]
    return tuple(zip(values[::2], values[1::2], strict=True))
