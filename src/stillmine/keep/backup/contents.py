"""What of a vault goes into a backup: sealed files only, each with its size and sum."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from stillmine.app.home import Home
from stillmine.app.storage import checkpoint, twin
from stillmine.app.storage.vault import Vault
from stillmine.errors import SourceUnreadable
from stillmine.keep.backup.manifest import BY_NAME, Entry, Manifest


def object_entries(vault: Vault) -> list[Entry]:
    """Return the items and sealed records. Their sums are known, so nothing is read."""
    entries = []
    for item in vault.catalogue.kept():
        name = f"objects/{item.item[:2]}/{item.item}.age"
        entries.append(Entry(name=name, place=name, size=item.stored, sum=item.sum))
    return sorted(entries, key=BY_NAME)


def key_entries(vault: Vault) -> list[Entry]:
    """Return slots, keys, checkpoints and the inbox: small files, which are read for their sums.

    At a place their names begin with their sum: a slot changes its content and a restored vault may
    number its key tables as an earlier one did, and no file at a place is ever written over.
    """
    return sorted((_entry(vault.home, path) for path in _small_files(vault)), key=BY_NAME)


def state_entries(vault: Vault, small: Iterable[Entry] | None = None) -> list[Entry]:
    """Return what differs whenever the vault does: slots, letters, and all files with keys.

    Each item has its line in a key file and is itself never changed, so items are not looked at,
    and no key file is opened. `small` says which slots and letters; otherwise they are as they lie.
    """
    if small is None:
        small = (_entry(vault.home, path) for path in _slots_and_letters(vault.home))
    loose = [entry for entry in small if entry.name.startswith(("slots/", "inbox/"))]
    keys = [_entry(vault.home, path) for path in vault.epoch.folder.iterdir()]
    return sorted((*loose, *keys), key=BY_NAME)


def lost_tables(vault: Vault) -> list[str]:
    """Return the names, as a list has them, of key tables that are damaged or missing here."""
    rows = {row.item for _compartment, _table, row in vault.epoch.rows()}
    there = {path.name for path in vault.epoch.paths()}
    missing = {
        f"table-{item.compartment}-{item.table:08d}.age"
        for item in vault.catalogue.kept()
        if item.item not in rows
    }
    folder = vault.epoch.folder.relative_to(vault.home.root).as_posix()
    return sorted(f"{folder}/{name}" for name in {*vault.epoch.damaged_tables(), *missing} - there)


def only_there(vault: Vault, newest: Manifest | None) -> list[Entry]:
    """Return the key tables that are lost here and that the newest list at a place still names.

    The next list names them too, or else pruning would erase the last copy of their keys.
    """
    lost = set(lost_tables(vault)) if newest is not None else set()
    names = {*lost, *(f"{name}.twin" for name in lost)}
    return [entry for entry in newest.entries if entry.name in names] if newest else []


def newest_checkpoint(home: Home) -> Path | None:
    """Return the newest sealed copy of the catalogue."""
    numbers = checkpoint.numbers(home.checkpoints)
    return checkpoint.path_of(home.checkpoints, numbers[-1]) if numbers else None


def _small_files(vault: Vault) -> Iterator[Path]:
    for path in vault.epoch.paths():
        # A copy that is missing (`keep verify` makes it again) must not keep the rest from going.
        yield from (copy for copy in (path, twin.twin_of(path)) if copy.exists())
    newest = newest_checkpoint(vault.home)
    if newest is not None:
        yield newest
    yield from _slots_and_letters(vault.home)


def _slots_and_letters(home: Home) -> Iterator[Path]:
    yield from home.inbox.glob("*.age")
    # 1.age, 1.age.twin and 1.check; not the count of wrong tries.
    yield from home.slots.glob("[0-9].*")


def _entry(home: Home, path: Path) -> Entry:
    name = path.relative_to(home.root).as_posix()
    folder, _, file = name.rpartition("/")
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise SourceUnreadable(reason=type(problem).__name__) from problem
    total = hashlib.sha256(data).hexdigest()
    return Entry(name=name, place=f"{folder}/{total[:16]}-{file}", size=len(data), sum=total)


def is_small(entry: Entry) -> bool:
    """Say whether a file is one of the few without which items cannot be opened."""
    return not entry.name.startswith("objects/")
