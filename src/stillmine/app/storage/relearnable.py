"""A database that may be lost: damaged, gone or of another version, it is begun anew.

It lies beside the catalogue, under a key that belongs to one key epoch and opens no picture.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, TypeVar

from stillmine.app.home import Home
from stillmine.app.storage import durable
from stillmine.app.storage.database import Database
from stillmine.app.storage.epoch import epoch_numbers
from stillmine.errors import VaultBusy, VaultDamaged

_Done = TypeVar("_Done")


class Form(NamedTuple):
    """What a database is called, what it is in errors, and its tables in their version."""

    name: str
    what: str
    tables: str
    version: int


class Relearnable:
    """One such database. It is opened when it is first asked for something."""

    def __init__(self, home: Home, key: bytes, epoch: int, form: Form) -> None:
        """Open nothing yet. `epoch` is the key epoch that the key belongs to."""
        self._home, self._key, self._epoch, self._form = home, key, epoch, form
        self._database: Database | None = None
        self.was_begun_anew = False
        """Whether it was thrown away since this was made."""

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self._home.watch / self._form.name

    @property
    def is_ours(self) -> bool:
        """Whether the keys that we hold are still in force: if not, it is not ours to open."""
        return epoch_numbers(self._home.keys)[-1] == self._epoch

    def close(self) -> None:
        """Let go of it."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def do(self, work: Callable[[Database], _Done]) -> _Done:
        """Do something, and once more with an empty database where this one is damaged.

        Raises what a disk may refuse, and VaultBusy where the keys were replaced meanwhile. Work
        that finds something damaged itself raises VaultDamaged.
        """
        try:
            return work(self.opened())
        except VaultDamaged:
            self.drop()
            return work(self.opened())

    def opened(self) -> Database:
        """Return the open database, made where there is none. Raises as `do` does."""
        if self._database is None:
            if not self.is_ours:
                raise VaultBusy
            with durable.named_failures():
                durable.make_folder(self._home.watch)
                with contextlib.suppress(FileExistsError):
                    os.close(durable.create_exclusive(self.path))  # for its owner only
            database = Database(self.path, self._key, what=self._form.what)
            try:
                if database.version != self._form.version:
                    database.set_up(self._form.tables, self._form.version)
            except BaseException:
                database.close()
                raise
            self._database = database
        return self._database

    def drop(self) -> None:
        """Throw it away: it can be made anew."""
        self.was_begun_anew = True
        self.close()
        if self.is_ours:
            with durable.named_failures():
                for suffix in ("-journal", ""):
                    durable.remove(self.path.with_name(self._form.name + suffix))
                durable.sync_folder(self._home.watch)
