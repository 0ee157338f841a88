"""Take a whole vault away from this computer: what is ours and nothing else, keys before all."""

from __future__ import annotations

import contextlib
import os
import re
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stillmine.app.home import Home
from stillmine.app.storage import durable
from stillmine.app.storage.writer import writer_lock
from stillmine.errors import HomeHoldsOthers, NoVault

_HEX = r"[0-9a-f]{32}"
_DRAFT = rf"{_HEX}\.tmp(-journal)?"
_DATABASE = r"\.db(-journal|-wal|-shm)?"
# In the order in which they go. Without slots nobody gets to the root key, without keys no item
# opens: a removal that is cut off leaves nothing that can be read. The folder for drafts is the
# last: as long as it is there, what is left is known as ours, and the next attempt goes on.
_PARTS = tuple(
    re.compile(part)
    for part in (
        rf"slots(\.new)?(/([0-9]{{1,4}}\.(age|check)(\.twin)?|tries|{_DRAFT}))?",
        r"keys(/epoch-[0-9]{4,9}(\.new)?"
        rf"(/(((compartments|inbox|table-[a-z0-9]+-[0-9]{{8,12}})\.age(\.twin)?)|{_DRAFT}))?)?",
        rf"watch(/((fingerprints|looks){_DATABASE}|(looks|upkeep)\.lock|(choices|last)\.age"
        rf"|{_DRAFT}))?",
        rf"catalogue{_DATABASE}",
        rf"checkpoints(/([0-9]{{4,12}}\.age|{_DRAFT}))?",
        rf"inbox(/(recipient\.txt|{_HEX}\.age|{_DRAFT}))?",
        rf"objects(/[0-9a-f]{{2}}(/({_HEX}\.age|{_DRAFT}))?)?",
        r"README\.txt",
    )
)
_LAST = (re.compile(r"lock"), re.compile(rf"unfinished(/(a-writer-was-here|{_DRAFT}))?"))
_FOLDERS = re.compile(
    r"slots(\.new)?|keys(/epoch-[0-9]{4,9}(\.new)?)?|watch|checkpoints|inbox"
    r"|objects(/[0-9a-f]{2})?|unfinished"
)


@dataclass(frozen=True, slots=True)
class _Entry:
    path: Path
    name: str
    is_folder: bool


def remove_vault(home: Home, first: Callable[[], object]) -> int:
    """Remove the vault and its folder; return how many files went.

    `first` is called when nothing stands in the way any more, before anything is removed. Raise
    NoVault, HomeHoldsOthers where a file or a link is not ours (then nothing is touched), VaultBusy
    while somebody writes, and what `durable.named_failures` raises. No link is followed.
    """
    require_only_ours(home)
    with writer_lock(home):
        entries = require_only_ours(home)  # a writer may just have come to its end
        first()
        removed = sum(_remove_part(home, entries, part) for part in _PARTS)
    removed += sum(_remove_part(home, entries, part) for part in _LAST)
    with contextlib.suppress(OSError):  # the top of a stick stays, and so does what came meanwhile
        home.root.rmdir()
    return removed


def require_only_ours(home: Home) -> Sequence[_Entry]:
    """Return all that is in the home, what is inside a folder before the folder."""
    if home.root.is_symlink():
        raise HomeHoldsOthers(file=os.fspath(home.root))
    # Other folders may hold an `inbox` or `keys` of somebody; these two are made by us alone.
    if not (home.slots.is_dir() or home.unfinished.is_dir()):
        raise NoVault(home=os.fspath(home.root))
    with durable.named_failures():
        entries = list(_inside(home.root, home))
    for entry in entries:
        if not any(part.fullmatch(entry.name) for part in (*_PARTS, *_LAST)):
            raise HomeHoldsOthers(file=os.fspath(entry.path))
    return entries


def _inside(folder: Path, home: Home) -> Iterator[_Entry]:
    with os.scandir(folder) as listed:
        found = sorted(listed, key=lambda each: each.name)
    for each in found:
        path = Path(each.path)
        name = path.relative_to(home.root).as_posix()
        mode = each.stat(follow_symlinks=False).st_mode
        is_folder = stat.S_ISDIR(mode)
        # A folder where a file should be, a file where a folder should be, a link or a device.
        if not (is_folder or stat.S_ISREG(mode)) or is_folder != bool(_FOLDERS.fullmatch(name)):
            raise HomeHoldsOthers(file=os.fspath(path))
        if is_folder:
            yield from _inside(path, home)
        yield _Entry(path, name, is_folder)


def _remove_part(home: Home, entries: Sequence[_Entry], part: re.Pattern[str]) -> int:
    """Remove one part, so that it is gone from the disk before the next one; return its files."""
    ours = [entry for entry in entries if part.fullmatch(entry.name)]
    with durable.named_failures():
        for entry in ours:
            if entry.is_folder:
                with contextlib.suppress(FileNotFoundError):
                    entry.path.rmdir()
            else:
                _remove_file(entry.path)
        if ours:
            durable.sync_folder(home.root)
    return sum(not entry.is_folder for entry in ours)


def _remove_file(path: Path) -> None:
    try:
        durable.remove(path)
    except PermissionError:
        path.chmod(0o600)  # Windows removes no file that may only be read
        durable.remove(path)
