"""Read and write boxes, which HEIC, AVIF, MP4 and MOV files are made of (ISO/IEC 14496-12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from stillmine.errors import FileDamaged, NotUnderstood

MOST_BOXES = 1_000_000
MOST_TABLE = 512 * 1024 * 1024
"""How large a box may be that is read into memory as a whole; only tables of huge films are."""


@dataclass(frozen=True, slots=True)
class Box:
    """One box: its four-letter type, and where its body lies in the file, as offsets in bytes."""

    type: bytes
    start: int
    body: int
    end: int

    @property
    def size(self) -> int:
        """Return how many bytes the body has."""
        return self.end - self.body


class Cursor:
    """Read numbers from bytes one after the other; the end of the bytes is damage."""

    def __init__(self, data: bytes, at: int = 0) -> None:
        """Begin at a place in the bytes."""
        self.data, self.at = data, at

    def take(self, size: int) -> bytes:
        """Return the next bytes, exactly so many."""
        part = self.data[self.at : self.at + size]
        if size < 0 or len(part) != size:
            raise FileDamaged(part="boxes")
        self.at += size
        return part

    def number(self, size: int) -> int:
        """Return the next unsigned number of so many bytes, the largest byte first; 0 for none."""
        return int.from_bytes(self.take(size))

    def signed(self, size: int) -> int:
        """Return the next number of so many bytes, which may be below nothing."""
        return int.from_bytes(self.take(size), signed=True)

    @property
    def left(self) -> int:
        """Return how many bytes are left."""
        return len(self.data) - self.at


def length_of(file: BinaryIO) -> int:
    """Return the size of a seekable file, in bytes."""
    return file.seek(0, 2)


def boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """Yield the boxes between two places. Stop, without an error, at what is no box."""
    for _ in range(MOST_BOXES):
        if start + 8 > end:
            return
        file.seek(start)
        head = file.read(16)
        size, body = int.from_bytes(head[:4]), start + 8
        if size == 1:
            size, body = int.from_bytes(head[8:16]), start + 16
        elif size == 0:
            size = end - start
        if size < body - start or start + size > end:
            return
        yield Box(head[4:8], start, body, start + size)
        start += size
    raise NotUnderstood(part="too-many-boxes")


def children(file: BinaryIO, parent: Box, skip: int = 0) -> list[Box]:
    """Return the boxes inside a box. Raises FileDamaged where they do not fill it.

    `skip` is how many bytes of the parent come before them. QuickTime ends some lists with a
    zero, which is no box.
    """
    found = list(boxes(file, parent.body + skip, parent.end))
    reached = found[-1].end if found else parent.body + skip
    if parent.end - reached >= 8:
        raise FileDamaged(part="boxes")
    return found


def only(found: list[Box], kind: bytes) -> Box | None:
    """Return the first box of a type, or None."""
    return next((one for one in found if one.type == kind), None)


def required(found: list[Box], kind: bytes) -> Box:
    """Return the first box of a type. Raises FileDamaged if there is none."""
    one = only(found, kind)
    if one is None:
        raise FileDamaged(part="boxes")
    return one


def content(file: BinaryIO, one: Box, most: int = MOST_TABLE) -> bytes:
    """Return the body of a box. Raises NotUnderstood if it is larger than `most` bytes."""
    if one.size > most:
        raise NotUnderstood(part="too-many-boxes")
    return read_at(file, one.body, one.size)


def read_at(file: BinaryIO, offset: int, size: int) -> bytes:
    """Return exactly so many bytes from a place. Raises FileDamaged if the file ends before."""
    file.seek(offset)
    data = file.read(size)
    if len(data) != size:
        raise FileDamaged(part="boxes")
    return data


def box(kind: bytes, *parts: bytes) -> bytes:
    """Return a box with a body of these parts."""
    size = 8 + sum(map(len, parts))
    if size >= 1 << 32:
        return struct.pack(">I4sQ", 1, kind, size + 8) + b"".join(parts)
    return struct.pack(">I4s", size, kind) + b"".join(parts)


def full_box(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    """Return a box that begins with a version and flags, as most do."""
    return box(kind, bytes((version,)) + flags.to_bytes(3), *parts)


def handler(kind: bytes) -> bytes:
    """Return a `hdlr` box that says what kind of track or item this is, and names nobody."""
    return full_box(b"hdlr", 0, 0, bytes(4), kind, bytes(12), b"\0")
