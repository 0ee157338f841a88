"""A backup in a folder: another disk, a USB stick, a network drive that is mounted."""

from __future__ import annotations

import errno
import io
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from stillmine.app.network.targets.target import (
    PARTS,
    Entry,
    checked,
    checked_prefix,
    chunks_of,
    is_name,
    is_stale,
    naming_file,
    size_of,
)
from stillmine.errors import (
    AlreadyThere,
    ConnectionLost,
    NotABackupPlace,
    NotThere,
    StillmineError,
    TargetAway,
    TargetFull,
    TargetRefused,
)

# EIO is how some FUSE drives refuse links; if the disk is really broken, the rename says so too
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL, errno.EIO}
_NAMED: dict[int, type[StillmineError]] = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), TargetFull),
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), TargetRefused),
    **dict.fromkeys((errno.ENOENT, errno.ENODEV, errno.ENXIO), TargetAway),
    **dict.fromkeys((errno.EIO, errno.ESTALE, errno.ENOTCONN, errno.ETIMEDOUT), ConnectionLost),
    **dict.fromkeys((errno.ENOTDIR, errno.EISDIR, errno.ELOOP), NotABackupPlace),
}
_BINARY = getattr(os, "O_BINARY", 0)
_NOFOLLOW = getattr(os, "O_NOFOLLOW", 0)
_JUNCTION = getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", -1)
_WRITE_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NOFOLLOW | _BINARY


@contextmanager
def _named() -> Iterator[None]:
    """Say what the operating system's error means for a backup."""
    try:
        yield
    except OSError as cause:
        kind = _NAMED.get(cause.errno or 0, ConnectionLost)
        raise kind(reason=errno.errorcode.get(cause.errno or 0, "unknown")) from cause


