"""Find where the original lies in a leaked picture: cropped, turned, mirrored, photographed."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from stillmine.imaging.likeness import ITEM, SCAN, Fingerprint, Settings, fingerprint, geometry
from stillmine.imaging.likeness.candidates import candidates
from stillmine.imaging.likeness.postings import Look, Postings
from stillmine.imaging.mark.grid import Floats
from stillmine.imaging.mark.pixels import Rgb
from stillmine.imaging.mark.reading import Quad
from stillmine.imaging.mark.sliding import slid

Model = Floats

# Looked at in turn until the original is found: how closely at it, and at the leaked picture.
_LEVELS = (
    (ITEM, SCAN),
    (Settings(side=1600, features=5000), Settings(side=1200, features=3000, thumbnail=256)),
)
_SURE = 120.0
_MOST_WAYS = 4
# So little would be nothing among strangers' pictures. Here the original is known, and a wrong
# place accuses nobody: no mark would be found in it.
_LEAST = 24.0


def prepare(grain: Rgb) -> None:
    """Look for a picture in itself, so that all that is loaded late is loaded."""
    print_ = fingerprint(grain, ITEM)
    _found(print_, print_)


def found(original: Rgb, leaked: Rgb) -> tuple[Quad, ...]:
    """Return the original's corners in the leaked picture in pixels; none if it is not there.

    The order is top left, top right, bottom right, bottom left of the original. The steps of the
    recogniser (`imaging.likeness`) do the work: local features, light or dark, mirrored or not.
    Where they leave doubts, a second answer comes from sliding.
    """
    best: tuple[float, Quad] | None = None
    for item, scan in _LEVELS:
        here = _found(fingerprint(original, item), fingerprint(leaked, scan))
        if here is not None and (best is None or here[0] > best[0]):
            best = here
        if best is not None and best[0] >= _SURE:
            return (best[1],)
    by_features = None if best is None or best[0] < _LEAST else best[1]
    return tuple(quad for quad in (by_features, slid(original, leaked)) if quad is not None)


def _found(item: Fingerprint, query: Fingerprint) -> tuple[float, Quad] | None:
    """Return how surely and where one picture lies in another."""
    one, other = Look.at(item), Look.at(query)
    free = np.ones(len(query), bool)
    best: tuple[float, Quad] | None = None
    for candidate in candidates(Postings([item]).hits(other), _MOST_WAYS):
        pairs, weight, way = candidate.pairs, candidate.weight, candidate.variant
        rough = geometry.hypothesis(one, other, pairs, weight, way)
        placed = None if rough is None else geometry.place(one, other, rough, way, free)
        if placed is None or (best is not None and placed.score <= best[0]):
            continue
        seen = geometry.project(placed.model, geometry.corners(item)) * query.longer
        best = placed.score, tuple((float(x), float(y)) for x, y in seen)
    return best


def model_of(quad: Sequence[Sequence[float]], height: int, width: int) -> Model | None:
    """Return the homography from a grid of this size to the leaked picture, or None.

    Both sides count in centres of pixels. None if the corners are no quadrilateral that a flat
    picture could be seen as.
    """
    corners = np.asarray(quad, np.float32) - np.float32(0.5)
    if corners.shape != (4, 2) or not np.isfinite(corners).all():
        return None
    if not cv2.isContourConvex(corners.reshape(4, 1, 2)) or cv2.contourArea(corners) < 64:
        return None
    model = cv2.getPerspectiveTransform(edges(height, width), corners)
    return np.asarray(model, np.float64) if np.isfinite(model).all() else None


def quad_of(model: Model, height: int, width: int) -> Quad:
    """Return where the corners of the grid lie in the leaked picture, in pixels."""
    corners = project(model, edges(height, width).astype(np.float64)) + 0.5
    return tuple((round(float(x), 2), round(float(y), 2)) for x, y in corners)


def edges(height: int, width: int) -> NDArray[np.float32]:
    """Return the outer corners of a grid, counted in centres of its pixels."""
    right, bottom = width - 0.5, height - 0.5
    return np.array([[-0.5, -0.5], [right, -0.5], [right, bottom], [-0.5, bottom]], np.float32)


def project(model: Model, points: Floats) -> Floats:
    """Return where a homography puts n x 2 points; far away where there is no such place."""
    flat = points @ model[:2, :2].T + model[:2, 2]
    depth = points @ model[2, :2] + model[2, 2]
    return np.asarray(flat / np.maximum(depth, 1e-6)[:, None])


def halved(model: Model, times: float) -> Model:
    """Return the model for a grid that is `times` smaller."""
    shift = (times - 1) / 2
    bigger = np.array([[times, 0, shift], [0, times, shift], [0, 0, 1.0]])
    return np.asarray(model @ bigger)
