"""Steps of the real vault done wrong: in the wrong order, not waited for, or not at all."""

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
    durable,
    key_tables,
    objects,
    reconcile,
    rekeying,
)
from stillmine.app.storage.database import Database
from stillmine.app.storage.epoch import MAIN
from stillmine.app.storage.item import Item
from stillmine.app.storage.key_table import KeyRow
from stillmine.app.storage.key_tables import KeyTables
from stillmine.app.storage.objects import SealedObject
from stillmine.app.storage.vault import Vault


def swap(owner: object, **new: object) -> Callable[[], None]:
    def plant() -> None:
        for name, value in new.items():
            setattr(owner, name, value)

    return plant


def together(*plants: Callable[[], None]) -> Callable[[], None]:
    def plant() -> None:
        for each in plants:
            each()

    return plant


def nothing(*_: object, **__: object) -> None:
    return


# ---- how a file is written -----------------------------------------------------------------------


def objects_synced_late(_objects: Path, sealed: list[SealedObject]) -> None:
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


def not_read_back(descriptor: int, *_: object) -> None:
    durable.sync_file(descriptor)


def written_once(descriptor: int, data: bytes) -> None:
    os.write(descriptor, data)


def same_name(folder: Path, other: Callable[[Path], Path] = durable.temporary) -> Path:
    return folder / "draft.tmp" if folder.name == "inbox" else other(folder)


def not_exclusive(path: Path) -> int:
    return os.open(path, os.O_CREAT | os.O_RDWR, 0o600)


def in_place(path: Path, data: bytes, *, unfinished: Path) -> None:
    del unfinished
    with durable.named_failures():
        handle = os.open(path, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600)
        durable.write_all(handle, data)
        durable.sync_file(handle)
        os.close(handle)
        durable.sync_folder(path.parent)


def deaf_sync(descriptor: int) -> None:
    with contextlib.suppress(OSError):
        os.fsync(descriptor)


def home_not_synced(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


# ---- in which order ------------------------------------------------------------------------------


def put_row(vault: Vault, sealed: Sequence[SealedObject], table: int) -> list[Item]:
    items = [Item.of(each.header, each.row, MAIN, table) for each in sealed]
    with vault.catalogue.change():
        vault.catalogue.put(items)
    return items


def row_before_object(vault: Vault, sealed: Sequence[SealedObject]) -> list[Item]:
    table = vault.epoch.compartments[MAIN].add([each.row for each in sealed])
    items = put_row(vault, sealed, table)
    objects.place_objects(vault.home.objects, list(sealed))
    return items


def row_before_key(vault: Vault, sealed: Sequence[SealedObject]) -> list[Item]:
    objects.place_objects(vault.home.objects, list(sealed))
    items = put_row(vault, sealed, 1)
    vault.epoch.compartments[MAIN].add([each.row for each in sealed])
    return items


def old_table_first(
    tables: KeyTables,
    rows: Sequence[KeyRow],
    *,
    replaces: tuple[int, ...] = (),
    forgotten: tuple[str, ...] = (),
    write: Callable[..., int] = KeyTables._write,
) -> int:
    tables._remove(replaces)
    return write(tables, rows, replaces=replaces, forgotten=forgotten)


def no_tombstones(
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


def replaced_by_the_first(
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


def object_gone_first(
    vault: Vault,
    items: Sequence[Item],
    forget: Callable[[Vault, Sequence[Item]], None] = Vault.forget,
) -> None:
    objects.remove_objects(vault.home.objects, [each.item for each in items])
    forget(vault, items)


def older_value_first(
    vault: Vault,
    kind: str,
    name: str,
    revision: int,
    value: str,
    add: Callable[..., None] = Vault.add_record,
) -> None:
    older = vault.catalogue.sealed("kind = ? AND name = ?", (kind, name))
    if older:
        vault.forget_objects([each.item for each in older])
    add(vault, kind, name, revision, value)


def old_checkpoint_first(
    vault: Vault, *, keep: int = 2, write: Callable[..., None] = Vault.write_checkpoint
) -> None:
    checkpoint.drop_old(vault.home.checkpoints, keep=-(10**6))
    write(vault, keep=keep)


def no_new_checkpoint(
    vault: Vault, *, keep: int = 2, write: Callable[..., None] = Vault.write_checkpoint
) -> None:
    if keep > 1:
        write(vault, keep=keep)


def old_epoch_first(home: Any, finish: Callable[..., None] = rekeying.finish) -> None:
    if rekeying.is_pending(home):
        rekeying._place_catalogue(rekeying._pending_folder(home) or Path(), home)
        rekeying._take_away(rekeying._pending_folder(home) or Path(), home)
    finish(home)


def list_first(
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


def part_named_early(
    target: FolderTarget, name: str, pieces: Iterable[bytes], size: int, _give: object
) -> None:
    final = target._root / name
    target._make(final.parent)
    folder_target._fill(final, pieces, size)
    folder_target._sync_folder(final.parent)


def no_sync_in_sqlite(
    database: Database,
    key: bytes,
    prepare: Callable[..., None] = Database._prepare,
) -> None:
    prepare(database, key)
    database.rows("PRAGMA synchronous = OFF")


def no_reconciling(vault: Vault, *, rebuilt: bool = False) -> None:
    if rebuilt:
        reconcile.reconcile(vault, rebuilt=rebuilt)
