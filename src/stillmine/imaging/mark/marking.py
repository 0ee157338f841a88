"""Put the mark of one hand-over into a picture, so that nobody sees it."""

from __future__ import annotations

import hashlib
from functools import lru_cache

import cv2
import numpy as np

from stillmine.imaging.mark import grid, pixels
from stillmine.imaging.mark.chips import chips
from stillmine.imaging.mark.grid import Floats
from stillmine.imaging.mark.hiding import room
from stillmine.imaging.mark.pixels import Rgb

# How strong a mark is: between these, so strong that the copy comes to the PSNR (in decibels) that
# is wished for; but below the least PSNR never.
_STRENGTH, _STRONGEST = 0.72, 0.9
_WISHED_PSNR, _LEAST_PSNR = 45.0, 42.6
_MOST_CHANGE = 9.0  # grey levels
_STRIP = 256  # rows at a time, so that a large picture needs little memory beside itself
_TILE = 256


def mark(rgb: Rgb, seed: bytes) -> Rgb:
    """Return a marked copy of a picture (height, width, 3), for the hand-over with this seed.

    Spread-spectrum marking in the transform domain (Cox, Kilian, Leighton and Shamoon 1997).
    Raises TooSmall for a picture that cannot carry a mark, ValueError for a seed not 32 bytes.
    """
    marked = rgb.copy()
    mark_in_place(marked, seed)
    return marked


def mark_in_place(rgb: Rgb, seed: bytes) -> float:
    """Mark a picture where it is; return the mean square of what was changed, in grey levels."""
    total = 0.0
    change = Change(pattern(rgb, seed), *rgb.shape[:2])
    for top in range(0, len(rgb), _STRIP):
        before = rgb[top : top + _STRIP]
        after = change.added(before, top)
        away = after.astype(np.int16) - before
        total += float(np.square(away, dtype=np.int32).sum())
        before[:] = after
    return total / rgb.size


def pattern(rgb: Rgb, seed: bytes) -> Floats:
    """Return what is to be added, in grey levels on the grid of the picture."""
    light = pixels.luma(pixels.on_grid(rgb))
    height, width = light.shape
    band = grid.band(height, width)
    waves = np.zeros(height * width, np.float32)
    waves[band.places] = band.strengths * chips(seed, height, width, len(band))
    energy = float((band.strengths.astype(np.float64) ** 2).sum()) / (height * width)
    change = pixels.inverse(waves.reshape(height, width)) / np.sqrt(energy) * room(light)
    power = float(np.mean(change.astype(np.float64) ** 2))
    wished, most = (255 / 10 ** (psnr / 20) / power**0.5 for psnr in (_WISHED_PSNR, _LEAST_PSNR))
    strength = min(max(_STRENGTH, min(wished, _STRONGEST)), most)
    return np.asarray(np.clip(change * strength, -_MOST_CHANGE, _MOST_CHANGE), np.float32)


class Change:
    """A pattern on its way into a picture of some height and width."""

    def __init__(self, change: Floats, height: int, width: int) -> None:
        """Enlarge the pattern to the width; the rows follow when they are needed."""
        self._height = height
        self._wide = change
        if width != change.shape[1]:
            size = (width, len(change))
            self._wide = np.asarray(cv2.resize(change, size, interpolation=cv2.INTER_CUBIC))

    def added(self, strip: Rgb, top: int) -> Rgb:
        """Return some rows of the picture, of which `top` is the first, with the change added.

        Fractions of a grey level are rounded up or down by chance, in that proportion: rounded to
        the nearest, a change below one half would vanish where it must be that faint.
        """
        whole = np.floor(self._rows(top, len(strip)) + _dither(top, strip.shape))
        sum_ = np.clip(strip + whole[..., None], 0, 255)
        return np.asarray(sum_, np.uint8)

    def _rows(self, top: int, rows: int) -> Floats:
        """Return rows of the change at the size of the picture (bicubic, Keys 1981)."""
        lines = len(self._wide)
        if self._height == lines:
            return self._wide[top : top + rows]
        at = (np.arange(top, top + rows) + 0.5) * (lines / self._height) - 0.5
        first = np.floor(at).astype(int) - 1
        out = np.zeros((rows, self._wide.shape[1]), np.float32)
        for tap in range(4):
            line = np.clip(first + tap, 0, lines - 1)
            weight = _cubic(np.abs(at - first - tap)).astype(np.float32)
            out += weight[:, None] * self._wide[line]
        return out


def _cubic(away: Floats) -> Floats:
    """Return the weights of the cubic kernel with a = -0.75 at distances from 0 to 2."""
    near = (1.25 * away - 2.25) * away * away + 1
    far = ((-0.75 * away + 3.75) * away - 6) * away + 3
    return np.where(away <= 1, near, far)


def _dither(top: int, shape: tuple[int, ...]) -> Floats:
    """Return thresholds from 0 to 1 for some rows; the same picture gives the same copy."""
    rows, width = shape[:2]
    tile = _thresholds()
    down = np.arange(top, top + rows) % _TILE
    across = np.arange(width) % _TILE
    return tile[np.ix_(down, across)]


@lru_cache(maxsize=1)
def _thresholds() -> Floats:
    data = hashlib.shake_256(b"stillmine mark 1 rounding").digest(_TILE * _TILE * 2)
    return (np.frombuffer(data, "<u2").reshape(_TILE, _TILE) + 0.5).astype(np.float32) / 65536
