"""Find where an item lies in a picture: one transformation that many pairs of features agree on.

Each pair of features says by itself how the item would have to be moved, turned and scaled; the
move that most others agree with is refined, first to an affine map, then to a homography, each time
looking for more pairs near the places where it says they must be (guided matching).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stillmine.imaging.likeness import descriptors
from stillmine.imaging.likeness.arrays import Flags, Floats, Ints
from stillmine.imaging.likeness.fingerprints import Fingerprint
from stillmine.imaging.likeness.postings import Look

# What one pair of features may be wrong about: the turn (radians), the scale (natural logarithm),
# and from these the place, the farther away the more.
_TURN = 0.4
_SCALE = 0.4
_DRIFT = 0.15
_BASE = 0.012
_MOST_PAIRS = 160
# Guided matching: how far from its place a feature may be, in units of the item's longer side as it
# is seen in the query, from the first rough model to the last fine one; never below some pixels of
# a picture that is looked at 640 pixels wide.
_REACHES = (0.05, 0.018, 0.007)
_FLOOR = 0.0025
# The first, wide search for pairs is the dearest step; so many of the item's features do for it.
_FIRST_LOOK = 320
# Squared distance of descriptors: at zero a pair is worth _PAIR_WORTH, at the limit nothing.
_UNLIKE = 0.2
_PAIR_WORTH = 6.0
_FEWEST = 4
_FEWEST_AGREEING = 3
# How far a feature may be from its place, in its sizes, to lie exactly.
_EXACT = 0.12


@dataclass(frozen=True, slots=True)
class Placed:
    """An item placed in a query.

    `model` is a 3 x 3 homography from item to query places (units of the longer sides); `pairs`
    m x 2 (item feature, query feature); `worth` m; `error` m distances in sizes of the feature.
    """

    model: Floats
    variant: int
    pairs: Ints
    worth: Floats
    error: Floats

    @property
    def score(self) -> float:
        """Return the summed worth of the pairs."""
        return float(self.worth.sum())

    @property
    def fit(self) -> float:
        """Return the score, but with what lies exactly counting most: it tells two shots apart."""
        return float((self.worth * np.exp(-((self.error / _EXACT) ** 2))).sum())


def project(model: Floats, points: Floats) -> Floats:
    """Return where a homography puts n x 2 places; far away where there is no such place."""
    flat = points @ model[:2, :2].T + model[:2, 2]
    depth = points @ model[2, :2] + model[2, 2]
    return np.asarray(flat / np.where(depth > 1e-3, depth, 1e-3)[:, None])


def hypothesis(item: Look, query: Look, pairs: Ints, weight: Floats, variant: int) -> Floats | None:
    """Return the affine map (3 x 3) that most pairs agree with, or None.

    `pairs` is n x 2 (item feature, query feature), all of one variant.
    """
    if len(pairs) > _MOST_PAIRS:
        strongest = np.argsort(-weight, kind="stable")[:_MOST_PAIRS]
        pairs, weight = pairs[strongest], weight[strongest]
    here = item.points[pairs[:, 0]].astype(float)
    there = query.points[pairs[:, 1]].astype(float)
    scale = query.diameters[pairs[:, 1]] / item.diameters[pairs[:, 0]]
    turn = _turns(item, query, pairs, variant)
    moved = here * _flip(variant)
    away = moved[None] - moved[:, None]
    cos, sin = np.cos(turn)[:, None], np.sin(turn)[:, None]
    x = (cos * away[..., 0] - sin * away[..., 1]) * scale[:, None] + there[:, None, 0]
    y = (sin * away[..., 0] + cos * away[..., 1]) * scale[:, None] + there[:, None, 1]
    error = np.hypot(x - there[None, :, 0], y - there[None, :, 1])
    limit = scale[:, None] * (_DRIFT * np.hypot(away[..., 0], away[..., 1]) + _BASE)
    agree = (error < limit) & (np.abs(_wrap(turn[:, None] - turn[None])) < _TURN)
    agree &= np.abs(np.log(scale[:, None] / scale[None])) < _SCALE
    best = int((agree * weight).sum(axis=1).argmax())
    inside = agree[best]
    if inside.sum() < _FEWEST_AGREEING:
        return None
    return _similarity(
        here[inside], there[inside], weight[inside], variant, (scale[best], turn[best])
    )


def place(item: Look, query: Look, rough: Floats, variant: int, free: Flags) -> Placed | None:
    """Refine a rough model by guided matching, or return None where nothing supports it.

    `free` says of each query feature whether it may still be used.
    """
    model = rough
    numbers = descriptors.change(item.numbers, variant)
    for number, reach in enumerate(_REACHES):
        pairs, unlike, error = _guided(item, query, numbers, model, variant, reach, free)
        if len(pairs) < _FEWEST:
            return None
        fitted = _fit(item, query, pairs, unlike, perspective=number >= 1)
        if fitted is None or not plausible(fitted, item):
            return None
        model = fitted
    pairs, unlike, error = _guided(item, query, numbers, model, variant, _REACHES[-1], free)
    if len(pairs) < _FEWEST:
        return None
    error = error / query.diameters[pairs[:, 1]]
    return Placed(model, variant, pairs, _PAIR_WORTH * (1 - unlike / _UNLIKE), error)


def plausible(model: Floats, item: Look) -> bool:
    """Say whether a picture can have been changed so: not folded, not squashed to a line."""
    edge = corners(item.print)
    depth = edge @ model[2, :2] + model[2, 2]
    if depth.min() < 0.3 or depth.max() > 3:
        return False
    seen = project(model, edge)
    sides = np.roll(seen, -1, axis=0) - seen
    ahead = np.roll(sides, -1, axis=0)
    turns = sides[:, 0] * ahead[:, 1] - sides[:, 1] * ahead[:, 0]
    if not (np.all(turns > 0) or np.all(turns < 0)):
        return False
    small, large = sorted(np.linalg.svd(model[:2, :2], compute_uv=False))
    return bool(large < 12 and small > 0.02 and large < 2.6 * small)


def corners(print_: Fingerprint) -> Floats:
    """Return the four corners of a picture, clockwise from the top left."""
    wide, high = print_.extent
    return np.array([[0, 0], [wide, 0], [wide, high], [0, high]], float)


def covered(placed: Placed, item: Look, query: Look) -> Flags:
    """Say of each query feature whether it lies where the item was placed."""
    back = project(np.linalg.inv(placed.model), query.points)
    return np.asarray(((back > 0) & (back < item.print.extent)).all(axis=1))


def _flip(variant: int) -> Floats:
    """Return what a mirror does to x and y."""
    return np.array([1.0, -1.0 if variant & descriptors.MIRRORED else 1.0])


def _wrap(angle: Floats) -> Floats:
    """Return angles between -pi and pi."""
    return np.asarray((angle + np.pi) % (2 * np.pi) - np.pi)


def _turns(item: Look, query: Look, pairs: Ints, variant: int) -> Floats:
    """Return by how much each pair says that the item is turned (after the mirror)."""
    sign = -1.0 if variant & descriptors.MIRRORED else 1.0
    start = sign * item.directions[pairs[:, 0]]
    half = np.pi if variant & descriptors.INVERTED else 0.0
    return _wrap(query.directions[pairs[:, 1]] - start + half)


def _similarity(
    here: Floats, there: Floats, weight: Floats, variant: int, first: tuple[float, float]
) -> Floats:
    """Fit move, turn and scale to pairs; one pair's own turn and scale where all lie close."""
    moved = here * _flip(variant)
    share = weight / weight.sum()
    middle, target = share @ moved, share @ there
    a, b = moved - middle, there - target
    spread = float(share @ (a * a).sum(axis=1))
    scale, turn = first
    part = scale * np.exp(1j * turn)
    if spread > 0.03**2:
        both = share @ ((b[:, 0] + 1j * b[:, 1]) * (a[:, 0] - 1j * a[:, 1]))
        part = both / spread
    linear = np.array([[part.real, -part.imag], [part.imag, part.real]])
    model = np.eye(3)
    model[:2, :2] = linear * _flip(variant)
    model[:2, 2] = target - linear @ middle
    return model


