"""Bytes that come once and in order, of which the first can be looked at beforehand."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Protocol

from stillmine.errors import ArchiveDamaged, MemberTooLarge

HEAD = 4096
"""How many bytes tell what something is."""
_BLOCK = 1 << 18


class Seekable(Protocol):
    """A file that can be jumped about in."""

    def read(self, count: int, /) -> bytes:
        """Return the next bytes, at most so many."""
        ...

    def seek(self, at: int, whence: int = 0, /) -> int:
        """Go to a place; return where that is."""
        ...


class Stream:
    """Reads from a function `read(at_most) -> bytes`, which returns nothing at the end."""

    def __init__(self, read: Callable[[int], bytes], file: Seekable | None = None) -> None:
        """Take the function; `file` is the same bytes as a file that can be jumped about in."""
        self._read = read
        self._ahead = b""
        self._at = 0  # where in `_ahead` the next byte lies
        self.file = file

    @classmethod
    def of(cls, file: Seekable) -> Stream:
        """Return a file as a stream, from where it stands."""
        return cls(file.read, file)

    def head(self, count: int = HEAD) -> bytes:
        """Return the next bytes, at most so many, and leave them to be read."""
        while self._waiting < count and self._more(max(count - self._waiting, HEAD)):
            pass
        return self._ahead[self._at : self._at + count]

    def read(self, count: int = _BLOCK) -> bytes:
        """Return some of the next bytes, at most so many; nothing at the end."""
        return self._take(count) if self._waiting else self._read(count)

    def exactly(self, count: int) -> bytes:
        """Return the next bytes, all of them. Raises ArchiveDamaged where there are fewer."""
        self.head(count)
        if self._waiting < count:
            raise ArchiveDamaged
        return self._take(count)

    def line(self, most: int) -> bytes:
        """Return the next line with its end, or as much of it as fits; nothing at the end."""
        searched = 0
        while True:
            end = self._ahead.find(b"\n", self._at + searched, self._at + most)
            if end >= 0:
                return self._take(end + 1 - self._at)
            searched = self._waiting
            if searched >= most or not self._more(_BLOCK):
                return self._take(most)

    @property
    def _waiting(self) -> int:
        return len(self._ahead) - self._at

    def _more(self, count: int) -> bool:
        """Read ahead; say whether there was anything."""
        more = self._read(count)
        self._ahead, self._at = self._ahead[self._at :] + more, 0
        return bool(more)

    def _take(self, count: int) -> bytes:
        taken = self._ahead[self._at : self._at + count]
        self._at += len(taken)
        return taken

    def skip(self, count: int) -> None:
        """Pass over so many bytes. Raises ArchiveDamaged where there are fewer."""
        while count:
            passed = len(self.read(min(count, _BLOCK)))
            if not passed:
                raise ArchiveDamaged
            count -= passed

    def drain(self) -> None:
        """Pass over all that is left."""
        while self.read():
            pass

    def whole(self, most: int) -> io.BytesIO:
        """Return all that is left, in memory. Raises MemberTooLarge above `most` bytes."""
        held = io.BytesIO()
        while part := self.read():
            if held.tell() + len(part) > most:
                raise MemberTooLarge
            held.write(part)
        held.seek(0)
        return held


def limited(stream: Stream, size: int) -> Stream:
    """Return the next `size` bytes of a stream as one of its own.

    It raises ArchiveDamaged where the outer one ends before that.
    """
    left = size

    def read(count: int) -> bytes:
        nonlocal left
        if not left:
            return b""
        part = stream.read(min(count, left))
        if not part:
            raise ArchiveDamaged
        left -= len(part)
        return part

    return Stream(read)
