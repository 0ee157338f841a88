"""Tell what the original would look like in the light and colours of the leaked picture."""

from __future__ import annotations

import cv2
import numpy as np

from stillmine.imaging.mark.grid import Floats
from stillmine.imaging.mark.pixels import LUMA

_MOST_PLACES = 6_000
_ROUNDS = 5
_STEPS = 48


def colours(rgb: Floats) -> Floats:
    """Return 11 x n values that the new brightness of a picture (height, width, 3) may follow."""
    r, g, b = (np.ascontiguousarray(rgb[..., part]).ravel() / np.float32(255) for part in range(3))
    y = LUMA[0, 0] * r + LUMA[0, 1] * g + LUMA[0, 2] * b
    ones = np.ones_like(r)
    return np.stack([ones, r, g, b, r * r, g * g, b * b, r * g, r * b, g * b, y * y * y])


def predicted(original: Floats, seen: Floats, trust: Floats) -> Floats:
    """Return the brightness that the leaked picture should have at each place of the grid.

    `original` are the `colours` of the grid, `seen` (height, width) the leaked brightness, `trust`
    how surely each place shows the picture. A cubic in the colours (brightness, contrast, filters,
    black and white), fitted robustly (iterated weights, Geman and McClure 1987), then one curve.
    """
    flat = trust.ravel()
    places = np.flatnonzero(flat > 0.05)
    if len(places) < 64:
        return _unchanged(original, seen.shape)
    step = max(1, len(places) // _MOST_PLACES)
    places = places[step // 2 :: step]
    there, wanted = (
        original[:, places].T.astype(np.float64),
        seen.ravel()[places].astype(np.float64),
    )
    weight: Floats = flat[places].astype(np.float64)
    prior = weight.copy()
    ridge = 4e-5 * len(places) * np.eye(there.shape[1])
    answer: Floats = np.zeros(there.shape[1])
    for _ in range(_ROUNDS):
        weighted = there * weight[:, None]
        answer = np.linalg.solve(weighted.T @ there + ridge, weighted.T @ wanted)
        away = np.abs(wanted - there @ answer)
        width = 1.5 * _median(away, weight) + 0.5
        weight = prior / (1 + (away / (2 * width)) ** 2) ** 2
    first = (answer.astype(np.float32) @ original).reshape(seen.shape)
    return _curved(first, (there @ answer, wanted, weight))


def _unchanged(original: Floats, shape: tuple[int, ...]) -> Floats:
    return np.asarray(255 * (LUMA[0] @ original[1:4]), np.float32).reshape(shape)


def _median(values: Floats, weights: Floats) -> float:
    """Return the weighted median: a half-covered picture stays readable."""
    order = np.argsort(values)
    summed = np.cumsum(weights[order])
    return float(values[order[np.searchsorted(summed, summed[-1] / 2)]])


def _curved(first: Floats, sample: tuple[Floats, ...]) -> Floats:
    """Bend the prediction by one smooth curve: what was clipped or curved beyond a cubic."""
    guess, wanted, weight = sample
    low, high = np.quantile(guess, [0.002, 0.998])
    if high - low < 4:
        return first
    step = np.clip((guess - low) / (high - low) * (_STEPS - 1), 0, _STEPS - 1)
    near = np.rint(step).astype(int)
    mass = np.bincount(near, weight, _STEPS)
    off = np.bincount(near, weight * (wanted - guess), _STEPS)
    kernel = np.exp(-0.5 * (np.arange(-4, 5) / 1.3) ** 2)
    mass = np.convolve(mass, kernel, "same") + 0.003 * mass.sum()
    curve = np.convolve(off, kernel, "same") / mass
    where = np.linspace(low, high, _STEPS)
    table = np.interp(np.linspace(-64, 319, 1533), where, curve).astype(np.float32)
    at = np.clip((first + 64) * 4, 0, 1532)
    return first + np.asarray(cv2.remap(table[None], at, np.zeros_like(at), cv2.INTER_LINEAR))
