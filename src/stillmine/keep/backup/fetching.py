"""Get files back from a place, each checked against the signed list."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from stillmine.app.network.targets.target import Target
from stillmine.app.storage import durable
from stillmine.errors import BackupDamaged, ConnectionLost, NotThere
from stillmine.keep.backup.manifest import Entry

_PIECE = 1 << 18  # stays in the processor's cache on its way to the sum
MISSING, OTHER_SIZE, OTHER_BYTES = "missing", "wrong-size", "damaged"
UNREADABLE = "unreadable"


def _pieces(file: BinaryIO) -> Iterator[memoryview]:
    """Yield a file piece by piece; each is good until the next is asked for."""
    buffer = memoryview(bytearray(_PIECE))
    while count := file.readinto(buffer):  # type: ignore[attr-defined]  # typing.BinaryIO leaves it out
        yield buffer[:count]


def _is_bad_sector(problem: ConnectionLost) -> bool:
    """Say whether a disk could not read one file: the others are to be looked at all the same."""
    return problem.facts.get("reason") == "EIO"


def check_at_place(target: Target, entry: Entry) -> str | None:
    """Read a file back from a place; return what is wrong with it, or None. Needs no key."""
    total, size = hashlib.sha256(), 0
    try:
        with target.read(entry.place) as file:
            for data in _pieces(file):
                total.update(data)
                size += len(data)
                if size > entry.size:
                    return OTHER_SIZE
    except NotThere:
        return MISSING
    except ConnectionLost as problem:
        if _is_bad_sector(problem):
            return UNREADABLE
        raise
    if size != entry.size:
        return OTHER_SIZE
    return None if total.hexdigest() == entry.sum else OTHER_BYTES


def is_whole(path: Path, entry: Entry) -> bool:
    """Say whether a file of this computer has, on the disk, the bytes that the list says."""
    try:
        with path.open("rb", buffering=0) as file:
            return durable.sum_on_disk(file.fileno()).hex() == entry.sum
    except OSError:
        return False


def fetch(target: Target, entry: Entry, path: Path, *, unfinished: Path) -> None:
    """Bring a file from a place to `path`, durably, if it is what the list says.

    Raises BackupDamaged, with the fact `what`, and leaves nothing behind then.
    """
    draft = durable.temporary(unfinished)
    with durable.named_failures():
        descriptor = durable.create_exclusive(draft)
    try:
        _copy(target, entry, descriptor)
        with durable.named_failures():
            durable.finish(descriptor, bytes.fromhex(entry.sum))
            if hasattr(os, "fchmod") and entry.name.startswith("objects/"):
                os.fchmod(descriptor, 0o400)
            durable.rename(draft, path)
            durable.sync_folder(path.parent)
    finally:
        os.close(descriptor)
        with contextlib.suppress(FileNotFoundError):
            draft.unlink()


def _copy(target: Target, entry: Entry, descriptor: int) -> None:
    total, size = hashlib.sha256(), 0
    try:
        with target.read(entry.place) as file:
            for data in _pieces(file):
                size += len(data)
                if size > entry.size:
                    raise BackupDamaged(name=entry.name, what=OTHER_SIZE)
                total.update(data)
                with durable.named_failures():
                    durable.write_all(descriptor, data)
    except NotThere as problem:
        raise BackupDamaged(name=entry.name, what=MISSING) from problem
    except ConnectionLost as problem:
        if _is_bad_sector(problem):
            raise BackupDamaged(name=entry.name, what=UNREADABLE) from problem
        raise
    if size != entry.size:
        raise BackupDamaged(name=entry.name, what=OTHER_SIZE)
    if total.hexdigest() != entry.sum:
        raise BackupDamaged(name=entry.name, what=OTHER_BYTES)
