"""Mistakes to plant in the real vault: the harness must find each of them."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from stillmine.app.network.targets import folder as folder_target
from stillmine.app.network.targets.folder import FolderTarget
from stillmine.app.storage import (
    checkpoint,
    creating,
    durable,
    key_tables,
    objects,
    opening,
    reconcile,
    rekeying,
)
from stillmine.app.storage.catalogue import Catalogue
from stillmine.app.storage.epoch import MAIN
from stillmine.app.storage.item import Item
from stillmine.app.storage.key_table import KeyRow
from stillmine.app.storage.key_tables import KeyTables
from stillmine.app.storage.objects import SealedObject
from stillmine.app.storage.vault import Vault
from stillmine.keep.backup import restoring

from .scenario import Bug


def _swap(owner: object, **new: object) -> Callable[[], None]:
    def plant() -> None:
        for name, value in new.items():
            setattr(owner, name, value)

    return plant


def _all(*plants: Callable[[], None]) -> Callable[[], None]:
    def plant() -> None:
        for each in plants:
            each()

    return plant


def _nothing(*_: object, **__: object) -> None:
    return


# ---- how a file is written -----------------------------------------------------------------------


def _objects_synced_late(_objects: Path, sealed: list[SealedObject]) -> None:
    for each in sealed:
        path = objects.object_path(_objects, each.header.item)
        durable.make_folder(path.parent)
        durable.rename(each.draft, path)
        durable.sync_folder(path.parent)
    for each in sealed:
        path = objects.object_path(_objects, each.header.item)
        handle = os.open(path, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def _not_read_back(descriptor: int, _expected: bytes, _written: object = None) -> None:
    durable.sync_file(descriptor)


def _written_once(descriptor: int, data: bytes) -> None:
    os.write(descriptor, data)


def _same_name(folder: Path, other: Callable[[Path], Path] = durable.temporary) -> Path:
    return folder / "draft.tmp" if folder.name == "inbox" else other(folder)


def _not_exclusive(path: Path) -> int:
    return os.open(path, os.O_CREAT | os.O_RDWR, 0o600)


def _in_place(path: Path, data: bytes, *, unfinished: Path) -> None:
    del unfinished
    with durable.named_failures():
        handle = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600)
        durable.write_all(handle, data)
        durable.sync_file(handle)
        os.close(handle)
        durable.sync_folder(path.parent)


def _deaf_sync(descriptor: int) -> None:
    with contextlib.suppress(OSError):
        os.fsync(descriptor)


def _home_not_synced(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


# ---- in which order ------------------------------------------------------------------------------


def _put_row(vault: Vault, sealed: Sequence[SealedObject], table: int) -> list[Item]:
    items = [Item.of(each.header, each.row, MAIN, table) for each in sealed]
    with vault.catalogue.change():
        vault.catalogue.put(items)
    return items


def _row_before_object(vault: Vault, sealed: Sequence[SealedObject]) -> list[Item]:
    table = vault.epoch.compartments[MAIN].add([each.row for each in sealed])
    items = _put_row(vault, sealed, table)
    objects.place_objects(vault.home.objects, list(sealed))
    return items


def _row_before_key(vault: Vault, sealed: Sequence[SealedObject]) -> list[Item]:
    objects.place_objects(vault.home.objects, list(sealed))
    items = _put_row(vault, sealed, 1)
    vault.epoch.compartments[MAIN].add([each.row for each in sealed])
    return items


def _old_table_first(
    tables: KeyTables,
    rows: Sequence[KeyRow],
    *,
    replaces: tuple[int, ...] = (),
    forgotten: tuple[str, ...] = (),
    write: Callable[..., int] = KeyTables._write,
) -> int:
    tables._remove(replaces)
    return write(tables, rows, replaces=replaces, forgotten=forgotten)


def _no_tombstones(
    tables: KeyTables,
    newer: dict[str, KeyRow],
    gone: frozenset[str],
    write: Callable[..., int] = KeyTables._write,
) -> dict[str, int]:
    moved: dict[str, int] = {}
    for table in list(tables._loaded().values()):
        rows = [newer.get(row.item, row) for row in table.rows if row.item not in gone]
        if list(table.rows) != rows:
            number = write(tables, rows, replaces=(table.number,))
            moved.update(dict.fromkeys((row.item for row in rows), number))
    return moved


def _replaced_by_the_first(
    tables: KeyTables, write: Callable[..., int] = KeyTables._write
) -> dict[str, int]:
    small = [t for t in tables._loaded().values() if len(t.rows) < key_tables.ROWS]
    if len(small) <= key_tables._MANY_SMALL_TABLES:
        return {}
    rows = [row for table in small for row in table.rows]
    moved: dict[str, int] = {}
    old = tuple(table.number for table in small)
    for at in range(0, len(rows), key_tables.ROWS):
        part = rows[at : at + key_tables.ROWS]
        number = write(tables, part, replaces=() if at else old)
        moved.update(dict.fromkeys((row.item for row in part), number))
    return moved


def _object_gone_first(
    vault: Vault,
    items: Sequence[Item],
    forget: Callable[[Vault, Sequence[Item]], None] = Vault.forget,
) -> None:
    objects.remove_objects(vault.home.objects, [each.item for each in items])
    forget(vault, items)


def _old_checkpoint_first(
    vault: Vault, *, keep: int = 2, write: Callable[..., None] = Vault.write_checkpoint
) -> None:
    checkpoint.drop_old(vault.home.checkpoints, keep=-(10**6))
    write(vault, keep=keep)


def _no_new_checkpoint(
    vault: Vault, *, keep: int = 2, write: Callable[..., None] = Vault.write_checkpoint
) -> None:
    if keep > 1:
        write(vault, keep=keep)


def _old_epoch_first(home: Any, finish: Callable[..., None] = rekeying.finish) -> None:
    if rekeying.is_pending(home):
        rekeying._place_catalogue(rekeying._pending_folder(home) or Path(), home)
        rekeying._take_away(rekeying._pending_folder(home) or Path(), home)
    finish(home)


def _list_first(
    target: FolderTarget,
    name: str,
    source: Path,
    put: Callable[..., None] = FolderTarget.put_new,
    waiting: dict[str, Path] = {},  # noqa: B006 - lives as long as the fork does
) -> None:
    if name.startswith("objects/"):
        waiting[name] = source
        return
    put(target, name, source)
    if name.startswith("manifests/"):
        while waiting:
            put(target, *waiting.popitem())


def _part_named_early(
    target: FolderTarget, name: str, pieces: Iterable[bytes], size: int, _give: object
) -> None:
    final = target._root / name
    target._make(final.parent)
    folder_target._fill(final, pieces, size)
    folder_target._sync_folder(final.parent)


def _no_sync_in_sqlite(
    catalogue: Catalogue,
    key: bytes,
    *,
    create: bool,
    prepare: Callable[..., None] = Catalogue._prepare,
) -> None:
    prepare(catalogue, key, create=create)
    catalogue._connection.execute("PRAGMA synchronous = OFF")


def _no_reconciling(vault: Vault, *, rebuilt: bool = False) -> None:
    if rebuilt:
        reconcile.reconcile(vault, rebuilt=rebuilt)


def _bug(what: str, plant: Callable[[], None], *scenarios: str) -> Bug:
    return Bug(what, plant, scenarios)


_FIXED = _swap(
    durable,
    temporary=_same_name,
    create_exclusive=_not_exclusive,
    finish=_not_read_back,
)

BUGS = {
    "no fsync of files": _bug(
        "a name without its bytes", _swap(durable, sync_file=_nothing), "passphrase", "inbox"
    ),
    "no fsync of folders": _bug(
        "a name that never comes", _swap(durable, sync_folder=_nothing), "add"
    ),
    "object named before its fsync": _bug(
        "a listed item without its bytes",
        _all(
            _swap(objects, place_objects=_objects_synced_late), _swap(durable, sync_file=_nothing)
        ),
        "add",
    ),
    "written in place": _bug("half a letter", _swap(durable, write_file=_in_place), "inbox"),
    "short writes ignored": _bug(
        "half a file", _swap(durable, write_all=_written_once, finish=_not_read_back), "inbox"
    ),
    "failed fsync not heard": _bug(
        "said safe, and is not", _swap(durable, sync_file=_deaf_sync), "inbox"
    ),
    "temporary name used again": _bug("the tail of an older file", _FIXED, "inbox"),
    "home's own name not synced": _bug(
        "the whole vault is lost", _swap(durable, make_home=_home_not_synced), "init"
    ),
    "catalogue before object": _bug(
        "a row without an object", _swap(Vault, add=_row_before_object), "add"
    ),
    "catalogue before key": _bug("a row without a key", _swap(Vault, add=_row_before_key), "add"),
    "old key table removed first": _bug(
        "neither old nor new", _swap(KeyTables, _write=_old_table_first), "label"
    ),
    "small tables replaced too early": _bug(
        "keys in no table", _swap(KeyTables, merge_small=_replaced_by_the_first), "merge"
    ),
    "catalogue not synced": _bug(
        "a torn catalogue", _swap(Catalogue, _prepare=_no_sync_in_sqlite), "label", "merge"
    ),
    "old checkpoint removed first": _bug(
        "no checkpoint", _swap(Vault, write_checkpoint=_old_checkpoint_first), "checkpoint"
    ),
    "checkpoints still name what was forgotten": _bug(
        "a name is left", _swap(Vault, write_checkpoint=_no_new_checkpoint), "forget"
    ),
    "slots named before their contents": _bug(
        "a vault that nothing opens",
        _swap(creating, _NEW_SLOTS="slots", _name_slots=_nothing),
        "init",
    ),
    "object forgotten before its key": _bug(
        "a listed item without an object", _swap(Vault, forget=_object_gone_first), "forget"
    ),
    "forgotten without a tombstone": _bug(
        "a listed item without a key", _swap(KeyTables, rewrite=_no_tombstones), "forget"
    ),
    "epoch in force before its slots": _bug(
        "no passphrase opens it", _swap(rekeying, finish=_old_epoch_first), "rekey"
    ),
    "nothing put right after a crash": _bug(
        "half-done work stays", _swap(opening, reconcile=_no_reconciling), "recovery"
    ),
    "nothing swept": _bug("leftovers", _swap(durable, sweep=_nothing), "add"),
    "list before its objects": _bug(
        "a backup with holes", _swap(FolderTarget, put_new=_list_first), "first backup"
    ),
    "copied under its final name": _bug(
        "a backup with half a file", _swap(FolderTarget, _write=_part_named_early), "first backup"
    ),
    "backup's folders not synced": _bug(
        "a backup that never comes", _swap(folder_target, _sync_folder=_nothing), "first backup"
    ),
    "restored slots named first": _bug(
        "a vault without its items", _swap(restoring, _SLOTS_COMING="slots"), "restore"
    ),
}
