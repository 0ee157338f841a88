"""Read a stranger's file in measured steps: exactly so many bytes, or it is called damaged."""

from __future__ import annotations

import os
from typing import BinaryIO

from stillmine.errors import FileDamaged, NotUnderstood

_CHUNK = 1 << 20
MOST_WHOLE = 256 * 1024 * 1024
"""Bytes of a file that are held in memory at once, where a format has to be seen whole."""


def size_of(source: BinaryIO) -> int:
    """Return how long the file is; the position does not move."""
    here = source.tell()
    size = source.seek(0, os.SEEK_END)
    source.seek(here)
    return size


def exactly(source: BinaryIO, count: int, part: str = "cut-short") -> bytes:
    """Return the next `count` bytes. Raises FileDamaged before it allocates what is not there."""
    if count > _CHUNK and source.tell() + count > size_of(source):
        raise FileDamaged(part=part)
    data = source.read(count)
    if len(data) != count:
        raise FileDamaged(part=part)
    return data


def copy(source: BinaryIO, out: BinaryIO, count: int, part: str = "cut-short") -> None:
    """Copy the next `count` bytes, a little at a time."""
    while count:
        piece = exactly(source, min(count, _CHUNK), part)
        out.write(piece)
        count -= len(piece)


def whole(source: BinaryIO) -> bytes:
    """Return all of the file. Raises NotUnderstood for one over MOST_WHOLE."""
    size = size_of(source)
    if size > MOST_WHOLE:
        raise NotUnderstood(part="too-large")
    source.seek(0)
    return source.read(size)
