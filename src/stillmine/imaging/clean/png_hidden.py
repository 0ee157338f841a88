"""Find colours that a PNG holds but does not show: below full transparency, unused in a palette."""

from __future__ import annotations

import struct
from typing import BinaryIO

import numpy
from PIL import Image

from stillmine.errors import FileDamaged
from stillmine.imaging.clean.png_chunks import Header

_MOST_PIXELS = 100_000_000
_MODES = {4: "LA", 6: "RGBA"}


class Hidden:
    """What a picture holds below what it shows, and the rows without that.

    `rows` are filtered scanlines to be written instead, with `header`; None where nothing was
    hidden, or for what is not looked at: animations, sixteen bits, more than 100 million pixels.
    """

    def __init__(self, source: BinaryIO, head: Header, *, animated: bool) -> None:
        """Decode the picture once, if its kind can hide something."""
        self.rows: bytes | None = None
        self.header: bytes | None = None
        self.wiped = 0
        self._used: set[int] | None = None
        if animated or head.depth == 16 or head.width * head.height > _MOST_PIXELS:
            return
        if head.colour in _MODES:
            self._below_transparency(source, head)
        elif head.colour == 3:
            self._used = _indices(source)

    def palette(self, colours: bytes) -> bytes:
        """Return a palette whose unused entries are black."""
        if self._used is None:
            return colours
        used = self._used
        plain = bytearray(colours)
        for number in range(len(colours) // 3):
            if number not in used and any(plain[3 * number : 3 * number + 3]):
                plain[3 * number : 3 * number + 3] = bytes(3)
                self.wiped += 1
        return bytes(plain)

    def _below_transparency(self, source: BinaryIO, head: Header) -> None:
        pixels = numpy.array(_decoded(source, _MODES[head.colour]))
        clear = pixels[..., -1] == 0
        coloured = clear & pixels[..., :-1].any(axis=-1)
        if not coloured.any():
            return
        self.wiped = int(coloured.sum())
        pixels[clear] = 0
        self.header = struct.pack(
            ">IIBBBBB", head.width, head.height, head.depth, head.colour, 0, 0, 0
        )
        self.rows = _filtered(pixels)


def _decoded(source: BinaryIO, mode: str) -> Image.Image:
    picture = _loaded(source)
    return picture.convert(mode) if picture.mode != mode else picture


def _indices(source: BinaryIO) -> set[int] | None:
    picture = _loaded(source)
    if picture.mode != "P":
        return None
    return {number for number, count in enumerate(picture.histogram()[:256]) if count}


def _loaded(source: BinaryIO) -> Image.Image:
    source.seek(0)
    try:
        with Image.open(source, formats=["PNG"]) as picture:
            picture.load()
            return picture
    except (OSError, ValueError, SyntaxError) as error:
        raise FileDamaged(part="picture-data") from error


def _filtered(pixels: numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.uint8]]) -> bytes:
    """Return rows under the filter Up (9.2), which suits pictures and is one subtraction."""
    rows = pixels.reshape(pixels.shape[0], -1)
    above = numpy.zeros_like(rows)
    above[1:] = rows[:-1]
    filters = numpy.full((rows.shape[0], 1), 2, numpy.uint8)
    return numpy.hstack([filters, rows - above]).tobytes()
