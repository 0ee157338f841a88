"""Tell where a leaked picture really shows the original, and where a sticker or something else."""

from __future__ import annotations

import cv2
import numpy as np

from stillmine.imaging.mark.grid import Floats
from stillmine.imaging.mark.pixels import shrunk
from stillmine.imaging.mark.view import Flags

_WINDOW = 1 / 80  # of the longer side
_EVEN = 6.0  # variance in grey levels squared below which a place says nothing by its pattern


def alike(one: Floats, other: Floats, inside: Flags) -> Floats:
    """Return from 0 to 1 how surely each place is the same, whatever the light and colours.

    Local correlation, of either sign (a negative is the same picture); even places stay doubtful.
    """
    window = _Window(inside)
    a, b = window.small(one), window.small(other)
    mean_a, mean_b = window.mean(a), window.mean(b)
    spread_a = window.mean(a * a) - mean_a**2
    spread_b = window.mean(b * b) - mean_b**2
    both = window.mean(a * b) - mean_a * mean_b
    noise = np.maximum(spread_a, _EVEN) * np.maximum(spread_b, _EVEN)
    same = both * both / noise
    even = (spread_a < _EVEN) & (spread_b < 4 * _EVEN)
    sure = np.asarray(np.where(even, 0.15, np.clip((same - 0.15) / 0.45, 0, 1)), np.float32)
    return window.large(sure)


def shown(predicted: Floats, seen: Floats, inside: Flags) -> Floats:
    """Return from 0 to 1 whether each place shows what was predicted, in pattern and in level."""
    window = _Window(inside)
    p, s = window.small(predicted), window.small(seen)
    mean_p, mean_s = window.mean(p), window.mean(s)
    spread_p = np.maximum(window.mean(p * p) - mean_p**2, 0)
    spread_s = np.maximum(window.mean(s * s) - mean_s**2, 0)
    both = window.mean(p * s) - mean_p * mean_s
    wrong = window.mean((p - s) ** 2)
    there = window.inside > 0.5
    if there.sum() < 50:
        return inside.astype(np.float32)
    usual = float(np.median(wrong[there]))
    usual = usual if float((wrong[there] < 225).mean()) > 0.5 else 64.0
    same = both / np.sqrt(np.maximum(spread_p, 4) * np.maximum(spread_s, 4))
    other = (wrong > 9 * usual + 60) & (same < 0.75)
    other |= np.abs(mean_p - mean_s) > 30 + 3 * np.sqrt(usual)
    other |= (spread_s > 25 * (spread_p + 30)) | ((spread_p > 25 * (spread_s + 12)) & (same < 0.4))
    if other[there].mean() > 0.97:
        return inside.astype(np.float32)
    wide = cv2.dilate(other.astype(np.float32), np.ones((3, 3), np.uint8))
    sure = np.clip(1 - 2 * cv2.GaussianBlur(wide, (0, 0), 1.0), 0, 1)
    return window.large(np.asarray(sure, np.float32))


class _Window:
    """Averages over a small window, taken on a coarse grid, of what lies inside."""

    def __init__(self, inside: Flags) -> None:
        self._size = inside.shape
        width = max(inside.shape) * _WINDOW
        self._coarse = max(1, int(width / 3))
        self._width = max(0.8, width / self._coarse)
        self._flags = inside
        self.inside = self.small(inside.astype(np.float32))
        self._mass = cv2.GaussianBlur(self.inside, (0, 0), self._width) + 1e-3

    def small(self, values: Floats) -> Floats:
        high, wide = (max(1, side // self._coarse) for side in self._size)
        return np.asarray(shrunk(values, high, wide), np.float32)

    def mean(self, values: Floats) -> Floats:
        summed = cv2.GaussianBlur(values * self.inside, (0, 0), self._width)
        return np.asarray(summed / self._mass, np.float32)

    def large(self, values: Floats) -> Floats:
        size = self._size[::-1]
        full = cv2.resize(values.astype(np.float32), size, interpolation=cv2.INTER_LINEAR)
        return np.asarray(full * self._flags, np.float32)
