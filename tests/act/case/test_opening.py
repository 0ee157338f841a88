"""A case is opened after one question; with any answer but a clear no, nothing is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from stillmine.act.case import opening
from stillmine.app.actions import Outcome
from stillmine.app.context import Context
from stillmine.app.telling.gate import children_services
from stillmine.errors import AgeNotKnown, UnknownCountry, WrongUsage
from tests.act.case.conftest import Person


def files_of(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_with_yes_or_unsure_nothing_is_kept_and_those_who_help_are_named(person, answer):
    before, asked = files_of(person.folder), person.asked_for
    found = person.new("GB", under_18=answer, person="Ines Q", threats=True)

    assert found.case is None
    assert found.outcome is Outcome.GAPS
    assert files_of(person.folder) == before
    assert person.asked_for == asked, "the vault was opened"
    names = [each.fact for each in found.services]
    assert names[:2] == ["platforms/iwf-childline-report-remove", "platforms/ncmec-take-it-down"]
    assert "lines/gb/childline-report-remove" in names
    assert any("take no screenshot" in line for line in found.advice)
    assert "Ines Q" not in repr(found)


def test_without_an_answer_nothing_happens(person):
    before, asked = files_of(person.folder), person.asked_for
    with pytest.raises(AgeNotKnown):
        person.new(under_18=None)
    assert files_of(person.folder) == before
    assert person.asked_for == asked


def test_the_question_needs_no_vault(tmp_path):
    class Nobody:
        def passphrase(self) -> str:
            pytest.fail("the passphrase was asked for")

    context = Context(tmp_path / "nowhere", Nobody())  # type: ignore[arg-type]  # only this is asked
    found = opening.new(context, opening.NewCaseRequest("US", "yes"))
    assert "lines/us/ncmec" in [each.fact for each in found.services]
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.parametrize("country", ["DE", "Kenya", "US-CA", "JP", "INT"])
def test_everywhere_there_is_somebody_for_children(person, country):
    services = children_services(country, person.clock.date())
    assert "platforms/ncmec-take-it-down" in [each.fact for each in services]
    for each in services:
        assert "name" in each.values
        ways = {"url", "phone", "short_number", "mail", "report_url"}
        assert ways & each.values.keys()


def test_nobody_of_another_country_is_named(person):
    services = children_services("DE", person.clock.date())
    assert {each.place for each in services} <= {"DE", "EU", "INT"}


def test_a_country_that_is_none_is_said_so(person):
    for answer in ("no", "yes"):
        with pytest.raises(UnknownCountry):
            person.new("Atlantis", under_18=answer)
    assert person.list() == ()


def test_a_case_remembers_whose_it_is_and_where(person):
    name = person.case(country="Germany", person=" Ines\n Roe ", threats=True)
    shown = person.show(name)
    assert (shown.person, shown.country, shown.threats) == ("Ines Roe", "Germany", True)
    assert [each.what for each in shown.timeline] == ["case.opened"]
    assert len(name) == 8


def test_a_name_that_is_no_name_is_refused(person):
    with pytest.raises(WrongUsage):
        person.new(person="x" * 300)
    assert person.list() == ()


def test_two_cases_have_nothing_in_common(person: Person):
    first, second = person.case(person="Ines"), person.case(person="Omar")
    person.add(first, "https://a.example/1")
    assert first != second
    assert person.show(second).addresses == ()
    assert "a.example" not in repr(person.show(second))
    assert [each.person for each in person.list()] == ["Ines", "Omar"]
    assert [each.case for each in person.list(person="ines ")] == [first]
    assert person.list(person="Nobody") == ()
