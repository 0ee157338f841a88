"""See a leaked picture as if it lay flat on the grid of the original."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from stillmine.imaging.mark.grid import Floats
from stillmine.imaging.mark.pixels import shrunk
from stillmine.imaging.mark.place import Model, project

Flags = NDArray[np.bool_]


class Leak:
    """The brightness of a leaked picture, ready to be seen from any side."""

    def __init__(self, light: Floats) -> None:
        """Keep the brightness (height, width)."""
        self._light = light
        self._smaller: dict[float, Floats] = {}

    def seen(self, model: Model, bend: Floats, size: tuple[int, int]) -> tuple[Floats, Flags]:
        """Return the brightness on a grid, and where on the grid the leaked picture has any.

        `model` leads from the grid to the leaked picture; before it, each place of the grid is
        moved by `bend` (any smaller grid, 2, in pixels of this one).
        """
        height, width = size
        across, down = np.meshgrid(
            np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32)
        )
        if bend.any():
            moved = np.asarray(cv2.resize(bend, (width, height), interpolation=cv2.INTER_CUBIC))
            across, down = across + moved[..., 0], down + moved[..., 1]
        picture, model = self._at_scale(model, size)
        m = model.astype(np.float32)
        depth = np.maximum(m[2, 0] * across + m[2, 1] * down + m[2, 2], np.float32(1e-6))
        x = (m[0, 0] * across + m[0, 1] * down + m[0, 2]) / depth
        y = (m[1, 0] * across + m[1, 1] * down + m[1, 2]) / depth
        inside = (x > 0) & (y > 0) & (x < picture.shape[1] - 1) & (y < picture.shape[0] - 1)
        out = cv2.remap(picture, x, y, cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(out, np.float32), inside

    def scale(self, model: Model, size: tuple[int, int]) -> float:
        """Return how many pixels of the leaked picture a pixel of the grid is long."""
        middle = self._middle(model, size)
        points = project(model, middle + np.array([[0, 0], [1, 0], [0, 1.0]]))
        steps = points[1:] - points[0]
        return float(np.sqrt(abs(np.linalg.det(steps))))

    def _middle(self, model: Model, size: tuple[int, int]) -> Floats:
        """Return a place of the grid in the middle of what the leaked picture shows of it."""
        height, width = size
        rows = np.linspace(0, height - 1, 9)
        columns = np.linspace(0, width - 1, 9)
        places = np.stack(np.meshgrid(columns, rows), -1).reshape(-1, 2)
        there = project(model, places)
        high, wide = self._light.shape
        inside = ((there > 0) & (there < [wide, high])).all(1)
        if inside.any():
            return np.asarray(places[inside].mean(0))
        back = project(np.linalg.inv(model), np.array([[wide / 2, high / 2]]))[0]
        return np.asarray(np.clip(back, 0, [width - 1, height - 1]))

    def _at_scale(self, model: Model, size: tuple[int, int]) -> tuple[Floats, Model]:
        """Return the picture no finer than the grid, against aliasing, and the model for it."""
        scale = self.scale(model, size)
        if scale < 1.2:
            return self._light, model
        part = max(1, round(64 / scale)) / 64
        if part not in self._smaller:
            high, wide = (max(8, round(side * part)) for side in self._light.shape)
            self._smaller[part] = shrunk(self._light, high, wide)
        small = self._smaller[part]
        ratio = np.array(small.shape[::-1]) / np.array(self._light.shape[::-1])
        shift = 0.5 * ratio - 0.5
        down = np.array([[ratio[0], 0, shift[0]], [0, ratio[1], shift[1]], [0, 0, 1]])
        return small, np.asarray(down @ model)
