"""Somebody with a vault, and the actions they can ask for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest

from stillmine.act.case import adding, custody, importing, listing, opening
from stillmine.app import unlocking
from stillmine.app.actions import Secret
from stillmine.app.context import Context
from stillmine.app.jobs import Job
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import NoPassphrase
from stillmine.keep import setup

PHRASE = "four plain words here"
_Person = TypeVar("_Person", bound="Person")


@dataclass
class Person:
    """Somebody at the keyboard, and the clock on their wall."""

    folder: Path
    clock: datetime = datetime(2026, 11, 22, 12, tzinfo=UTC)
    job: Job = field(default_factory=Job)
    asked_for: int = 0
    agrees: bool = False

    def passphrase(self) -> str:
        self.asked_for += 1
        return PHRASE

    def device_key(self) -> Path | None:
        return None

    def secret(self, kind: str, question: str = "") -> str:
        raise NoPassphrase(secret=kind, variable="NONE")

    @property
    def context(self) -> Context:
        return Context(
            self.folder, self, self.job, now=lambda: self.clock, agreed_to_send=self.agrees
        )

    def new(self, country: str = "GB", **more: Any) -> opening.NewCaseAnswer:
        asked = {"under_18": "no", **more}
        return opening.new(self.context, opening.NewCaseRequest(country, **asked))

    def case(self, **more: Any) -> str:
        """Open a case; return its name."""
        name = self.new(**more).case
        assert name is not None
        return name

    def add(self, case: str, *addresses: str, **more: Any) -> adding.AddAnswer:
        return adding.add(self.context, adding.AddRequest(case, addresses, **more))

    def hand_in(self, case: str, *files: Path, **more: Any) -> importing.ImportAnswer:
        asked = {"no_stamp": True, **more}
        return importing.import_files(self.context, importing.ImportRequest(case, files, **asked))

    def show(self, case: str) -> listing.ShowAnswer:
        return listing.show(self.context, listing.ShowRequest(case))

    def list(self, **more: Any) -> tuple[listing.ListedCase, ...]:
        return listing.list_cases(self.context, listing.ListRequest(**more)).cases

    def log(self, case: str, **more: Any) -> custody.CustodyAnswer:
        return custody.custody(self.context, custody.CustodyRequest(case, **more))

    def looks(self, work: Callable[[Vault], Any], *, writing: bool = False) -> Any:
        with unlocked(self.context, writing=writing) as vault:
            return work(vault)


def with_vault(person: _Person, monkeypatch: pytest.MonkeyPatch) -> _Person:
    """Return a person who has an empty vault now, which opens fast."""
    monkeypatch.setattr(unlocking, "WORK_FACTOR", 2)
    monkeypatch.setattr("stillmine.keep.setup.WORK_FACTOR", 2)
    setup.init(person.context, setup.InitRequest(Secret(PHRASE)))
    return person


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Give a person who has an empty vault."""
    return with_vault(Person(tmp_path / "home"), monkeypatch)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Give a folder for files that people have."""
    folder = tmp_path / "desk"
    folder.mkdir()
    return folder
