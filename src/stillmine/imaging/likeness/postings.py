"""The drawers of the index: which features of which items look like a given one.

Each posting carries a 64-bit signature (Hamming embedding, Jegou, Douze and Schmid 2008): of the
features that fell into the same drawer only those with nearly the same signature are hits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stillmine.errors import NotAFingerprint
from stillmine.imaging.likeness import descriptors, vocabulary
from stillmine.imaging.likeness.arrays import Bytes, Flags, Floats, Ints
from stillmine.imaging.likeness.fingerprints import Fingerprint

# The features of an item are numbered in 14 bits; two more say how they were turned.
_FLAGS_AT = 14
_FEATURE = np.uint16((1 << _FLAGS_AT) - 1)
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

    def some(self, which: Flags) -> Hits:
        """Return only some of them."""
        return Hits(*(getattr(self, part.name)[which] for part in fields(self)))

    def after(self, first: int) -> Hits:
        """Return them with their items numbered from `first`."""
        return replace(self, item=self.item + first) if first else self

    @classmethod
    def joined(cls, parts: Sequence[Hits]) -> Hits:
        """Return all of them together."""
        if len(parts) == 1:
            return parts[0]
        none: Ints = np.zeros(0, np.int64)
        columns = [[none, *(getattr(part, one.name) for part in parts)] for one in fields(cls)]
        return cls(*(np.concatenate(column) for column in columns))


@dataclass(frozen=True, slots=True)
class Probes:
    """Everything that is looked up for a query: its feature, drawer, handedness and signature."""

    query: Ints
    drawer: NDArray[np.int32]
    flags: NDArray[np.uint8]
    signature: NDArray[np.uint64]


class Postings:
    """The features of many items, sorted into drawers. Does not change once it is built.

    Of all features, drawer after drawer: `signatures`, `items`, and `features` with the handedness
    in the upper two bits; `starts` is where each drawer begins.
    """

    __slots__ = ("_angles", "_offsets", "features", "items", "signatures", "starts")

    def __init__(self, prints: Sequence[Fingerprint]) -> None:
        """Sort the features of the items, which are numbered in this order."""
        filed = [_filed(print_) for print_ in prints]
        drawers = _joined([part[0] for part in filed], np.int32)
        flags = _joined([part[1] for part in filed], np.uint16)
        counts = np.array([len(print_) for print_ in prints], np.int64)
        order = np.argsort(drawers, kind="stable")
        self.starts = _starts(drawers)
        self.signatures = _joined(
            [
                _signatures(print_.codes, part[1])
                for print_, part in zip(prints, filed, strict=True)
            ],
            np.uint64,
        )[order]
        feature = _joined([np.arange(count, dtype=np.uint16) for count in counts], np.uint16)
        self.features = (feature | flags << np.uint16(_FLAGS_AT))[order]
        self.items = np.repeat(np.arange(len(prints), dtype=np.int32), counts)[order]
        self._angles = _joined([print_.angles for print_ in prints], np.uint8)
        self._offsets = np.cumsum(counts) - counts

    @classmethod
    def restored(
        cls, arrays: tuple[Any, Any, Any, Any], angles: Bytes, counts: NDArray[np.int64]
    ) -> Postings:
        """Put together what was sorted before: `starts`, `signatures`, `items`, `features`.

        `angles` are those of all items' features in order, `counts` how many each item has. Raises
        NotAFingerprint where these do not belong together.
        """
        made = cls.__new__(cls)
        made.starts, made.signatures, made.items, made.features = arrays
        made._angles, made._offsets = angles, np.cumsum(counts) - counts
        starts, items = made.starts, made.items
        if starts[0] != 0 or starts[-1] != len(items) or (starts[1:] < starts[:-1]).any():
            raise NotAFingerprint
        if len(items) and not 0 <= items.min() <= items.max() < len(counts):
            raise NotAFingerprint
        if ((made.features & _FEATURE) >= counts[items]).any():
            raise NotAFingerprint
        return made

    def hits(self, look: Look, probes: Probes | None = None) -> Hits:
        """Return what looks like the features of the query, mirrored and inverted ones too."""
        asked = probes_of(look.numbers) if probes is None else probes
        start = self.starts[asked.drawer].astype(np.int64)
        many = self.starts[asked.drawer + 1] - start
        # All postings of all drawers in one row: what is far from the first of them is how far in.
        where = np.repeat(start - (np.cumsum(many) - many), many)
        where += np.arange(len(where))
        different = np.bitwise_count(self.signatures[where] ^ np.repeat(asked.signature, many))
        near = np.flatnonzero(different <= _MOST_DIFFERENT)
        probe = np.searchsorted(np.cumsum(many), near, side="right")
        where, different = where[near], different[near]
        query, item = asked.query[probe], self.items[where].astype(np.int64)
        feature = (self.features[where] & _FEATURE).astype(np.int64)
        variant = (self.features[where] >> np.uint16(_FLAGS_AT)) ^ asked.flags[probe]
        angle = self._angles[self._offsets[item] + feature].astype(np.int64)
        angle = np.where(variant & descriptors.MIRRORED, -angle, angle)
        angle += np.where(variant & descriptors.INVERTED, 128, 0)
        return Hits(
            query=query,
            item=item,
            feature=feature,
            variant=variant.astype(np.int64),
            turn=(look.print.angles[query] - angle) % 256,
            weight=_HIT_WEIGHTS[different],
        )


def _joined(parts: Sequence[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    """Return all parts as one array."""
    return np.concatenate([np.zeros(0, kind), *parts]).astype(kind, copy=False)


def _starts(drawers: NDArray[np.int32]) -> NDArray[np.uint32]:
    """Return where each drawer begins once they are sorted, and where the last one ends."""
    ends = np.cumsum(np.bincount(drawers, minlength=vocabulary.DRAWERS))
    return np.concatenate([[0], ends]).astype(np.uint32)


def _filed(print_: Fingerprint) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Return drawer and handedness of each feature of an item."""
    known = len(print_.drawers) == len(print_)
    return vocabulary.unfiled(print_.drawers if known else vocabulary.filed(print_.codes))


def _signatures(codes: Bytes, flags: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """Return the signatures of features in the fixed handedness.

    A number is above nought if the highest of its four bits is set.
    """
    signs = np.packbits(np.unpackbits(codes, axis=1)[:, ::4], axis=1)
    found: NDArray[np.uint64] = signs.view(np.uint64).ravel() ^ descriptors.TURNED_SIGNS[flags]
    return found


def probes_of(numbers: Floats) -> Probes:
    """Return everything to look up for the features of a query.

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
    return Probes(*(np.concatenate(column) for column in zip(*parts, strict=True)))
