"""Read the directories of a TIFF structure, which EXIF uses too, and believe none of its sizes."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from stillmine.errors import FileDamaged
from stillmine.imaging.clean.reading import exactly, size_of

SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
"""Bytes a value for each field type of TIFF 6.0, and 13 (IFD) of its supplement."""
_NUMBERS = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 11: "f", 12: "d", 13: "I"}
_MOST_ENTRIES = 4096
_MOST_VALUE = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of a directory; `data` is its value as it lies in the file."""

    tag: int
    kind: int
    count: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Directory:
    """One directory, and where the next one lies (0: there is none)."""

    order: str
    entries: dict[int, Entry] = field(default_factory=dict)
    following: int = 0

    def numbers(self, tag: int) -> tuple[float, ...]:
        """Return the values of a field; empty where it is missing or holds no numbers."""
        entry = self.entries.get(tag)
        if entry is None:
            return ()
        if entry.kind in (5, 10):
            return self._fractions(entry)
        letter = _NUMBERS.get(entry.kind)
        if letter is None:
            return ()
        return struct.unpack(f"{self.order}{entry.count}{letter}", entry.data)

    def whole(self, tag: int) -> tuple[int, ...]:
        """Return the values of a field of whole numbers."""
        return tuple(value for value in self.numbers(tag) if isinstance(value, int))

    def fractions(self, tag: int) -> tuple[tuple[int, int], ...]:
        """Return numerators and denominators of a field of fractions."""
        entry = self.entries.get(tag)
        if entry is None or entry.kind not in (5, 10):
            return ()
        letter = "I" if entry.kind == 5 else "i"
        flat = struct.unpack(f"{self.order}{2 * entry.count}{letter}", entry.data)
        return tuple(zip(flat[::2], flat[1::2], strict=True))

    def _fractions(self, entry: Entry) -> tuple[float, ...]:
        return tuple(above / below if below else 0.0 for above, below in self.fractions(entry.tag))


def order_of(head: bytes) -> str:
    """Return the byte order that the first four bytes name. Raises FileDamaged."""
    order = {b"II*\x00": "<", b"MM\x00*": ">"}.get(head[:4])
    if order is None:
        raise FileDamaged(part="no-directory")
    return order


def directory(source: BinaryIO, order: str, at: int) -> Directory:
    """Read one directory. Raises FileDamaged; a field of an unknown type is left out."""
    size = size_of(source)
    if not 8 <= at < size:
        raise FileDamaged(part="directory-outside-the-file")
    source.seek(at)
    (count,) = struct.unpack(order + "H", exactly(source, 2))
    if count > _MOST_ENTRIES:
        raise FileDamaged(part="directory-too-long")
    table = exactly(source, 12 * count)
    tail = source.read(4)
    following = struct.unpack(order + "I", tail)[0] if len(tail) == 4 else 0
    entries = {}
    for start in range(0, len(table), 12):
        entry = _entry(source, order, table[start : start + 12], size)
        if entry is not None:
            entries[entry.tag] = entry
    return Directory(order, entries, following)


def _entry(source: BinaryIO, order: str, row: bytes, size: int) -> Entry | None:
    tag, kind, count = struct.unpack(order + "HHI", row[:8])
    length = SIZES.get(kind, 0) * count
    if kind not in SIZES:
        return None
    if length <= 4:
        return Entry(tag, kind, count, row[8 : 8 + length])
    (at,) = struct.unpack(order + "I", row[8:])
    if length > _MOST_VALUE or at + length > size:
        raise FileDamaged(part="value-outside-the-file")
    source.seek(at)
    return Entry(tag, kind, count, exactly(source, length))


def directories(source: BinaryIO, order: str, first: int, most: int = 64) -> Iterator[Directory]:
    """Walk a chain of directories; a chain that comes back to itself ends there."""
    seen: set[int] = set()
    at = first
    while at and at not in seen and len(seen) < most:
        seen.add(at)
        found = directory(source, order, at)
        yield found
        at = found.following


def in_memory(block: bytes) -> tuple[BinaryIO, str, int]:
    """Open a block that begins with a TIFF head: the bytes, their order, the first directory."""
    order = order_of(block[:4])
    if len(block) < 8:
        raise FileDamaged(part="no-directory")
    return io.BytesIO(block), order, struct.unpack(order + "I", block[4:8])[0]
