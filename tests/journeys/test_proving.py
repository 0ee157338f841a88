"""`stillmine try` keeps proof of a page on this computer, and writes a letter that is complete."""

from __future__ import annotations

import os
from pathlib import Path

from stillmine.act.case.listing import ListRequest, list_cases
from stillmine.app.network.practice import practice_site
from stillmine.app.network.web.guard import ALLOW
from stillmine.errors import NoBrowser
from stillmine.journeys import proving
from stillmine.journeys.proving import keep_proof_of_a_page, write_a_letter
from stillmine.messages.walk import WALK
from tests.counterparts import need
from tests.keep.conftest import Person, _quick, newcomer, person  # noqa: F401  fixtures


def test_a_page_is_kept_as_proof_and_a_change_is_noticed(person: Person, tmp_path: Path) -> None:  # noqa: F811  fixture
    need("chromium")
    told = keep_proof_of_a_page(person.context, tmp_path / "proof")
    assert told.good
    assert told.facts["whole"] == "unchanged"
    assert told.facts["changed"] == "changed"
    assert ALLOW not in os.environ


def test_without_a_browser_it_says_what_is_missing(
    person: Person,  # noqa: F811  fixture
    tmp_path: Path,
    monkeypatch,
) -> None:
    def no_browser(*_: object) -> None:
        raise NoBrowser(missing="a browser")

    monkeypatch.setattr(proving, "capture", no_browser)
    told = keep_proof_of_a_page(person.context, tmp_path / "proof")
    assert told.good
    assert told.instead in WALK


def test_a_letter_is_ready_only_when_somebody_signs(person: Person) -> None:  # noqa: F811  fixture
    told = write_a_letter(person.context)
    assert told.good
    assert told.facts["missing"] == 2
    (case,) = person.does(list_cases, ListRequest()).cases
    assert case.addresses == 1


def test_the_site_to_practise_with_is_gone_afterwards(monkeypatch) -> None:
    monkeypatch.setenv(ALLOW, "127.0.0.1:9")
    with practice_site({"/": ("text/plain", b"x")}) as site:
        assert os.environ[ALLOW] == f"127.0.0.1:9,{site.removeprefix('http://')}"
    assert os.environ[ALLOW] == "127.0.0.1:9"
