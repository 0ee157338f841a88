"""One run: look where a look is due, do what else was agreed to, tell the person, remember it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from stillmine.app import away
from stillmine.app.actions import Outcome
from stillmine.app.away import Choices, WatchKey, key_file
from stillmine.app.home import Home
from stillmine.app.jobs import Job
from stillmine.app.network import chosen_way
from stillmine.app.storage import durable
from stillmine.errors import (
    AlreadyLooking,
    HomeReadOnly,
    NoPlaces,
    NothingToCompare,
    StillmineError,
    Stopped,
)
from stillmine.scheduler.agreed import do_agreed
from stillmine.watch.alerting.chosen import read_chosen
from stillmine.watch.alerting.telling import is_news, tell_if_due
from stillmine.watch.enrolling.reminding import come_since
from stillmine.watch.looking.finding import Finding
from stillmine.watch.running import look_locked
from stillmine.watch.scheduling.last_run import DONE, LastRun, read_last_run, write_last_run
from stillmine.watch.scheduling.times import kept_times

_LOCK = "upkeep.lock"


def run(
    home: Home,
    key_path: Path,
    job: Job,
    *,
    now: bool = False,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> int:
    """Do what is due, and return the exit code of the contract. With `now`, a look is due.

    Raise NoVault, NotScheduled, WatchKeyExposed, WatchKeyOutdated, AlreadyLooking and Stopped.
    """
    home.require_vault()
    key = key_file.read(key_path)
    choices = away.read_choices(home, key)
    with _alone(home):
        # Before anything else: from here on nothing goes out by another way.
        chosen_way.choose(choices.proxy)
        return _Run(home, key, choices, job, clock).all(now=now)


@contextlib.contextmanager
def _alone(home: Home) -> Iterator[None]:
    with durable.named_failures():
        durable.make_folder(home.watch)
    lock = FileLock(home.watch / _LOCK, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout as problem:
        raise AlreadyLooking from problem
    except OSError as problem:
        raise HomeReadOnly(home=str(home.root)) from problem
    try:
        yield
    finally:
        lock.release()


class _Run:
    """What one run knows; what it has to remember is written after each part of it."""

    def __init__(
        self, home: Home, key: WatchKey, choices: Choices, job: Job, clock: Callable[[], datetime]
    ) -> None:
        self._home, self._key, self._choices, self._job = home, key, choices, job
        self._clock = clock
        self._last = read_last_run(home, key)

    def all(self, *, now: bool) -> int:
        code = 0
        if now or self._is_due():
            code = self._look()
        if not self._job.stop_asked:
            also = self._choices.schedule.get("also", [])
            agreed = do_agreed(self._home, self._job, also, self._last, self._clock, self._remember)
            code = code or agreed
        self._remind()
        self._tell()
        return code

    def _is_due(self) -> bool:
        moment, last = self._clock(), self._last
        if last.was_cut_off or (last.go_on_at is not None and last.go_on_at <= moment):
            return True
        times = kept_times(self._choices.schedule)
        return times is not None and times.is_due(moment.astimezone(), last.began)

    def _look(self) -> int:
        self._remember(replace(self._last, began=self._clock(), ended=None, code="", go_on_at=None))
        try:
            found = look_locked(
                self._home, self._key.key, self._key.epoch, self._job, heard=self._hear
            )
        except StillmineError as problem:
            self._end(problem.code)
            if isinstance(problem, (NoPlaces, NothingToCompare)):
                return int(Outcome.NOTHING_FOUND.value)
            return problem.exit_code
        self._end(Stopped.code if found.stopped else DONE, found.go_on_at)
        if found.stopped or found.problems or found.waiting:
            return int(Outcome.GAPS.value)
        return int((Outcome.DONE if found.findings else Outcome.NOTHING_FOUND).value)

    def _hear(self, finding: Finding) -> None:
        """Note at once that there is something to tell: this run may be killed at any moment."""
        if is_news([finding]) and not self._last.news:
            self._remember(replace(self._last, news=True))

    def _remind(self) -> None:
        """Note that there is something to look at, once for each moment that came."""
        at = come_since(self._choices.reminders.get("at"), self._last.reminded, self._clock())
        if at is not None:
            self._remember(replace(self._last, news=True, reminded=at))

    def _end(self, code: str, go_on_at: datetime | None = None) -> None:
        self._remember(replace(self._last, ended=self._clock(), code=code, go_on_at=go_on_at))

    def _tell(self) -> None:
        chosen = read_chosen(self._choices.alerts)
        after, _missed = tell_if_due(chosen, self._last, self._clock().astimezone())
        if after != self._last:
            self._remember(after)

    def _remember(self, last: LastRun) -> None:
        self._last = last
        write_last_run(self._home, self._key, last)
