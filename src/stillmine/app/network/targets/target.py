"""What every backup place can do, whatever machine or service is behind it."""

from __future__ import annotations

import io
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, Protocol

from stillmine.errors import BadName, NotThere, SourceUnreadable

if TYPE_CHECKING:
    from typing_extensions import Buffer

Naming = Callable[[], AbstractContextManager[None]]
CHUNK = 1 << 20
_SMALL = 1 << 16  # whoever reads more than this at once reads past the buffer
PARTS = ".parts"
"""The folder for half-written files; a name never begins with a dot, so none can be in it."""

_DAY = 24 * 3600
_NAME = re.compile(r"[a-z0-9-][a-z0-9.-]*(/[a-z0-9-][a-z0-9.-]*)*")
_PREFIX = re.compile(r"([a-z0-9-][a-z0-9.-]*/)*([a-z0-9-][a-z0-9.-]*)?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One blob in a place: its name, and its size in bytes."""

    name: str
    size: int


class Target(Protocol):
    """A place that holds named blobs.

    Names are relative, of the letters `a-z0-9./-`; no part begins with a dot. All of it may
    be called from several threads. Errors, everywhere: TargetAway, TargetRefused, TargetFull,
    ConnectionLost, WrongTargetSecret, NotABackupPlace, BadName.
    """

    def names(self, prefix: str = "") -> Iterator[Entry]:
        """Give every blob whose name begins with `prefix`, in no order."""
        ...

    def put_new(self, name: str, source: Path) -> None:
        """Copy a file there, whole or not at all.

        Raises AlreadyThere if the name exists, SourceUnreadable if `source` cannot be read.
        Returns only when the place has confirmed that the bytes are kept.
        """
        ...

    def replace(self, name: str, data: bytes) -> None:
        """Write a small blob over what is there; a reader sees the old or the new one."""
        ...

    def read(self, name: str) -> AbstractContextManager[BinaryIO]:
        """Open a blob for reading from its beginning. Raises NotThere."""
        ...

    def remove(self, name: str) -> None:
        """Erase a blob; nothing happens if it is gone already."""
        ...

    def free_space(self) -> int | None:
        """Return the bytes that still fit, or None where the place does not say."""
        ...

    def close(self) -> None:
        """Hang up. The target cannot be used afterwards."""
        ...


def checked(name: str) -> str:
    """Return `name`, or raise BadName."""
    if len(name) > 512 or not _NAME.fullmatch(name):
        raise BadName(name=name[:80])
    return name


def checked_prefix(prefix: str) -> str:
    """Return `prefix`, or raise BadName if no name could begin so."""
    if len(prefix) > 512 or not _PREFIX.fullmatch(prefix):
        raise BadName(name=prefix[:80])
    return prefix


def is_name(text: str) -> bool:
    """Tell whether something found in a place can be one of our blobs."""
    return len(text) <= 512 and _NAME.fullmatch(text) is not None


class Listed(NamedTuple):
    """Something that lies in a folder of a place: the last part of its name, and what it is."""

    name: str
    is_folder: bool
    size: int


def walk(prefix: str, listed: Callable[[str], Iterable[Listed]]) -> Iterator[Entry]:
    """List folder by folder, going down only where the prefix leads.

    `listed` gives what lies in a folder, which ends with a slash or is the whole place; it may
    raise NotThere, for others may remove things meanwhile. Raises BadName.
    """
    folder = checked_prefix(prefix).rpartition("/")[0]
    waiting = [f"{folder}/" if folder else ""]
    while waiting:
        above = waiting.pop()
        with suppress(NotThere):
            for last, is_folder, size in listed(above):
                name = above + last
                if not is_name(name):
                    continue
                inside = name.startswith(prefix)
                if is_folder and (inside or prefix.startswith(f"{name}/")):
                    waiting.append(f"{name}/")
                elif not is_folder and inside:
                    yield Entry(name, size)


def is_stale(modified: float | None) -> bool:
    """Tell whether a part file is so old (a day) that nobody can be writing it any more."""
    return modified is not None and modified < time.time() - _DAY


def size_of(source: Path) -> int:
    """Return the size of a file to send, in bytes. Raises SourceUnreadable."""
    try:
        return source.stat().st_size
    except OSError as cause:
        raise SourceUnreadable(reason=type(cause).__name__) from cause


def chunks_of(source: Path) -> Iterator[bytes]:
    """Read a file piece by piece. Raises SourceUnreadable, never a bare OSError."""
    try:
        with source.open("rb", buffering=0) as stream:
            while chunk := stream.read(CHUNK):
                yield chunk
    except OSError as cause:
        raise SourceUnreadable(reason=type(cause).__name__) from cause


class _NamingStream(io.RawIOBase):
    """A stream whose own errors are named, and nobody else's."""

    def __init__(self, read: Callable[[int], bytes], naming: Naming) -> None:
        self._read = read
        self._naming = naming

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        room = memoryview(buffer).cast("B")
        with self._naming():
            piece = self._read(len(room))
        room[: len(piece)] = piece
        return len(piece)


def naming_stream(read: Callable[[int], bytes], naming: Naming) -> BinaryIO:
    """Return a stream over `read(up_to)`; only what `read` raises is named by `naming`.

    So a full disk of this computer, met while somebody copies from the stream, is never
    taken for a fault of the backup place.
    """
    return io.BufferedReader(_NamingStream(read, naming), CHUNK)


class _NamingFile(io.RawIOBase):
    """A file of this computer whose errors are named; read straight into the reader's buffer."""

    def __init__(self, file: io.FileIO, naming: Naming) -> None:
        self._file = file
        self._naming = naming

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer, /) -> int:
        with self._naming():
            return self._file.readinto(buffer) or 0


def naming_file(file: io.FileIO, naming: Naming) -> BinaryIO:
    """Return the same for a file that is open here, without a copy in between."""
    return io.BufferedReader(_NamingFile(file, naming), _SMALL)
