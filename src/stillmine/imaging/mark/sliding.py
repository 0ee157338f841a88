"""Find a cut-out of a picture without features, by sliding it over the original at many sizes."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from stillmine.imaging.mark.grid import Floats
from stillmine.imaging.mark.pixels import Rgb, luma, shrunk
from stillmine.imaging.mark.reading import Quad

_SIDE = 400  # of the original, in pixels
_SIZES = 22
_SMALLEST, _LEAST_SIDE = 0.12, 14
_FINE = 0.01
_LEAST_ALIKE = 0.3
_FLAT = 0.3  # grey levels
_DETAIL = 4.0  # pixels; slow changes of light look alike everywhere


@dataclass(frozen=True, slots=True)
class _Lying:
    """Where a piece lies on the ground: its corner, and its size there beside its own."""

    worth: float
    scale: float
    left: int
    top: int


def slid(original: Rgb, leaked: Rgb) -> Quad | None:
    """Return the original's corners in the leaked picture, in pixels, or None.

    The cut-out must be upright, or mirrored; its size may be any. Normalised correlation, first at
    sizes far apart, then around the best; a large fair match counts more than a tiny good one.
    """
    light = luma(original)
    part = _SIDE / max(light.shape)
    high, wide = (max(8, round(side * part)) for side in light.shape)
    ground = _detail(shrunk(light, high, wide))
    plain = luma(leaked)
    best: tuple[_Lying, bool] | None = None
    for mirrored in (False, True):
        found = _best(ground, plain[:, ::-1] if mirrored else plain, part)
        if found is not None and (best is None or found.worth > best[0].worth):
            best = found, mirrored
    return None if best is None else _quad(*best, ground, plain)


def _best(ground: Floats, piece: Floats, own: float) -> _Lying | None:
    """Return where the piece lies best, if anywhere; `own` is the size of an unscaled cut-out."""
    piece = np.ascontiguousarray(piece)
    most = min(ground.shape[0] / piece.shape[0], ground.shape[1] / piece.shape[1])
    found = _of_all(ground, piece, [own, *(most * np.geomspace(_SMALLEST, 1.0, _SIZES))])
    if found is None:
        return None
    near = [found.scale * (1 + _FINE * step) for step in range(-5, 6)]
    return _of_all(ground, piece, near) or found


def _of_all(ground: Floats, piece: Floats, scales: list[float]) -> _Lying | None:
    tried = [_at(ground, piece, float(scale)) for scale in scales]
    return max((one for one in tried if one), key=lambda one: one.worth, default=None)


def _at(ground: Floats, piece: Floats, scale: float) -> _Lying | None:
    """Return where a piece of this size lies best, if it is at all alike there."""
    high, wide = (round(side * scale) for side in piece.shape)
    if min(high, wide) < _LEAST_SIDE or high > ground.shape[0] or wide > ground.shape[1]:
        return None
    small = _detail(shrunk(piece, high, wide))
    if float(small.std()) < _FLAT:
        return None
    _, most, _, place = cv2.minMaxLoc(cv2.matchTemplate(ground, small, cv2.TM_CCOEFF_NORMED))
    if most < _LEAST_ALIKE:
        return None
    worth = math.atanh(min(most, 0.999)) * math.sqrt(high * wide)
    return _Lying(worth, scale, int(place[0]), int(place[1]))


def _detail(light: Floats) -> Floats:
    """Return what changes faster than the light does."""
    plain = np.asarray(light, np.float32)
    return plain - np.asarray(cv2.GaussianBlur(plain, (0, 0), _DETAIL), np.float32)


def _quad(lying: _Lying, mirrored: bool, ground: Floats, piece: Floats) -> Quad:
    """Return the corners of the ground in the piece, in pixels of the piece."""
    high, wide = ground.shape
    across = piece.shape[1] / round(piece.shape[1] * lying.scale)
    down = piece.shape[0] / round(piece.shape[0] * lying.scale)
    left, right = -lying.left * across, (wide - lying.left) * across
    top, bottom = -lying.top * down, (high - lying.top) * down
    if mirrored:
        left, right = piece.shape[1] - left, piece.shape[1] - right
    return ((left, top), (right, top), (right, bottom), (left, bottom))
