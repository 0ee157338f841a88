"""Set up a new vault: all of it is there, or none of it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from stillmine.app.home import Home
from stillmine.app.storage import durable, inbox, readme, slots
from stillmine.app.storage.catalogue import Catalogue
from stillmine.app.storage.epoch import Epoch, epoch_folder
from stillmine.app.storage.root_key import RootKey
from stillmine.app.storage.slots import WayIn
from stillmine.app.storage.writer import writer_lock
from stillmine.errors import HomeNotEmpty, VaultExists

# What an interrupted set-up may have left. Anything else in the folder is somebody's: a folder of
# keys or an inbox of their own, or a vault that lost its slots and still has its items.
_OURS = re.compile(
    r"lock|README\.txt|catalogue\.db(-journal)?|checkpoints|objects"
    r"|slots\.new(/[123]\.(age|age\.twin|check))?"
    r"|keys(/epoch-0001(/(compartments|inbox)\.age(\.twin)?)?)?"
    r"|inbox(/recipient\.txt)?"
    r"|unfinished(/[0-9a-f]{32}\.tmp)?"
)
_NEW_SLOTS = "slots.new"


def create_vault(home: Home, ways_in: Sequence[WayIn]) -> RootKey:
    """Set up a vault in an empty or missing folder and return its root key.

    The folder `slots` gets its name last of all: without it there is no vault, and what an
    interrupted attempt left is cleared away by the next. Raises VaultExists or HomeNotEmpty.
    """
    if home.slots.is_dir():
        raise VaultExists(home=str(home.root))
    with durable.named_failures():
        durable.make_home(home.root)
    with writer_lock(home):
        _require_empty(home)
        return _create(home, ways_in)


def _require_empty(home: Home) -> None:
    if home.slots.is_dir():
        raise VaultExists(home=str(home.root))
    left = [entry for entry in home.root.iterdir() if entry != home.lock]
    if not left:
        return
    # The folder for drafts is the first that is made, and here the last to go.
    if home.unfinished not in left or not all(_is_ours(each, home) for each in _within(home.root)):
        raise HomeNotEmpty(home=str(home.root))
    with durable.named_failures():
        for entry in sorted(left, key=lambda each: each == home.unfinished):
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


def _within(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        yield entry
        if entry.is_dir() and not entry.is_symlink():
            yield from _within(entry)


def _is_ours(path: Path, home: Home) -> bool:
    if path == home.readme:
        return path.read_bytes() == readme.TEXT.encode("ascii")
    return _OURS.fullmatch(path.relative_to(home.root).as_posix()) is not None


def _create(home: Home, ways_in: Sequence[WayIn]) -> RootKey:
    root = RootKey.generate()
    new_slots = home.root / _NEW_SLOTS
    with durable.named_failures():
        for folder in (
            home.unfinished, home.keys, epoch_folder(home.keys, 1), home.objects,
            home.inbox, home.checkpoints, new_slots,
        ):  # fmt: skip
            durable.make_folder(folder)
    unfinished = home.unfinished
    epoch = Epoch.create(epoch_folder(home.keys, 1), 1, root, unfinished=unfinished)
    inbox.write_recipient(home.inbox, epoch.inbox[0].recipient, unfinished=unfinished)
    Catalogue(home.catalogue, root.catalogue_key(1), create=True).close()
    durable.write_file(home.readme, readme.TEXT.encode("ascii"), unfinished=unfinished)
    for way_in in ways_in:
        slots.write_slot(new_slots, way_in, root, unfinished=unfinished)
    _name_slots(new_slots, home)
    return root


def _name_slots(new_slots: Path, home: Home) -> None:
    with durable.named_failures():
        durable.rename(new_slots, home.slots)
        durable.sync_folder(home.root)
