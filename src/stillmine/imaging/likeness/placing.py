"""Look closely at one candidate: where it lies in the query, how often, and whether as a copy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from stillmine.imaging.likeness import decision, geometry, moments
from stillmine.imaging.likeness.agreement import Agreement, agreement
from stillmine.imaging.likeness.arrays import Flags
from stillmine.imaging.likeness.candidates import Candidate
from stillmine.imaging.likeness.fingerprints import Fingerprint
from stillmine.imaging.likeness.geometry import Placed
from stillmine.imaging.likeness.postings import Look

_MOST_COPIES = 6
# Below this the grey values could not make up for it.
_LEAST_FEATURES = 12.0
# A place that grey values found is looked at anew where features were few.
_AGREE, _FEW = 4.0, 250.0
_WITHIN = 0.2
# A match is a rival of a better one if so many of its features are claimed by that one already.
_CLAIMED = 0.5


@dataclass(frozen=True, slots=True)
class Found:
    """An item placed in the query, and what was measured about it."""

    name: str
    item: Fingerprint
    placed: Placed
    agreement: Agreement
    another_shot: bool

    @property
    def score(self) -> float:
        """Return all the evidence."""
        return decision.score(self.placed, self.agreement)

    @property
    def fit(self) -> float:
        """Return how exactly it lies there; it tells two shots of one scene apart."""
        return self.placed.fit + self.score - self.placed.score


def copies(
    name: str, item: Fingerprint, candidate: Candidate, query: Look, least: float
) -> list[Found]:
    """Return every place at which a candidate lies in the query with at least such a score."""
    own = Look.at(item)
    free = np.ones(len(query.points), bool)
    found: list[Found] = []
    left = candidate
    while len(found) < _MOST_COPIES and len(left.pairs) >= 2:
        one = _found(name, own, query, left, free)
        if one is None or one.score < least or any(_same_place(one, other) for other in found):
            break
        found.append(one)
        free &= ~geometry.covered(one.placed, own, query)
        unused = free[left.pairs[:, 1]]
        left = replace(left, pairs=left.pairs[unused], weight=left.weight[unused])
    return found


def sorted_out(found: Iterable[Found]) -> list[Found]:
    """Return what is to be named, the best first: no other shots, and nothing claimed by others."""
    kept: list[Found] = []
    others: set[str] = set()
    for one in sorted(found, key=lambda one: -one.fit):
        if any(one.name == other.name and _same_place(one, other) for other in kept):
            continue
        if one.another_shot:
            others.add(one.name)
        elif one.name not in others and not _claimed(one, kept):
            kept.append(one)
    return kept


def _found(name: str, item: Look, query: Look, candidate: Candidate, free: Flags) -> Found | None:
    """Return where the candidate lies, if anywhere."""
    variant = candidate.variant
    rough = geometry.hypothesis(item, query, candidate.pairs, candidate.weight, variant)
    placed = None if rough is None else geometry.place(item, query, rough, variant, free)
    if placed is None or placed.score < _LEAST_FEATURES:
        return None
    agrees = agreement(item.print, query.print, placed.model, variant)
    if agrees.evidence > _AGREE and placed.score < _FEW:
        again = geometry.place(item, query, agrees.model, variant, free)
        if again is not None and again.score > placed.score:
            placed, agrees = again, agreement(item.print, query.print, again.model, variant)
    if agrees.local <= decision.ONE_SPOT:
        return None
    another = moments.shift(item, query, placed).another_shot(agrees)
    return Found(name, item.print, placed, agrees, another)


def _same_place(one: Found, other: Found) -> bool:
    """Say whether the middle of one lies well within the other: grey values found it once more."""
    middle = geometry.project(one.placed.model, one.item.extent[None] / 2)
    back = geometry.project(np.linalg.inv(other.placed.model), middle)[0] / other.item.extent
    return bool(((back > _WITHIN) & (back < 1 - _WITHIN)).all())


def _claimed(one: Found, kept: list[Found]) -> bool:
    """Say whether another item, which is not a copy of this one, explains the same features better.

    Of two shots of one scene in the vault only the better one is the picture in the query. Two
    copies of one picture in the vault are both named.
    """
    mine = one.placed.pairs[:, 1]
    for other in kept:
        shared = np.isin(mine, other.placed.pairs[:, 1]).mean() > _CLAIMED
        if shared and other.name != one.name and not _copies_of_each_other(one, other):
            return True
    return False


def _copies_of_each_other(one: Found, other: Found) -> bool:
    """Say whether two items are the same picture, going by where each lies in the query."""
    rough = np.linalg.inv(other.placed.model) @ one.placed.model
    variant = one.placed.variant ^ other.placed.variant
    item, query = Look.at(one.item), Look.at(other.item)
    free = np.ones(len(other.item), bool)
    placed = geometry.place(item, query, rough / rough[2, 2], variant, free)
    if placed is None:
        return False
    agrees = agreement(one.item, other.item, placed.model, variant)
    shift = moments.shift(item, query, placed)
    return decision.enough(placed, agrees) and not shift.another_shot(agrees)
