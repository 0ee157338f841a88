"""A person with a vault, for whom every action is one call."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from stillmine.app import keyholder, unlocking
from stillmine.app.actions import Secret
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.jobs import Job
from stillmine.keep import add, rekey, setup, ways_in

PHRASE = "Größe und Wärme im März"


@dataclass
class Person:
    """Somebody at the keyboard: what they type, and the clock on their wall."""

    folder: Path
    phrase: str = PHRASE
    device: Path | None = None
    clock: datetime = datetime(2026, 5, 1, tzinfo=UTC)
    job: Job = field(default_factory=Job)
    words: tuple[str, ...] = ()

    def passphrase(self) -> str:
        return self.phrase

    def device_key(self) -> Path | None:
        return self.device

    @property
    def home(self) -> Home:
        return Home(self.folder)

    @property
    def context(self) -> Context:
        return Context(self.folder, self, self.job, now=lambda: self.clock)

    def does(self, run: Any, request: Any) -> Any:
        return run(self.context, request)

    def sets_up(self) -> setup.InitAnswer:
        answer = self.does(setup.init, setup.InitRequest(Secret(self.phrase)))
        self.words = answer.words
        return answer

    def keeps(self, *paths: Path, **more: str) -> add.AddAnswer:
        return self.does(add.add, add.AddRequest(tuple(paths), **more))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys in no time: that a real one takes a second is another test's business."""
    for module in (unlocking, setup, ways_in, rekey):
        monkeypatch.setattr(module, "WORK_FACTOR", 1)


@pytest.fixture
def newcomer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Person]:
    """Bring somebody who has no vault yet; what they left unlocked is locked at the end."""
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    person = Person(tmp_path / "home")
    yield person
    keyholder.end(person.home)


@pytest.fixture
def person(newcomer: Person) -> Person:
    newcomer.sets_up()
    return newcomer


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Make a folder with three small files that are no pictures, which is quick."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for name, content in (("Été à Zürich.txt", b"one"), ("b.txt", b"two" * 2000), ("c.txt", b"3")):
        (folder / name).write_bytes(content)
    return folder
