"""Compare the item's thumbnail with what the query shows at its place, whatever its colours are.

This is what decides about pictures with few features: skin, a wall, a dark room. Small differences
of light are compared, each within its surroundings, so that two skies do not agree for being bright
above. The place is refined to what agrees best (Lucas and Kanade 1981, with an affine map).
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from stillmine.imaging.likeness import descriptors
from stillmine.imaging.likeness.arrays import Flags, Floats
from stillmine.imaging.likeness.fingerprints import Fingerprint

# How wide surroundings are, in pixels of the thumbnail, and what contrast in them (of 255 from
# black to white, squared) is noise.
_WIDTH = 4.0
_NOISE = 1.5
# Thumbnails are made and warped by different filters: single pixels are not compared.
_ONE_PIXEL = 0.8
_ROUNDS = 3
_STEADY = 1e-3
_AGREES = 0.6
_FEWEST = 40
# Leftover shifts are measured over so many pixels, where there are edges in both directions.
_SHIFT_WIDTH = 5.0
_EDGES = 0.004
_STIFF = 0.002
_HALF = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well the grey values agree.

    `overall` is the correlation of the visible part, `local` that within small surroundings, over
    `windows` of those that do not overlap and are not plain; `share` how much of that agrees;
    `within` the share of the item that lies within the query. `shift` is by how many thousandths of
    the item's longer side its parts are shifted against each other, None where nothing tells.
    `model` is the refined place.
    """

    overall: float
    local: float
    windows: float
    share: float
    within: float
    shift: float | None
    model: Floats

    @property
    def visible(self) -> float:
        """Return the share of the item that is seen: within the query and not covered."""
        return self.within * self.share

    @property
    def evidence(self) -> float:
        """Return in standard deviations how far this is from what chance gives."""
        return float(self.local * np.sqrt(self.windows))


@dataclass(frozen=True, slots=True)
class _Seen:
    """What lies at the item's place: evened out, both; where, how alike, how much that counts."""

    own: Floats
    other: Floats
    mask: Floats
    alike: Floats
    weight: Floats
    warp: Floats
    plain: tuple[Floats, Floats]

    @property
    def local(self) -> float:
        """Return how alike they are on average."""
        return float((self.alike * self.weight).sum() / max(float(self.weight.sum()), 1e-6))


def agreement(item: Fingerprint, query: Fingerprint, model: Floats, variant: int) -> Agreement:
    """Compare under a homography from item to query places (units of the longer sides)."""
    from_item, to_query = _places(item), np.linalg.inv(_places(query))
    start = to_query @ model @ from_item
    step = float(np.sqrt(abs(np.linalg.det(start[:2, :2]))))
    ground = np.asarray(query.thumbnail, np.float32)
    ground = 255 - ground if variant & descriptors.INVERTED else ground
    ground = _soft(ground, 0.5 * step) if step > 1 else ground
    own = np.asarray(item.thumbnail, np.float32)
    own = _soft(own, min(8.0, 0.5 / max(step, 0.05))) if step < 1 else own
    own = _soft(own, _ONE_PIXEL)
    best = seen = _look(own, ground, start)
    for _ in range(_ROUNDS):
        if float(seen.mask.sum()) < _FEWEST:
            break
        seen = _look(own, ground, seen.warp @ _step(seen))
        best = seen if seen.local > best.local else best
    return _measured(best, np.linalg.inv(to_query) @ best.warp @ np.linalg.inv(from_item))


def _places(print_: Fingerprint) -> Floats:
    """Return the map from pixels of the thumbnail to places."""
    high, wide = print_.thumbnail.shape
    return np.asarray(np.diag([print_.extent[0] / wide, print_.extent[1] / high, 1.0]) @ _HALF)


def _look(own: Floats, ground: Floats, warp: Floats) -> _Seen:
    """Compare the item with what a warp puts under each of its pixels."""
    size = (own.shape[1], own.shape[0])
    other = _soft(_warped(ground, warp, size), _ONE_PIXEL)
    mask = (_warped(np.ones(ground.shape, np.float32), warp, size) > 0.99).astype(np.float32)
    inside = np.maximum(_soft(mask, _WIDTH), 1e-3)
    evened, counts = [], []
    for picture in (own, other):
        away = picture - _soft(picture * mask, _WIDTH) / inside
        spread = _soft(away * away * mask, _WIDTH) / inside
        evened.append(away / np.sqrt(spread + _NOISE))
        counts.append(spread / (spread + _NOISE))
    one, two = evened
    length = [np.maximum(_soft(part * part * mask, _WIDTH) / inside, 1e-3) for part in evened]
    alike = _soft(one * two * mask, _WIDTH) / inside / np.sqrt(length[0] * length[1])
    return _Seen(one, two, mask, alike, mask * np.maximum(*counts), warp, (own, other))


