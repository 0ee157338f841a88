"""Cover boxes of a picture with plain colour, or coarser, and save what is left as a new file."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from stillmine.imaging import wire
from stillmine.imaging.cover.boxes import Box, Part
from stillmine.imaging.kinds import Problem
from stillmine.imaging.process import Died
from stillmine.imaging.source import Readable, Source, Unreadable, opened

if TYPE_CHECKING:
    from PIL import Image

Run = Callable[[str, Source, dict[str, int]], tuple[wire.Message, bytes]]

_MOST_PIXELS = 200_000_000
_QUALITY = 95
_PHOTOGRAPHS = frozenset({"jpeg", "heif", "avif", "webp", "jxl"})
_MOST_BLOCKS = 5  # across the longer side of a box: a face of five squares is hardly one
_LEAST_BLOCK = 16  # pixels
_MOST_WORK = 32  # times the area of the picture


class Style(StrEnum):
    """What a box is covered with."""

    SOLID = "solid"
    PIXELATE = "pixelate"
    BLUR = "blur"


@dataclass(frozen=True, slots=True)
class Covered:
    """The new file: its format, its bytes, its size in pixels, and what was covered in it."""

    format: str
    data: bytes
    size: tuple[int, int]
    boxes: tuple[Box, ...]


class CannotCover(Exception):
    """The picture cannot be covered; `why` is a code with words."""

    def __init__(self, why: str) -> None:
        """Keep the code."""
        super().__init__(why)
        self.why = why


def pixels_of(run: Run, file: Readable) -> tuple[Image.Image, str]:
    """Return a picture as it is seen, decoded in the limited child, and its format.

    Raises CannotCover.
    """
    from PIL import Image  # here, so that programs which cover nothing do not load it

    try:
        with opened(file) as source:
            message, pixels = run("upright", source, {"pixels": _MOST_PIXELS})
    except (Unreadable, Died) as error:
        raise CannotCover(error.problem.value) from error
    if message["problem"] is not None:
        raise CannotCover(message["problem"])
    size = (message["width"], message["height"])
    mode = "RGBA" if message["alpha"] else "RGB"
    if not pixels or len(pixels) != size[0] * size[1] * len(mode):
        raise CannotCover(Problem.DECODER_CRASHED.value)
    return Image.frombytes(mode, size, pixels), message["format"]


def cover(run: Run, file: Readable, boxes: Sequence[Box], style: Style) -> Covered:
    """Return a new file in which the boxes are covered.

    It is made of pixels alone, so that the covered ones are in no layer, thumbnail or preview of
    it. Photographs become JPEG without loss of colour detail, everything else PNG. Raises NotABox
    for a box outside the picture, and CannotCover.
    """
    return _covered(*pixels_of(run, file), boxes, style)


def cover_parts(run: Run, file: Readable, parts: Sequence[Part], style: Style) -> Covered:
    """Do the same for boxes that are told as parts of the picture, whatever its size is."""
    picture, file_format = pixels_of(run, file)
    return _covered(picture, file_format, [part.of(picture.size) for part in parts], style)


def _covered(picture: Image.Image, file_format: str, boxes: Sequence[Box], style: Style) -> Covered:
    as_jpeg = file_format in _PHOTOGRAPHS or file_format.startswith("raw-")
    as_jpeg = as_jpeg and picture.mode == "RGB" and max(picture.size) <= 65_500
    inside = [box.inside(picture.size) for box in boxes]
    if as_jpeg:
        inside = [box.on_grid(picture.size) for box in inside]
    inside = list(dict.fromkeys(inside))
    paint(picture, inside, style)
    out = io.BytesIO()
    if as_jpeg:
        picture.save(out, "JPEG", quality=_QUALITY, subsampling=0)
    else:
        picture.save(out, "PNG")
    return Covered("jpeg" if as_jpeg else "png", out.getvalue(), picture.size, tuple(inside))


def paint(picture: Image.Image, boxes: Sequence[Box], style: Style) -> None:
    """Paint over the boxes, in place. Raises CannotCover where it would take too long."""
    area = sum(box.width * box.height for box in boxes)
    if style is not Style.SOLID and area > _MOST_WORK * picture.width * picture.height:
        raise CannotCover(Problem.TOOK_TOO_LONG.value)
    for box in boxes:
        place = (box.x, box.y, box.x + box.width, box.y + box.height)
        if style is Style.SOLID:
            picture.paste((0, 0, 0, 255)[: len(picture.mode)], place)
        else:
            picture.paste(_coarse(picture.crop(place), style), place)


def _coarse(part: Image.Image, style: Style) -> Image.Image:
    """Return a part of a picture as a few squares of colour, or those run into each other."""
    from PIL import Image

    block = max(_LEAST_BLOCK, -(-max(part.size) // _MOST_BLOCKS))
    few = (max(1, part.width // block), max(1, part.height // block))
    small = part.resize(few, Image.Resampling.BOX)
    if small.mode == "RGBA":
        small.putalpha(255)  # what is covered does not show what was behind it
    smooth = style is Style.BLUR
    return small.resize(part.size, Image.Resampling.BICUBIC if smooth else Image.Resampling.NEAREST)
