"""Open a file for the child: read-only, with a position of its own, and never by its path."""

from __future__ import annotations

import contextlib
import io
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from stillmine.imaging.kinds import Problem
from stillmine.imaging.line import descriptors_travel
from stillmine.imaging.shapes import MOST_INLINE

Readable = BinaryIO | int | Path
_SMALL = 4 * 1024 * 1024  # most pictures: one message instead of many
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a pipe with no writer must not hold us up
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)


@dataclass(frozen=True, slots=True)
class Source:
    """What is handed to the child: a read-only descriptor, the bytes themselves, or a promise.

    The promise: the child may ask for pieces of `stream`, which has `size` bytes. So whatever can
    be read here, as an item that is still sealed on the disk, need not be in memory as a whole.
    """

    descriptor: int | None
    data: bytes = b""
    stream: BinaryIO | None = None
    size: int = 0


class Unreadable(Exception):
    """The file could not be opened for reading, and why."""

    def __init__(self, problem: Problem) -> None:
        """Keep the reason."""
        super().__init__(problem.value)
        self.problem = problem


@contextmanager
def opened(file: Readable) -> Iterator[Source]:
    """Hand out the file for the length of a `with`. Raises Unreadable."""
    with contextlib.ExitStack() as closing:
        try:
            source = _source(file, closing)
        except OSError as error:
            raise Unreadable(Problem.CANNOT_READ) from error
        yield source


def _source(file: Readable, closing: contextlib.ExitStack) -> Source:
    if isinstance(file, Path):
        descriptor = os.open(file, _FLAGS)
        closing.callback(os.close, descriptor)
        return _from_descriptor(descriptor, closing)
    if isinstance(file, int):
        return _from_descriptor(file, closing)
    plain = file.raw if isinstance(file, io.BufferedReader) else file
    if isinstance(plain, io.FileIO):
        return _from_descriptor(plain.fileno(), closing)
    return _from_stream(file, closing)


def _from_stream(file: BinaryIO, closing: contextlib.ExitStack) -> Source:
    """Send what is small at once; give the rest piece by piece, and leave its position alone."""
    if not file.seekable():
        return Source(None, _all_of(file))
    before = file.tell()
    closing.callback(file.seek, before)
    size = file.seek(0, io.SEEK_END)
    if size > _SMALL:
        return Source(None, stream=file, size=size)
    file.seek(before)
    return Source(None, _all_of(file))


def _from_descriptor(descriptor: int, closing: contextlib.ExitStack) -> Source:
    """Open the same file once more, so that the child can neither write nor move our position."""
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        raise Unreadable(Problem.CANNOT_READ)
    if sys.platform == "linux" and descriptors_travel():
        again = os.open(f"/proc/self/fd/{descriptor}", _FLAGS)
        closing.callback(os.close, again)
        return Source(again)
    copy = os.dup(descriptor)
    with open(copy, "rb") as file:  # noqa: PTH123 - a descriptor, not a path
        return Source(None, _all_of(file))


def _all_of(file: BinaryIO) -> bytes:
    """Read a file without moving its position for whoever holds it, where it has one."""
    if not file.seekable():
        data = file.read(MOST_INLINE + 1)
    else:
        before = file.tell()
        file.seek(0)
        data = file.read(MOST_INLINE + 1)
        file.seek(before)
    if len(data) > MOST_INLINE:
        raise Unreadable(Problem.TOO_LARGE)
    return data
