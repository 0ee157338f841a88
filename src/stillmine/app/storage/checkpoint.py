"""Checkpoints: the catalogue as a plain SQLite image, sealed to the root key.

They go into backups and open with `age` and `sqlite3` alone. The image exists in memory only.
"""

from __future__ import annotations

import math
import re
import sqlite3
import time
from pathlib import Path

from stillmine.app.storage import durable
from stillmine.app.storage.catalogue import Catalogue
from stillmine.app.storage.root_key import RootKey
from stillmine.app.storage.schema import SCHEMA, TABLES, schema
from stillmine.app.storage.twin import NOT_GOOD
from stillmine.crypto import decrypt, encrypt
from stillmine.errors import VaultTooNew

_NAME = re.compile(r"(\d{4,})\.age")
_KEPT = 2


def numbers(folder: Path) -> list[int]:
    """Return the numbers of the checkpoints there are, the oldest first."""
    found = (_NAME.fullmatch(entry.name) for entry in folder.iterdir())
    return sorted(int(match[1]) for match in found if match)


def path_of(folder: Path, number: int) -> Path:
    """Return where a checkpoint lies."""
    return folder / f"{number:04d}.age"


def age(folder: Path) -> float:
    """Return how many seconds ago the newest checkpoint was written; infinite without one."""
    found = numbers(folder)
    if not found:
        return math.inf
    return time.time() - path_of(folder, found[-1]).stat().st_mtime


def write(folder: Path, catalogue: Catalogue, root: RootKey, *, unfinished: Path) -> Path:
    """Seal the catalogue as it is now, durably, and return where."""
    number = 1 + max(numbers(folder), default=0)
    image = sqlite3.connect(":memory:")
    try:
        image.executescript(schema())
        for table, rows in catalogue.dump():
            if rows:
                marks = ",".join("?" * len(rows[0]))
                image.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)  # noqa: S608 - constants
        image.commit()
        plain = image.serialize()
    finally:
        image.close()
    path = path_of(folder, number)
    sealed = encrypt(plain, [root.identity.recipient])
    durable.write_file(path, sealed, unfinished=unfinished)
    return path


def drop_old(folder: Path, *, keep: int = _KEPT) -> None:
    """Remove all but the newest checkpoints."""
    with durable.named_failures():
        stale = numbers(folder)[:-keep]
        for number in stale:
            durable.remove(path_of(folder, number))
        if stale:
            durable.sync_folder(folder)


def load_newest(folder: Path, catalogue: Catalogue, root: RootKey) -> int | None:
    """Fill an empty catalogue from the newest checkpoint that is whole; return its number."""
    for number in reversed(numbers(folder)):
        try:
            plain = decrypt(path_of(folder, number).read_bytes(), [root.identity])
        except (*NOT_GOOD, OSError):
            # An older one, and then the objects themselves, are there for exactly this.
            continue
        _load(plain, catalogue)
        return number
    return None


def _load(plain: bytes, catalogue: Catalogue) -> None:
    image = sqlite3.connect(":memory:")
    try:
        image.deserialize(plain)
        (version,) = image.execute("PRAGMA user_version").fetchone()
        if version > SCHEMA:
            raise VaultTooNew
        # Of an older version only what no object says: all the rest is read from the objects.
        tables = TABLES if version == SCHEMA else ("record",)
        with catalogue.change():
            catalogue.load(
                (table, image.execute(f"SELECT * FROM {table}").fetchall())  # noqa: S608 - constants
                for table in tables
            )
    finally:
        image.close()
