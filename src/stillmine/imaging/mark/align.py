"""Lay the leaked picture over the original to a fraction of a pixel, and undo bends.

Two steps in turn, from a coarse grid to a fine one: one homography for all of the picture
(Gauss-Newton, as Lucas and Kanade 1981 and Baker and Matthews 2004), then a smooth field of small
moves (the same least squares in a window around each place). Both only compare the original with
the leaked picture, never with a mark.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from stillmine.imaging.mark import light, trust
from stillmine.imaging.mark.grid import Floats
from stillmine.imaging.mark.pixels import luma, shrunk
from stillmine.imaging.mark.place import Model, halved
from stillmine.imaging.mark.view import Flags, Leak

_LEVELS = (4.0, 2.0, 1.0)
# How often at most the homography is moved and the field of moves renewed, by how much smaller.
_ROUNDS = {4.0: (4, 2), 2.0: (3, 2), 1.0: (0, 1)}
_WINDOWS = (24, 40)  # of the field of moves, as parts of the longer side
_SHORTEST = 64
_MOST_PLACES = 40_000
_STEP = 8  # the field has one move for so many pixels
_BETTER = 0.97


@dataclass(frozen=True, slots=True)
class Laid:
    """A leaked picture on the grid of the original.

    `predicted` and `seen` (height, width) are brightnesses, `inside` where there is a picture,
    `shown` from 0 to 1 where it is the original, `model` and `bend` how it was laid.
    """

    predicted: Floats
    seen: Floats
    inside: Flags
    shown: Floats
    model: Model
    bend: Floats


def laid(rgb: Floats, leak: Leak, model: Model) -> Laid:
    """Return the leaked picture laid over the original (height, width, 3 on its grid).

    `model` is a first guess, right to a few pixels.
    """
    bend = np.zeros((1, 1, 2), np.float32)
    now: Laid | None = None
    for times in _LEVELS:
        high, wide = (max(2, round(side / times)) for side in rgb.shape[:2])
        if times > 1 and min(high, wide) < _SHORTEST:
            continue
        level = _Level(shrunk(rgb, high, wide), leak)
        now = level.laid(
            halved(model, times), bend / np.float32(times), _ROUNDS[times], finest=times == 1
        )
        model, bend = halved(now.model, 1 / times), now.bend * np.float32(times)
    assert now is not None  # noqa: S101 - the last level is never left out
    return now


class _Level:
    """Lays the leaked picture over the original at one fineness."""

    def __init__(self, rgb: Floats, leak: Leak) -> None:
        height, width = rgb.shape[:2]
        self._size = (height, width)
        self._light = luma(rgb)
        self._colours = light.colours(rgb)
        self._leak = leak

    def laid(self, model: Model, bend: Floats, rounds: tuple[int, int], *, finest: bool) -> Laid:
        """Move, turn and bend it until nothing gets better; `rounds` says how often at most.

        On the finest grid the light is predicted once more in the end.
        """
        best = first = self._looked(model, bend)
        for _ in range(rounds[0]):
            step = _homography_step(best)
            next_ = self._moved(best, best.model @ step, bend)
            if _error(next_, best.shown) >= _error(best, best.shown):
                break
            best = next_
        for part in _WINDOWS[: rounds[1]]:
            move = _moves(best, max(self._size) / part)
            next_ = self._moved(best, best.model, _sum(best.bend, move))
            if _error(next_, best.shown) >= _BETTER * _error(best, best.shown):
                break
            best = next_
        if not finest or best is first:
            return best  # a finer grid will look anew; or nothing has moved
        return self._looked(best.model, best.bend)

    def _looked(self, model: Model, bend: Floats) -> Laid:
        """Lay it like this, and predict its light anew."""
        seen, inside = self._leak.seen(model, bend, self._size)
        sure = trust.alike(self._light, seen, inside)
        predicted = light.predicted(self._colours, seen, sure)
        shown = trust.shown(predicted, seen, inside)
        return Laid(predicted, seen, inside, shown, model, bend)

    def _moved(self, before: Laid, model: Model, bend: Floats) -> Laid:
        """Lay it a little otherwise, in the same light."""
        seen, inside = self._leak.seen(model, bend, self._size)
        return Laid(before.predicted, seen, inside, before.shown * inside, model, bend)


def _error(one: Laid, where: Floats) -> float:
    """Return the typical difference in pattern where both have a picture."""
    away = one.predicted - one.seen
    away = (away - cv2.blur(away, (25, 25)))[::3, ::3]
    there = (where[::3, ::3] > 0.5) & one.inside[::3, ::3]
    if not there.any():
        return float("inf")
    return float(np.median(np.abs(away[there])))


def _gradients(one: Laid) -> tuple[Floats, Floats, Floats, Floats]:
    """Return both gradients, the difference and the weight of each place."""
    mean = cv2.GaussianBlur((one.predicted + one.seen) / 2, (0, 0), 1.0)
    across: Floats = np.asarray(cv2.Sobel(mean, cv2.CV_32F, 1, 0, scale=0.125), np.float32)
    down: Floats = np.asarray(cv2.Sobel(mean, cv2.CV_32F, 0, 1, scale=0.125), np.float32)
    away = cv2.GaussianBlur(one.predicted - one.seen, (0, 0), 1.0)
    away = away - cv2.blur(away, (31, 31))
    width = (
        2.0 * float(np.median(np.abs(away[::3, ::3][one.inside[::3, ::3]]))) + 0.5
        if one.inside[::3, ::3].any()
        else 1.0
    )
    weight = one.shown / (1 + (away / (3 * width)) ** 2)
    return across, down, np.asarray(away, np.float32), np.asarray(weight, np.float32)


def _homography_step(one: Laid) -> Model:
    """Return the small homography of the grid that brings both pictures closer."""
    across, down, away, weight = _gradients(one)
    height, width = away.shape
    energy = (across * across + down * down) * weight
    strongest = energy.ravel()
    count = int((strongest > 0).sum())
    if count < 200:
        return np.eye(3)
    places = np.flatnonzero(
        strongest
        >= np.quantile(
            strongest[:: max(1, strongest.size // 50_000)],
            max(0.0, 1 - _MOST_PLACES / strongest.size),
        )
    )
    size = float(max(height, width))
    x = (places % width - width / 2) / size
    y = (places // width - height / 2) / size
    gx, gy = across.ravel()[places].astype(np.float64), down.ravel()[places].astype(np.float64)
    one_ = np.ones_like(x)
    rows = np.stack(
        [gx * part for part in (one_, x, y)]
        + [gy * part for part in (one_, x, y)]
        + [gx * x * x + gy * x * y, gx * x * y + gy * y * y],
        1,
    )
    weighted = rows * weight.ravel()[places, None]
    square = weighted.T @ rows
    square += 1e-6 * np.trace(square) * np.eye(8)
    p = np.linalg.solve(square, weighted.T @ away.ravel()[places].astype(np.float64)) / size
    centred = np.array([[1 + p[1], p[2], p[0]], [p[4], 1 + p[5], p[3]], [-p[6], -p[7], 1]])
    norm = np.array(
        [[1 / size, 0, -width / 2 / size], [0, 1 / size, -height / 2 / size], [0, 0, 1]]
    )
    return np.asarray(np.linalg.inv(norm) @ centred @ norm)


def _moves(one: Laid, window: float) -> Floats:
    """Return a smooth field of moves (a coarse grid, 2) that brings both pictures closer."""
    across, down, away, weight = _gradients(one)
    size = (max(2, away.shape[1] // _STEP), max(2, away.shape[0] // _STEP))

    def averaged(values: Floats) -> Floats:
        small = cv2.resize(values * weight, size, interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.GaussianBlur(small, (0, 0), window / _STEP / 2), np.float64)

    xx, xy, yy = averaged(across * across), averaged(across * down), averaged(down * down)
    xt, yt = averaged(across * away), averaged(down * away)
    still = 0.03 * float((xx + yy).mean()) + 1e-3
    xx, yy = xx + still, yy + still
    under = xx * yy - xy * xy
    field = np.stack([(yy * xt - xy * yt) / under, (xx * yt - xy * xt) / under], -1)
    return np.clip(field, -3, 3).astype(np.float32)


def _sum(bend: Floats, move: Floats) -> Floats:
    """Return both fields of moves as one."""
    if not bend.any():
        return move
    size = (move.shape[1], move.shape[0])
    return move + np.asarray(cv2.resize(bend, size, interpolation=cv2.INTER_CUBIC))
