"""Change the root key: a new epoch, complete with its slots and catalogue, then one rename.

Until the new epoch has its name, the old key is in force. From then on every step is only moving
finished files to where they belong, which needs no key: whoever opens the vault next finishes it.
The objects are not touched; megabytes are written, not gigabytes.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Sequence
from pathlib import Path

from stillmine.app.home import Home
from stillmine.app.storage import checkpoint, durable, inbox, slots, twin
from stillmine.app.storage.catalogue import Catalogue
from stillmine.app.storage.epoch import Epoch, epoch_folder, epoch_numbers
from stillmine.app.storage.fingerprint_rows import NAME as FINGERPRINTS
from stillmine.app.storage.looks import Looks
from stillmine.app.storage.looks_rows import NAME as LOOKS
from stillmine.app.storage.root_key import RootKey
from stillmine.app.storage.slots import Way, WayIn
from stillmine.app.storage.vault import Vault
from stillmine.errors import VaultDamaged

_PENDING = "pending"
_NEW = ".new"


def _pending_folder(home: Home) -> Path | None:
    numbers = epoch_numbers(home.keys)
    if not numbers:
        return None
    folder = epoch_folder(home.keys, numbers[-1]) / _PENDING
    return folder if folder.is_dir() else None


def is_pending(home: Home) -> bool:
    """Say whether a new epoch is in force and not everything is where it belongs yet."""
    return _pending_folder(home) is not None


def rekey(vault: Vault, ways_in: Sequence[WayIn]) -> RootKey:
    """Put a new root key in force, with the ways in that are given and no others.

    Everything that was sealed to the old key on this disk is sealed anew or removed. The vault
    stays open, with the new keys. Raises VaultDamaged where the keys of items cannot be read now:
    a backup may still bring them back, and the new epoch would not hold them.
    """
    _require_all_keys(vault)
    home, root = vault.home, RootKey.generate()
    number = vault.epoch.number + 1
    draft = epoch_folder(home.keys, number).with_name(f"epoch-{number:04d}{_NEW}")
    with durable.named_failures():
        if draft.exists():
            shutil.rmtree(draft)
        durable.make_folder(draft)
        durable.make_folder(draft / _PENDING)
    moved = _new_keys(vault, root, draft, number)
    _new_catalogue(vault, root, draft / _PENDING, number, moved)
    vault.fingerprints.copy_to(draft / _PENDING / FINGERPRINTS, root.watch_key(number))
    old = vault.epoch.number
    with contextlib.closing(Looks(home, vault.root.watch_key(old), old)) as looks:
        looks.copy_to(draft / _PENDING / LOOKS, root.watch_key(number))
    for way_in in ways_in:
        slots.write_slot(draft / _PENDING, way_in, root, unfinished=home.unfinished)
    vault.close()
    with durable.named_failures():
        durable.sync_folder(draft)
        durable.rename(draft, epoch_folder(home.keys, number))
        durable.sync_folder(home.keys)
    finish(home)
    vault.take_new_keys(
        root,
        Epoch.open(home.keys, root, unfinished=home.unfinished),
        Catalogue(home.catalogue, root.catalogue_key(number)),
    )
    return root


def _require_all_keys(vault: Vault) -> None:
    rows = {row.item for _compartment, _table, row in vault.epoch.rows()}
    if any(kept.item not in rows for kept in vault.catalogue.kept()):
        raise VaultDamaged(what=", ".join(vault.epoch.damaged_tables()) or "keys")


def sweep(home: Home) -> None:
    """Remove a new epoch that never came into force."""
    with durable.named_failures():
        for entry in home.keys.iterdir():
            if entry.name.endswith(_NEW):
                _take_away(entry, home)


def _new_keys(vault: Vault, root: RootKey, draft: Path, number: int) -> dict[str, int]:
    unfinished = vault.home.unfinished
    epoch = Epoch.create(draft, number, root, older=vault.epoch, unfinished=unfinished)
    inbox.write_recipient(draft / _PENDING, epoch.inbox[0].recipient, unfinished=unfinished)
    return epoch.take_over(vault.epoch)


def _new_catalogue(
    vault: Vault, root: RootKey, pending: Path, number: int, moved: dict[str, int]
) -> None:
    path = pending / vault.home.catalogue.name
    catalogue = Catalogue(path, root.catalogue_key(number), create=True)
    try:
        with catalogue.change():
            catalogue.load(vault.catalogue.dump())
            catalogue.move_keys(moved)
        with durable.named_failures():
            durable.make_folder(pending / vault.home.checkpoints.name)
        checkpoint.write(
            pending / vault.home.checkpoints.name, catalogue, root, unfinished=vault.home.unfinished
        )
    finally:
        catalogue.close()


def finish(home: Home) -> None:
    """Move what a new epoch brought to where it belongs. Needs no key; may be repeated."""
    pending = _pending_folder(home)
    if pending is None:
        return
    with durable.named_failures():
        _place_slots(pending, home)
        _place_recipient(pending, home)
        _place_catalogue(pending, home)
        _place_checkpoint(pending, home)
        for name in (FINGERPRINTS, LOOKS):
            _place_relearnable(pending, home, name)
        for number in epoch_numbers(home.keys)[:-1]:
            _take_away(epoch_folder(home.keys, number), home)
        # Last of all: its absence says that everything is in place.
        _take_away(pending, home)


def _place_slots(pending: Path, home: Home) -> None:
    for way in Way:
        path = slots.slot_path(pending, way)
        if not path.exists():
            slots.remove_slot(home.slots, way)
            continue
        check = path.with_suffix(".check")
        twin.write(home.slots / path.name, path.read_bytes(), unfinished=home.unfinished)
        durable.write_file(home.slots / check.name, check.read_bytes(), unfinished=home.unfinished)


def _place_recipient(pending: Path, home: Home) -> None:
    data = (pending / inbox.RECIPIENT).read_bytes()
    durable.write_file(home.inbox / inbox.RECIPIENT, data, unfinished=home.unfinished)


def _place_catalogue(pending: Path, home: Home) -> None:
    draft = pending / home.catalogue.name
    if not draft.exists():
        return  # moved by an earlier attempt
    # A journal of the old catalogue must not be played back into the new one.
    durable.remove(home.catalogue.with_name(f"{home.catalogue.name}-journal"))
    durable.sync_folder(home.root)
    durable.rename(draft, home.catalogue)
    durable.sync_folder(home.root)


def _place_checkpoint(pending: Path, home: Home) -> None:
    old = checkpoint.numbers(home.checkpoints)
    for path in (pending / home.checkpoints.name).glob("*.age"):
        durable.rename(path, checkpoint.path_of(home.checkpoints, 1 + max(old, default=0)))
        durable.sync_folder(home.checkpoints)
    # The newest is the one that was just moved, now or by an earlier attempt.
    checkpoint.drop_old(home.checkpoints, keep=1)


def _place_relearnable(pending: Path, home: Home, name: str) -> None:
    """Put it in place. Where it was left out it is learnt again: the old one is gone."""
    draft, path = pending / name, home.watch / name
    if draft.exists():
        durable.remove(path.with_name(f"{path.name}-journal"))
        durable.sync_folder(home.watch)
        durable.rename(draft, path)
        durable.sync_folder(home.watch)


def _take_away(folder: Path, home: Home) -> None:
    """Remove a folder so that it is there as a whole or not at all, never in part."""
    gone = durable.temporary(home.unfinished)
    durable.rename(folder, gone)
    durable.sync_folder(folder.parent)
    shutil.rmtree(gone)
