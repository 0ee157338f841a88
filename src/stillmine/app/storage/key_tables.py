"""All key tables of one compartment: read when first needed, replaced when something changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from stillmine.app.storage import durable, twin
from stillmine.app.storage.key_table import ROWS, KeyRow, KeyTable, open_table, seal_table
from stillmine.crypto import X25519Identity
from stillmine.errors import VaultDamaged

_MANY_SMALL_TABLES = 8


@dataclass(slots=True)
class KeyTables:
    """The keys of one compartment. A table that another one replaces does not count any more."""

    folder: Path
    compartment: str
    identity: X25519Identity
    unfinished: Path
    _tables: dict[int, KeyTable] | None = None
    _damaged: tuple[int, ...] = ()

    def paths(self) -> list[Path]:
        """Return the first copy of each table in force."""
        return [self._path(number) for number in sorted(self._loaded())]

    def damaged(self) -> list[str]:
        """Return the names of the tables of which no copy can be read."""
        self._loaded()
        return [self._path(number).name for number in self._damaged]

    def not_whole(self) -> list[str]:
        """Return the names of the tables of which a copy is missing or not what was written."""
        paths = [self._path(number) for number in (*self._loaded(), *self._damaged)]
        return [path.name for path in paths if not twin.is_whole(path, self._accept)]

    def rows(self) -> Iterator[tuple[int, KeyRow]]:
        """Yield each row with the number of its table."""
        for number, table in self._loaded().items():
            for row in table.rows:
                yield number, row

    def forgotten(self) -> set[str]:
        """Return the items whose key was forgotten and that may still lie on the disk."""
        return {item for table in self._loaded().values() for item in table.forgotten}

    def row(self, number: int, item: str) -> KeyRow | None:
        """Return one item's row: from the table the catalogue names, or from wherever it lies."""
        if self._tables is None:
            table = self._read(number)
            for row in table.rows if table else ():
                if row.item == item:
                    return row
        return next((row for _number, row in self.rows() if row.item == item), None)

    def add(self, rows: Sequence[KeyRow]) -> int:
        """Write a new table with these rows; durable on return. Returns its number."""
        return self._write(rows)

    def rewrite(self, newer: dict[str, KeyRow], gone: frozenset[str]) -> dict[str, int]:
        """Put newer rows in place of older ones and leave out those that are gone.

        From the moment a table without a row is durable, nobody can open that row's item.
        Returns where every row of the tables touched now lies.
        """
        moved: dict[str, int] = {}
        for table in list(self._loaded().values()):
            touched = {row.item for row in table.rows} & (newer.keys() | gone)
            if not touched:
                continue
            rows = [newer.get(row.item, row) for row in table.rows if row.item not in gone]
            tombstones = (*table.forgotten, *sorted(touched & gone))
            number = self._write(rows, replaces=(table.number,), forgotten=tombstones)
            moved.update(dict.fromkeys((row.item for row in rows), number))
        return moved

    def merge_small(self) -> dict[str, int]:
        """Join small tables once there are many of them; return where their rows now lie."""
        small = [table for table in self._loaded().values() if len(table.rows) < ROWS]
        if len(small) <= _MANY_SMALL_TABLES:
            return {}
        moved: dict[str, int] = {}
        # By item: a merge that a crash cut short leaves the same row in two tables.
        rows = list({row.item: row for table in small for row in table.rows}.values())
        parts = [rows[at : at + ROWS] for at in range(0, len(rows), ROWS)]
        *first, last = parts or [[]]
        for part in first:
            moved.update(dict.fromkeys((row.item for row in part), self._write(part)))
        # Only the last one takes the place of the small ones: by then all the others are durable.
        tombstones = tuple(dict.fromkeys(item for table in small for item in table.forgotten))
        number = self._write(
            last, replaces=tuple(table.number for table in small), forgotten=tombstones
        )
        moved.update(dict.fromkeys((row.item for row in last), number))
        return moved

    def drop_tombstones(self, removed: frozenset[str]) -> dict[str, int]:
        """Stop naming items as forgotten once their objects are gone from the disk."""
        moved: dict[str, int] = {}
        for table in list(self._loaded().values()):
            if removed.intersection(table.forgotten):
                kept = tuple(item for item in table.forgotten if item not in removed)
                number = self._write(table.rows, replaces=(table.number,), forgotten=kept)
                moved.update(dict.fromkeys((row.item for row in table.rows), number))
        return moved

    def mend(self) -> None:
        """Make both copies of every table good again and remove what was replaced."""
        for number in self._loaded():
            twin.mend(self._path(number), self._accept, unfinished=self.unfinished)
        stale = self._numbers() - set(self._loaded()) - set(self._damaged)
        self._remove(stale)

    def _write(
        self,
        rows: Sequence[KeyRow],
        *,
        replaces: tuple[int, ...] = (),
        forgotten: tuple[str, ...] = (),
    ) -> int:
        tables = self._loaded()
        number = 1 + max((*self._numbers(), *tables), default=0)
        table = KeyTable(number, tuple(rows), replaces, forgotten)
        sealed = seal_table(table, self.identity.recipient)
        twin.write(self._path(number), sealed, unfinished=self.unfinished)
        tables[number] = table
        for old in replaces:
            del tables[old]
        self._remove(replaces)
        return number

    def _remove(self, numbers: Iterable[int]) -> None:
        removed = [self._path(number) for number in numbers]
        with durable.named_failures():
            for path in removed:
                twin.remove(path)
            if removed:
                durable.sync_folder(self.folder)

    def _path(self, number: int) -> Path:
        return self.folder / f"table-{self.compartment}-{number:08d}.age"

    def _numbers(self) -> set[int]:
        name = re.compile(rf"table-{re.escape(self.compartment)}-(\d{{8}})\.age(?:\.twin)?")
        found = (name.fullmatch(entry.name) for entry in self.folder.iterdir())
        return {int(match[1]) for match in found if match}

    @property
    def _accept(self) -> Callable[[bytes], KeyTable]:
        return lambda data: open_table(data, self.identity)

    def _read(self, number: int) -> KeyTable | None:
        try:
            return twin.read(self._path(number), self._accept)
        except VaultDamaged:
            return None

    def _read_all(self) -> dict[int, KeyTable | None]:
        while True:
            numbers = self._numbers()
            read = {number: self._read(number) for number in sorted(numbers)}
            # A writer may have replaced a table between being listed and being read.
            if None not in read.values() or numbers <= self._numbers():
                return read

    def _loaded(self) -> dict[int, KeyTable]:
        if self._tables is None:
            read = self._read_all()
            found = {number: table for number, table in read.items() if table is not None}
            replaced = {old for table in found.values() for old in table.replaces}
            self._damaged = tuple(n for n, t in read.items() if t is None and n not in replaced)
            self._tables = {n: table for n, table in found.items() if n not in replaced}
        return self._tables
