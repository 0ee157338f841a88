"""The drawers of the index: which features of which items look like a given one.

Each posting carries a 64-bit signature (Hamming embedding, Jegou, Douze and Schmid 2008): of the
features that fell into the same drawer only those with nearly the same signature are hits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from stillmine.imaging.likeness import descriptors, vocabulary
from stillmine.imaging.likeness.arrays import Floats, Ints
from stillmine.imaging.likeness.fingerprints import Fingerprint

_PROBES = 8
_DOUBT_PROBES = 3
# Of 64 signs this many may differ; a hit with all the same counts most.
_MOST_DIFFERENT = 17
_HIT_WEIGHTS = np.exp(-((np.arange(65) / 10.0) ** 2)).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Look:
    """The features of a picture that is looked up, made ready once for every step."""

    print: Fingerprint
    points: Floats
    diameters: Floats
    directions: Floats
    numbers: Floats

    @classmethod
    def at(cls, print_: Fingerprint) -> Look:
        """Make a fingerprint ready."""
        numbers = descriptors.decode(print_.codes)
        return cls(print_, print_.points(), print_.diameters(), print_.directions(), numbers)


@dataclass(frozen=True, slots=True)
class Hits:
    """Pairs of features that look alike: of the query, of the item; the change; how alike.

    `turn` is by how much the item would be turned, in 256 steps to the circle.
    """

    query: Ints
    item: Ints
    feature: Ints
    variant: Ints
    turn: Ints
    weight: Floats


class Postings:
    """The features of many items, sorted into drawers. Does not change once it is built."""

    def __init__(self, prints: Sequence[Fingerprint]) -> None:
        """Sort the features of the items, which are numbered in this order."""
        parts = [_sorted_out(print_) for print_ in prints]
        drawer = np.concatenate([part[0] for part in parts] or [np.zeros(0, np.int32)])
        order = np.argsort(drawer, kind="stable")
        self._starts = np.searchsorted(drawer[order], np.arange(vocabulary.DRAWERS + 1))
        self._signature = np.concatenate([part[1] for part in parts] or [np.zeros(0, np.uint64)])[
            order
        ]
        self._flags = np.concatenate([part[2] for part in parts] or [np.zeros(0, np.uint8)])[order]
        counts = [len(print_) for print_ in prints]
        self._item = np.repeat(np.arange(len(prints), dtype=np.int32), counts)[order]
        feature = [np.arange(count, dtype=np.uint16) for count in counts]
        self._feature = np.concatenate(feature or [np.zeros(0, np.uint16)])[order]
        angles = [print_.angles for print_ in prints]
        self._angle = np.concatenate(angles or [np.zeros(0, np.uint8)])[order]

    def hits(self, look: Look) -> Hits:
        """Return what looks like the features of the query, mirrored and inverted ones too."""
        query, drawer, flags, signature = _probes(look.numbers)
        start, end = self._starts[drawer], self._starts[drawer + 1]
        many = end - start
        # All postings of all drawers in one row: what is far from the first of them is how far in.
        where = np.repeat(start - (np.cumsum(many) - many), many)
        where += np.arange(len(where))
        different = np.bitwise_count(self._signature[where] ^ np.repeat(signature, many))
        near = np.flatnonzero(different <= _MOST_DIFFERENT)
        probe = np.searchsorted(np.cumsum(many), near, side="right")
        where, different = where[near], different[near]
        variant = (self._flags[where] ^ flags[probe]).astype(np.int64)
        start_angle = self._angle[where].astype(np.int64)
        start_angle = np.where(variant & descriptors.MIRRORED, -start_angle, start_angle)
        start_angle += np.where(variant & descriptors.INVERTED, 128, 0)
        return Hits(
            query=query[probe],
            item=self._item[where].astype(np.int64),
            feature=self._feature[where].astype(np.int64),
            variant=variant,
            turn=(look.print.angles[query[probe]] - start_angle) % 256,
            weight=_HIT_WEIGHTS[different],
        )


def _sorted_out(
    print_: Fingerprint,
) -> tuple[NDArray[np.int32], NDArray[np.uint64], NDArray[np.uint8]]:
    """Return drawer, signature and handedness of each feature of an item."""
    numbers = descriptors.decode(print_.codes)
    flags, _ = descriptors.handedness(numbers)
    fixed = descriptors.change(numbers, flags)
    return vocabulary.drawer(fixed), descriptors.signature(fixed), flags


def _probes(
    numbers: Floats,
) -> tuple[Ints, NDArray[np.int32], NDArray[np.uint8], NDArray[np.uint64]]:
    """Return query feature, drawer, handedness and signature of everything to look up.

    Where the handedness is in doubt the other one is looked up too, in fewer drawers.
    """
    flags, doubts = descriptors.handedness(numbers)
    names: Ints = np.arange(len(numbers))
    rounds: list[tuple[Ints, NDArray[np.uint8], int]] = [(names, flags, _PROBES)]
    for bit in (descriptors.MIRRORED, descriptors.INVERTED):
        unsure = names[(doubts & bit) > 0]
        rounds.append((unsure, flags[unsure] ^ np.uint8(bit), _DOUBT_PROBES))
    parts = []
    for some, changes, probes in rounds:
        fixed = descriptors.change(numbers[some], changes)
        drawer = vocabulary.drawers(fixed, probes).ravel()
        signature = np.repeat(descriptors.signature(fixed), probes)
        parts.append((np.repeat(some, probes), drawer, np.repeat(changes, probes), signature))
    query, drawer, change, signature = (
        np.concatenate(column) for column in zip(*parts, strict=True)
    )
    return query, drawer, change, signature
