"""What looking for copies needs and learns: an encrypted database that works while all is locked.

Its key is made from the watch key and opens no picture. Nothing in it is irreplaceable: damaged, of
another version or lost, it is begun anew. It goes into no checkpoint and no backup. What a person
must not lose (places, findings) lies in the vault as sealed records.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from stillmine.app.home import Home
from stillmine.app.storage import durable, looks_keeping
from stillmine.app.storage import looks_rows as rows
from stillmine.app.storage.database import Database
from stillmine.app.storage.looks_rows import (
    Hit,
    HostPace,
    OwnSum,
    PlaceState,
    Saw,
    Step,
    Task,
    Trouble,
    Validated,
    WantedPlace,
)
from stillmine.app.storage.relearnable import Form, Relearnable
from stillmine.crypto import derive
from stillmine.errors import HomeReadOnly, StillmineError, VaultBusy, VaultDamaged

__all__ = [
    "Hit",
    "HostPace",
    "Looks",
    "OwnSum",
    "PlaceState",
    "Saw",
    "Step",
    "Task",
    "Trouble",
    "Validated",
    "WantedPlace",
]

_LOCK = "looks.lock"
_SUM_BYTES = 16
_Done = TypeVar("_Done")


class Looks:
    """The looks of one vault; needs the watch key only. To be used by one thread.

    Raises HomeReadOnly, DiskFull, WriteFailed where nothing can be written, and VaultBusy where the
    keys were replaced meanwhile. What is damaged is thrown away and begun anew: then there are no
    places until `prepare` is called again.
    """

    def __init__(self, home: Home, watch_key: bytes, epoch: int) -> None:
        """Open nothing yet. `epoch` is the key epoch that the key belongs to."""
        self._home = home
        key = derive(watch_key, "looks/database")
        form = Form(rows.NAME, rows.WHAT, rows.TABLES, rows.VERSION)
        self._base = Relearnable(home, key, epoch, form)
        self._usual_sum_key = derive(watch_key, "looks/sums")
        self._sum_key = b""

    @property
    def home(self) -> Home:
        """Where the vault lies: what is looked at never lies in it."""
        return self._home

    def close(self) -> None:
        """Let go of the database."""
        self._base.close()

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """Be the only look: two at once would ask sites twice as often. Raises VaultBusy."""
        with durable.named_failures():
            durable.make_folder(self._home.watch)
        lock = FileLock(self._home.watch / _LOCK, timeout=0, mode=0o600)
        try:
            lock.acquire()
        except Timeout as problem:
            raise VaultBusy from problem
        except OSError as problem:
            raise HomeReadOnly(home=os.fspath(self._home.root)) from problem
        try:
            yield
        finally:
            lock.release()

    # What the vault hands in, and takes out

    def prepare(
        self,
        places: Sequence[WantedPlace],
        own: Sequence[OwnSum] | None,
        told: Collection[str],
        names: Sequence[str] = (),
    ) -> None:
        """Take over what is looked at and for, in place of what was there.

        `told` are the keys of all findings that are known or were dismissed. `names` are the
        person's own names and handles, control of which was proven. A place that went away, or
        leads elsewhere now, leaves nothing behind; one that stayed goes on where it was. Without
        `own` the sums stay as they are; then nothing is written where all of it was known.
        """
        self._retried(lambda database: looks_keeping.prepare(database, places, own, told, names))

    def places(self) -> list[PlaceState]:
        """Return all places, and how far the looks at them are."""
        return self._retried(looks_keeping.places)

    def own(self) -> list[OwnSum]:
        """Return the sums of the person's files."""
        return self._retried(looks_keeping.own)

    def names(self) -> list[str]:
        """Return the person's own names and handles."""
        return self._retried(looks_keeping.names)

    def findings(self) -> list[tuple[str, str]]:
        """Return what was found and not handed over yet: its key, and what the engine wrote."""
        return self._retried(looks_keeping.findings)

    def handed_over(self, finding: str) -> None:
        """Note that a finding is safe elsewhere; it is never reported again."""
        self._retried(lambda database: looks_keeping.handed_over(database, finding))

    def was_told(self, finding: str) -> bool:
        """Say whether a finding is known, dismissed, or waits to be handed over."""
        return self._retried(lambda database: looks_keeping.was_told(database, finding))

    def existed(self, places: Collection[str]) -> list[Saw]:
        """Return when archives saw pages, by the latest look at these places."""
        return self._retried(lambda database: looks_keeping.existed(database, places))

    def troubles(self, places: Collection[str]) -> list[Trouble]:
        """Return what could not be looked at, by the latest look at these places."""
        return self._retried(lambda database: looks_keeping.troubles(database, places))

    def forget(self, items: Sequence[str]) -> None:
        """Remove every trace of these items; durable when this returns."""
        if self._base.path.exists() and self._base.is_ours:
            self._retried(lambda database: looks_keeping.forget(database, items))

    def copy_to(self, path: Path, watch_key: bytes) -> None:
        """Write all of it into a new database under another watch key, so that looking goes on.

        Where that cannot be done, as while a look is under way, it is begun anew: the old one goes.
        """
        if not self._base.path.exists():
            return
        key, sums = derive(watch_key, "looks/database"), ""
        try:
            with self.alone():
                sums = self._key_of_sums().hex()
                self._base.do(lambda database: rows.copy(database, path, key, sums))
        except StillmineError:
            with durable.named_failures():
                for suffix in ("", "-journal"):
                    durable.remove(path.with_name(path.name + suffix))
            self._base.drop()

    # What the engine needs

    def sum_of(self, *what: str | bytes) -> bytes:
        """Return a keyed sum of 16 bytes: without the key it says nothing about what it is of."""
        whole = hashlib.blake2b(
            digest_size=_SUM_BYTES, key=self._key_of_sums(), person=b"stillmine-looks"
        )
        for each in what:
            data = each.encode("utf-8", "surrogatepass") if isinstance(each, str) else each
            whole.update(len(data).to_bytes(8, "big") + data)
        return whole.digest()

    def use_generation(self, generation: str) -> None:
        """Drop what was seen and is nobody's of ours, unless it was compared with just these."""
        self._retried(lambda database: looks_keeping.use_generation(database, generation))

    def begin(self, place: str, now: float, tasks: Sequence[Task]) -> None:
        """Begin the look at a place anew: with these tasks, and without its older answers."""
        self._retried(lambda database: looks_keeping.begin(database, place, now, tasks))

    def ended(self, place: str, now: float) -> None:
        """Note that a place was looked at in one go."""
        self._retried(lambda database: looks_keeping.ended(database, place, now))

    def begin_anew(self) -> None:
        """Throw all of it away, because something in it is not what was written."""
        self._base.drop()

    @property
    def was_begun_anew(self) -> bool:
        """Say whether it was damaged, and begun anew since this was made."""
        return self._base.was_begun_anew

    def write(self, step: Step) -> None:
        """Make one step durable, all of it or nothing."""
        self._retried(lambda database: rows.write(database, step))

    def waiting(self) -> dict[str, int]:
        """Return how many tasks wait for each host."""
        return self._retried(looks_keeping.waiting)

    def places_waiting(self) -> set[str]:
        """Return the places of which something waits."""
        return self._retried(looks_keeping.places_waiting)

    def next_task(self, host: str, first: str, besides: Collection[int]) -> Task | None:
        """Return the oldest task for a host, of the sort `first` where there is one."""
        return self._retried(
            lambda database: looks_keeping.next_task(database, host, first, besides)
        )

    def task(self, once: bytes) -> Task | None:
        """Return what waits under a keyed sum."""
        return self._retried(lambda database: looks_keeping.task(database, once))

    def tasks_of(self, host: str) -> list[Task]:
        """Return all that waits for a host."""
        return self._retried(lambda database: looks_keeping.tasks_of(database, host))

    def pace(self, host: str) -> HostPace | None:
        """Return what is known of a host."""
        return self._retried(lambda database: looks_keeping.pace(database, host))

    def robots(self, origin: str) -> tuple[float, str] | None:
        """Return what a site asks of programs, and when it said so (seconds since 1970)."""
        return self._retried(lambda database: looks_keeping.robots(database, origin))

    def page(self, sum_: bytes) -> Validated | None:
        """Return by what a page is known to be unchanged, and what it showed."""
        return self._retried(lambda database: looks_keeping.page(database, sum_))

    def seen(self, sum_: bytes) -> Validated | None:
        """Return when something was seen that is nobody's of ours; None where it was not."""
        return self._retried(lambda database: looks_keeping.seen(database, sum_))

    def hits(self, sum_: bytes) -> list[Hit]:
        """Return what was recognised at an address."""
        return self._retried(lambda database: looks_keeping.hits(database, sum_))

    def met(self, place: str, sum_: bytes) -> bool:
        """Say whether something was asked for in this look at a place."""
        return self._retried(lambda database: looks_keeping.met(database, place, sum_))

    def others_here(self, host: str, item: str) -> bool:
        """Say whether another of the person's items was found at a host."""
        return self._retried(lambda database: looks_keeping.others_here(database, host, item))

    def count(self) -> int:
        """Return how many tasks wait."""
        return self._retried(looks_keeping.count)

    def counts(self, place: str) -> tuple[int, int]:
        """Return how many questions and pictures were queued for a place in this look."""
        return self._retried(lambda database: looks_keeping.counts(database, place))

    def prune(self, now: float) -> None:
        """Let go of the oldest of what grows from look to look."""
        self._retried(lambda database: rows.prune(database, now))

    # Inside

    def _key_of_sums(self) -> bytes:
        """Return the key of the sums: the one that came along with them, where keys were renewed.

        It lies in the database and not only in the watch key, because nobody can make the sums of
        what was seen anew: what they are of is known to nobody.
        """
        if not self._sum_key or self._base.was_begun_anew:
            kept = self._retried(looks_keeping.key_of_sums)
            self._sum_key = bytes.fromhex(kept) if kept else self._usual_sum_key
        return self._sum_key

    def _retried(self, work: Callable[[Database], _Done]) -> _Done:
        def checked(database: Database) -> _Done:
            try:
                return work(database)
            except json.JSONDecodeError as problem:
                raise VaultDamaged(what=rows.WHAT) from problem

        return self._base.do(checked)
