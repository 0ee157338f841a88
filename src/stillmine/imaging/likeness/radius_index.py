"""Find all fingerprints within a few flipped bits of a given one, among a million, missing none.

Source: multi-index hashing (M. Norouzi, A. Punjani, D. Fleet, "Fast Search in Hamming Space with
Multi-Index Hashing", CVPR 2012). A fingerprint of 256 bits is cut into 16 words. If two differ in
at most 31 bits, some word differs in at most one, since 16 words with two flips each make 32. So
those that share a word, or all but one bit of a word, are looked up and compared in full.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from stillmine.errors import NotAFingerprint
from stillmine.imaging.likeness.radius_index_tables import (
    MOST_FLIPS,
    WORDS,
    Places,
    Tables,
)

Numbers = npt.NDArray[np.int64]
Rows = npt.NDArray[np.uint8]
Halves = npt.NDArray[np.uint64]
Found = tuple[Numbers, Numbers, Numbers]  # query, row, distance

ROW_BYTES = 32
LARGEST_RADIUS = WORDS * (MOST_FLIPS + 1) - 1
_UNSORTED = 4096  # so many rows are compared one by one before the tables are built anew
_AT_ONCE = 8  # queries whose candidates fit in the processor's cache together
_SCAN_SHARE = 4  # a query with more candidates than a quarter of the rows is compared with all
_HEAD = struct.Struct(">8sHHQ")
_MAGIC = b"smradius"
_VERSION = 1
_NOTHING: Found = (np.empty(0, np.int64),) * 3


@dataclass(frozen=True, slots=True)
class Hits:
    """Which row of the index lies how far from which query; by query, then nearest first."""

    query: Numbers
    row: Numbers
    distance: Numbers

    def __len__(self) -> int:
        """How many pairs were found."""
        return len(self.row)


class RadiusIndex:
    """Fingerprints of 256 bits, numbered as they were added, searched without missing any.

    Takes some 100 bytes of memory a fingerprint. New ones wait until there are 4,096 of them and
    are compared one by one meanwhile, so adding is cheap.
    """

    def __init__(self, rows: Rows | None = None) -> None:
        """Build from `rows`, n x 32 bytes."""
        self._sorted = _Half.of(np.empty((0, ROW_BYTES), np.uint8))
        self._tables: Tables | None = None
        self._waiting = self._sorted
        if rows is not None:
            self.add(rows)

    def __len__(self) -> int:
        """How many fingerprints are in it."""
        return len(self._sorted) + len(self._waiting)

    @property
    def nbytes(self) -> int:
        """Memory that the fingerprints and their tables take, in bytes."""
        tables = self._tables.nbytes if self._tables else 0
        return len(self) * ROW_BYTES + tables

    def add(self, rows: Rows) -> None:
        """Append `rows`, n x 32 bytes; the first gets the number `len(self)`."""
        _check(rows)
        self._waiting = self._waiting.followed_by(_Half.of(rows))
        if len(self._waiting) > _UNSORTED:
            self._sorted = self._sorted.followed_by(self._waiting)
            self._tables = Tables(self._sorted.words())
            self._waiting = _Half.of(rows[:0])

    def search(self, queries: Rows, radius: int) -> Hits:
        """All rows within `radius` bits (at most 47) of each of `queries`, n x 32 bytes."""
        _check(queries)
        if not 0 <= radius <= LARGEST_RADIUS:
            raise ValueError(f"a radius lies between 0 and {LARGEST_RADIUS}: {radius}")
        found = [_NOTHING]
        for first in range(0, len(queries), _AT_ONCE):
            some = _Half.of(queries[first : first + _AT_ONCE])
            for query, row, distance in self._search_some(some, radius):
                found.append((query + first, row, distance))
        query, row, distance = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.lexsort((row, distance, query))
        return Hits(query[order], row[order], distance[order])

    def rows(self) -> Rows:
        """All fingerprints in the order of their numbers, n x 32 bytes."""
        return self._sorted.followed_by(self._waiting).rows()

    def to_bytes(self) -> bytes:
        """Write the fingerprints; the tables are faster built anew than read (see `from_bytes`)."""
        return _HEAD.pack(_MAGIC, _VERSION, ROW_BYTES, len(self)) + self.rows().tobytes()

    @classmethod
    def from_bytes(cls, data: bytes) -> RadiusIndex:
        """Read what `to_bytes` wrote; NotAFingerprint if it is anything else."""
        if len(data) < _HEAD.size:
            raise NotAFingerprint
        *kind, count = _HEAD.unpack_from(data)
        fits = len(data) == _HEAD.size + count * ROW_BYTES
        if kind != [_MAGIC, _VERSION, ROW_BYTES] or not fits:
            raise NotAFingerprint
        return cls(np.frombuffer(data, np.uint8, offset=_HEAD.size).reshape(-1, ROW_BYTES))

    def _search_some(self, wanted: _Half, radius: int) -> list[Found]:
        return self._search_waiting(wanted, radius) + self._search_sorted(wanted, radius)

    def _search_waiting(self, wanted: _Half, radius: int) -> list[Found]:
        """Compare with the rows that are in no table yet."""
        if not len(self._waiting):
            return []
        scanned = [_scan(self._waiting, wanted, number, radius) for number in range(len(wanted))]
        return [(query, row + len(self._sorted), distance) for query, row, distance in scanned]

    def _search_sorted(self, wanted: _Half, radius: int) -> list[Found]:
        """Look up candidates in the tables and compare with them."""
        if self._tables is None:
            return []
        begins, lengths = self._tables.look_up(wanted.words(), radius)
        loads = lengths.sum(axis=1)
        crowded = loads > len(self._sorted) // _SCAN_SHARE
        light = np.flatnonzero(~crowded)
        rows = self._tables.gather(begins[light], lengths[light])
        found = [_scan(self._sorted, wanted, n, radius) for n in np.flatnonzero(crowded).tolist()]
        return [*found, _compare(self._sorted, wanted, rows, light, loads[light], radius)]


@dataclass(frozen=True, slots=True)
class _Half:
    """Fingerprints as two halves of 128 bits, so that most are told apart by the first alone."""

    near: Halves
    far: Halves

    @classmethod
    def of(cls, rows: Rows) -> _Half:
        quarters = np.ascontiguousarray(rows).view(np.uint64)
        return cls(quarters[:, :2].copy(), quarters[:, 2:].copy())

    def __len__(self) -> int:
        return len(self.near)

    def followed_by(self, other: _Half) -> _Half:
        return _Half(np.concatenate([self.near, other.near]), np.concatenate([self.far, other.far]))

    def rows(self) -> Rows:
        return np.hstack([self.near, self.far]).view(np.uint8)

    def words(self) -> npt.NDArray[np.uint16]:
        return np.hstack([self.near, self.far]).view(np.uint16)


def _compare(
    bank: _Half, wanted: _Half, rows: Places, numbers: Numbers, loads: Numbers, radius: int
) -> Found:
    """Which of the candidate `rows`, `loads` of them for each of `numbers`, are near enough."""
    differing = bank.near.take(rows, axis=0)  # several times as fast as bank.near[rows]
    differing ^= np.repeat(wanted.near[numbers], loads, axis=0)
    close = _close(differing, radius)
    pairs = np.repeat(numbers, loads)[close] * len(bank) + rows[close]
    query, row = np.divmod(np.unique(pairs), len(bank))
    return _measured(bank, wanted, row, query, radius)


def _scan(bank: _Half, wanted: _Half, number: int, radius: int) -> Found:
    """Compare one query with all of `bank`."""
    row = _close(bank.near ^ wanted.near[number], radius)
    return _measured(bank, wanted, row, np.full(len(row), number), radius)


def _close(differing: Halves, radius: int) -> Numbers:
    """Which first halves, n x 2, have at most `radius` bits set."""
    bits = np.bitwise_count(differing)
    return np.flatnonzero(bits[:, 0] + bits[:, 1] <= radius)


def _measured(bank: _Half, wanted: _Half, row: Numbers, query: Numbers, radius: int) -> Found:
    """Keep the pairs whose whole distance is at most `radius`, and say how far they are apart."""
    near = np.bitwise_count(bank.near[row] ^ wanted.near[query])
    far = np.bitwise_count(bank.far[row] ^ wanted.far[query])
    distance = near.sum(axis=1, dtype=np.int64) + far.sum(axis=1, dtype=np.int64)
    kept = distance <= radius
    return query[kept], row[kept], distance[kept]


def _check(rows: Rows) -> None:
    if rows.dtype != np.uint8 or rows.ndim != 2 or rows.shape[1] != ROW_BYTES:
        raise ValueError(f"fingerprints are n x 32 bytes, not {rows.shape} {rows.dtype}")
