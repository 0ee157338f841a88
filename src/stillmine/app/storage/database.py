"""Open an encrypted database (SQLCipher), and give its failures their names.

AES-256 pages with an HMAC on each, keyed with raw key bytes. A rollback journal and not a
write-ahead log: every page reaches the disk through ordinary, ordered writes, which the crash tests
replay.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as sqlcipher

from stillmine.app.storage import durable
from stillmine.errors import DiskFull, HomeReadOnly, VaultBusy, VaultDamaged, WriteFailed

Row = tuple[Any, ...]
_BUSY_SECONDS = 10


@contextlib.contextmanager
def _named_failures(what: str) -> Iterator[None]:
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
        raise VaultDamaged(what=what) from problem


class Database:
    """An open database. `what` names it where it is damaged; `version` is its `user_version`."""

    def __init__(self, path: Path, key: bytes, *, what: str, create: bool = False) -> None:
        """Open it; raise VaultDamaged where it is missing or not what was written."""
        self._what = what
        if create == path.exists():
            raise VaultDamaged(what=what)
        if create:
            with durable.named_failures():
                os.close(durable.create_exclusive(path))  # for its owner only, as its journal then
        with _named_failures(what):
            self._connection = sqlcipher.connect(
                str(path), isolation_level=None, timeout=_BUSY_SECONDS, check_same_thread=False
            )
        try:
            with _named_failures(what):
                self._prepare(key)
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self, key: bytes) -> None:
        run = self._connection.execute
        run("PRAGMA cipher_log_level = NONE")  # damage is named by us; pages are nobody's to print
        run(f"PRAGMA key = \"x'{key.hex()}'\"")
        run("PRAGMA temp_store = MEMORY")  # no plain pages in temporary files
        run("PRAGMA secure_delete = ON")  # what is forgotten leaves no page behind
        # A commit is the removal of the journal; EXTRA alone makes that removal durable. Without it
        # a power cut could bring the journal back and undo what was confirmed.
        run("PRAGMA synchronous = EXTRA")
        (self.version,) = run("PRAGMA user_version").fetchone()

    def set_up(self, tables: str, version: int) -> None:
        """Make the tables of a new database, all of them or none."""
        with _named_failures(self._what):
            self._connection.executescript(
                f"BEGIN IMMEDIATE; {tables} PRAGMA user_version = {version}; COMMIT;"
            )
        self.version = version

    def copy_to(self, path: Path, key: bytes) -> None:
        """Write all of it into a new file under another key; durable when this returns.

        Nobody else changes it meanwhile. What is half at an error is left for the caller to remove.
        """
        with durable.named_failures():
            os.close(durable.create_exclusive(path))
        run = self._connection.execute
        with _named_failures(self._what):
            run("ATTACH DATABASE ? AS copy KEY ?", (str(path), f"x'{key.hex()}'"))
            try:
                run("PRAGMA copy.synchronous = EXTRA")
                run("BEGIN IMMEDIATE")
                run("SELECT sqlcipher_export('copy')").fetchall()
                run(f"PRAGMA copy.user_version = {self.version}")
                run("COMMIT")
            finally:
                with contextlib.suppress(sqlcipher.Error):
                    run("ROLLBACK")
                run("DETACH DATABASE copy")

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    @contextlib.contextmanager
    def change(self) -> Iterator[None]:
        """Group changes: all of them are durable together, or none happened."""
        with _named_failures(self._what):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlcipher.Error):
                    self._connection.execute("ROLLBACK")
                raise

    def do(self, statement: str, values: tuple[object, ...] = ()) -> None:
        """Carry out one statement. Call within `change`."""
        self._connection.execute(statement, values)

    def do_all(self, statement: str, rows: list[tuple[object, ...]]) -> None:
        """Carry out one statement for each row of values. Call within `change`."""
        self._connection.executemany(statement, rows)

    def rows(self, query: str, values: tuple[object, ...] = ()) -> list[Row]:
        """Return all rows that answer a question."""
        with _named_failures(self._what):
            found: list[Row] = self._connection.execute(query, values).fetchall()
            return found

    def check(self) -> list[str]:
        """Return what is wrong with the pages, page by page."""
        found = [row[0] for row in self.rows("PRAGMA cipher_integrity_check")]
        return found or [r[0] for r in self.rows("PRAGMA integrity_check") if r[0] != "ok"]
