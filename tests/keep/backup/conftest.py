"""A person with a vault and a few pictures, and an empty place."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from stillmine.app import unlocking
from stillmine.keep import rekey, setup, ways_in
from stillmine.keep.backup import drill
from tests.keep.backup.person import Person
from tests.servers.places import Place

COST = 4


def cheapen(patch: pytest.MonkeyPatch) -> None:
    """Put a low work factor wherever new slots are made."""
    for module in (unlocking, setup, ways_in, rekey, drill):
        patch.setattr(module, "WORK_FACTOR", COST)


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys from passphrases in no time; one story pays the full price."""
    cheapen(monkeypatch)


@pytest.fixture
def person(tmp_path: Path, cheap: None) -> Person:
    """Give somebody who set up a vault and has nothing in it yet."""
    return Person(tmp_path / "home").sets_up()


@pytest.fixture(scope="session")
def kept_before(tmp_path_factory: pytest.TempPathFactory) -> Person:
    """Make once what `keeper` has."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        cheapen(patch)
        person = Person(folder / "home").sets_up()
        for number in range(3):
            person.keeps_text(folder / f"note canary-{number}.txt", f"canary {number}\n" * 300)
    return person


@pytest.fixture
def keeper(kept_before: Person, cheap: None, tmp_path: Path) -> Person:
    """Give somebody with three short files in the vault."""
    shutil.copytree(kept_before.home, tmp_path / "home")
    return Person(tmp_path / "home", words=kept_before.words)


@pytest.fixture
def shelf(new_place: Callable[[str], Place]) -> Place:
    """Give an empty folder for backups."""
    return new_place("folder")
