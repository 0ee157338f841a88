"""How long something lasts, seen from those that ended and those that have not ended yet.

The product-limit estimate of Kaplan and Meier (J. Am. Stat. Assoc. 53, 1958, 457-481) with
Greenwood's variance (1926) and a band on the log(-log) scale (Kalbfleisch and Prentice, The
Statistical Analysis of Failure Time Data, 1980), which stays between 0 and 1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_Z = 1.959963984540054  # the normal quantile for 95 of 100


@dataclass(frozen=True, slots=True)
class Observed:
    """How long one thing was seen: until it ended, or until nobody looked any more."""

    hours: float
    ended: bool


@dataclass(frozen=True, slots=True)
class Step:
    """The share that still lasts from this hour on, with its band; `at_risk` lasted right before.

    `error` is Greenwood's standard error of `lasts`.
    """

    hours: float
    at_risk: int
    lasts: float
    low: float
    high: float
    error: float


def kaplan_meier(observed: Sequence[Observed]) -> list[Step]:
    """Return a step for each hour at which something ended, in their order.

    What was last seen at the very hour at which others ended counts as having lasted until then.
    """
    steps: list[Step] = []
    lasts, spread, high = 1.0, 0.0, 1.0
    for hours in sorted({each.hours for each in observed if each.ended}):
        at_risk = sum(each.hours >= hours for each in observed)
        ended = sum(each.ended and each.hours == hours for each in observed)
        lasts *= 1 - ended / at_risk
        if ended == at_risk:
            # Greenwood's variance has no value at zero. The band keeps its upper edge.
            steps.append(Step(hours, at_risk, 0.0, 0.0, high, 0.0))
            break
        spread += ended / (at_risk * (at_risk - ended))
        low, high = _band(lasts, spread)
        steps.append(Step(hours, at_risk, lasts, low, high, lasts * math.sqrt(spread)))
    return steps


def median(steps: Sequence[Step]) -> float | None:
    """Return the hour at which half have ended; None where that was not seen."""
    return next((each.hours for each in steps if each.lasts <= 0.5), None)


def _band(lasts: float, spread: float) -> tuple[float, float]:
    power = _Z * math.sqrt(spread) / math.log(lasts)
    return lasts ** math.exp(-power), lasts ** math.exp(power)
