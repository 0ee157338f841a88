"""Write files so that what was confirmed survives a crash, a power cut or a full disk.

The order, for every file: a temporary name that nobody has (exclusive) → all bytes → fsync → read
back past the cache → rename to the final name → fsync of the folder. A file under its final name is
therefore always whole. Every step is a small function of its own, so that the crash tests can
replace one by a broken twin and see the loss that follows.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import io
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from stillmine.errors import DiskFull, HomeReadOnly, WriteFailed, WrittenDifferently

READ_SIZE = 1 << 20
PIECE = 1 << 18
"""What is read, sealed, summed and written at a time: it stays in the processor's cache."""
TEMPORARY = ".tmp"
_LEFT_BEHIND = (TEMPORARY, f"{TEMPORARY}-journal")  # the latter beside an unfinished catalogue


@contextlib.contextmanager
def named_failures() -> Iterator[None]:
    """Turn the operating system's refusal to write into an error with a name."""
    try:
        yield
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull from problem
        if problem.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
            raise HomeReadOnly(home=str(problem.filename or "")) from problem
        raise WriteFailed(number=problem.errno or 0) from problem


def create_exclusive(path: Path) -> int:
    """Create a file that must not exist yet; a planted link or file is refused, not followed."""
    flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0)
    return os.open(path, flags | getattr(os, "O_CLOEXEC", 0), 0o600)


def write_all(descriptor: int, data: bytes | bytearray | memoryview) -> None:
    """Write every byte: the operating system may take fewer than it was given."""
    view = memoryview(data).cast("B")
    while view:
        view = view[os.write(descriptor, view) :]


def sync_file(descriptor: int) -> None:
    """Wait until the bytes are on the disk."""
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait until the names in a folder are on the disk (Windows does this by itself)."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def rename(old: Path, new: Path) -> None:
    """Give a finished file its final name, in one step."""
    old.replace(new)


def make_folder(folder: Path) -> None:
    """Create a private folder whose name survives a power cut; one that is there is fine."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def make_home(folder: Path) -> None:
    """Create a private folder and what is missing above it, so that a power cut takes none away."""
    if folder.is_dir():
        # An attempt that was cut off may have made it. What is above is not ours: it may refuse.
        with contextlib.suppress(OSError):
            sync_folder(folder.parent)
        return
    make_home(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    with contextlib.suppress(PermissionError):  # a folder one may write to and not list
        sync_folder(folder.parent)


def remove(path: Path) -> None:
    """Remove a file; one that is gone already is fine. The caller syncs the folder."""
    path.unlink(missing_ok=True)


def sum_on_disk(descriptor: int) -> bytes:
    """Return the SHA-256 of a file as the disk has it, not as the cache remembers it."""
    total = hashlib.sha256()
    buffer = memoryview(bytearray(PIECE))
    with _past_the_cache(descriptor) as file:
        while count := file.readinto(buffer):
            total.update(buffer[:count])
    return total.digest()


def is_on_disk(descriptor: int, written: memoryview) -> bool:
    """Say whether the disk, and not only the cache, has these bytes and no others."""
    found, rest = bytearray(PIECE), written
    with _past_the_cache(descriptor) as file:
        while count := file.readinto(found):
            # Not memoryviews: those are compared number by number.
            if (found if count == PIECE else found[:count]) != rest[:count]:
                return False
            rest = rest[count:]
    return not rest


def _past_the_cache(descriptor: int) -> io.FileIO:
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_SEQUENTIAL)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return io.FileIO(descriptor, closefd=False)


def finish(descriptor: int, expected: bytes, written: memoryview | None = None) -> None:
    """Make an open file durable and prove it: what the disk has must have this SHA-256.

    Whoever still has what was written may give it, to be compared byte by byte instead.
    """
    sync_file(descriptor)
    if written is None:
        good = sum_on_disk(descriptor) == expected
    else:
        good = is_on_disk(descriptor, written)
    if not good:
        raise WrittenDifferently


def temporary(folder: Path) -> Path:
    """Return a name that nobody can have guessed or used."""
    return folder / (secrets.token_hex(16) + TEMPORARY)


def write_file(path: Path, data: bytes, *, unfinished: Path) -> None:
    """Put `data` under `path`, replacing what was there in one step; durable on return."""
    with named_failures():
        draft = write_draft(data, unfinished=unfinished)
        rename(draft, path)
        sync_folder(path.parent)


def write_draft(data: bytes, *, unfinished: Path) -> Path:
    """Write `data` durably under a temporary name and return that name."""
    draft = temporary(unfinished)
    descriptor = create_exclusive(draft)
    try:
        write_all(descriptor, data)
        finish(descriptor, hashlib.sha256(data).digest())
    except BaseException:
        os.close(descriptor)
        with contextlib.suppress(OSError):
            draft.unlink()
        raise
    os.close(descriptor)
    return draft


def sweep(folder: Path, *, older_than: float | None = None) -> None:
    """Remove what an interrupted writer left in a folder.

    In a folder into which others may be writing now, only what is older than `older_than` seconds;
    without it no clock is asked, which may have been set back since.
    """
    with named_failures():
        for entry in folder.iterdir():
            if entry.name.endswith(_LEFT_BEHIND) and (
                older_than is None or _is_older(entry, older_than)
            ):
                shutil.rmtree(entry) if entry.is_dir() else remove(entry)


def _is_older(entry: Path, seconds: float) -> bool:
    try:
        return entry.lstat().st_mtime <= time.time() - seconds
    except FileNotFoundError:
        return False  # its writer gave it its name just now
