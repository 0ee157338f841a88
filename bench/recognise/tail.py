"""How often would chance alone reach a score? A falling line is fitted to the scores of strangers.

Beyond a score that is high enough the scores of unrelated pairs fall off exponentially (the usual
model of a tail, "peaks over a threshold", Pickands 1975, with shape nought); its one number is the
mean excess, and how sure that is follows from how many scores it rests on.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

FROM = 30.0


@dataclass(frozen=True)
class Tail:
    """Of `pairs` unrelated pairs `over` reached FROM; then `fall` a point, at least `slow`."""

    pairs: int
    over: int
    fall: float
    slow: float

    def rate(self, score: float) -> float:
        """Return how many of all pairs reach a score, as fitted."""
        return self.over / self.pairs * math.exp(-self.fall * (score - FROM))

    def most(self, score: float) -> float:
        """Return the same at the upper end of what 95 % confidence leaves possible."""
        over = self.over + 1.96 * math.sqrt(self.over) + 2
        return over / self.pairs * math.exp(-self.slow * (score - FROM))


def fitted(scores: Sequence[float], pairs: int) -> Tail | None:
    """Fit the tail; None where it would rest on fewer than five scores."""
    excess = [score - FROM for score in scores if score >= FROM]
    if len(excess) < 5:
        return None
    fall = len(excess) / max(sum(excess), 1e-9)
    return Tail(pairs, len(excess), fall, fall * max(0.1, 1 - 1.645 / math.sqrt(len(excess))))
