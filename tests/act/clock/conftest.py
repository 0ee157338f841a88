"""Somebody with a vault and a case, and the sites that their pictures are on."""

from __future__ import annotations

import pytest

from stillmine.act.case import adding
from stillmine.act.case.store import find_case, keep_case, with_notice
from stillmine.act.clock import rechecking
from tests.act.case.conftest import Person, person

__all__ = ["person"]


@pytest.fixture
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at one page right after the other."""
    monkeypatch.setattr(rechecking, "_PAUSE", (0.0, 0.0))


@pytest.fixture
def opened(person: Person) -> str:
    """Open a case of somebody in the United States with one address; give its name."""
    case = person.case(country="US")
    adding.sender(
        person.context, adding.SenderRequest(case, name="Kim Example", mail="kim@example.org")
    )
    person.add(case, "https://leak.example/watch/42")
    return case


def keep_notice(person: Person, case: str, notice: object) -> None:
    """Put a notice into a case that is kept."""

    def put(vault):
        keep_case(vault, with_notice(find_case(vault, case), notice))

    person.looks(put, writing=True)


def kept(person: Person, case: str):
    """Return a case as it is kept."""
    return person.looks(lambda vault: find_case(vault, case))
