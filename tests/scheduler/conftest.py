"""A vault that is watched for while it is locked, and the run that a timer starts."""

# ruff: noqa: F811  fixtures are imported, and then named by those who use them

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from stillmine.app import away, keyholder
from stillmine.app.away import WatchKey, key_file
from stillmine.app.jobs import Job
from stillmine.app.network import chosen_way
from stillmine.imaging import Decoder
from stillmine.scheduler.running import run
from stillmine.watch.alerting.chosen import Alert, Chosen, keep_chosen
from stillmine.watch.looking import engine
from stillmine.watch.preparing import prepare
from stillmine.watch.scheduling.last_run import LastRun, read_last_run
from tests.keep.conftest import _quick, newcomer  # noqa: F401  fixtures
from tests.servers.alerts import Services
from tests.watch.looking.looker import FastClock
from tests.watch.watching import Watcher, two_pictures

MORNING = datetime(2026, 5, 1, 8, 30, tzinfo=UTC)


@dataclass
class Away:
    """Somebody who locked the vault and went away; and the clock that the timer goes by."""

    watcher: Watcher
    clock: FastClock
    now: datetime = MORNING
    job: Job = field(default_factory=Job)

    @property
    def key_path(self) -> Path:
        return away.key_path(self.watcher.home)

    @property
    def key(self) -> WatchKey:
        return key_file.read(self.key_path)

    @property
    def last(self) -> LastRun:
        return read_last_run(self.watcher.home, self.key)

    def schedules(self, **more: Any) -> None:
        """Choose half past eight and half past eight, and what else is named."""
        with self.watcher.vault(writing=True) as vault, Decoder() as decoder:
            away.keep(vault, "schedule", {"minutes": [510, 1230], **more})
            away.hold(vault)
            prepare(vault, decoder, Job())

    def chooses(self, chosen: Chosen) -> None:
        with self.watcher.vault(writing=True) as vault:
            keep_chosen(vault, chosen)

    def runs(self, *, now: bool = False) -> int:
        return run(self.watcher.home, self.key_path, self.job, now=now, clock=lambda: self.now)

    def waits(self, **time: float) -> None:
        self.now += timedelta(**time)
        self.clock.forward += timedelta(**time).total_seconds()  # the clock of the look itself

    def command(self, *more: str) -> list[str]:
        place = ["--home", str(self.watcher.folder), "--key", str(self.key_path)]
        return [sys.executable, "-P", "-m", "stillmine.scheduler", *place, *more]

    def starts(self, *more: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(self.command(*more), capture_output=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Watcher:
    """Return a vault with two pictures, known by how they look: each test has a copy of it."""
    return two_pictures(tmp_path_factory.mktemp("kept"))


@pytest.fixture
def left(kept: Watcher, newcomer: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Away]:
    """Bring somebody who scheduled looks, locked the vault and went away."""
    monkeypatch.setenv("TZ", "UTC")
    shutil.copytree(kept.folder, newcomer.folder)
    clock = FastClock()
    monkeypatch.setattr(engine, "RealPulse", lambda: clock)
    yield Away(Watcher(newcomer.folder), clock)
    keyholder.end(newcomer.home)
    chosen_way.choose("")


@pytest.fixture
def services() -> Iterator[Services]:
    """Bring the services that take alerts, on loopback."""
    running = Services()
    yield running
    running.close()


def way_to(services: Services, number: str = "1") -> Alert:
    """Return a way to be told by them."""
    url = f"ntfy://127.0.0.1:{services.port}/topic"
    return Alert("ntfy", "127.0.0.1", services.port, secure=False, url=url, alert=number)


def said(services: Services) -> list[str]:
    """Return all that they were told so far."""
    return [each.said["message"] for each in services.taken]
