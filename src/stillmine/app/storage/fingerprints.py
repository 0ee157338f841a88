"""By what the items are recognised: an encrypted database of its own, beside the catalogue.

Its key opens no picture. Nothing in it is irreplaceable: whatever is missing, of another version or
damaged is made anew from the items. It goes into no checkpoint and no backup. A person who keeps
pictures never sees an error because of it; only forgetting insists that it was done.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from stillmine.app.home import Home
from stillmine.app.storage import durable
from stillmine.app.storage import fingerprint_rows as rows
from stillmine.app.storage.catalogue import Catalogue
from stillmine.app.storage.database import Database, Row
from stillmine.app.storage.fingerprint_rows import (
    NAME,
    TABLES,
    VERSION,
    WHAT,
    Taken,
    decoders_today,
)
from stillmine.app.storage.looks import Looks
from stillmine.app.storage.relearnable import Form, Relearnable
from stillmine.errors import (
    DiskFull,
    HomeReadOnly,
    StillmineError,
    VaultBusy,
    VaultDamaged,
    WriteFailed,
)
from stillmine.imaging import Kind, Problem, Sample

_CANNOT_WRITE = (DiskFull, HomeReadOnly, VaultBusy, WriteFailed)
# Why a file has no fingerprint that says nothing about the file.
_NOT_FOR_EVER = (Problem.NO_RECOGNISER.value, Problem.CANNOT_READ.value)

_Done = TypeVar("_Done")
Known = tuple[str, float | None, bytes]


class Fingerprints:
    """The fingerprints of one vault. What cannot be written is kept until this is closed."""

    def __init__(self, home: Home, key: bytes, epoch: int, catalogue: Catalogue) -> None:
        """Open nothing yet. `epoch` is the key epoch that the key belongs to."""
        self._home, self._key, self._epoch, self._catalogue = home, key, epoch, catalogue
        self._base = Relearnable(home, key, epoch, Form(NAME, WHAT, TABLES, VERSION))
        self._unsaved: dict[str, Taken] = {}

    def close(self) -> None:
        """Let go of the database."""
        self._base.close()

    def put(self, item: str, samples: Sequence[Sample], problem: str | None = None) -> None:
        """Keep the samples of one item, or why there are none; see `put_all`."""
        self.put_all([Taken(item, tuple(samples), problem)])

    def put_all(self, taken: Iterable[Taken]) -> None:
        """Keep what was taken of items, in one change. Items that were forgotten are left out."""
        lasting = [each for each in taken if each.problem not in _NOT_FOR_EVER]
        if not lasting:
            return
        try:
            self._base.do(lambda database: self._write(database, lasting))
        except _CANNOT_WRITE:
            # The disk is full, or the home on a disk that cannot be written: it serves until then.
            self._unsaved.update((each.item, each) for each in lasting)

    def all(self) -> Iterator[Known]:
        """Yield every item's number, the seconds (None for a still) and the fingerprint.

        All of one item come together. Raises VaultDamaged where a page is found to be bad on the
        way: it was all made empty then, and whoever asked has to fill it and begin again.
        """
        query = "SELECT item FROM source WHERE problem IS NULL ORDER BY item"
        nothing: list[Row] = []
        for (item,) in self._read(lambda database: database.rows(query), nothing):
            for seconds, fingerprint in self.of(item):
                yield item, seconds, fingerprint
        for each in list(self._unsaved.values()):
            for sample in each.samples:
                yield each.item, sample.seconds, sample.fingerprint

    def of(self, item: str) -> list[tuple[float | None, bytes]]:
        """Return the seconds and the fingerprints of one item. Raises VaultDamaged as `all`."""
        return self._read(lambda database: rows.samples(database, item), [])

    def missing(self) -> list[str]:
        """Return the items that were not looked at yet, with what this computer has today.

        An item of which none could be made is tried again when a decoder was added or renewed.
        """
        try:
            known = self._base.do(
                lambda database: database.rows("SELECT item, problem, tried_with FROM source")
            )
        except _CANNOT_WRITE:
            known = []
        today = decoders_today()
        tried = {item for item, problem, with_ in known if problem is None or with_ == today}
        wanted = self._catalogue.names(besides=Kind.DOCUMENT.value)
        return sorted(wanted - tried - self._unsaved.keys())

    def forget(self, items: Sequence[str]) -> None:
        """Remove every trace of these items; durable when this returns."""
        for item in items:
            self._unsaved.pop(item, None)
        if self._base.path.exists() and self._base.is_ours:
            self._base.do(lambda database: rows.remove(database, items))
        # What looks know of them lies under the same key.
        with contextlib.closing(Looks(self._home, self._key, self._epoch)) as looks:
            looks.forget(items)

    @property
    def generation(self) -> int:
        """A number that grows with every change, by which a ready index is known to be in step."""
        try:
            found: int = self._base.do(rows.generation)
        except _CANNOT_WRITE:
            return 0
        return found + len(self._unsaved)

    def index(self) -> tuple[int, bytes] | None:
        """Return the derived blob and the generation it was made from, or None."""
        try:
            return self._base.do(rows.index)
        except _CANNOT_WRITE:
            return None

    def keep_index(self, generation: int, content: bytes) -> None:
        """Keep a derived blob, in place of the older one, if nothing changed since `generation`."""
        with contextlib.suppress(*_CANNOT_WRITE):
            self._base.do(lambda database: rows.put_index(database, generation, content))

    def copy_to(self, path: Path, key: bytes) -> None:
        """Write all of it into a new database under another key; leave out what cannot be copied.

        Where that fails, those under the old key are removed: the new ones are made anew.
        """
        if not self._base.path.exists():
            return
        try:
            self._base.do(
                lambda database: rows.copy(database, Database(path, key, what=WHAT, create=True))
            )
        except StillmineError:
            for suffix in ("", "-journal"):
                durable.remove(path.with_name(path.name + suffix))
            self._base.drop()

    # Inside

    def _read(self, work: Callable[[Database], _Done], nothing: _Done) -> _Done:
        """Read something; a database that cannot be had is like an empty one, a damaged one not."""
        try:
            return work(self._base.opened())
        except VaultDamaged:
            self._base.drop()
            raise
        except _CANNOT_WRITE:
            return nothing

    def _write(self, database: Database, taken: list[Taken]) -> None:
        rows.write(database, taken, self._catalogue.has_item)
        for each in taken:
            self._unsaved.pop(each.item, None)
