"""Choose the few items that are worth a closer look, by votes of their features."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stillmine.imaging.likeness.arrays import Floats, Ints
from stillmine.imaging.likeness.descriptors import VARIANTS
from stillmine.imaging.likeness.postings import Hits

# Turns are counted in overlapping eighths of the circle.
_TURNS = 16
_FEWEST_VOTES = 1.2
# Many moments of one video look alike: where so many were chosen for the same features of the
# query, others that also speak through those have to give way to those that do not.
_CROWD = 8
_MOST_SEEN = 160


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that may lie in the query.

    `pairs` is n x 2 (item feature, query feature), `weight` n, `votes` what was counted for it.
    """

    item: int
    variant: int
    pairs: Ints
    weight: Floats
    votes: float


def candidates(hits: Hits, most: int, fewest: float = _FEWEST_VOTES) -> list[Candidate]:
    """Return at most `most` items with most votes that agree on a turn, the best first.

    Those with less than `fewest` votes are left out.

    A query feature votes once for an item (against bursts of repeated structure); a feature that
    looks like those of many items has less to say (inverse frequency).
    """
    if not len(hits.query):
        return []
    group = hits.item * VARIANTS + hits.variant
    said = np.bincount(hits.query, minlength=1)[hits.query]
    weight = hits.weight / np.sqrt(said)
    # Most items have too few hits, whatever their turns: nothing more is done with those.
    some = np.flatnonzero(np.bincount(group, weight)[group] >= fewest)
    half = hits.turn[some] * _TURNS // 256
    place = group[some] * _TURNS
    key = np.concatenate([place + half, place + (half + 1) % _TURNS])
    query, both = np.tile(hits.query[some], 2), np.tile(weight[some], 2)
    order = np.lexsort((-both, query, key))
    key, query, both = key[order], query[order], both[order]
    first = np.ones(len(key), bool)
    first[1:] = (key[1:] != key[:-1]) | (query[1:] != query[:-1])
    key, both = key[first], both[first]
    names, place = np.unique(key, return_inverse=True)
    votes = np.bincount(place, both)
    enough = votes >= fewest
    return _chosen(hits, weight, group, names[enough] // _TURNS, votes[enough], most)


def _chosen(
    hits: Hits, weight: Floats, group: Ints, names: Ints, votes: NDArray[Any], most: int
) -> list[Candidate]:
    """Gather the pairs of the best voted groups; one crowd of lookalikes does not fill it."""
    chosen: dict[int, tuple[float, NDArray[np.intp]]] = {}
    # How many of the chosen ones each feature of the query speaks for.
    spoken = np.zeros(int(hits.query.max()) + 1, np.int64)
    seen = 0
    for place in np.argsort(-votes, kind="stable"):
        if len(chosen) >= most or seen >= _MOST_SEEN:
            break
        name = int(names[place])
        if name in chosen:
            continue
        seen += 1
        mine = np.flatnonzero(group == name)
        says: Ints = np.unique(hits.query[mine])
        if (spoken[says] >= _CROWD).mean() > 0.5:
            continue
        spoken[says] += 1
        chosen[name] = (float(votes[place]), mine)
    found = []
    for name, (count, mine) in chosen.items():
        pairs = np.stack([hits.feature[mine], hits.query[mine]], axis=1)
        found.append(Candidate(name // VARIANTS, name % VARIANTS, pairs, weight[mine], count))
    return found