class FolderTarget:
    """Blobs as files below one folder. Links planted inside it are never followed."""

    def __init__(self, root: Path) -> None:
        """Use an existing folder; a missing one is TargetAway, never created."""
        self._root = root.absolute()
        self._known: set[Path] = set()
        with _named():
            if not stat.S_ISDIR(self._root.stat().st_mode):
                raise NotABackupPlace(reason="not-a-folder")
        self._tidy()

    def names(self, prefix: str = "") -> Iterator[Entry]:
        """Walk the folder below the prefix; what is not a plain file of ours is passed over."""
        folder = checked_prefix(prefix).rpartition("/")[0]
        with _named():
            self._root.stat()
        try:
            start = self._inside(folder) if folder else self._root
            is_folder = start.is_dir()
        except NotThere:
            return
        if is_folder:
            yield from self._walk(start, f"{folder}/" if folder else "", prefix)

    def put_new(self, name: str, source: Path) -> None:
        """Copy, make it durable, then give it its name only if that is free."""
        self._write(checked(name), chunks_of(source), size_of(source), self._name_new)

    def replace(self, name: str, data: bytes) -> None:
        """Write beside the old one, make it durable, then swap."""
        self._write(checked(name), (data,), len(data), os.replace)

    @contextmanager
    def read(self, name: str) -> Iterator[BinaryIO]:
        """Open a file of the folder."""
        with _named():
            path = self._inside(checked(name))
            fd = os.open(path, os.O_RDONLY | _NOFOLLOW | _BINARY)
        with io.FileIO(fd) as stream:
            if not stat.S_ISREG(os.fstat(fd).st_mode):
                raise NotABackupPlace(reason="not-a-file")
            yield naming_file(stream, _named)

    def remove(self, name: str) -> None:
        """Unlink a file, durably."""
        with _named():
            try:
                path = self._inside(checked(name))
            except NotThere:
                return
            path.unlink(missing_ok=True)
            _sync_folder(path.parent)

    def free_space(self) -> int | None:
        """Return what the disk has left for this user."""
        with _named():
            return shutil.disk_usage(self._root).free

    def close(self) -> None:
        """Nothing is held open."""

    def _write(
        self, name: str, pieces: Iterable[bytes], size: int, give_name: Callable[[Path, Path], None]
    ) -> None:
        with _named():
            self._root.stat()
            final = self._root / name
            self._make(final.parent)
            self._make(self._root / PARTS)
            if give_name is not os.replace and os.path.lexists(final):
                raise AlreadyThere(name=name)
            part = self._root / PARTS / secrets.token_hex(16)
            try:
                _fill(part, pieces, size)
                give_name(part, final)
            finally:
                part.unlink(missing_ok=True)
            _sync_folder(final.parent)

    def _tidy(self) -> None:
        """Erase parts of copies that broke off more than a day ago."""
        with suppress(OSError, StillmineError):
            for entry in os.scandir(self._inside(PARTS)):
                if is_stale(entry.stat(follow_symlinks=False).st_mtime):
                    Path(entry.path).unlink()

    def _make(self, folder: Path) -> None:
        """Create a folder below the root, durably, refusing links on the way."""
        if folder in self._known or folder == self._root:
            return
        self._make(folder.parent)
        try:
            folder.mkdir()
        except FileExistsError:
            _refuse_link(folder)
        _sync_folder(folder.parent)
        self._known.add(folder)

    def _inside(self, name: str) -> Path:
        """Return the path of something that exists; raise NotThere, or refuse a link."""
        path = self._root
        for part in name.split("/"):
            path = path / part
            try:
                _refuse_link(path, folder=False)
            except (FileNotFoundError, NotADirectoryError):
                self._root.stat()
                raise NotThere(name=name) from None
        return path

    def _walk(self, folder: Path, above: str, prefix: str) -> Iterator[Entry]:
        with _named(), os.scandir(folder) as found:
            entries = list(found)
        for entry in entries:
            name = above + entry.name
            if not is_name(name) or not (name.startswith(prefix) or prefix.startswith(name + "/")):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from self._walk(folder / entry.name, f"{name}/", prefix)
            elif entry.is_file(follow_symlinks=False) and name.startswith(prefix):
                try:
                    yield Entry(name, entry.stat(follow_symlinks=False).st_size)
                except FileNotFoundError:
                    continue

    def _name_new(self, part: Path, final: Path) -> None:
        """Give a finished file its name, only if nothing has it yet."""
        try:
            if sys.platform == "win32":
                part.rename(final)
            else:
                os.link(part, final, follow_symlinks=False)
        except FileExistsError as cause:
            raise AlreadyThere(name=final.relative_to(self._root).as_posix()) from cause
        except OSError as cause:
            if cause.errno not in _NO_LINKS:
                raise
            self._name_new_without_links(part, final)

    def _name_new_without_links(self, part: Path, final: Path) -> None:
        """Do the same on FAT sticks and network drives: look, then rename, one at a time.

        The lock keeps our own programs apart and is let go when a program dies.
        """
        import fcntl

        with (self._root / PARTS / "lock").open("wb") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if os.path.lexists(final):
                raise AlreadyThere(name=final.relative_to(self._root).as_posix())
            part.rename(final)


def _fill(part: Path, pieces: Iterable[bytes], size: int) -> None:
    """Write a new file of about `size` bytes and wait until the disk has it."""
    fd = os.open(part, _WRITE_NEW, 0o600)
    try:
        if size and hasattr(os, "posix_fallocate"):
            _reserve(fd, size)
        written = 0
        for piece in pieces:
            rest = memoryview(piece)
            while rest:
                count = os.write(fd, rest)
                rest, written = rest[count:], written + count
        os.ftruncate(fd, written)
        os.fsync(fd)
    finally:
        os.close(fd)


def _reserve(fd: int, size: int) -> None:
    """Ask for the room first, so that a full disk is known before the copying."""
    try:
        os.posix_fallocate(fd, 0, size)
    except OSError as cause:
        if cause.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise


def _refuse_link(path: Path, *, folder: bool = True) -> None:
    """Raise NotABackupPlace if `path` is a link, or not a folder where one is needed."""
    found = path.lstat()
    is_link = stat.S_ISLNK(found.st_mode) or getattr(found, "st_reparse_tag", None) == _JUNCTION
    if is_link or (folder and not stat.S_ISDIR(found.st_mode)):
        raise NotABackupPlace(reason="link" if is_link else "not-a-folder")


def _sync_folder(folder: Path) -> None:
    """Make names durable; Windows does that by itself."""
    if sys.platform == "win32":
        return
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(fd)
    except OSError as cause:
        if cause.errno not in (errno.EINVAL, errno.EOPNOTSUPP):
            raise
    finally:
        os.close(fd)
