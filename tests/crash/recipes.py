"""Which changes a power cut loses, keeps or tears: the plain cases, and chance."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from .disk import Data, Effect


class Fate(NamedTuple):
    """What became of one change: its bytes, and the longer size.

    `sectors`: which of its 512-byte sectors were written (None: all); a larger sector goes by its
    first 512 bytes in the change.
    """

    kept: bool
    size: bool = True
    sectors: frozenset[int] | None = None


KEPT, LOST = Fate(True), Fate(False, False)
SIZE_ONLY = Fate(False)


def sectors(change: Data, unit: int) -> range:
    """Return the numbers of the sectors that a write touches."""
    return range(change.offset // unit, (change.offset + len(change.data) - 1) // unit + 1)


Recipe = Callable[[Sequence[Effect], random.Random], list[Fate]]


def _torn(effect: Effect, chance: random.Random) -> Fate:
    if not isinstance(effect, Data):
        return chance.choice((KEPT, LOST))
    parts = sectors(effect, 512)
    middle = chance.randrange(parts.start, parts.stop + 1)
    some = frozenset(s for s in parts if chance.random() < 0.5)
    halves = (frozenset(range(parts.start, middle)), frozenset(range(middle, parts.stop)))
    return Fate(True, chance.random() < 0.7, chance.choice((*halves, some)))


def _each(names: Fate, data: Fate) -> Recipe:
    return lambda pending, _chance: [data if isinstance(e, Data) else names for e in pending]


def _all_but(fate: Fate, others: Fate) -> Recipe:
    def recipe(pending: Sequence[Effect], chance: random.Random) -> list[Fate]:
        fates = [others] * len(pending)
        if fates:
            fates[chance.randrange(len(fates))] = fate
        return fates

    return recipe


def _one_torn(pending: Sequence[Effect], chance: random.Random) -> list[Fate]:
    fates = [KEPT] * len(pending)
    writes = [i for i, e in enumerate(pending) if isinstance(e, Data)]
    if writes:
        at = chance.choice(writes)
        fates[at] = _torn(pending[at], chance)
    return fates


def _cut(first: Fate, then: Fate) -> Recipe:
    def recipe(pending: Sequence[Effect], chance: random.Random) -> list[Fate]:
        at = chance.randint(0, len(pending))
        return [first] * at + [then] * (len(pending) - at)

    return recipe


def at_random(pending: Sequence[Effect], chance: random.Random) -> list[Fate]:
    level = chance.choice((0.2, 0.5, 0.8))

    def one(effect: Effect) -> Fate:
        if isinstance(effect, Data) and chance.random() < 0.3:
            return chance.choice((SIZE_ONLY, _torn(effect, chance)))
        return KEPT if chance.random() < level else LOST

    return [one(effect) for effect in pending]


RECIPES: dict[str, Recipe] = {
    "all lost": _each(LOST, LOST),
    "names kept, bytes lost": _each(KEPT, LOST),
    "names and sizes kept, bytes lost": _each(KEPT, SIZE_ONLY),
    "one lost": _all_but(LOST, KEPT),
    "one torn": _one_torn,
    "one kept": _all_but(KEPT, LOST),
    "bytes kept, names lost": _each(LOST, KEPT),
    "late ones kept": _cut(LOST, KEPT),
    "early ones kept": _cut(KEPT, LOST),
    "all kept": _each(KEPT, KEPT),
}