def _guided(
    item: Look, query: Look, numbers: Floats, model: Floats, variant: int, reach: float,
    free: Flags,
) -> tuple[Ints, Floats, Floats]:  # fmt: skip
    """Return pairs that the model predicts, each feature once, with unlikeness and distance."""
    middle = item.print.extent[None] / 2
    scale = local_scale(model, middle)[0]
    seen = project(model, item.points)
    inside = np.flatnonzero(((seen > -0.02) & (seen < query.print.extent + 0.02)).all(axis=1))
    if reach == _REACHES[0] and len(inside) > _FIRST_LOOK:
        inside = inside[:: -(-len(inside) // _FIRST_LOOK)]
    limit = max(reach * scale, _FLOOR)
    near = _neighbours(seen[inside], query.points, limit, free)
    pairs = np.stack([inside[near[0]], near[1]], axis=1)
    there = query.points[pairs[:, 1]]
    sizes = item.diameters[pairs[:, 0]] * local_scale(model, item.points[pairs[:, 0]])
    alike = np.abs(np.log(query.diameters[pairs[:, 1]] / np.maximum(sizes, 1e-9))) < _SCALE
    direction = _direction(model, item, pairs[:, 0], variant)
    alike &= np.abs(_wrap(query.directions[pairs[:, 1]] - direction)) < _TURN
    pairs, there = pairs[alike], there[alike]
    difference = numbers[pairs[:, 0]] - query.numbers[pairs[:, 1]]
    unlike = (difference * difference).sum(axis=1)
    good = np.flatnonzero(unlike < _UNLIKE)
    good = good[np.argsort(unlike[good], kind="stable")]
    good = good[_first_of_each(pairs[good])]
    error = np.linalg.norm(seen[pairs[good, 0]] - there[good], axis=1)
    return pairs[good], unlike[good], error


def _neighbours(seen: Floats, points: Floats, limit: float, free: Flags) -> tuple[Ints, Ints]:
    """Return all pairs of places that are at most `limit` from each other."""
    order = np.argsort(points[:, 0], kind="stable")
    order = order[free[order]]
    x = points[order, 0]
    start = np.searchsorted(x, seen[:, 0] - limit)
    many = np.searchsorted(x, seen[:, 0] + limit) - start
    one = np.repeat(np.arange(len(seen)), many)
    first = np.cumsum(many) - many
    other = order[np.arange(len(one)) - first[one] + start[one]]
    close = ((seen[one] - points[other]) ** 2).sum(axis=1) < limit * limit
    return one[close], other[close]


def _first_of_each(pairs: Ints) -> Ints:
    """Return which pairs are the first for their item feature and for their query feature."""
    kept = np.zeros(len(pairs), bool)
    kept[np.unique(pairs[:, 0], return_index=True)[1]] = True
    other = np.zeros(len(pairs), bool)
    other[np.unique(pairs[:, 1], return_index=True)[1]] = True
    return np.flatnonzero(kept & other)


def _jacobian(model: Floats, points: Floats) -> Floats:
    """Return the n x 2 x 2 derivative of the map at n places."""
    depth = np.maximum(points @ model[2, :2] + model[2, 2], 1e-3)[:, None, None]
    seen = project(model, points)
    return np.asarray((model[None, :2, :2] - seen[:, :, None] * model[None, 2:, :2]) / depth)


def local_scale(model: Floats, points: Floats) -> Floats:
    """Return by how much the map enlarges at n places."""
    return np.asarray(np.sqrt(np.abs(np.linalg.det(_jacobian(model, points)))))


def _direction(model: Floats, item: Look, which: Ints, variant: int) -> Floats:
    """Return where the map turns the directions of the item's features."""
    angle = item.directions[which]
    ahead = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    seen = np.einsum("nij,nj->ni", _jacobian(model, item.points[which]), ahead)
    half = np.pi if variant & descriptors.INVERTED else 0.0
    return np.asarray(np.arctan2(seen[:, 1], seen[:, 0]) + half)


def _fit(
    item: Look, query: Look, pairs: Ints, unlike: Floats, *, perspective: bool
) -> Floats | None:
    """Fit an affine map or a homography by weighted least squares; None where it is undecided."""
    here = item.points[pairs[:, 0]].astype(float)
    there = query.points[pairs[:, 1]].astype(float)
    weight = (1 - unlike / _UNLIKE) / np.maximum(query.diameters[pairs[:, 1]], 0.004)
    perspective = perspective and len(pairs) >= 12
    count = 8 if perspective else 6
    rows = np.zeros((len(pairs), 2, count))
    rows[:, 0, 0:2], rows[:, 0, 2] = here, 1
    rows[:, 1, 3:5], rows[:, 1, 5] = here, 1
    if perspective:
        rows[:, :, 6:8] = -here[:, None, :] * there[:, :, None]
    rows = rows * weight[:, None, None]
    found, _, rank, _ = np.linalg.lstsq(
        rows.reshape(-1, count), (there * weight[:, None]).ravel(), rcond=1e-6
    )
    if rank < count:
        return None
    return np.append(found, [0.0, 0.0, 1.0][count - 6 :]).reshape(3, 3)
