"""Write the files that a person asked for into a folder of theirs: each is whole, or not there."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from stillmine.app.home import Home
from stillmine.app.storage import durable
from stillmine.errors import CannotWriteHere, InsideHome, TargetExists

_DRAFT = re.compile(r"[0-9a-f]{32}\.tmp")  # as `durable.temporary` names them
_OLD = 3600.0  # seconds; a younger one may still be written by another run


@contextlib.contextmanager
def named_failures() -> Iterator[None]:
    """Turn the system's refusal to write into an error with a name."""
    try:
        yield
    except OSError as problem:
        raise CannotWriteHere(full=problem.errno in (errno.ENOSPC, errno.EDQUOT)) from problem


def require_folder(folder: Path, home: Home) -> Path:
    """Return a folder that can be written to, made if need be. Raise InsideHome."""
    with named_failures():
        if folder.resolve().is_relative_to(home.root.resolve()):
            raise InsideHome(file=str(folder))
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def sweep(folder: Path) -> None:
    """Remove drafts that a crash left in a folder: ours by their name, and of an hour ago."""
    with named_failures():
        for entry in folder.iterdir():
            if _DRAFT.fullmatch(entry.name) and _is_old(entry):
                durable.remove(entry)


def _is_old(entry: Path) -> bool:
    status = entry.lstat()
    return stat.S_ISREG(status.st_mode) and status.st_mtime < time.time() - _OLD


@dataclass(frozen=True, slots=True)
class Draft:
    """A file that is whole and on the disk, under a temporary name; `sha256` is its sum."""

    path: Path
    sha256: str

    @property
    def readable(self) -> Path:
        """The file, for whoever looks at it before it gets its name."""
        return self.path

    def publish(self, path: Path) -> None:
        """Give it its name. Raise TargetExists rather than take the place of another."""
        with named_failures():
            try:
                os.link(self.path, path)  # fails where the name is taken, which a rename would not
                durable.remove(self.path)
            except FileExistsError as problem:
                raise TargetExists(file=path.name) from problem
            except OSError as problem:
                if path.exists():
                    raise TargetExists(file=path.name) from problem
                durable.rename(self.path, path)  # a file system without links, say on a stick
            durable.sync_folder(path.parent)

    def discard(self) -> None:
        """Remove it."""
        with contextlib.suppress(OSError):
            durable.remove(self.path)


def write_draft(folder: Path, pieces: Iterable[bytes]) -> Draft:
    """Write pieces under a temporary name in the folder, durably, and read them back."""
    path = durable.temporary(folder)
    total = hashlib.sha256()
    with named_failures():
        descriptor = durable.create_exclusive(path)
    try:
        for piece in pieces:
            total.update(piece)
            with named_failures():
                durable.write_all(descriptor, piece)
        with named_failures():
            durable.finish(descriptor, total.digest())
    except BaseException:
        os.close(descriptor)
        with contextlib.suppress(OSError):
            path.unlink()
        raise
    os.close(descriptor)
    return Draft(path, total.hexdigest())


def write_new(path: Path, pieces: Iterable[bytes]) -> Path:
    """Write a file under a name that must be free. Raise TargetExists."""
    draft = write_draft(path.parent, pieces)
    try:
        draft.publish(path)
    except BaseException:
        draft.discard()
        raise
    return path
