"""A person with a vault and a few pictures, and an empty place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from stillmine.app import unlocking
from stillmine.keep import rekey, setup, ways_in
from stillmine.keep.backup import drill
from tests.keep.backup.person import Person
from tests.servers.places import Place

COST = 4


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Derive keys from passphrases in no time; one story pays the full price."""
    for module in (unlocking, setup, ways_in, rekey, drill):
        monkeypatch.setattr(module, "WORK_FACTOR", COST)


@pytest.fixture
def person(tmp_path: Path, cheap: None) -> Person:
    """Give somebody who set up a vault and has nothing in it yet."""
    return Person(tmp_path / "home").sets_up()


@pytest.fixture
def keeper(person: Person, tmp_path: Path) -> Person:
    """Give somebody with three short files in the vault."""
    folder = tmp_path / "files"
    folder.mkdir()
    for number in range(3):
        (folder / f"note canary-{number}.txt").write_text(f"canary words {number}\n" * 200)
    person.keeps(folder, label="canary label", album="canary album")
    return person


@pytest.fixture
def shelf(new_place: Callable[[str], Place]) -> Place:
    """Give an empty folder for backups."""
    return new_place("folder")
