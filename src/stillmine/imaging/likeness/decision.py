"""Decide: a copy or not, of what kind, and how often chance alone would look like it."""

from __future__ import annotations

import math

import numpy as np

from stillmine.imaging.likeness import geometry
from stillmine.imaging.likeness.agreement import Agreement
from stillmine.imaging.likeness.descriptors import INVERTED, MIRRORED
from stillmine.imaging.likeness.fingerprints import Fingerprint
from stillmine.imaging.likeness.geometry import Placed
from stillmine.imaging.likeness.matches import Kind

# Of all pairs of a picture and an item that it does not hold, so many reach a score of nought or
# more, falling off exponentially. Taken on the low-texture versions of photographs to tune with,
# where chance agrees most often, and rounded to the side of caution: ordinary ones are below it.
_AT_NOUGHT = 2.5e-3
_PER_POINT = 0.06
# What agrees in the thumbnails is worth so much a standard deviation, from some on: chance alone
# gives that much to a place that was chosen for agreeing. Where large parts agree only somewhat
# (two dark rooms with one lamp) it is worth less, and nothing below the first share.
_WORTH = 25.0
_BY_CHOICE = 3.0
_SOMEWHAT, _WELL = 0.3, 0.6
# Below the score nothing is believed; nor is what agrees in one spot only, like the frame of an
# app.
LEAST = 120.0
ONE_SPOT = 0.22
# Of the query, so much must be the item for it to be the whole query; of the item, so much must be
# seen for it to be all of it.
_WHOLE_QUERY = 0.93
_WHOLE_ITEM = 0.95
_RE_SAVED = 0.985
_UNMOVED = 0.01


def score(placed: Placed, agrees: Agreement) -> float:
    """Return all evidence that the query shows the item, or its scene: features and grey values."""
    well = min(1.0, max(0.0, (agrees.local - _SOMEWHAT) / (_WELL - _SOMEWHAT)))
    return placed.score + _WORTH * well * max(0.0, agrees.evidence - _BY_CHOICE)


def enough(placed: Placed, agrees: Agreement, least: float = LEAST) -> bool:
    """Say whether there is enough evidence that the query shows the item, or its scene."""
    return score(placed, agrees) >= least and agrees.local > ONE_SPOT


def expected_false(score: float, items: int) -> float:
    """Return how many of `items` unrelated items would reach this score with a picture."""
    return min(float(items), items * _AT_NOUGHT * math.exp(-_PER_POINT * score))


def mirrored(placed: Placed) -> bool:
    """Say whether the copy is mirrored."""
    return bool(placed.variant & MIRRORED)


def inverted(placed: Placed) -> bool:
    """Say whether the copy is a negative."""
    return bool(placed.variant & INVERTED)


def kind(item: Fingerprint, query: Fingerprint, placed: Placed, agrees: Agreement) -> Kind:
    """Return what kind of copy it is."""
    if item == query:
        return "exact"
    corners = geometry.project(placed.model, geometry.corners(item))
    inside = _clipped_area(corners, query)
    if inside < _WHOLE_QUERY * float(np.prod(query.extent)):
        return "contains"
    if agrees.within < _WHOLE_ITEM:
        return "part-of"
    moved = np.abs(corners - geometry.corners(query)).max()
    same_light = agrees.overall > _RE_SAVED and agrees.share > _WHOLE_ITEM
    return "re-saved" if moved < _UNMOVED and same_light and not placed.variant else "edited"


def _clipped_area(corners: np.ndarray, query: Fingerprint) -> float:
    """Return the area of the part of a quadrilateral that lies in the query."""
    shape = [(float(x), float(y)) for x, y in corners]
    wide, high = (float(side) for side in query.extent)
    for axis, limit, sign in ((0, 0.0, 1), (0, wide, -1), (1, 0.0, 1), (1, high, -1)):
        shape = _cut(shape, axis, limit, sign)
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(shape, shape[1:] + shape[:1], strict=True))
    return abs(area) / 2


def _cut(
    shape: list[tuple[float, float]], axis: int, limit: float, sign: int
) -> list[tuple[float, float]]:
    """Cut a polygon along a line (Sutherland and Hodgman 1974)."""
    kept = []
    for here, there in zip(shape, shape[1:] + shape[:1], strict=True):
        a, b = sign * (here[axis] - limit), sign * (there[axis] - limit)
        if a >= 0:
            kept.append(here)
        if (a >= 0) != (b >= 0):
            part = a / (a - b)
            kept.append(
                (here[0] + part * (there[0] - here[0]), here[1] + part * (there[1] - here[1]))
            )
    return kept
