"""Boxes in a picture: where a person wants it covered, counted as the picture is seen."""

from __future__ import annotations

import math
from typing import NamedTuple

_FAR = 10**7
_GRID = 16


class NotABox(ValueError):
    """What was given is no box, or no part of it lies in the picture, whose size is then told."""

    def __init__(self, text: str, size: tuple[int, int] | None = None) -> None:
        """Keep what was given, and the size in pixels."""
        super().__init__(text)
        self.text, self.size = text, size


class Box(NamedTuple):
    """A box in pixels of the picture as it is seen: the left upper corner, width and height."""

    x: int
    y: int
    width: int
    height: int

    def inside(self, size: tuple[int, int]) -> Box:
        """Return the part of the box that lies in a picture. Raises NotABox if there is none."""
        left, top = max(0, self.x), max(0, self.y)
        right = min(size[0], self.x + self.width)
        bottom = min(size[1], self.y + self.height)
        if right <= left or bottom <= top:
            raise NotABox(f"{self.x},{self.y},{self.width},{self.height}", size)
        return Box(left, top, right - left, bottom - top)

    def on_grid(self, size: tuple[int, int]) -> Box:
        """Return the box grown to whole blocks of JPEG, at most 15 pixels on a side.

        JPEG saves blocks of 8 or 16 pixels. One that is covered as a whole holds nothing else,
        and no edge of the cover is smeared into it.
        """
        left, top = self.x // _GRID * _GRID, self.y // _GRID * _GRID
        right = -(-(self.x + self.width) // _GRID) * _GRID
        bottom = -(-(self.y + self.height) // _GRID) * _GRID
        return Box(left, top, right - left, bottom - top).inside(size)


class Part(NamedTuple):
    """A box in hundredths of the picture as it is seen: 0 to 100 on each side."""

    x: float
    y: float
    width: float
    height: float

    def of(self, size: tuple[int, int]) -> Box:
        """Return the box in pixels, rounded outwards so that nothing at its edge is left."""
        left, top = math.floor(self.x * size[0] / 100), math.floor(self.y * size[1] / 100)
        right = math.ceil((self.x + self.width) * size[0] / 100)
        bottom = math.ceil((self.y + self.height) * size[1] / 100)
        return Box(left, top, right - left, bottom - top)


def read_box(text: str) -> Box:
    """Return the box that was typed as `X,Y,W,H`, in pixels. Raises NotABox."""
    parts = text.split(",")
    try:
        x, y, width, height = (int(part) for part in parts)
    except ValueError as error:
        raise NotABox(text) from error
    if width <= 0 or height <= 0 or max(map(abs, (x, y, width, height))) > _FAR:
        raise NotABox(text)
    return Box(x, y, width, height)
