"""Find the files that a person named: in folders too, without loops, and never the vault itself."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeVar

from stillmine.app.sources.handed import HandedFile
from stillmine.errors import (
    CannotReadFile,
    ChangedWhileReading,
    InsideHome,
    NoSuchFile,
    NotAFile,
    StillmineError,
)

if TYPE_CHECKING:
    from stillmine.app.context import Context

Folder = tuple[int, int]
_Named = TypeVar("_Named", bound=Path | None)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was left out, and the code that says why."""

    file: Path
    code: str


def find_files(paths: Sequence[Path], home: Path) -> Iterator[Path | Skipped]:
    """Yield every file, by name within its folder; what cannot be looked into is said too.

    A link to a file is followed, because the person means the picture; a link to a folder only
    where it was named itself. No folder is entered twice, whatever links or mounts lead to it.
    """
    walk = _Walk(home.resolve(), _identity(home))
    # A list and not a call within a call: folders may be nested deeper than calls may.
    ahead = [(path, True) for path in reversed(paths)]
    while ahead:
        path, named = ahead.pop()
        found = _look_at(path, walk, named=named)
        if isinstance(found, list):
            ahead.extend((entry, False) for entry in reversed(found))
        else:
            yield found


def find_sources(paths: Sequence[Path], context: Context) -> Iterator[Path | HandedFile | Skipped]:
    """Yield every file that a person means: those that they named, then those that came along.

    Those that came along (`Context.handed`) are in memory, as a browser hands them over.
    """
    yield from find_files(paths, context.home)
    yield from context.handed


def one_source(path: _Named, context: Context) -> _Named | HandedFile:
    """Return the one file that is meant: the first that came along, else the one that was named."""
    return next(iter(context.handed), path)


@dataclass(frozen=True, slots=True)
class _Walk:
    """Where the vault is, and which folders were entered."""

    home: Path
    home_identity: Folder | None
    entered: set[Folder] = field(default_factory=set)

    def is_inside(self, path: Path) -> bool:
        """Say whether a path leads into the vault; a costly question for deep folders."""
        return path.resolve().is_relative_to(self.home)


def _identity(folder: Path) -> Folder | None:
    try:
        status = folder.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _look_at(path: Path, walk: _Walk, *, named: bool) -> Path | Skipped | list[Path]:
    """Return a file, what is wrong with it, or what is in a folder."""
    try:
        status = path.stat()
        # Nothing below a folder outside of the vault is in it, but by a link or the vault itself.
        jumps = named or path.is_symlink()
        if stat.S_ISDIR(status.st_mode):
            return _entries(path, status, walk, named=named, jumps=jumps)
        if not stat.S_ISREG(status.st_mode):
            return Skipped(path, NotAFile.code)
        return Skipped(path, InsideHome.code) if jumps and walk.is_inside(path) else path
    except FileNotFoundError:
        return Skipped(path, NotAFile.code if path.is_symlink() else NoSuchFile.code)
    except (OSError, RuntimeError):  # RuntimeError: a link that leads to itself
        return Skipped(path, CannotReadFile.code)


def _entries(
    path: Path, status: os.stat_result, walk: _Walk, *, named: bool, jumps: bool
) -> Skipped | list[Path]:
    if jumps and not named:
        return []
    identity = (status.st_dev, status.st_ino)
    if identity == walk.home_identity or (jumps and walk.is_inside(path)):
        return Skipped(path, InsideHome.code)
    if identity in walk.entered:
        return []
    walk.entered.add(identity)
    return sorted(path.iterdir())


class OpenSource:
    """A file that is being read: opened once, and checked not to change until it is done."""

    file: BinaryIO

    def __init__(self, given: Path | HandedFile) -> None:
        """Open a file by its path, or one that is in memory; raises CannotReadFile or NotAFile."""
        self._handed = isinstance(given, HandedFile)
        if isinstance(given, HandedFile):
            self.path, self.file = given.path, given.content
            self._before = (given.size, given.modified)
            self.file.seek(0)
        else:
            self.path = given
            self._open(given)

    def _open(self, path: Path) -> None:
        # Not to wait for ever where a pipe took the file's place since it was found.
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        try:
            descriptor = os.open(path, flags | getattr(os, "O_CLOEXEC", 0))
        except OSError as problem:
            raise CannotReadFile(file=path.name) from problem
        self.file = os.fdopen(descriptor, "rb", buffering=0)
        status = os.fstat(descriptor)
        self._before = (status.st_size, status.st_mtime_ns)
        if not stat.S_ISREG(status.st_mode):
            self.file.close()
            raise NotAFile(file=path.name)

    @property
    def size(self) -> int:
        """The size in bytes when it was opened."""
        return self._before[0]

    @property
    def modified(self) -> int:
        """The time of its last change, in nanoseconds since 1970."""
        return self._before[1]

    @property
    def was_handed(self) -> bool:
        """Say whether it came in memory: then nobody said when it was last changed."""
        return self._handed

    def require_unchanged(self) -> None:
        """Raise ChangedWhileReading where somebody wrote to it meanwhile."""
        if self._handed:
            return  # nobody else has it
        after = os.fstat(self.file.fileno())
        if (after.st_size, after.st_mtime_ns) != self._before:
            raise ChangedWhileReading(file=self.path.name)

    def __enter__(self) -> OpenSource:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file; one in memory stays, for whoever handed it may try once more."""
        if not self._handed:
            self.file.close()


def skipped(path: Path, problem: StillmineError) -> Skipped:
    """Say that a file was left out because of an error."""
    return Skipped(path, problem.code)
