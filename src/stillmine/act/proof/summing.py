"""Read a file once and learn everything about it that a bundle says of its files."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

KEPT = 8 << 20
"""Bytes of a file that are held for reading; lists, signatures and stamps are far smaller."""
_BLOCK = 1 << 18


@dataclass(frozen=True, slots=True)
class Summed:
    """A file as it is: sums in hexadecimal, and its bytes where it is small (else nothing)."""

    path: str
    size: int
    crc: int
    sha256: str
    sha3_512: str
    content: bytes = b""


def summed(path: str, read: Callable[[int], bytes], *, keep: bool) -> Summed:
    """Read `read` to its end, in pieces; hold the bytes if `keep` and they are not too many."""
    crc, size, kept = 0, 0, bytearray()
    sha256, sha3_512 = hashlib.sha256(), hashlib.sha3_512()
    while part := read(_BLOCK):
        crc = zlib.crc32(part, crc)
        sha256.update(part)
        sha3_512.update(part)
        size += len(part)
        if keep and size <= KEPT:
            kept += part
    content = bytes(kept) if keep and size <= KEPT else b""
    return Summed(path, size, crc, sha256.hexdigest(), sha3_512.hexdigest(), content)


def pieces_of(read: Callable[[int], bytes], size: int) -> Iterator[bytes]:
    """Yield the next `size` bytes in pieces, fewer where it ends before."""
    while size and (part := read(min(size, _BLOCK))):
        size -= len(part)
        yield part
