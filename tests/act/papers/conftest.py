"""A person with a vault, a case in it, and proof that was really kept."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from stillmine.act.case.model import Address, Case
from stillmine.act.case.store import keep_case
from stillmine.act.keeping import ToKeep, keep_proof
from stillmine.act.proof import Page, Piece
from stillmine.app.storage.vault import Vault
from tests.act.case.conftest import Person as Owner
from tests.act.case.conftest import with_vault
from tests.act.papers.cases import full_case
from tests.act.papers.pictures import screenshot


class Person(Owner):
    """Somebody with a vault, and the full case in it."""

    def does(self, run: Any, request: Any) -> Any:
        return run(self.context, request)

    def changes(self, work: Any) -> Any:
        return self.looks(work, writing=True)


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Give a person who has a vault with the full case in it."""
    found = with_vault(Person(tmp_path / "home"), monkeypatch)
    found.changes(lambda vault: keep_case(vault, full_case()))
    return found


def kept_capture(vault: Vault, *, shot: bytes | None = None) -> Case:
    """Keep a case with one real proof, p1, of its one address."""
    at = datetime(2026, 11, 20, 9, 10, tzinfo=UTC)
    url = "https://pictures.example/gallery"
    case = Case("77aa88bb", "2026-11-20T09:00:00+00:00", "US-CA", person="Mara")
    address = Address("a1", url, "2026-11-20T09:05:00+00:00", "@anon_77")
    keep_case(vault, Case(**{**_fields(case), "addresses": (address,)}))
    pieces = [Piece("page.txt", "text/plain", b"What the page said.\n")]
    if shot is not None:
        pieces.append(Piece("screenshot.png", "image/png", shot))
    wanted = ToKeep(
        "capture",
        pieces,
        {"browser": "Chromium 156.0", "level": "covered"},
        page=Page(url, at, "Gallery", "What the page said."),
        address="a1",
        level="covered",
        title="Gallery",
    )
    case, _proof, _made = keep_proof(vault, case.case, wanted, now=at)
    return case


def _fields(case: Case) -> dict[str, Any]:
    return {name: getattr(case, name) for name in case.__slots__}


@pytest.fixture
def capture(person: Person) -> Case:
    """Give a case with a real capture in the person's vault."""
    return person.changes(lambda vault: kept_capture(vault, shot=screenshot()))
