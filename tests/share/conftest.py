"""People with vaults who hand things to each other; every action is one call."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
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
from stillmine.crypto import PersonalKey
from stillmine.errors import NoPassphrase
from stillmine.keep import add, rekey, setup, ways_in
from stillmine.share import contents, key, opening, people, seal
from stillmine.share.manifest import Manifest, sign
from stillmine.share.seal import Seal

PHRASE = "Größe und Wärme im März"


@dataclass
class Person:
    """Somebody at the keyboard: what they type, and the clock on their wall."""

    folder: Path
    phrase: str = PHRASE
    clock: datetime = datetime(2026, 5, 1, 12, tzinfo=UTC)
    job: Job = field(default_factory=Job)
    words: tuple[str, ...] = ()
    secrets: dict[str, str] = field(default_factory=dict)

    def passphrase(self) -> str:
        return self.phrase

    def device_key(self) -> Path | None:
        return None

    def secret(self, kind: str, question: str = "") -> str:
        if kind not in self.secrets:
            raise NoPassphrase(secret=kind, variable="NONE")
        return self.secrets[kind]

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

    def keeps(self, *paths: Path) -> tuple[str, ...]:
        return tuple(each.item for each in self.does(add.add, add.AddRequest(paths)).added)

    def key(self, **more: Any) -> key.KeyAnswer:
        return self.does(key.key, key.KeyRequest(**more))

    def adds(self, name: str, line: str) -> people.PersonAnswer:
        return self.does(people.add_person, people.AddPersonRequest(name, line))

    def compares(self, name: str) -> people.VerifyPersonAnswer:
        return self.does(people.verify_person, people.VerifyPersonRequest(name, same=True))

    def opens(self, file: Path, **more: Any) -> opening.OpenAnswer:
        return self.does(opening.open_, opening.OpenRequest(file, **more))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys in no time: that a real one takes a second is another test's business."""
    _derive_in_no_time(monkeypatch)


def _derive_in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (unlocking, setup, ways_in, rekey):
        monkeypatch.setattr(module, "WORK_FACTOR", 1)
    monkeypatch.setattr(seal, "WORK_FACTOR", 8)


@pytest.fixture
def newcomer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], Person]]:
    """Bring people by name, who have no vault yet; what they left unlocked is locked at the end."""
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    there: list[Person] = []

    def bring(name: str) -> Person:
        person = Person(tmp_path / f"home of {name}")
        there.append(person)
        return person

    yield bring
    for person in there:
        keyholder.end(person.home)


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Person]:
    """Two people with a vault and a key each, made once: every test gets copies of them."""
    folder = tmp_path_factory.mktemp("settled")
    with pytest.MonkeyPatch.context() as patch:
        _derive_in_no_time(patch)
        patch.setenv("XDG_RUNTIME_DIR", str(folder))
        people = {name: Person(folder / name) for name in ("Ada", "Bo")}
        for person in people.values():
            person.sets_up()
            person.key()
    return people


def _copied(settled: Person, person: Person) -> Person:
    shutil.copytree(settled.folder, person.folder)
    person.words = settled.words
    return person


@pytest.fixture
def ada(settled: dict[str, Person], newcomer: Callable[[str], Person]) -> Person:
    return _copied(settled["Ada"], newcomer("Ada"))


@pytest.fixture
def bo(settled: dict[str, Person], newcomer: Callable[[str], Person]) -> Person:
    return _copied(settled["Bo"], newcomer("Bo"))


def stated(picture: bytes, by: PersonalKey, to: str, **more: Any) -> Manifest:
    """Return a right statement about a picture."""
    facts: dict[str, Any] = {
        "hand_over": "ab" * 16,
        "made": "2026-05-01T12:00:00+00:00",
        "by": str(by.contact()),
        "to": to,
        "file": "picture.jpg",
        "size": len(picture),
        "sha256": hashlib.sha256(picture).hexdigest(),
        **more,
    }
    return Manifest(**facts)


def sealed(way: Seal, picture: bytes, by: PersonalKey | None = None, **more: Any) -> bytes:
    """Return a hand-over, as its sender would write it."""
    by = by or PersonalKey.generate()
    statement = stated(picture, by, way.to, **more)
    return b"".join(way.pieces(contents.pack(statement, sign(statement, by.signing), picture)))
