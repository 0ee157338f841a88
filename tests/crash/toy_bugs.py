"""Mistakes to plant in the very small store: the harness must find each of them."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

from . import toy_store
from .scenario import Bug
from .toy_store import Store

DELETE = "journal_mode = DELETE"


def _swap(owner: object, **new: object) -> Callable[[], None]:
    def plant() -> None:
        for name, value in new.items():
            setattr(owner, name, value)

    return plant


def _put_with(*order: str) -> Callable[[Path, bytes], None]:
    """Return a `put` that does its parts in another order, or leaves some out."""

    def put_wrong(path: Path, data: bytes) -> None:
        part = toy_store.fresh_name(path)
        handle = toy_store.create(part)
        toy_store.write_all(handle, data)
        moves: dict[str, Callable[[], object]] = {
            "fsync": lambda: os.fsync(handle),
            "rename": lambda: part.replace(path),
            "folder": lambda: toy_store.sync_folder(path.parent),
        }
        for move in order:
            moves[move]()
        os.close(handle)

    return put_wrong


def _put_in_place(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    toy_store.write_all(handle, data)
    os.fsync(handle)
    os.close(handle)
    toy_store.sync_folder(path.parent)


def _put_deaf(path: Path, data: bytes) -> None:
    part = toy_store.fresh_name(path)
    handle = toy_store.create(part)
    try:
        toy_store.write_all(handle, data)
        os.fsync(handle)
    except OSError:
        pass  # the mistake: what the disk said is not listened to
    finally:
        os.close(handle)
    part.replace(path)
    toy_store.sync_folder(path.parent)


def _rekey_after_unlink(store: Store, keys: dict[str, str]) -> None:
    (store.home / "keys").unlink(missing_ok=True)
    toy_store.put(store.home / "keys", json.dumps(keys).encode())


def _row_first(store: Store, name: str, data: bytes) -> None:
    store._row(name, data)
    store._object(name, data)


def _object_dropped_first(store: Store, name: str) -> None:
    store._drop_object(name)
    store._drop_row(name)


def _row_never_committed(store: Store, name: str, data: bytes) -> None:
    if not store.db.in_transaction:
        store.db.execute("BEGIN IMMEDIATE")
    row = (name, hashlib.sha256(data).hexdigest())
    store.db.execute("INSERT OR REPLACE INTO item VALUES (?, ?)", row)


def _close_commits(store: Store) -> None:
    if store.db.in_transaction:
        store.db.execute("COMMIT")
    store.db.close()


def _plant_no_sync_above() -> None:
    _swap(
        toy_store,
        sync_folder=lambda path: None if (path / "home").exists() else toy_store.sync(path),
    )()


def _plant_late_commit() -> None:
    _swap(Store, _row=_row_never_committed, close=_close_commits)()


def _plant_fixed_names() -> None:
    def not_new(path: Path) -> int:
        return os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)

    def no_cleaning(store: Store, home: Path, first: Callable[..., None] = Store.__init__) -> None:
        with patch.object(Path, "glob", lambda *_: iter(())):
            first(store, home)

    _swap(toy_store, fresh_name=lambda path: path.with_name("part"), create=not_new)()
    _swap(Store, __init__=no_cleaning)()


ADD, FORGET, REKEY, INIT = ("add",), ("forget",), ("rekey",), ("init",)


def _put(what: str, *order: str) -> Bug:
    where = REKEY if order[-1] == "fsync" else ADD
    return Bug(what, _swap(toy_store, put=_put_with(*order)), where)


def _pragmas(what: str, *pragmas: str) -> Bug:
    return Bug(what, _swap(toy_store, PRAGMAS=list(pragmas)), ADD)


BUGS = {
    "no fsync of the file": _put("the name may come before the bytes", "rename", "folder"),
    "no fsync of the folder": _put("the name may never come", "fsync", "rename"),
    "rename before fsync": _put("a name without bytes", "rename", "folder", "fsync"),
    "folder synced too early": _put("the name may never come", "fsync", "folder", "rename"),
    "no fsync at all": _put("nothing is durable", "rename"),
    "written in place": Bug("the old is gone too soon", _swap(toy_store, put=_put_in_place), REKEY),
    "deaf to I/O errors": Bug("a failed fsync is not heard", _swap(toy_store, put=_put_deaf), ADD),
    "short writes ignored": Bug("half a file", _swap(toy_store, write_all=os.write), ADD),
    "catalogue before object": Bug("a row without an object", _swap(Store, add=_row_first), ADD),
    "object dropped before its row": Bug(
        "a row without an object", _swap(Store, forget=_object_dropped_first), FORGET
    ),
    "old keys removed first": Bug(
        "neither old nor new", _swap(Store, rekey=_rekey_after_unlink), REKEY
    ),
    "said safe before the commit": Bug("the row may never come", _plant_late_commit, ADD),
    "temporary name used again": Bug("the tail of an older file", _plant_fixed_names, REKEY),
    "catalogue not synced": _pragmas("the row may never come", DELETE, "synchronous = OFF"),
    "journal's end not synced": _pragmas(
        "a journal that comes back undoes a commit", DELETE, "synchronous = FULL"
    ),
    "no journal": _pragmas("a torn catalogue", "journal_mode = OFF", "synchronous = EXTRA"),
    "home's own name not synced": Bug("the folder is lost", _plant_no_sync_above, INIT),
}
