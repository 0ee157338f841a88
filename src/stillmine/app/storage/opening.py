"""Open a vault: for reading beside others, or for writing as the only one."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from stillmine.app.home import Home
from stillmine.app.storage import checkpoint, durable, inbox, rekeying, slots, writer
from stillmine.app.storage.catalogue import NAME as CATALOGUE
from stillmine.app.storage.catalogue import Catalogue
from stillmine.app.storage.epoch import Epoch
from stillmine.app.storage.reconcile import read_again, reconcile
from stillmine.app.storage.root_key import RootKey
from stillmine.app.storage.slots import WayIn, open_slot
from stillmine.app.storage.vault import Vault
from stillmine.errors import (
    DiskFull,
    HomeReadOnly,
    StillmineError,
    VaultBusy,
    VaultDamaged,
    WriteFailed,
)


def unlock(home: Home, way_in: WayIn) -> RootKey:
    """Return the root key by one of the ways in; see `slots.open_slot` for what it raises."""
    home.require_vault()
    finish_rekeying(home)
    return open_slot(home.slots, way_in)


def finish_rekeying(home: Home) -> None:
    """Put in place what a new epoch brought, where a crash left that undone; needs no key."""
    if rekeying.is_pending(home):
        with writer.writer_lock(home):
            rekeying.finish(home)


@contextlib.contextmanager
def open_vault(home: Home, root: RootKey, *, writing: bool = False) -> Iterator[Vault]:
    """Open a vault and close it again.

    Whoever opens first after a crash puts things right. Raises VaultBusy where another writer is
    at work and `writing` was asked for; readers see the last confirmed state beside a writer.
    """
    try:
        with _writer(home, root) if writing else _reader(home, root) as vault:
            yield vault
    except VaultDamaged as problem:
        # Found while it was read: this time it is said, and the next time it is whole again.
        if problem.facts["what"] == CATALOGUE:
            with contextlib.suppress(StillmineError):
                rebuild(home, root)
        raise


@contextlib.contextmanager
def _writer(home: Home, root: RootKey) -> Iterator[Vault]:
    with writer.writer_lock(home), _written(home, root) as vault:
        yield vault


@contextlib.contextmanager
def _reader(home: Home, root: RootKey) -> Iterator[Vault]:
    vault = _read(home, root)
    try:
        yield vault
    finally:
        vault.close()


def rebuild(home: Home, root: RootKey) -> None:
    """Throw the catalogue away and make it anew from the newest checkpoint, keys and objects."""
    with writer.writer_lock(home), _written(home, root, rebuilding=True):
        pass


def _read(home: Home, root: RootKey) -> Vault:
    if writer.was_interrupted(home):
        # Where nothing can be written now, what was confirmed can still be read.
        with contextlib.suppress(VaultBusy, HomeReadOnly, DiskFull, WriteFailed):
            _put_right(home, root)
    try:
        return _open(home, root)
    except VaultDamaged as problem:
        if problem.facts["what"] != CATALOGUE:
            raise
    _put_right(home, root)
    return _open(home, root)


def _put_right(home: Home, root: RootKey) -> None:
    with writer.writer_lock(home), _written(home, root):
        pass  # opening for writing is what puts things right


@contextlib.contextmanager
def _written(home: Home, root: RootKey, *, rebuilding: bool = False) -> Iterator[Vault]:
    _make_folders(home)
    interrupted = writer.was_interrupted(home)
    # Not only after a note: one can be cut off before it has its note, and a change of passphrase
    # leaves none.
    durable.sweep(home.unfinished)
    writer.leave_note(home)
    if rebuilding:
        _rebuild_catalogue(home, root)
    vault, rebuilt = _open_or_rebuild(home, root)
    vault.writing = True
    try:
        if interrupted or rebuilt or rebuilding:
            reconcile(vault, rebuilt=rebuilt or rebuilding)
        read_again(vault)
        slots.mend_slots(home.slots, root, unfinished=home.unfinished)
        inbox.mend_recipient(home, vault.epoch)
        yield vault
        vault.tidy()
    except BaseException:
        # The note stays, so that the next one looks; nothing confirmed depends on it.
        vault.close()
        raise
    vault.close()
    writer.take_note_away(home)


def _make_folders(home: Home) -> None:
    """Put back folders that were empty and got lost when the home was copied."""
    with durable.named_failures():
        for folder in (home.unfinished, home.objects, home.inbox, home.checkpoints):
            durable.make_folder(folder)


def _open(home: Home, root: RootKey) -> Vault:
    epoch = Epoch.open(home.keys, root, unfinished=home.unfinished)
    catalogue = Catalogue(home.catalogue, root.catalogue_key(epoch.number))
    return Vault(home, root, epoch, catalogue)


def _open_or_rebuild(home: Home, root: RootKey) -> tuple[Vault, bool]:
    try:
        return _open(home, root), False
    except VaultDamaged as problem:
        if problem.facts["what"] != CATALOGUE:
            raise
    _rebuild_catalogue(home, root)
    return _open(home, root), True


def _rebuild_catalogue(home: Home, root: RootKey) -> None:
    """Make the catalogue anew from the newest checkpoint; `reconcile` adds what came since."""
    epoch = Epoch.open(home.keys, root, unfinished=home.unfinished)
    draft = durable.temporary(home.unfinished)
    catalogue = Catalogue(draft, root.catalogue_key(epoch.number), create=True)
    try:
        checkpoint.load_newest(home.checkpoints, catalogue, root)
    finally:
        catalogue.close()
    with durable.named_failures():
        # A journal of the lost catalogue must not be played back into the new one.
        durable.remove(home.root / f"{CATALOGUE}-journal")
        durable.sync_folder(home.root)
        durable.rename(draft, home.catalogue)
        durable.sync_folder(home.root)
