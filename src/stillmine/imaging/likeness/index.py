"""The index: add fingerprints of one's own pictures, then ask which of them lie in a picture."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from itertools import islice
from threading import Lock
from typing import NamedTuple

import numpy as np

from stillmine.errors import NotAFingerprint
from stillmine.imaging.likeness import candidates as choosing
from stillmine.imaging.likeness import decision, geometry, placing
from stillmine.imaging.likeness.arrays import Flags
from stillmine.imaging.likeness.features import SCAN, Rgb
from stillmine.imaging.likeness.fingerprints import Fingerprint, fingerprint
from stillmine.imaging.likeness.matches import Match
from stillmine.imaging.likeness.placing import Found
from stillmine.imaging.likeness.postings import Hits, Look, probes_of
from stillmine.imaging.likeness.shelf import Shelf

# "SMLI", version (1 byte), three bytes of nothing, number of shelves (8); then these.
_MAGIC = b"SMLI\x02"
_HEAD = struct.Struct("<5s3xQ")
_MOST_CANDIDATES = 20
# A glance stirs from so many votes on. Among many items each feature resembles several, and has
# less to say for one of them: fitted so that few strangers' pictures stir, however many items
# there are.
_FEWEST_STIRRING, _STIRRING, _BY_ITEMS = 0.35, 1.25, -0.2
# With fewer features than this a glance says nothing: a dark room, a plain wall.
_LITTLE_TO_SEE = 120
# Of a strip narrower than this share of its length, as of a long chat, a glance sees too little.
_NARROW = 0.4
# A shelf is put together with the one before it unless that is so many times as large, or both
# would be larger than this: what is added is ready soon, however much there is already.
_TIMES = 4
_LARGEST = 16_384


class _Stand(NamedTuple):
    """A shelf, and which of its items were taken out since."""

    shelf: Shelf
    gone: Flags

    @property
    def left(self) -> int:
        """Return how many items are still there."""
        return len(self.shelf) - int(self.gone.sum())


class LikenessIndex:
    """Fingerprints by name. What is added or taken out costs as much as it is, not a new index.

    Several threads may ask at the same time as long as none of them changes anything.
    """

    def __init__(self) -> None:
        """Start empty."""
        self._stands: list[_Stand] = []
        self._where: dict[str, tuple[_Stand, int]] = {}
        self._new: dict[str, Fingerprint] = {}
        self._lock = Lock()

    def __len__(self) -> int:
        """Return how many items there are."""
        return len(self._where) + len(self._new)

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        yield from self._where
        yield from self._new

    def __contains__(self, name: object) -> bool:
        """Say whether there is an item of this name."""
        return name in self._where or name in self._new

    def add(self, name: str, print_: Fingerprint) -> None:
        """Add an item, or replace the one of this name."""
        if name in self:
            self.remove(name)
        self._new[name] = print_

    def remove(self, name: str) -> None:
        """Take an item out. Raises KeyError if it is not there."""
        if name in self._new:
            del self._new[name]
            return
        stand, place = self._where.pop(name)
        stand.gone[place] = True

    def query(self, picture: Fingerprint | Rgb, least: float = decision.LEAST) -> list[Match]:
        """Return the items that lie in a picture, the surest first; several copies apart.

        `picture` is a fingerprint, best taken with SCAN, or height x width x 3 bytes. From the
        score `least` on an item is named; lower ones are for measuring what chance reaches.
        """
        print_ = picture if isinstance(picture, Fingerprint) else fingerprint(picture, SCAN)
        look = Look.at(print_)
        stands = self._ready()
        found: list[Found] = []
        for candidate in choosing.candidates(_hits(stands, look), _MOST_CANDIDATES):
            shelf, place = _spot(stands, candidate.item)
            item = shelf.print_at(place)
            found += placing.copies(shelf.names[place], item, candidate, look, least)
        return [self._match(one, look) for one in placing.sorted_out(found)]

    def stirs(self, glance: Fingerprint) -> bool:
        """Say whether a picture may hold an item, so that `query` is worth its scan.

        `glance` is its fingerprint, taken with GLANCE. No is said only where there is enough to see
        in it, it is no long strip, and no three of its features agree on where an item would lie.
        That is far less than `query` asks for: hardly anything that it would find is lost here (see
        `bench/scan_speed.py`), and of strangers' pictures about one in twenty stirs.
        """
        if len(glance) < _LITTLE_TO_SEE or float(glance.extent.min()) < _NARROW:
            return True
        look, stands = Look.at(glance), self._ready()
        fewest = min(_FEWEST_STIRRING, _STIRRING * max(1, len(self)) ** _BY_ITEMS)
        for candidate in choosing.candidates(_hits(stands, look), _MOST_CANDIDATES, fewest):
            shelf, place = _spot(stands, candidate.item)
            own = Look.at(shelf.print_at(place))
            pairs, weight = candidate.pairs, candidate.weight
            if geometry.hypothesis(own, look, pairs, weight, candidate.variant) is not None:
                return True
        return False

    def to_bytes(self) -> bytes:
        """Return everything, sorted as it is, as bytes that are ready when they are read again."""
        shelves = [_cleared(stand).shelf for stand in self._ready() if stand.left]
        parts = [_HEAD.pack(_MAGIC, len(shelves))]
        for shelf in shelves:
            parts += shelf.parts()
        return b"".join(parts)

    @classmethod
    def from_bytes(cls, data: bytes | memoryview) -> LikenessIndex:
        """Read what `to_bytes` wrote, which is used in place. Raises NotAFingerprint for others."""
        view = memoryview(data)
        if len(view) < _HEAD.size:
            raise NotAFingerprint
        magic, count = _HEAD.unpack_from(view)
        if magic != _MAGIC:
            raise NotAFingerprint
        index, at = cls(), _HEAD.size
        for _ in range(count):
            shelf, at = Shelf.read(view, at)
            if any(name in index for name in shelf.names):
                raise NotAFingerprint
            index._put(_Stand(shelf, np.zeros(len(shelf), bool)))
        if at != len(view):
            raise NotAFingerprint
        return index

    def _put(self, stand: _Stand) -> None:
        """Add a stand."""
        self._stands.append(stand)
        for place, name in enumerate(stand.shelf.names):
            if not stand.gone[place]:
                self._where[name] = (stand, place)

    def _ready(self) -> list[_Stand]:
        """Sort what is new, and put small shelves together."""
        with self._lock:
            while self._new:
                some = dict(islice(self._new.items(), _LARGEST))
                for name in some:
                    del self._new[name]
                self._put(_Stand(Shelf(some), np.zeros(len(some), bool)))
                self._merge()
            return list(self._stands)

    def _merge(self) -> None:
        """Put the last shelves together until each is much larger than the one after it."""
        while len(self._stands) > 1:
            one, two = self._stands[-2:]
            if one.left > _TIMES * two.left or one.left + two.left > _LARGEST:
                return
            del self._stands[-2:]
            self._put(_cleared(one, two))

    def _match(self, one: Found, query: Look) -> Match:
        """Put what was found into words and pixels."""
        corners = (
            geometry.project(one.placed.model, geometry.corners(one.item)) * query.print.longer
        )
        a, b, c, d = ((round(float(x), 1), round(float(y), 1)) for x, y in corners)
        return Match(
            name=one.name,
            kind=decision.kind(one.item, query.print, one.placed, one.agreement),
            score=round(one.score, 1),
            expected_false=decision.expected_false(one.score, len(self)),
            quad=(a, b, c, d),
            visible=round(one.agreement.visible, 3),
            mirrored=decision.mirrored(one.placed),
            inverted=decision.inverted(one.placed),
        )


def _cleared(*stands: _Stand) -> _Stand:
    """Return one stand of all items that are still there; the same one if nothing is to be done."""
    if len(stands) == 1 and not stands[0].gone.any():
        return stands[0]
    left = {
        stand.shelf.names[place]: stand.shelf.print_at(place)
        for stand in stands
        for place in np.flatnonzero(~stand.gone).tolist()
    }
    return _Stand(Shelf(left), np.zeros(len(left), bool))


def _hits(stands: Sequence[_Stand], look: Look) -> Hits:
    """Return what looks like the features of the query, on all shelves numbered in a row."""
    probes = probes_of(look.numbers)
    parts, first = [], 0
    for shelf, gone in stands:
        hits = shelf.postings.hits(look, probes)
        if gone.any():
            hits = hits.some(~gone[hits.item])
        parts.append(hits.after(first))
        first += len(shelf)
    return Hits.joined(parts)


def _spot(stands: Sequence[_Stand], item: int) -> tuple[Shelf, int]:
    """Return on which shelf, and where on it, the item of a number stands."""
    for shelf, _ in stands:
        if item < len(shelf):
            return shelf, item
        item -= len(shelf)
    raise IndexError(item)
