"""The catalogue: an encrypted database of what is in the vault.

SQLCipher (AES-256 pages, HMAC on each), keyed with raw key bytes. A rollback journal and not a
write-ahead log: every page reaches the disk through ordinary, ordered writes, which the crash tests
replay. Nothing here is irreplaceable: it can be rebuilt from the key tables and the objects.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from stillmine.app.storage import durable
from stillmine.app.storage.item import Item
from stillmine.errors import (
    DiskFull,
    HomeReadOnly,
    VaultBusy,
    VaultDamaged,
    VaultTooNew,
    WriteFailed,
)

SCHEMA = 1
_TABLES = """
CREATE TABLE item (
  item TEXT PRIMARY KEY, name BLOB NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
  added INTEGER NOT NULL, label TEXT NOT NULL, kind TEXT NOT NULL, format TEXT NOT NULL,
  width INTEGER, height INTEGER, seconds REAL, problem TEXT,
  digest TEXT NOT NULL, sum TEXT NOT NULL,
  stored INTEGER NOT NULL, compartment TEXT NOT NULL, key_table INTEGER NOT NULL
);
CREATE UNIQUE INDEX item_digest ON item (digest);
CREATE INDEX item_size ON item (size);
CREATE INDEX item_added ON item (added);
CREATE TABLE album (
  album TEXT NOT NULL, item TEXT NOT NULL, PRIMARY KEY (album, item)
) WITHOUT ROWID;
CREATE INDEX album_item ON album (item);
CREATE TABLE record (
  kind TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (kind, name)
) WITHOUT ROWID;
"""
_COLUMNS = (
    "item, name, size, modified, added, label, kind, format, width, height, seconds, problem, "
    "digest, sum, stored, compartment, key_table"
)
_ADDED = itemgetter(_COLUMNS.split(", ").index("added"))
_BUSY_SECONDS = 10


@contextlib.contextmanager
def _named_failures() -> Iterator[None]:
    try:
        yield
    except sqlcipher.OperationalError as problem:
        text = str(problem)
        if "full" in text:
            raise DiskFull from problem
        if "locked" in text:
            raise VaultBusy from problem
        if "readonly" in text:
            raise HomeReadOnly from problem
        raise WriteFailed(number=0) from problem
    except sqlcipher.DatabaseError as problem:
        # "file is not a database": the key is right by construction, so the pages are not.
        raise VaultDamaged(what="catalogue.db") from problem


@contextlib.contextmanager
def _no_garbage() -> Iterator[None]:
    """Leave the search for reference cycles until later: rows have none, and are very many."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()


