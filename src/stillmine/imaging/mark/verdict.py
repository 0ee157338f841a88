"""Say whose mark a leaked picture carries, with a bound on the chance of accusing an innocent."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stillmine.imaging.mark.chips import chips
from stillmine.imaging.mark.reading import Evidence

BOUND = 1e-6


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whose mark was found.

    `false_accusation` is the chance at most that anybody at all of those who were tried would be
    named like this without having to do with the leaked picture.
    """

    name: str
    z: float
    false_accusation: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who is named, the surest first; nobody if it cannot be said.

    `used` is the share of the original's area that could be read, `tried` how many were compared.
    """

    named: tuple[Named, ...]
    used: float
    tried: int


def z(evidence: Evidence, seeds: Sequence[bytes]) -> NDArray[np.float64]:
    """Return for each seed how much the evidence speaks for it: the highest of the readings.

    For a seed that has nothing to do with the picture every reading has mean 0, variance 1 and
    P(z >= t) <= exp(-t^2 / 2), whatever was done to the picture (Hoeffding 1963): the chips are
    tosses of a coin that the evidence knows nothing of.
    """
    height, width = evidence.grid
    count = evidence.readings.shape[1]
    out = np.zeros(len(seeds))
    for number, seed in enumerate(seeds):
        mine = chips(seed, height, width, count).astype(np.float32)
        out[number] = max((float(value) for value in evidence.readings @ mine), default=0.0)
    return out


def verdict(
    evidence: Evidence | None,
    recipients: Mapping[str, bytes],
    bound: float = BOUND,
    *,
    tests: int = 0,
) -> Verdict:
    """Return whom the evidence names: with Bonferroni's correction for all who were tried.

    `recipients` are the seeds by name; `bound` is the chance that is accepted of naming anybody
    who is innocent; `tests` is how many were tried in all, where there is other evidence besides.
    """
    if evidence is None or not recipients:
        return Verdict((), 0.0, len(recipients))
    tests = max(tests, len(recipients) * len(evidence.readings))
    named = []
    for name, score in zip(recipients, z(evidence, list(recipients.values())), strict=True):
        chance = min(1.0, tests * math.exp(-(max(score, 0.0) ** 2) / 2))
        if chance <= bound:
            named.append(Named(name, float(score), chance))
    named.sort(key=lambda one: -one.z)
    return Verdict(tuple(named), evidence.used, len(recipients))
