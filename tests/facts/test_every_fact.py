"""Every fact that comes with the program is one that a person may be shown."""

from datetime import UTC, datetime

import pytest

from stillmine.facts import Kind, facts_of
from stillmine.facts.checking import official_domains, problems
from stillmine.facts.places import places
from stillmine.facts.schemas import FRESH_DAYS

TODAY = datetime.now(UTC).date()
EVERY = [(kind, fact) for kind in Kind for fact in facts_of(kind)]


@pytest.mark.parametrize(("kind", "fact"), EVERY, ids=[fact.fact for _, fact in EVERY])
def test_a_fact_may_be_shown(kind, fact):
    assert list(problems(kind, fact, TODAY)) == []
    assert fact.values or fact.missing, "an empty file"


@pytest.mark.parametrize(
    ("kind", "least"),
    [(Kind.LAW, 117), (Kind.PLATFORM, 100), (Kind.LINE, 70), (Kind.AUTHORITY, 60)],
)
def test_no_fact_was_dropped(kind, least):
    assert len(facts_of(kind)) >= least


def test_every_us_state_has_a_file():
    states = {fact.place for fact in facts_of(Kind.LAW) if fact.place.startswith("US-")}
    assert len(states) == 51


def test_every_country_of_the_union_has_a_file():
    there = {fact.place for fact in facts_of(Kind.LAW)}
    union = {place.code for place in places().values() if place.in_union}
    assert len(union) == 27
    assert union <= there


def test_every_authority_says_what_it_is_there_for_before_it_is_told():
    for fact in facts_of(Kind.AUTHORITY):
        assert "name" not in fact.values or "role" in fact.values


def test_the_checks_of_lines_are_not_a_year_old():
    """Somebody dials these: whoever maintains the program reads them again in time."""
    for fact in facts_of(Kind.LINE):
        for value in fact.values.values():
            assert value.age(TODAY) <= 2 * FRESH_DAYS[Kind.LINE], f"{fact.fact} is to be read again"


def test_each_fact_with_domains_exists():
    names = {fact.fact for _, fact in EVERY}
    for kind in (Kind.PLATFORM, Kind.LINE, Kind.AUTHORITY):
        trusted = [name for name in names if official_domains(kind, name)]
        assert trusted
