"""A key epoch: the only part of the vault that is ever replaced.

It holds the compartments (sealed to the root key), the key tables of each compartment, and the key
of the inbox. Changing the root key makes a new epoch; the objects stay as they are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from stillmine.app.storage import twin
from stillmine.app.storage.key_table import ROWS, KeyRow
from stillmine.app.storage.key_tables import KeyTables
from stillmine.app.storage.root_key import RootKey
from stillmine.crypto import (
    HybridIdentity,
    X25519Identity,
    decrypt,
    encrypt,
    parse_identities,
)
from stillmine.errors import ItemForgotten, NotAnIdentity, VaultDamaged

MAIN = "main"
"""The compartment of every item, until the person asks for others."""

COMPARTMENTS = "compartments.age"
_NOT_COMPARTMENTS = (
    ValueError, KeyError, TypeError, AttributeError, RecursionError, NotAnIdentity,
)  # fmt: skip
INBOX = "inbox.age"


def epoch_folder(keys: Path, number: int) -> Path:
    """Return where the epoch with this number lies."""
    return keys / f"epoch-{number:04d}"


def epoch_numbers(keys: Path) -> list[int]:
    """Return the numbers of the epochs that were finished, the oldest first."""
    names = [entry.name for entry in keys.iterdir() if re.fullmatch(r"epoch-\d{4,}", entry.name)]
    return sorted(int(name.partition("-")[2]) for name in names)


def _opens_with(identity: X25519Identity) -> Callable[[bytes], bytes]:
    return lambda data: decrypt(data, [identity])


@dataclass(frozen=True, slots=True)
class Epoch:
    """The keys of an open vault."""

    folder: Path
    number: int
    unfinished: Path
    compartments: dict[str, KeyTables]
    inbox: tuple[HybridIdentity, ...]
    content_key: bytes = field(repr=False)

    @classmethod
    def create(
        cls,
        folder: Path,
        number: int,
        root: RootKey,
        *,
        older: Epoch | None = None,
        unfinished: Path,
    ) -> Epoch:
        """Write an epoch without items into an empty folder.

        From an older one it takes over the keys of the inbox, because what was sealed to them may
        still lie unread, and the key of the fingerprints, because items keep theirs.
        """
        inbox = (HybridIdentity.generate(), *(older.inbox if older else ()))
        names = tuple(older.compartments) if older else (MAIN,)
        keys = {name: X25519Identity.generate() for name in names}
        content_key = older.content_key if older else root.content_key
        text = "".join(
            f"# {json.dumps({'compartment': name, **_carried(older)})}\n{key}\n"
            for name, key in keys.items()
        )
        for name, content in ((COMPARTMENTS, text), (INBOX, "".join(f"{key}\n" for key in inbox))):
            sealed = encrypt(content.encode("ascii"), [root.identity.recipient])
            twin.write(folder / name, sealed, unfinished=unfinished)
        tables = {name: KeyTables(folder, name, key, unfinished) for name, key in keys.items()}
        return cls(folder, number, unfinished, tables, inbox, content_key)

    @classmethod
    def open(cls, keys: Path, root: RootKey, *, unfinished: Path) -> Epoch:
        """Open the epoch in force; raise VaultDamaged where the root key does not open it."""
        numbers = epoch_numbers(keys)
        if not numbers:
            raise VaultDamaged(what="keys")
        folder = epoch_folder(keys, numbers[-1])
        opened = _opens_with(root.identity)
        text = twin.read(folder / COMPARTMENTS, opened).decode("ascii")
        compartments = {
            name: KeyTables(folder, name, identity, unfinished)
            for name, identity in _compartments(text).items()
        }
        letterbox = parse_identities(twin.read(folder / INBOX, opened).decode("ascii"))
        inbox = tuple(key for key in letterbox if isinstance(key, HybridIdentity))
        if not inbox:
            raise VaultDamaged(what=INBOX)
        content_key = _content_key(text) or root.content_key
        return cls(folder, numbers[-1], unfinished, compartments, inbox, content_key)

    def paths(self) -> list[Path]:
        """Return the first copy of each key file in force: what a backup has to hold."""
        tables = [path for each in self.compartments.values() for path in each.paths()]
        return [self.folder / COMPARTMENTS, self.folder / INBOX, *tables]

    def rows(self) -> Iterator[tuple[str, int, KeyRow]]:
        """Yield the compartment, the table's number and the row of each item that has a key."""
        for name, tables in self.compartments.items():
            for number, row in tables.rows():
                yield name, number, row

    def row(self, compartment: str, number: int, item: str) -> KeyRow:
        """Return one item's row.

        Raises ItemForgotten where its key is gone for good, and VaultDamaged where the table that
        may hold it cannot be read: the two must never be confused.
        """
        found = self.compartments[compartment].row(number, item)
        if found is not None:
            return found
        if damaged := self.damaged_tables():
            raise VaultDamaged(what=", ".join(damaged))
        raise ItemForgotten(item=item)

    def find(self, item: str) -> KeyRow | None:
        """Return an object's row from whichever table holds it, or None."""
        return next((row for _name, _number, row in self.rows() if row.item == item), None)

    def damaged_tables(self) -> list[str]:
        """Return the names of tables of which no copy can be read."""
        return [name for each in self.compartments.values() for name in each.damaged()]

    def damaged_files(self, root: RootKey) -> list[str]:
        """Return the names of key files of which a copy is missing or not what was written."""
        opened = _opens_with(root.identity)
        return [
            *(n for n in (COMPARTMENTS, INBOX) if not twin.is_whole(self.folder / n, opened)),
            *(name for each in self.compartments.values() for name in each.not_whole()),
        ]

    def forgotten(self) -> set[str]:
        """Return the items whose key was forgotten and that may still lie on the disk."""
        return set().union(*(tables.forgotten() for tables in self.compartments.values()))

    def change(self, changed: Iterable[KeyRow]) -> dict[str, int]:
        """Replace rows by newer ones; return where the rows of the tables touched now lie."""
        newer = {row.item: row for row in changed}
        return self._each(lambda tables: tables.rewrite(newer, frozenset()))

    def forget(self, items: Iterable[str]) -> dict[str, int]:
        """Forget the keys of these items; return where the rows beside them now lie."""
        gone = frozenset(items)
        return self._each(lambda tables: tables.rewrite({}, gone))

    def merge_small(self) -> dict[str, int]:
        """Join small tables once there are many; return where their rows now lie."""
        return self._each(KeyTables.merge_small)

    def drop_tombstones(self, removed: frozenset[str]) -> dict[str, int]:
        """Stop naming items as forgotten once their objects are gone from the disk."""
        return self._each(lambda tables: tables.drop_tombstones(removed))

    def mend(self, root: RootKey) -> None:
        """Make both copies of every key file good again, and remove tables that were replaced."""
        opened = _opens_with(root.identity)
        for name in (COMPARTMENTS, INBOX):
            twin.mend(self.folder / name, opened, unfinished=self.unfinished)
        for tables in self.compartments.values():
            tables.mend()

    def take_over(self, older: Epoch) -> dict[str, int]:
        """Write the rows of an older epoch as full tables; return where they now lie."""
        moved: dict[str, int] = {}
        for name, tables in older.compartments.items():
            # By item: a merge that a crash cut short leaves the same row in two tables.
            rows = list({row.item: row for _number, row in tables.rows()}.values())
            for at in range(0, len(rows), ROWS):
                part = rows[at : at + ROWS]
                number = self.compartments[name].add(part)
                moved.update(dict.fromkeys((row.item for row in part), number))
        return moved

    def _each(self, work: Callable[[KeyTables], dict[str, int]]) -> dict[str, int]:
        moved: dict[str, int] = {}
        for tables in self.compartments.values():
            moved.update(work(tables))
        return moved


def _content_key(text: str) -> bytes | None:
    """Return the key of the fingerprints where an older epoch handed it down."""
    try:
        handed_down = json.loads(text.partition("\n")[0].removeprefix("# ")).get("content_key")
        return bytes.fromhex(handed_down) if handed_down else None
    except _NOT_COMPARTMENTS as problem:
        raise VaultDamaged(what=COMPARTMENTS) from problem


def _carried(older: Epoch | None) -> dict[str, str]:
    return {"content_key": older.content_key.hex()} if older else {}


def _compartments(text: str) -> dict[str, X25519Identity]:
    lines = text.splitlines()
    try:
        names = [json.loads(line.removeprefix("# "))["compartment"] for line in lines[::2]]
        keys = [X25519Identity.from_string(line) for line in lines[1::2]]
        return dict(zip(names, keys, strict=True))
    except _NOT_COMPARTMENTS as problem:
        raise VaultDamaged(what=COMPARTMENTS) from problem
