"""Tell a copy from another shot of the same scene: in a copy nothing is shifted against the rest.

One homography maps a copy onto its item, and what is left over is chance. Between two shots near
things move against far ones (parallax), so the leftovers of neighbours point the same way.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from stillmine.imaging.likeness.agreement import Agreement
from stillmine.imaging.likeness.features import SCAN
from stillmine.imaging.likeness.geometry import Placed, local_scale, project
from stillmine.imaging.likeness.postings import Look

# Which pairs are neighbours, in units of the item's longer side. Closer ones are often the same
# corner found twice, whose errors are the same too.
_NEAREST = 0.015
_FARTHEST = 0.12
_SMALLEST = 0.005
_OVERLAP = 0.5
# From so many thousandths of the longer side on (but no less than this part of a pixel of the
# query), and when that is so much of all error, and so many standard deviations from chance.
_AMOUNT = 0.18
_PIXELS = 0.15
_SHARE = 0.06
_SURE = 3.8
_CERTAIN = 7.0
_MOST_PAIRS = 320
# Parts of the thumbnail that are shifted less, in thousandths of the longer side, are not shifted.
_STILL = 1.4


@dataclass(frozen=True, slots=True)
class Shift:
    """How far neighbours are shifted together.

    `amount` is in thousandths of the item's longer side, `share` of all squared error, `sure` in
    standard deviations from what chance gives to errors of these lengths. `pixel` is the query's
    pixel in the same unit as the amount.
    """

    amount: float
    share: float
    sure: float
    pixel: float

    def another_shot(self, agrees: Agreement) -> bool:
        """Say whether this is another shot of the scene rather than a copy.

        Where the grey values lie on each other everywhere, features must be quite sure to be heard.
        """
        if agrees.shift is not None and agrees.shift < _STILL and self.sure < _CERTAIN:
            return False
        least = max(_AMOUNT, _PIXELS * self.pixel)
        return self.amount > least and self.share > _SHARE and self.sure > _SURE


def shift(item: Look, query: Look, placed: Placed) -> Shift:
    """Measure how far neighbouring pairs are shifted together."""
    pairs = placed.pairs[:: -(-len(placed.pairs) // _MOST_PAIRS)]
    here = item.points[pairs[:, 0]].astype(float)
    scale = float(local_scale(placed.model, item.print.extent[None] / 2)[0])
    pixel = 1000 / (scale * min(SCAN.side, query.print.longer))
    error = (query.points[pairs[:, 1]] - project(placed.model, here)) / scale
    away = np.hypot(*(here[:, None] - here[None]).transpose(2, 0, 1))
    # Errors grow with the size of a feature: what large ones say counts less.
    fine = 1 / np.maximum(item.diameters[pairs[:, 0]], _SMALLEST)
    # Features that overlap see the same grain: their errors are the same in copies, too.
    wide = _OVERLAP * item.diameters[pairs[:, 0]]
    apart = np.maximum(_NEAREST, wide[:, None] + wide[None])
    near = np.where((away > apart) & (away < _FARTHEST), fine[:, None] * fine[None], 0.0)
    weight = near * fine[:, None] * fine[None]
    length = (error * error).sum(axis=1)
    together = float((weight * (error @ error.T)).sum())
    total, alone = float(weight.sum()), float(weight.sum(axis=1) @ length)
    if total <= 0 or alone <= 0:
        return Shift(0.0, 0.0, 0.0, pixel)
    # Were each error as long as it is, and its way left to chance. Not all of them alike: where the
    # scene has edges in one direction only, the place along them is uncertain, errors there are
    # many times the others, and a few of them would pass for many that agree.
    chance = float(np.sqrt(((weight * weight) * length[:, None] * length[None]).sum()))
    amount = 1000 * float(np.sign(together) * np.sqrt(abs(together) / total))
    return Shift(amount, together / alone, together / chance, pixel)
