"""Walk the chunks of a PNG file and read or write one of them (W3C PNG, third edition)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from stillmine.errors import FileDamaged
from stillmine.imaging.clean.reading import exactly, size_of

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_MOST_CHUNKS = 1_000_000
_PIECE = 1 << 18


class Chunk(NamedTuple):
    """A chunk by its name, and where its body lies."""

    name: bytes
    at: int
    size: int


def chunks(source: BinaryIO) -> list[Chunk]:
    """Return all chunks up to and with IEND. Raises FileDamaged."""
    size = size_of(source)
    source.seek(0)
    if source.read(8) != SIGNATURE:
        raise FileDamaged(part="not-a-png")
    found: list[Chunk] = []
    at = 8
    while not found or found[-1].name != b"IEND":
        head = source.read(8)
        if len(head) < 8 or len(found) >= _MOST_CHUNKS:
            raise FileDamaged(part="cut-short")
        length, name = struct.unpack(">I4s", head)
        if at + 12 + length > size:
            raise FileDamaged(part="cut-short")
        found.append(Chunk(name, at + 8, length))
        at += 12 + length
        source.seek(at)
    return found


def body(source: BinaryIO, chunk: Chunk, most: int = 1 << 26) -> bytes:
    """Return a chunk's body with its sum checked. Raises FileDamaged."""
    if chunk.size > most:
        raise FileDamaged(part="chunk-too-large")
    source.seek(chunk.at)
    data = exactly(source, chunk.size)
    if zlib.crc32(chunk.name + data) != int.from_bytes(exactly(source, 4)):
        raise FileDamaged(part="checksum")
    return data


def pieces(source: BinaryIO, chunk: Chunk, skip: int = 0) -> Iterator[bytes]:
    """Give a large chunk's body a little at a time, and check its sum at the end."""
    source.seek(chunk.at)
    total, left = zlib.crc32(chunk.name), chunk.size
    while left:
        piece = exactly(source, min(left, _PIECE))
        total = zlib.crc32(piece, total)
        left -= len(piece)
        if len(piece) > skip:
            yield piece[skip:]
        skip = max(0, skip - len(piece))
    if total != int.from_bytes(exactly(source, 4)):
        raise FileDamaged(part="checksum")


def write(out: BinaryIO, name: bytes, data: bytes) -> None:
    """Write one chunk."""
    out.write(struct.pack(">I", len(data)) + name + data)
    out.write(struct.pack(">I", zlib.crc32(name + data)))


class Header(NamedTuple):
    """The picture's own header, IHDR."""

    width: int
    height: int
    depth: int
    colour: int
    interlaced: bool

    def scanline_bytes(self, width: int, height: int) -> int:
        """Return how long the filtered rows of a picture of this kind and size are."""
        samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[self.colour]
        if not self.interlaced:
            return height * (1 + (width * samples * self.depth + 7) // 8)
        total = 0
        for left, top, across, down in _PASSES:
            wide, high = -(-(width - left) // across), -(-(height - top) // down)
            if wide > 0 and high > 0:
                total += high * (1 + (wide * samples * self.depth + 7) // 8)
        return total


_PASSES = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}


def header(source: BinaryIO, found: list[Chunk]) -> tuple[Header, bytes]:
    """Return the header and its bytes; it has to be the first chunk. Raises FileDamaged."""
    if found[0].name != b"IHDR" or found[0].size != 13:
        raise FileDamaged(part="header")
    data = body(source, found[0])
    width, height, depth, colour, packing, filtering, lacing = struct.unpack(">IIBBBBB", data)
    if not (0 < width < 1 << 31 and 0 < height < 1 << 31) or packing or filtering or lacing > 1:
        raise FileDamaged(part="header")
    if depth not in _DEPTHS.get(colour, ()):
        raise FileDamaged(part="header")
    return Header(width, height, depth, colour, bool(lacing)), data
