"""The catalogue: an encrypted database of what is in the vault.

Nothing here is irreplaceable: it can be rebuilt from the key tables and the objects.
"""

from __future__ import annotations

import contextlib
import gc
import json
from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any

from stillmine.app.storage.database import Database, Row
from stillmine.app.storage.item import EVERYTHING, Chosen, Item, Kept, Listed, SealedRecord
from stillmine.app.storage.schema import SCHEMA, SQL, TABLES
from stillmine.errors import VaultDamaged, VaultTooNew

NAME = "catalogue.db"
_LISTED = "item, name, kind, format, size, label, added"
_ADDED = itemgetter(_LISTED.split(", ").index("added"))
_WHOLE = (
    "item, name, size, modified, added, label, kind, format, width, height, seconds, problem, "
    "lower(hex(digest)), lower(hex(sum)), stored, compartment, key_table"
)
_KEPT = "item, lower(hex(sum)), stored, compartment, key_table"
_SEALED = "item, kind, name, revision, value, lower(hex(sum)), stored, compartment, key_table"
_NEWEST_FIRST = "ORDER BY added DESC, number DESC LIMIT ?"
_NO_ALBUM: tuple[tuple[str, ...], ...] = ((),)


@contextlib.contextmanager
def no_garbage() -> Iterator[None]:
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
        """Open the catalogue; raise VaultDamaged where it is missing or not what was written.

        One of an older version counts as lost: it is made anew from the keys and the objects.
        """
        self.database = Database(path, key, what=NAME, create=create)
        try:
            if create:
                self.database.set_up(SQL, SCHEMA)
            if self.database.version > SCHEMA:
                raise VaultTooNew
            if self.database.version < SCHEMA:
                raise VaultDamaged(what=NAME)
        except BaseException:
            self.database.close()
            raise

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()

    def change(self) -> contextlib.AbstractContextManager[None]:
        """Group changes: all of them are durable together, or none happened."""
        return self.database.change()

    # Items

    def put(self, items: Iterable[Item]) -> None:
        """Add items, or replace what is said of them. Call within `change`."""
        do = self.database.do
        for item in items:
            do(
                "INSERT INTO item (item, name, kind, format, size, label, added) "
                "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (item) DO UPDATE SET name = "
                "excluded.name, kind = excluded.kind, format = excluded.format, size = "
                "excluded.size, label = excluded.label, added = excluded.added",
                (item.item, item.name, item.kind, item.format, item.size, item.label,
                 _in_64_bits(item.added)),
            )  # fmt: skip
            do(
                "INSERT OR REPLACE INTO detail VALUES ((SELECT number FROM item WHERE item = ?), "
                "?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (item.item, _in_64_bits(item.modified), item.width, item.height, item.seconds,
                 item.problem, bytes.fromhex(item.digest), bytes.fromhex(item.sum), item.stored,
                 item.compartment, item.table),
            )  # fmt: skip
            do("DELETE FROM album WHERE item = ?", (item.item,))
            self.database.do_all(
                "INSERT INTO album (album, item) VALUES (?, ?)",
                [(album, item.item) for album in item.albums],
            )

    def remove(self, items: Iterable[str]) -> None:
        """Take items and sealed records out. Call within `change`."""
        found = "(SELECT number FROM item WHERE item = ?)"
        for item in items:
            self.database.do(f"DELETE FROM detail WHERE number = {found}", (item,))  # noqa: S608 - constants
            for table in ("item", "album", "sealed_record"):
                self.database.do(f"DELETE FROM {table} WHERE item = ?", (item,))  # noqa: S608 - constants

    def move_keys(self, tables: dict[str, int]) -> None:
        """Say in which key table the keys of objects now lie. Call within `change`."""
        moved: list[tuple[object, ...]] = [(number, item) for item, number in tables.items()]
        self.database.do_all(
            "UPDATE detail SET key_table = ? "
            "WHERE number = (SELECT number FROM item WHERE item = ?)",
            moved,
        )
        self.database.do_all("UPDATE sealed_record SET key_table = ? WHERE item = ?", moved)

    def items(self, *, prefix: str = "", newest: int | None = None) -> list[Item]:
        """Return the items whose name in the vault starts with `prefix`, the newest first."""
        albums = self._albums()
        where, bounds = "", tuple[str, ...]()
        if prefix:
            where, bounds = "WHERE item >= ? AND item < ?", (prefix, prefix + "g")
        limit = -1 if newest is None else newest
        found = self.database.rows(
            f"SELECT {_WHOLE} FROM item JOIN detail USING (number) {where} {_NEWEST_FIRST}",  # noqa: S608 - constants
            (*bounds, limit),
        )
        with no_garbage():
            return [Item._make((*row, albums.get(row[0], ()))) for row in found]

    def listed(self, chosen: Chosen = EVERYTHING) -> list[Listed]:
        """Return what a list shows of the chosen items, the newest first."""
        rows = self._listed_rows(chosen)
        albums = self._albums([row[0] for row in rows] if chosen.newest is not None else None)
        make = Listed._make
        with no_garbage():
            return [
                make(row + ((albums[row[0]],) if row[0] in albums else _NO_ALBUM)) for row in rows
            ]

    def listed_by_name(self, items: Iterable[str]) -> dict[str, Listed]:
        """Return what a list shows of these few items, by their names; without their albums."""
        where = "WHERE item IN (SELECT value FROM json_each(?))"
        query = f"SELECT {_LISTED} FROM item {where}"  # noqa: S608 - constants
        rows = self.database.rows(query, (json.dumps([*items]),))
        return {row[0]: Listed._make((*row, ())) for row in rows}

    def _listed_rows(self, chosen: Chosen) -> list[Row]:
        where, values = chosen.where()
        columns = f"SELECT {_LISTED} FROM item {where}"  # noqa: S608 - constants
        if chosen.newest is not None:
            bounds = (*values, chosen.newest, chosen.skip)
            return self.database.rows(f"{columns} {_NEWEST_FIRST} OFFSET ?", bounds)
        # All of them: read in the order of the pages, which an index would jump about in, and
        # sorted here, where they are in order already unless the clock was set back.
        found = self.database.rows(f"{columns} ORDER BY number", values)
        found.sort(key=_ADDED)
        found.reverse()
        return found[chosen.skip :]

    def _albums(self, items: list[str] | None = None) -> dict[str, tuple[str, ...]]:
        """Return the albums of all items, or of these few."""
        few = "" if items is None else "WHERE item IN (SELECT value FROM json_each(?))"
        query = f"SELECT album, item FROM album {few} ORDER BY album"  # noqa: S608 - constants
        values = () if items is None else (json.dumps(items),)
        albums: dict[str, tuple[str, ...]] = {}
        for album, item in self.database.rows(query, values):
            albums[item] = (*albums.get(item, ()), album)
        return albums

    def albums(self) -> dict[str, int]:
        """Return the name of every album, and how many items are in it."""
        return dict(self.database.rows("SELECT album, count(*) FROM album GROUP BY album"))

    def kept(self) -> list[Kept]:
        """Return every object that the vault holds: the items, and then the sealed records."""
        return [
            Kept._make(row)
            for query in (
                f"SELECT {_KEPT} FROM item JOIN detail USING (number) ORDER BY number",  # noqa: S608 - constants
                f"SELECT {_KEPT} FROM sealed_record ORDER BY item",  # noqa: S608 - constants
            )
            for row in self.database.rows(query)
        ]

    def by_digest(self, digest: str) -> str | None:
        """Return the item with this content, if it is kept."""
        found = self.database.rows(
            "SELECT item FROM item JOIN detail USING (number) WHERE digest = ?",
            (bytes.fromhex(digest),),
        )
        return found[0][0] if found else None

    def has_item(self, item: str) -> bool:
        """Say whether this item is kept."""
        return bool(self.database.rows("SELECT 1 FROM item WHERE item = ?", (item,)))

    def has_size(self, size: int) -> bool:
        """Say whether an item of this size is kept: without one, a file cannot be a duplicate."""
        return bool(self.database.rows("SELECT 1 FROM item WHERE size = ? LIMIT 1", (size,)))

    def names(self, *, besides: str) -> set[str]:
        """Return the items that are not of one kind."""
        rows = self.database.rows("SELECT item FROM item WHERE kind <> ?", (besides,))
        return {item for (item,) in rows}

    def count(self, chosen: Chosen = EVERYTHING) -> int:
        """Return how many items there are, of all or of an album or a kind."""
        where, values = chosen.where()
        return int(self.database.rows(f"SELECT count(*) FROM item {where}", values)[0][0])  # noqa: S608 - constants

    # Sealed records: each is an object of its own; this is what they say, and where they lie

    def put_sealed(self, records: Iterable[SealedRecord]) -> None:
        """Add revisions of sealed records, or replace what is said of them. Within `change`."""
        self.database.do_all(
            "INSERT OR REPLACE INTO sealed_record VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (r.item, r.kind, r.name, r.revision, r.value, bytes.fromhex(r.sum), r.stored,
                 r.compartment, r.table)
                for r in records
            ],
        )  # fmt: skip

    def sealed(self, where: str = "1", values: tuple[object, ...] = ()) -> list[SealedRecord]:
        """Return revisions of sealed records, the older ones first."""
        return [
            SealedRecord._make(row)
            for row in self.database.rows(
                f"SELECT {_SEALED} FROM sealed_record WHERE {where} ORDER BY revision, item",  # noqa: S608 - constants
                values,
            )
        ]

    # Records: settings, backup places, what a long job did already

    def set_record(self, kind: str, name: str, value: object) -> None:
        """Keep one record as JSON. Call within `change`."""
        self.database.do(
            "INSERT OR REPLACE INTO record (kind, name, value) VALUES (?, ?, ?)",
            (kind, name, json.dumps(value)),
        )

    def remove_records(self, kind: str, name: str | None = None) -> None:
        """Remove one record, or all of a kind. Call within `change`."""
        if name is None:
            self.database.do("DELETE FROM record WHERE kind = ?", (kind,))
        else:
            self.database.do("DELETE FROM record WHERE kind = ? AND name = ?", (kind, name))

    def record(self, kind: str, name: str) -> Any:
        """Return one record, or None."""
        query = "SELECT value FROM record WHERE kind = ? AND name = ?"
        found = self.database.rows(query, (kind, name))
        return from_json(found[0][0]) if found else None

    def records(self, kind: str) -> dict[str, Any]:
        """Return all records of a kind, by name."""
        query = "SELECT name, value FROM record WHERE kind = ? ORDER BY name"
        return {name: from_json(value) for name, value in self.database.rows(query, (kind,))}

    # Whole

    def check(self) -> list[str]:
        """Return what is wrong with the pages of the database, page by page."""
        return self.database.check()

    def dump(self) -> Iterator[tuple[str, list[Row]]]:
        """Yield each table's name and all its rows, for a checkpoint."""
        for table in TABLES:
            yield table, self.database.rows(f"SELECT * FROM {table}")  # noqa: S608 - constants

    def load(self, tables: Iterable[tuple[str, list[Row]]]) -> None:
        """Put the rows of a checkpoint into an empty catalogue. Call within `change`."""
        for table, rows in tables:
            if rows:
                marks = ",".join("?" * len(rows[0]))
                self.database.do_all(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - constants


def from_json(text: str) -> Any:
    """Return a value that was kept as JSON. Raises VaultDamaged for what was never written.

    Of a damaged page in the middle of a long value SQLCipher gives zeros and no error, and a zero
    stands nowhere in JSON.
    """
    try:
        return json.loads(text)
    except ValueError as problem:
        raise VaultDamaged(what=NAME) from problem


def _in_64_bits(nanoseconds: int) -> int:
    # Disks hold times that SQLite cannot, before 1677 and after 2262; the item has them exactly.
    return max(-(1 << 63), min(nanoseconds, (1 << 63) - 1))
