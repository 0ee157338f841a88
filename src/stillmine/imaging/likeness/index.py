"""The index: add fingerprints of one's own pictures, then ask which of them lie in a picture."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from stillmine.errors import NotAFingerprint
from stillmine.imaging.likeness import candidates as choosing
from stillmine.imaging.likeness import decision, geometry, moments
from stillmine.imaging.likeness.agreement import Agreement, agreement
from stillmine.imaging.likeness.features import SCAN, Rgb
from stillmine.imaging.likeness.fingerprints import Fingerprint, fingerprint
from stillmine.imaging.likeness.geometry import Placed
from stillmine.imaging.likeness.matches import Match
from stillmine.imaging.likeness.postings import Look, Postings

_MAGIC = b"SMLI\x01"
_COUNT = struct.Struct("<I")
_ENTRY = struct.Struct("<HI")
_MOST_CANDIDATES = 20
_MOST_COPIES = 6
# A match is a rival of a better one if so many of its features are claimed by that one already.
_CLAIMED = 0.5


@dataclass(frozen=True, slots=True)
class _Found:
    """An item placed in the query, and what was measured about it."""

    name: str
    item: Fingerprint
    placed: Placed
    agreement: Agreement
    another_shot: bool


class LikenessIndex:
    """Fingerprints by name. Built for many questions; after a change the next one takes longer."""

    def __init__(self) -> None:
        """Start empty."""
        self._prints: dict[str, Fingerprint] = {}
        self._names: list[str] = []
        self._postings: Postings | None = None

    def __len__(self) -> int:
        """Return how many items there are."""
        return len(self._prints)

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._prints)

    def add(self, name: str, print_: Fingerprint) -> None:
        """Add an item, or replace the one of this name."""
        self._prints[name] = print_
        self._postings = None

    def remove(self, name: str) -> None:
        """Take an item out. Raises KeyError if it is not there."""
        del self._prints[name]
        self._postings = None

    def query(self, picture: Fingerprint | Rgb) -> list[Match]:
        """Return the items that lie in a picture, the surest first; several copies apart.

        `picture` is a fingerprint, best taken with SCAN, or height x width x 3 bytes.
        """
        print_ = picture if isinstance(picture, Fingerprint) else fingerprint(picture, SCAN)
        look = Look.at(print_)
        found: list[_Found] = []
        for candidate in choosing.candidates(self._drawers().hits(look), _MOST_CANDIDATES):
            found += self._copies(candidate, look)
        kept: list[_Found] = []
        others: set[str] = set()
        for one in sorted(found, key=lambda one: -one.placed.fit):
            if one.another_shot:
                others.add(one.name)
            elif one.name not in others and not _claimed(one, kept):
                kept.append(one)
        return [self._match(one, look) for one in kept]

    def to_bytes(self) -> bytes:
        """Return all names and fingerprints as bytes."""
        parts = [_MAGIC, _COUNT.pack(len(self._prints))]
        for name, print_ in self._prints.items():
            label, data = name.encode(), print_.to_bytes()
            parts += [_ENTRY.pack(len(label), len(data)), label, data]
        return b"".join(parts)

    @classmethod
    def from_bytes(cls, data: bytes) -> LikenessIndex:
        """Read what `to_bytes` wrote. Raises NotAFingerprint for anything else."""
        if data[: len(_MAGIC)] != _MAGIC:
            raise NotAFingerprint
        index, at = cls(), len(_MAGIC) + _COUNT.size
        try:
            (count,) = _COUNT.unpack_from(data, len(_MAGIC))
            for _ in range(count):
                label, length = _ENTRY.unpack_from(data, at)
                at += _ENTRY.size
                name = data[at : at + label].decode()
                index.add(name, Fingerprint.from_bytes(data[at + label : at + label + length]))
                at += label + length
        except (struct.error, UnicodeDecodeError) as error:
            raise NotAFingerprint from error
        if at != len(data) or len(index) != count:
            raise NotAFingerprint
        return index

    def _drawers(self) -> Postings:
        """Return the sorted features, sorting them if something changed."""
        if self._postings is None:
            self._names = list(self._prints)
            self._postings = Postings([self._prints[name] for name in self._names])
        return self._postings

    def _copies(self, candidate: choosing.Candidate, query: Look) -> list[_Found]:
        """Return every place at which the candidate lies in the query."""
        name = self._names[candidate.item]
        item = Look.at(self._prints[name])
        free = np.ones(len(query.points), bool)
        found: list[_Found] = []
        left = candidate
        while len(found) < _MOST_COPIES and len(left.pairs) >= 2:
            placed = _placed(item, query, left, free)
            if placed is None:
                break
            agrees = agreement(item.print, query.print, placed.model, placed.variant)
            if not decision.enough(placed, agrees):
                break
            another = moments.shift(item, query, placed).another_shot
            found.append(_Found(name, item.print, placed, agrees, another))
            free &= ~geometry.covered(placed, item, query)
            unused = free[left.pairs[:, 1]]
            left = replace(left, pairs=left.pairs[unused], weight=left.weight[unused])
        return found

    def _match(self, one: _Found, query: Look) -> Match:
        """Put what was found into words and pixels."""
        corners = (
            geometry.project(one.placed.model, geometry.corners(one.item)) * query.print.longer
        )
        a, b, c, d = ((round(float(x), 1), round(float(y), 1)) for x, y in corners)
        return Match(
            name=one.name,
            kind=decision.kind(one.item, query.print, one.placed, one.agreement),
            score=round(one.placed.score, 1),
            expected_false=decision.expected_false(one.placed.score, len(self)),
            quad=(a, b, c, d),
            visible=round(one.agreement.visible, 3),
            mirrored=decision.mirrored(one.placed),
            inverted=decision.inverted(one.placed),
        )


def _placed(
    item: Look, query: Look, candidate: choosing.Candidate, free: np.ndarray
) -> Placed | None:
    """Return where the candidate lies, if anywhere."""
    rough = geometry.hypothesis(item, query, candidate.pairs, candidate.weight, candidate.variant)
    if rough is None:
        return None
    return geometry.place(item, query, rough, candidate.variant, free)


def _claimed(one: _Found, kept: list[_Found]) -> bool:
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


def _copies_of_each_other(one: _Found, other: _Found) -> bool:
    """Say whether two items are the same picture, going by where each lies in the query."""
    rough = np.linalg.inv(other.placed.model) @ one.placed.model
    variant = one.placed.variant ^ other.placed.variant
    item, query = Look.at(one.item), Look.at(other.item)
    placed = geometry.place(
        item, query, rough / rough[2, 2], variant, np.ones(len(other.item), bool)
    )
    if placed is None:
        return False
    agrees = agreement(one.item, other.item, placed.model, variant)
    return decision.enough(placed, agrees) and not moments.shift(item, query, placed).another_shot
