"""What lies in the database of fingerprints: its tables, and the changes that are made to them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import NamedTuple

from stillmine.app.storage.database import Database
from stillmine.errors import VaultDamaged
from stillmine.imaging import Sample, decoders
from stillmine.imaging.likeness import form

NAME = "fingerprints.db"
WHAT = f"watch/{NAME}"
_SCHEMA = 1
VERSION = 1000 * _SCHEMA + form.VERSION
"""Of the tables and of what lies in them; another one counts as empty."""

_NAMES = ("source", "sample", "derived", "state")
TABLES = (
    "".join(f"DROP TABLE IF EXISTS {name};" for name in _NAMES)
    + """
CREATE TABLE source (item TEXT PRIMARY KEY, problem TEXT, tried_with TEXT) WITHOUT ROWID;
CREATE TABLE sample (item TEXT NOT NULL, seconds REAL, frame INTEGER NOT NULL,
  fingerprint BLOB NOT NULL, sum BLOB NOT NULL);
CREATE INDEX sample_item ON sample (item, frame);
CREATE TABLE derived (part INTEGER PRIMARY KEY, generation INTEGER NOT NULL, content BLOB NOT NULL,
  sum BLOB NOT NULL);
CREATE TABLE state (generation INTEGER NOT NULL);
INSERT INTO state VALUES (0);
"""
)
_PART = 8 << 20  # bytes of the derived blob in one row: whoever reads it needs no second copy


class Taken(NamedTuple):
    """What came of looking at an item: samples, or the code that says why there are none."""

    item: str
    samples: tuple[Sample, ...]
    problem: str | None = None


def write(database: Database, taken: Sequence[Taken], is_kept: Callable[[str], bool]) -> None:
    """Put in what was taken of items that are still kept, in place of what was there."""
    with database.change():
        for each in taken:
            # Asked within the change: what is forgotten from now on waits until we are done.
            if not is_kept(each.item):
                continue
            _clear(database, each.item)
            tried_with = None if each.problem is None else decoders_today()
            database.do(
                "INSERT INTO source VALUES (?, ?, ?)", (each.item, each.problem, tried_with)
            )
            database.do_all(
                "INSERT INTO sample VALUES (?, ?, ?, ?, ?)",
                [(each.item, *sample, _sum(sample.fingerprint)) for sample in each.samples],
            )
        _count_change(database)


def remove(database: Database, items: Sequence[str]) -> None:
    """Take out items, and the derived blob, which may hold what was taken of them."""
    with database.change():
        for item in items:
            _clear(database, item)
        database.do("DELETE FROM derived")
        _count_change(database)


def generation(database: Database) -> int:
    """Return how many changes there were."""
    return int(database.rows("SELECT generation FROM state")[0][0])


def put_index(database: Database, made_from: int, content: bytes) -> None:
    """Put in the derived blob, if nothing changed since the generation that it was made from."""
    with database.change():
        if generation(database) != made_from:
            return
        database.do("DELETE FROM derived")
        for part, at in enumerate(range(0, max(1, len(content)), _PART)):
            piece = content[at : at + _PART]
            row = (part, made_from, piece, _sum(piece))
            database.do("INSERT INTO derived VALUES (?, ?, ?, ?)", row)


def samples(database: Database, item: str) -> list[tuple[float | None, bytes]]:
    """Return the seconds and the fingerprints of one item."""
    query = "SELECT seconds, fingerprint, sum FROM sample WHERE item = ? ORDER BY frame"
    return [(seconds, _whole(data, sum_)) for seconds, data, sum_ in database.rows(query, (item,))]


def index(database: Database) -> tuple[int, bytes] | None:
    """Return the derived blob with the generation that it was made from."""
    query = "SELECT generation, content, sum FROM derived ORDER BY part"
    parts = database.rows(query)
    whole = b"".join(_whole(content, sum_) for _generation, content, sum_ in parts)
    return (parts[0][0], whole) if parts else None


def _sum(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=16).digest()


def _whole(data: bytes, wanted: bytes) -> bytes:
    # Of a damaged page in the middle of a long value SQLCipher gives zeros and no error.
    if _sum(data) != wanted:
        raise VaultDamaged(what=WHAT)
    return data


def copy(database: Database, empty: Database) -> None:
    """Write all but the derived blob into another database, which is closed then."""
    try:
        empty.set_up(TABLES, VERSION)
        with empty.change():
            for (item,) in database.rows("SELECT item FROM source"):
                for table in ("source", "sample"):
                    found = database.rows(f"SELECT * FROM {table} WHERE item = ?", (item,))  # noqa: S608 - constants
                    if not found:  # a file that shows nothing has no samples
                        continue
                    marks = ",".join("?" * len(found[0]))
                    empty.do_all(f"INSERT INTO {table} VALUES ({marks})", found)  # noqa: S608 - constants
            empty.do("UPDATE state SET generation = ?", (generation(database) + 1,))
    finally:
        empty.close()


def decoders_today() -> str:
    """Return which decoders this computer has, in which version."""
    return ", ".join(f"{info.library} {info.version}" for info in decoders())


def _clear(database: Database, item: str) -> None:
    for table in ("source", "sample"):
        database.do(f"DELETE FROM {table} WHERE item = ?", (item,))  # noqa: S608 - constants


def _count_change(database: Database) -> None:
    database.do("UPDATE state SET generation = generation + 1")