def _step(seen: _Seen) -> Floats:
    """Return the small affine move that makes both agree better, in pixels of the item."""
    high, wide = seen.own.shape
    scale = float(max(high, wide))
    y, x = np.mgrid[0:high, 0:wide].astype(np.float32)
    x, y = (x - (wide - 1) / 2) / scale, (y - (high - 1) / 2) / scale
    across, down = _slopes(seen.own)
    rows = np.stack([across * x, across * y, across, down * x, down * y, down]).reshape(6, -1)
    # Only what agrees already pulls: stickers and text do not.
    pull = rows * (seen.weight * np.maximum(seen.alike, 0) ** 2).ravel()
    square = (pull @ rows.T).astype(float)
    stiff = (_STEADY * np.trace(square) / 6 + 1e-6) * np.eye(6)
    move = -np.linalg.solve(square + stiff, pull @ (seen.other - seen.own).ravel())
    around = np.array([[1, 0, (wide - 1) / 2], [0, 1, (high - 1) / 2], [0, 0, 1]])
    small = np.eye(3)
    small[:2] += move.reshape(2, 3) * (1 / scale, 1 / scale, 1)
    return np.asarray(around @ small @ np.linalg.inv(around))


def _measured(seen: _Seen, model: Floats) -> Agreement:
    """Put numbers to it."""
    inside = seen.mask > 0
    within = float(seen.mask.mean())
    if inside.sum() < _FEWEST:
        return Agreement(0.0, 0.0, 0.0, 0.0, within, None, model)
    own, other = (picture - picture[inside].mean() for picture in seen.plain)
    total = float(seen.weight.sum())
    return Agreement(
        overall=_ratio(own[inside], other[inside]),
        local=seen.local,
        windows=total / (np.pi * _WIDTH * _WIDTH),
        share=float(seen.weight[seen.alike > _AGREES].sum() / max(total, 1e-6)),
        within=within,
        shift=_shift(seen),
        model=model / model[2, 2],
    )


def _shift(seen: _Seen) -> float | None:
    """Return how far parts of the picture are shifted against the rest of it."""
    across, down = _slopes(seen.own)
    wrong = (seen.other - seen.own) * seen.mask
    xx, xy, yy = (
        _soft(product * seen.mask, _SHIFT_WIDTH)
        for product in (across * across, across * down, down * down)
    )
    x, y = _soft(across * wrong, _SHIFT_WIDTH), _soft(down * wrong, _SHIFT_WIDTH)
    weaker = (xx + yy) / 2 - np.sqrt((xx - yy) ** 2 / 4 + xy * xy)
    told: Flags = (weaker > _EDGES) & (seen.mask > 0) & (seen.alike > _AGREES)
    if told.sum() < 2 * np.pi * _SHIFT_WIDTH**2:
        return None
    xx, yy = xx + _STIFF, yy + _STIFF
    both = xx * yy - xy * xy
    move_x, move_y = (yy * x - xy * y) / both, (xx * y - xy * x) / both
    pixels = float(np.sqrt(np.mean(move_x[told] ** 2 + move_y[told] ** 2)))
    return 1000 * pixels / float(max(seen.own.shape))


def _slopes(picture: Floats) -> tuple[Floats, Floats]:
    """Return how fast the picture becomes lighter to the right and downwards."""
    across, down = (
        np.asarray(cv2.Sobel(picture, cv2.CV_32F, 1 - way, way, scale=1 / 8), np.float32)
        for way in (0, 1)
    )
    return across, down


def _soft(picture: Floats, width: float) -> Floats:
    """Blur."""
    return np.asarray(cv2.GaussianBlur(np.asarray(picture, np.float32), (0, 0), width))


def _warped(picture: Floats, warp: Floats, size: tuple[int, int]) -> Floats:
    """Return what lies under each pixel of a picture of the given width and height."""
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(np.asarray(picture, np.float32), warp, size, flags=flags))


def _ratio(one: Floats, other: Floats) -> float:
    """Return a correlation; nothing correlates with a plain surface."""
    lengths = float((one * one).sum()) * float((other * other).sum())
    return float((one * other).sum()) / float(np.sqrt(lengths)) if lengths > 0 else 0.0
