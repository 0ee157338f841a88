"""A block of items that are ready to be searched; its bytes are used as they are when read again.

All numbers are little-endian, and each array begins at a multiple of 8 bytes: number of items n,
bytes of the names, bytes of the thumbnails and number of features m (8 bytes each); of the items
the lengths of the names (4 each), then width, height, width and height of the thumbnail and number
of features (4 each); the names (UTF-8); the thumbnails; of the features places (2 x 2), sizes (1),
angles (1), codes (32) and drawers (3); then the postings: where each drawer starts (4 each), and of
the features in that order signature (8), item (4) and number (2).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from stillmine.errors import NotAFingerprint
from stillmine.imaging.likeness import form, vocabulary
from stillmine.imaging.likeness.fingerprints import Fingerprint
from stillmine.imaging.likeness.postings import Postings

_HEAD = struct.Struct("<QQQQ")
_SIDES = ("width", "height")
_ALIGNED = 8


class Shelf:
    """Items that do not change, by place: their names, fingerprints and postings."""

    def __init__(self, prints: Mapping[str, Fingerprint]) -> None:
        """Sort some fingerprints."""
        all_ = [_with_drawers(print_) for print_ in prints.values()]
        self.names = list(prints)
        self._heads = np.array([_head(print_) for print_ in all_], np.uint32).reshape(-1, 5)
        self._thumbnails = _joined([print_.thumbnail.ravel() for print_ in all_], ())
        self._places = _joined([print_.places for print_ in all_], (2,), np.uint16)
        self._sizes = _joined([print_.sizes for print_ in all_], ())
        self._angles = _joined([print_.angles for print_ in all_], ())
        self._codes = _joined([print_.codes for print_ in all_], (form.CODE_BYTES,))
        self._drawers = _joined([print_.drawers for print_ in all_], (form.DRAWER_BYTES,))
        self.postings = Postings(all_)
        self._cut()

    def __len__(self) -> int:
        """Return how many items there are."""
        return len(self.names)

    def _cut(self) -> None:
        """Note where each item's thumbnail and features begin."""
        heads = self._heads.astype(np.int64)
        self._thumbnail_at = np.concatenate([[0], np.cumsum(heads[:, 2] * heads[:, 3])])
        self._features_at = np.concatenate([[0], np.cumsum(heads[:, 4])])

    def print_at(self, place: int) -> Fingerprint:
        """Return the fingerprint of an item; its arrays are parts of the shelf's."""
        width, height, wide, high, _ = (int(number) for number in self._heads[place])
        picture = slice(self._thumbnail_at[place], self._thumbnail_at[place + 1])
        features = slice(self._features_at[place], self._features_at[place + 1])
        return Fingerprint(
            width=width,
            height=height,
            thumbnail=self._thumbnails[picture].reshape(high, wide),
            places=self._places[features],
            sizes=self._sizes[features],
            angles=self._angles[features],
            codes=self._codes[features],
            drawers=self._drawers[features],
        )

    def parts(self) -> Iterator[bytes]:
        """Yield the bytes, part by part."""
        names = [name.encode() for name in self.names]
        written, postings = b"".join(names), self.postings
        yield _HEAD.pack(len(names), len(written), len(self._thumbnails), len(self._sizes))
        yield from _padded(np.array([len(name) for name in names], "<u4"))
        yield from _padded(self._heads)
        yield from _padded(np.frombuffer(written, np.uint8))
        for array in (self._thumbnails, self._places, self._sizes, self._angles, self._codes):
            yield from _padded(array)
        yield from _padded(self._drawers)
        for array in (postings.starts, postings.signatures, postings.items, postings.features):
            yield from _padded(array)

    @classmethod
    def read(cls, data: memoryview, at: int) -> tuple[Shelf, int]:
        """Read a shelf from a place in some bytes; return it and where it ends.

        Its arrays are the bytes themselves. Raises NotAFingerprint for anything else.
        """
        if len(data) - at < _HEAD.size:
            raise NotAFingerprint
        items, written, pixels, features = _HEAD.unpack_from(data, at)
        from_ = _Reader(data, at + _HEAD.size)
        made = cls.__new__(cls)
        lengths = from_.take("<u4", items)
        made._heads = from_.take("<u4", items, 5)
        made.names = _names(from_.take("u1", written).tobytes(), lengths)
        made._thumbnails = from_.take("u1", pixels)
        made._places = from_.take("<u2", features, 2)
        made._sizes, made._angles = from_.take("u1", features), from_.take("u1", features)
        made._codes = from_.take("u1", features, form.CODE_BYTES)
        made._drawers = from_.take("u1", features, form.DRAWER_BYTES)
        made._check()
        made._cut()
        starts = from_.take("<u4", vocabulary.DRAWERS + 1)
        signatures, items = from_.take("<u8", features), from_.take("<i4", features)
        arrays = (starts, signatures, items, from_.take("<u2", features))
        counts = made._heads[:, 4].astype(np.int64)
        made.postings = Postings.restored(arrays, made._angles, counts)
        return made, from_.at

    def _check(self) -> None:
        """Raise NotAFingerprint unless the heads agree with what follows."""
        heads = self._heads.astype(np.int64)
        sides, small, counts = heads[:, :2], heads[:, 2:4], heads[:, 4]
        right = ((sides > 0) & (sides < form.LONGEST_SIDE)).all()
        right &= ((small > 0) & (small <= form.WIDEST_THUMBNAIL)).all()
        right &= (counts <= form.MOST_FEATURES).all()
        pixels = int((small[:, 0] * small[:, 1]).sum()) == len(self._thumbnails)
        if not right or not pixels or int(counts.sum()) != len(self._sizes):
            raise NotAFingerprint


