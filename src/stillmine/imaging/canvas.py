"""Paper, noise and brushes for drawn photographs: everything is an array of light."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Plane = NDArray[np.floating[Any]]
Light = NDArray[np.floating[Any]]
Colour = Sequence[float]


class Canvas:
    """The size of a picture, its coordinates from 0 to 1, and the chance that shapes it."""

    def __init__(self, number: int, size: tuple[int, int]) -> None:
        """Prepare a picture; the same number always gives the same chance."""
        self.width, self.height = size
        self.random = np.random.default_rng(number)
        across = np.linspace(0, 1, self.width, dtype=np.float32)
        down = np.linspace(0, 1, self.height, dtype=np.float32)
        self.x, self.y = np.meshgrid(across, down)
        self.ratio = self.width / self.height

    def chance(self, low: float, high: float) -> float:
        """Return a number between two others."""
        return float(self.random.uniform(low, high))

    def noise(
        self, cells: float, octaves: int = 6, *, stretch: float = 1.0, falloff: float = 0.5
    ) -> Plane:
        """Return smooth noise around 0, about -1 to 1: `cells` bumps across, then finer ones.

        `stretch` above 1 makes the bumps wider than high.
        """
        total = np.zeros((self.height, self.width), np.float32)
        strength, whole = 1.0, 0.0
        for octave in range(octaves):
            across = max(2, round(cells * 2**octave))
            down = max(2, round(cells * 2**octave * stretch / self.ratio))
            if across > self.width or down > self.height:
                break
            total += strength * self._grid(across, down)
            whole += strength
            strength *= falloff
        return total / max(whole, 1.0)

    def line(self, cells: float, octaves: int = 7, falloff: float = 0.5) -> Plane:
        """Return one row of noise, repeated down: the outline of hills and waves."""
        total = np.zeros(self.width, np.float32)
        strength = 1.0
        for octave in range(octaves):
            points = max(2, round(cells * 2**octave)) + 1
            values = self.random.uniform(-1, 1, points)
            at = np.linspace(0, points - 1, self.width)
            low = np.minimum(at.astype(int), points - 2)
            part = at - low
            part = part * part * (3 - 2 * part)
            total += strength * (values[low] * (1 - part) + values[low + 1] * part)
            strength *= falloff
        return np.broadcast_to(total.astype(np.float32), (self.height, self.width))

    def disc(self, x: float, y: float, radius: float) -> Plane:
        """Return the distance from a point in units of `radius` (of the picture's height)."""
        away: Plane = np.hypot((self.x - x) * self.ratio, self.y - y) / np.float32(radius)
        return away

    def _grid(self, across: int, down: int) -> Plane:
        grid = self.random.uniform(-1, 1, (down + 1, across + 1)).astype(np.float32)
        smooth = Image.fromarray(grid).resize((self.width, self.height), Image.Resampling.BICUBIC)
        return np.asarray(smooth, np.float32)


def plain(canvas: Canvas, colour: Colour) -> Light:
    """Return a picture of one colour."""
    light = np.empty((canvas.height, canvas.width, 3), np.float32)
    light[:] = colour
    return light


def between(one: Colour | Light, other: Colour | Light, part: Plane) -> Light:
    """Mix two colours or pictures: 0 is the first, 1 the second."""
    share = np.clip(part, 0, 1)[..., None]
    mixed: Light = np.asarray(one, np.float32) * (1 - share) + np.asarray(other, np.float32) * share
    return mixed


def edge(distance: Plane, softness: float) -> Plane:
    """Return 1 where `distance` is well below 0 and 0 well above, soft in between."""
    part = np.clip(0.5 - distance / softness, 0, 1)
    smooth: Plane = part * part * (3 - 2 * part)
    return smooth


def glow(distance: Plane, sharpness: float) -> Plane:
    """Return light that falls off around a point."""
    fall: Plane = np.exp(-((distance * sharpness) ** 2))
    return fall