class Catalogue:
    """An open catalogue. Every change is one transaction, durable when the call returns."""

    def __init__(self, path: Path, key: bytes, *, create: bool = False) -> None:
        """Open the catalogue; raise VaultDamaged where it is missing or not what was written."""
        if create == path.exists():
            raise VaultDamaged(what="catalogue.db")
        if create:
            with durable.named_failures():
                os.close(durable.create_exclusive(path))  # for its owner only, as its journal then
        with _named_failures():
            self._connection = sqlcipher.connect(
                str(path), isolation_level=None, timeout=_BUSY_SECONDS, check_same_thread=False
            )
        try:
            with _named_failures():
                self._prepare(key, create=create)
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self, key: bytes, *, create: bool) -> None:
        run = self._connection.execute
        run("PRAGMA cipher_log_level = NONE")  # damage is named by us; pages are nobody's to print
        run(f"PRAGMA key = \"x'{key.hex()}'\"")
        run("PRAGMA temp_store = MEMORY")  # no plain pages in temporary files
        run("PRAGMA secure_delete = ON")  # what is forgotten leaves no page behind
        # A commit is the removal of the journal; EXTRA alone makes that removal durable. Without it
        # a power cut could bring the journal back and undo what was confirmed.
        run("PRAGMA synchronous = EXTRA")
        if create:
            self._connection.executescript(
                f"BEGIN IMMEDIATE; {_TABLES} PRAGMA user_version = {SCHEMA}; COMMIT;"
            )
            return
        (version,) = run("PRAGMA user_version").fetchone()
        if version > SCHEMA:
            raise VaultTooNew
        if version < SCHEMA:
            raise VaultDamaged(what="catalogue.db")

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    @contextlib.contextmanager
    def change(self) -> Iterator[None]:
        """Group changes: all of them are durable together, or none happened."""
        with _named_failures():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlcipher.Error):
                    self._connection.execute("ROLLBACK")
                raise

    def _rows(self, query: str, values: Iterable[object] = ()) -> list[tuple[Any, ...]]:
        with _named_failures():
            found: list[tuple[Any, ...]] = self._connection.execute(query, tuple(values)).fetchall()
            return found

    # Items

    def put(self, items: Iterable[Item]) -> None:
        """Add items, or replace what is said of them. Call within `change`."""
        marks = ",".join("?" * len(_COLUMNS.split(",")))
        for item in items:
            self._connection.execute(
                f"INSERT OR REPLACE INTO item ({_COLUMNS}) VALUES ({marks})",  # noqa: S608 - constants
                _values(item),
            )
            self._connection.execute("DELETE FROM album WHERE item = ?", (item.item,))
            self._connection.executemany(
                "INSERT INTO album (album, item) VALUES (?, ?)",
                [(album, item.item) for album in item.albums],
            )

    def remove(self, items: Iterable[str]) -> None:
        """Take items out. Call within `change`."""
        for item in items:
            self._connection.execute("DELETE FROM item WHERE item = ?", (item,))
            self._connection.execute("DELETE FROM album WHERE item = ?", (item,))

    def move_keys(self, tables: dict[str, int]) -> None:
        """Say in which key table the keys of items now lie. Call within `change`."""
        self._connection.executemany(
            "UPDATE item SET key_table = ? WHERE item = ?",
            [(number, item) for item, number in tables.items()],
        )

    def items(self, *, prefix: str = "", newest: int | None = None) -> list[Item]:
        """Return the items whose name in the vault starts with `prefix`, the newest first."""
        albums: dict[str, tuple[str, ...]] = {}
        for album, item in self._rows("SELECT album, item FROM album ORDER BY album"):
            albums[item] = (*albums.get(item, ()), album)
        make, none = Item._make, ((),)
        with _no_garbage():
            return [
                make(row + ((albums[row[0]],) if row[0] in albums else none))
                for row in self._item_rows(prefix, newest)
            ]

    def _item_rows(self, prefix: str, newest: int | None) -> list[tuple[Any, ...]]:
        columns = f"SELECT {_COLUMNS} FROM item"  # noqa: S608 - constants
        order = "ORDER BY added DESC, rowid DESC LIMIT ?"
        limit = -1 if newest is None else newest
        if prefix:
            bounds = (prefix, prefix + "g")
            return self._rows(f"{columns} WHERE item >= ? AND item < ? {order}", (*bounds, limit))
        if newest is not None:
            return self._rows(f"{columns} {order}", (limit,))
        # All of them: read in the order of the pages, which an index would jump about in, and
        # sorted here, where they are in order already unless the clock was set back.
        found = self._rows(columns + " ORDER BY rowid")
        found.sort(key=_ADDED)
        found.reverse()
        return found

    def by_digest(self, digest: str) -> str | None:
        """Return the item with this content, if it is kept."""
        found = self._rows("SELECT item FROM item WHERE digest = ?", (digest,))
        return found[0][0] if found else None

    def has_size(self, size: int) -> bool:
        """Say whether an item of this size is kept: without one, a file cannot be a duplicate."""
        return bool(self._rows("SELECT 1 FROM item WHERE size = ? LIMIT 1", (size,)))

    def count(self) -> int:
        """Return how many items there are."""
        return int(self._rows("SELECT count(*) FROM item")[0][0])

    # Records: settings, backup places, what a long job did already

    def set_record(self, kind: str, name: str, value: object) -> None:
        """Keep one record as JSON. Call within `change`."""
        self._connection.execute(
            "INSERT OR REPLACE INTO record (kind, name, value) VALUES (?, ?, ?)",
            (kind, name, json.dumps(value)),
        )

    def remove_records(self, kind: str, name: str | None = None) -> None:
        """Remove one record, or all of a kind. Call within `change`."""
        if name is None:
            self._connection.execute("DELETE FROM record WHERE kind = ?", (kind,))
        else:
            self._connection.execute("DELETE FROM record WHERE kind = ? AND name = ?", (kind, name))

    def record(self, kind: str, name: str) -> Any:
        """Return one record, or None."""
        found = self._rows("SELECT value FROM record WHERE kind = ? AND name = ?", (kind, name))
        return json.loads(found[0][0]) if found else None

    def records(self, kind: str) -> dict[str, Any]:
        """Return all records of a kind, by name."""
        found = self._rows("SELECT name, value FROM record WHERE kind = ? ORDER BY name", (kind,))
        return {name: json.loads(value) for name, value in found}

    # Whole

    def check(self) -> list[str]:
        """Return what is wrong with the pages of the database, page by page."""
        with _named_failures():
            found = [row[0] for row in self._rows("PRAGMA cipher_integrity_check")]
            return found or [r[0] for r in self._rows("PRAGMA integrity_check") if r[0] != "ok"]

    def dump(self) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
        """Yield each table's name and all its rows, for a checkpoint."""
        for table in ("item", "album", "record"):
            yield table, self._rows(f"SELECT * FROM {table}")  # noqa: S608 - constants

    def load(self, tables: Iterable[tuple[str, list[tuple[Any, ...]]]]) -> None:
        """Put the rows of a checkpoint into an empty catalogue. Call within `change`."""
        for table, rows in tables:
            if rows:
                marks = ",".join("?" * len(rows[0]))
                self._connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - constants


def schema() -> str:
    """Return the SQL of the tables, which checkpoints share."""
    return f"{_TABLES} PRAGMA user_version = {SCHEMA};"


def _in_64_bits(nanoseconds: int) -> int:
    # Disks hold times that SQLite cannot, before 1677 and after 2262; the item has them exactly.
    return max(-(1 << 63), min(nanoseconds, (1 << 63) - 1))


def _values(item: Item) -> tuple[object, ...]:
    return (
        item.item, item.name, item.size, _in_64_bits(item.modified), _in_64_bits(item.added),
        item.label, item.kind,
        item.format, item.width, item.height, item.seconds, item.problem, item.digest, item.sum,
        item.stored, item.compartment, item.table,
    )  # fmt: skip