class _Reader:
    """Takes arrays from bytes, one after the other."""

    def __init__(self, data: memoryview, at: int) -> None:
        self._data, self.at = data, at

    def take(self, kind: str, count: int, wide: int = 1) -> NDArray[Any]:
        """Return the next array. Raises NotAFingerprint where there is not so much left."""
        size = np.dtype(kind).itemsize * count * wide
        if size > len(self._data) - self.at:
            raise NotAFingerprint
        found = np.frombuffer(self._data, kind, count * wide, self.at)
        self.at += size + -size % _ALIGNED
        return found if wide == 1 else found.reshape(count, wide)


def _with_drawers(print_: Fingerprint) -> Fingerprint:
    """Return the fingerprint with its drawers looked up."""
    if len(print_.drawers) == len(print_):
        return print_
    return print_.filed()


def _head(print_: Fingerprint) -> tuple[int, int, int, int, int]:
    """Return what has to be known of an item to find its parts."""
    high, wide = print_.thumbnail.shape
    return print_.width, print_.height, wide, high, len(print_)


def _joined(
    parts: list[Any], shape: tuple[int, ...], kind: type[np.generic] = np.uint8
) -> NDArray[Any]:
    """Return all parts as one array."""
    return np.concatenate([np.zeros((0, *shape), kind), *parts])


def _padded(array: NDArray[Any]) -> Iterator[bytes]:
    """Yield the bytes of an array up to a multiple of 8."""
    data = array.astype(array.dtype.newbyteorder("<"), copy=False).tobytes()
    yield data
    yield bytes(-len(data) % _ALIGNED)


def _names(written: bytes, lengths: NDArray[np.uint32]) -> list[str]:
    """Return the names. Raises NotAFingerprint where they are none, or one comes twice."""
    ends = np.cumsum(lengths.astype(np.int64))
    if (int(ends[-1]) if len(ends) else 0) != len(written):
        raise NotAFingerprint
    try:
        names = [
            written[end - length : end].decode()
            for end, length in zip(ends.tolist(), lengths.tolist(), strict=True)
        ]
    except UnicodeDecodeError as error:
        raise NotAFingerprint from error
    if len(set(names)) != len(names):
        raise NotAFingerprint
    return names
