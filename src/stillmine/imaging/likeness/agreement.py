"""Compare the item's thumbnail with what the query shows at its place, whatever its colours are.

A copy agrees nearly everywhere that it is not covered; a picture of the same scene taken a moment
later does not, and two pictures that share a logo agree in one spot only.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from stillmine.imaging.likeness import descriptors
from stillmine.imaging.likeness.arrays import Floats
from stillmine.imaging.likeness.fingerprints import Fingerprint

_WIDTH = 4.0
_FLOOR = 4.0
# Thumbnails are made and warped by different filters: single pixels are not compared.
_ONE_PIXEL = 0.8
# Where the item has less contrast than this (grey levels, squared) nothing can be compared.
_BUSY = 16.0


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well the grey values agree.

    `overall` is the correlation of the visible part, `share` the share of it that agrees locally,
    `within` the share of the item that lies within the query.
    """

    overall: float
    share: float
    within: float

    @property
    def visible(self) -> float:
        """Return the share of the item that is seen: within the query and not covered."""
        return self.within * self.share


def agreement(item: Fingerprint, query: Fingerprint, model: Floats, variant: int) -> Agreement:
    """Compare under a homography from item to query places (units of the longer sides)."""
    high, wide = item.thumbnail.shape
    from_item = np.diag([item.extent[0] / wide, item.extent[1] / high, 1.0])
    to_query = np.diag(
        [
            query.thumbnail.shape[1] / query.extent[0],
            query.thumbnail.shape[0] / query.extent[1],
            1.0,
        ]
    )
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    warp = np.linalg.inv(half) @ to_query @ model @ from_item @ half
    step = float(np.sqrt(abs(np.linalg.det(warp[:2, :2]))))
    ground: Floats = query.thumbnail.astype(np.float32)
    ground = _soft(ground, 0.5 * step) if step > 1 else ground
    own: Floats = item.thumbnail.astype(np.float32)
    own = _soft(own, min(8.0, 0.5 / max(step, 0.05))) if step < 1 else own
    seen = _warped(ground, warp, (wide, high))
    mask = _warped(np.ones(ground.shape, np.float32), warp, (wide, high))
    return _compared(own, 255 - seen if variant & descriptors.INVERTED else seen, mask)


def _soft(picture: Floats, width: float) -> Floats:
    """Blur."""
    return np.asarray(cv2.GaussianBlur(np.asarray(picture, np.float32), (0, 0), width))


def _warped(picture: Floats, warp: Floats, size: tuple[int, int]) -> Floats:
    """Return what lies under each pixel of a picture of the given width and height."""
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpPerspective(np.asarray(picture, np.float32), warp, size, flags=flags))


def _compared(own: Floats, seen: Floats, mask: Floats) -> Agreement:
    """Correlate two pictures where the mask is one, as a whole and in small windows."""
    inside = mask > 0.99
    within = float(mask.mean())
    if inside.sum() < 12:
        return Agreement(0.0, 0.0, within)
    a, b = own - own[inside].mean(), seen - seen[inside].mean()
    overall = _ratio((a * b)[inside].sum(), (a * a)[inside].sum(), (b * b)[inside].sum())

    def smooth(values: Floats) -> Floats:
        return np.asarray(_soft(values * mask, _WIDTH) / np.maximum(_soft(mask, _WIDTH), 1e-3))

    own, seen = _soft(own, _ONE_PIXEL), _soft(seen, _ONE_PIXEL)
    a, b = own - smooth(own), seen - smooth(seen)
    local = smooth(a * b) / np.sqrt((smooth(a * a) + _FLOOR) * (smooth(b * b) + _FLOOR))
    busy = inside & (smooth(own * own) - smooth(own) ** 2 > _BUSY)
    share = float((local[busy] > 0.6).mean()) if busy.sum() >= 12 else 0.0
    return Agreement(overall, share, within)


def _ratio(both: float, one: float, other: float) -> float:
    """Return a correlation; nothing correlates with a plain surface."""
    return float(both / np.sqrt(one * other)) if one > 0 and other > 0 else 0.0
