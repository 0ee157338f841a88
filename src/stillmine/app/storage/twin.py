"""Small files on which everything depends are kept twice: one flipped bit locks nobody out.

`name.age` and `name.age.twin` hold the same bytes. Reading takes the first copy that a reader
accepts; the other is mended by the next writer.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from stillmine.app.storage import durable
from stillmine.errors import (
    Damaged,
    NoKeyFits,
    NotAge,
    UnsupportedVersion,
    VaultDamaged,
    WorkFactorTooHigh,
)

SUFFIX = ".twin"
_Read = TypeVar("_Read")

# All that a flipped bit can turn a sealed file into: its header no longer parses or names another
# version or a greater work factor, no key fits it any more, or a sum does not come out.
NOT_GOOD = (Damaged, NoKeyFits, NotAge, UnsupportedVersion, WorkFactorTooHigh)


def twin_of(path: Path) -> Path:
    """Return where the second copy lies."""
    return path.with_name(path.name + SUFFIX)


def write(path: Path, data: bytes, *, unfinished: Path) -> None:
    """Write both copies, one after the other: a crash leaves at least one of them whole."""
    durable.write_file(path, data, unfinished=unfinished)
    durable.write_file(twin_of(path), data, unfinished=unfinished)


def remove(path: Path) -> None:
    """Remove both copies; the caller syncs the folder."""
    durable.remove(path)
    durable.remove(twin_of(path))


def copies(path: Path) -> list[bytes]:
    """Return the copies that can be read at all, the first one first."""
    found = []
    for candidate in (path, twin_of(path)):
        try:
            found.append(candidate.read_bytes())
        except OSError:
            # A copy that is missing or on a bad sector is what the other copy is for.
            continue
    return found


def read(path: Path, accept: Callable[[bytes], _Read]) -> _Read:
    """Return what `accept` makes of the first good copy; raise VaultDamaged without one."""
    for data in copies(path):
        try:
            return accept(data)
        except NOT_GOOD:
            continue
    raise VaultDamaged(what=path.name)


def mend(path: Path, accept: Callable[[bytes], object], *, unfinished: Path) -> bool:
    """Make both copies good again from the one that is; say whether there was something to do."""
    found = copies(path)
    if len(found) == 2 and found[0] == found[1]:
        return False

    def good(data: bytes) -> bytes:
        accept(data)
        return data

    write(path, read(path, good), unfinished=unfinished)
    return True


def is_whole(path: Path, accept: Callable[[bytes], object]) -> bool:
    """Say whether both copies are there, agree, and are good."""
    found = copies(path)
    if len(found) != 2 or found[0] != found[1]:
        return False
    try:
        accept(found[0])
    except NOT_GOOD:
        return False
    return True
