"""Read from a leaked picture what speaks for one mark or another, without knowing any mark."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from stillmine.imaging.mark import align, grid, pixels, place
from stillmine.imaging.mark.align import Laid
from stillmine.imaging.mark.grid import Floats
from stillmine.imaging.mark.hiding import room
from stillmine.imaging.mark.pixels import Rgb
from stillmine.imaging.mark.reading import Evidence
from stillmine.imaging.mark.view import Leak

_RINGS = 26
_SECTORS = 4
_SMOOTH = np.exp(-0.5 * (np.arange(-4, 5) / 1.8) ** 2)
_FEWEST_PLACES = 300


def evidence(
    original: Rgb, leaked: Rgb, quad: Sequence[Sequence[float]] | None = None
) -> Evidence | None:
    """Return what the leaked picture says about marks of the original, or None if nothing.

    `quad` are the original's corners in the leaked picture, if they are known; otherwise they are
    searched. Raises TooSmall if the original cannot carry a mark.
    """
    size = grid.size_of(*original.shape[:2])
    quads = [quad] if quad is not None else place.found(original, leaked)
    models = [model for each in quads if (model := place.model_of(each, *size)) is not None]
    if not models:
        return None
    rgb, leak = pixels.on_grid(original), Leak(pixels.luma(leaked))
    light, readings = pixels.luma(rgb), []
    for model in models:
        laid = align.laid(rgb, leak, model)
        read = _read(laid, light)
        if read is not None:
            readings.append((*read, place.quad_of(laid.model, *size)))
    if not readings:
        return None
    # A place in doubt gives two readings: everybody is tested twice, and that is counted.
    vectors = np.stack([vector for vector, _, _ in readings])
    _, used, corners = max(readings, key=lambda one: one[1])
    return Evidence(vectors, size, used, corners)


def _read(laid: Laid, original: Floats) -> tuple[Floats, float] | None:
    """Return the evidence of one laid picture and the share of the area that was read."""
    eroded = cv2.erode(laid.inside.astype(np.float32), np.ones((5, 5), np.uint8))
    inside = np.asarray(eroded, np.float32)
    weight = np.asarray(inside * laid.shown, np.float32)
    if weight.sum() < _FEWEST_PLACES:
        return None
    band = grid.band(*original.shape)
    soft, gain = _softened(laid, weight, band.speeds)
    rest, local, weight = _rest_and_noise(laid, soft, weight, inside)
    rest, local, weight = _rest_and_noise(laid, soft, weight, inside)
    spread = np.sqrt(local + 0.25)
    clear = np.clip(rest, -3 * spread, 3 * spread) / (local + 0.5)
    waves = pixels.transform(room(original) * weight * clear).ravel()[band.places]
    expected = band.strengths * np.clip(gain.ravel()[band.places], 0.02, 1.5)
    vector = _sign(laid.predicted, original, weight) * expected * waves / _power(waves, band)
    length = float(np.linalg.norm(vector))
    if not np.isfinite(length) or length == 0:
        return None
    return (vector / length).astype(np.float32), float(weight.mean())


def _sign(predicted: Floats, original: Floats, weight: Floats) -> float:
    """Return 1, or -1 where what was light is dark: in a negative the mark is one, too."""
    mean = float(weight.sum()) + 1e-6
    away = original - float((original * weight).sum()) / mean
    other = predicted - float((predicted * weight).sum()) / mean
    return -1.0 if float((away * other * weight).sum()) < 0 else 1.0


def _rest_and_noise(
    laid: Laid, soft: Floats, weight: Floats, inside: Floats
) -> tuple[Floats, Floats, Floats]:
    """Return the rest, its mean square around each place, and a weight without what is foreign."""
    rest = _rest(soft, laid.seen, weight)
    usual, local = _noise(rest, weight, inside)
    clean = np.asarray(inside * laid.shown * (local < (6 * usual) ** 2), np.float32)
    return rest, local, clean if clean.sum() >= _FEWEST_PLACES else weight


def _softened(laid: Laid, weight: Floats, speeds: Floats) -> tuple[Floats, Floats]:
    """Return the prediction as soft or sharp as the leaked picture is, and the gain of each wave.

    The gain of a ring of waves is the regression of the leaked waves on the predicted ones.
    """
    edge = cv2.GaussianBlur(weight, (0, 0), 2.0)
    total = float(edge.sum()) + 1e-6
    mean_p, mean_s = (float((one * edge).sum()) / total for one in (laid.predicted, laid.seen))
    p = pixels.transform((laid.predicted - mean_p) * edge)
    s = pixels.transform((laid.seen - mean_s) * edge)
    high, wide = speeds.shape
    steps, ring = _rings((high, wide))
    both = np.bincount(ring, (p * s).ravel(), len(steps))
    alone = np.bincount(ring, (p * p).ravel(), len(steps))
    mass = np.convolve(alone, _SMOOTH, "same")
    ratio = np.clip(np.convolve(both, _SMOOTH, "same") / (mass + 1e-6), 0, 1.6)
    ratio[:5] = np.maximum(ratio[:5], 0.5)
    gain = ratio.astype(np.float32)[ring].reshape(speeds.shape)
    soft = pixels.inverse(pixels.transform(laid.predicted - np.float32(mean_p)) * gain)
    return soft + np.float32(mean_p), gain


@lru_cache(maxsize=4)
def _rings(shape: tuple[int, int]) -> tuple[Floats, NDArray[np.int64]]:
    """Return steps of speed, finer than they need be, and to which each wave belongs."""
    speeds = grid.band(*shape).speeds.ravel()
    steps = np.geomspace(2.0, float(speeds.max()) + 1, _RINGS * 3).astype(np.float32)
    return steps, np.clip(np.searchsorted(steps, speeds), 0, len(steps) - 1)


def _rest(soft: Floats, seen: Floats, weight: Floats) -> Floats:
    """Return what the prediction leaves over, local light and contrast taken out."""
    wide = max(soft.shape) / 20
    mass = _average(weight, wide) + 1e-4
    mean_p, mean_s = _average(soft * weight, wide) / mass, _average(seen * weight, wide) / mass
    spread = np.maximum(_average(soft * soft * weight, wide) / mass - mean_p**2, 0)
    both = _average(soft * seen * weight, wide) / mass - mean_p * mean_s
    slope = (both + 40) / (spread + 40)
    return np.asarray(seen - mean_s - slope * (soft - mean_p), np.float32)


def _average(values: Floats, width: float) -> Floats:
    """Return a wide Gaussian average, taken at a quarter of the size."""
    high, wide = values.shape
    small = pixels.shrunk(values, max(1, high // 4), max(1, wide // 4))
    small = cv2.GaussianBlur(small, (0, 0), max(0.5, width / 4))
    return np.asarray(cv2.resize(small, (wide, high), interpolation=cv2.INTER_LINEAR), np.float32)


def _noise(rest: Floats, weight: Floats, inside: Floats) -> tuple[float, Floats]:
    """Return the usual noise (standard deviation) and its square around each place."""
    there = weight > 0.5
    usual = 5.0
    if there.sum() > 50:
        usual = 1.4826 * float(np.median(np.abs(rest[there]))) + 0.3
    width = max(0.8, max(rest.shape) / 110)
    mass = cv2.GaussianBlur(inside, (0, 0), width) + 1e-4
    squared = np.minimum(rest * rest, (12 * usual) ** 2) * inside
    return usual, np.asarray(cv2.GaussianBlur(squared, (0, 0), width) / mass, np.float32)


def _power(waves: Floats, band: grid.Band) -> Floats:
    """Return the noise of each wave, averaged over rings and directions of waves like it."""
    speeds = band.speeds.ravel()[band.places]
    ring = np.digitize(speeds, np.geomspace(speeds.min(), speeds.max() + 1e-3, _RINGS)) - 1
    wide = band.speeds.shape[1]
    down, across = band.places // wide, band.places % wide
    turn = np.arctan2(down * wide, across * band.speeds.shape[0])
    sector = np.clip((turn / (np.pi / 2) * _SECTORS).astype(int), 0, _SECTORS - 1)
    cell = ring * _SECTORS + sector
    cells = _RINGS * _SECTORS
    count = np.bincount(cell, minlength=cells)
    square = (waves * waves).astype(np.float64)
    rings = np.bincount(ring, square, _RINGS) / np.maximum(np.bincount(ring, minlength=_RINGS), 1)
    likely = np.repeat(rings, _SECTORS)
    power = (np.bincount(cell, square, cells) + 8 * likely) / (count + 8)
    return np.asarray(np.maximum(power, 1e-4 * power.max() + 1e-12)[cell], np.float32)
