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
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

from stillmine.errors import DiskFull, HomeReadOnly, WriteFailed, WrittenDifferently

READ_SIZE = 1 << 20
TEMPORARY = ".tmp"


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


def remove(path: Path) -> None:
    """Remove a file; one that is gone already is fine. The caller syncs the folder."""
    path.unlink(missing_ok=True)


def sum_on_disk(descriptor: int) -> bytes:
    """Return the SHA-256 of a file as the disk has it, not as the cache remembers it."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    os.lseek(descriptor, 0, os.SEEK_SET)
    total = hashlib.sha256()
    buffer = bytearray(READ_SIZE)
    view = memoryview(buffer)
    with open(descriptor, "rb", buffering=0, closefd=False) as file:
        while count := file.readinto(buffer):
            total.update(view[:count])
    return total.digest()


def finish(descriptor: int, expected: bytes) -> None:
    """Make an open file durable and prove it: what the disk has must have this SHA-256."""
    sync_file(descriptor)
    if sum_on_disk(descriptor) != expected:
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


def sweep(folder: Path, *, older_than: float = 0.0) -> None:
    """Remove what an interrupted writer left in a folder.

    In a folder into which others may be writing now, only what is older than `older_than` seconds.
    """
    latest = time.time() - older_than
    with named_failures():
        for entry in folder.iterdir():
            if entry.name.endswith(TEMPORARY) and entry.lstat().st_mtime <= latest:
                shutil.rmtree(entry) if entry.is_dir() else remove(entry)
