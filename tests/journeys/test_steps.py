"""Journeys: which step comes next, and that somebody goes on exactly where they were."""

import itertools

import pytest

from stillmine.app.home import Home
from stillmine.app.storage.opening import open_vault
from stillmine.app.unlocking import root_key
from stillmine.journeys import resuming
from stillmine.journeys.known import FIRST_HOUR, FOUND_ONLINE, JOURNEYS, UNDER_18
from stillmine.journeys.steps import Progress
from tests.keep.conftest import Person, _quick, newcomer, person  # noqa: F401  fixtures

ANSWERS = [
    dict(zip(("under_18", "keep", "have", "mine"), said, strict=True))
    for said in itertools.product(
        ("", "no", "yes", "unsure"),
        ("", "vault", "without"),
        ("", "picture", "address"),
        ("", "yes"),
    )
]


@pytest.mark.parametrize("journey", JOURNEYS.values(), ids=JOURNEYS)
@pytest.mark.parametrize("answers", ANSWERS, ids=str)
def test_each_way_leads_from_its_first_step_to_its_last_and_back(journey, answers):
    way = journey.way(answers)
    assert [journey.after(step, answers) for step in way] == [*way[1:], None]
    assert [journey.before(step, answers) for step in way] == [None, *way[:-1]]


@pytest.mark.parametrize("answer", ["yes", "unsure"])
@pytest.mark.parametrize("journey", [FIRST_HOUR, FOUND_ONLINE], ids=lambda journey: journey.name)
def test_whoever_may_have_been_a_child_is_led_to_help_and_nowhere_else(journey, answer):
    assert journey.way({UNDER_18: answer}) == ("under-18", "children")


@pytest.mark.parametrize("journey", [FIRST_HOUR, FOUND_ONLINE], ids=lambda journey: journey.name)
def test_without_an_answer_nothing_comes_behind_the_first_question(journey):
    assert journey.way({}) == ("under-18",)


@pytest.mark.parametrize("journey", [FIRST_HOUR, FOUND_ONLINE], ids=lambda journey: journey.name)
def test_without_a_vault_nothing_is_asked_that_would_have_to_be_kept(journey):
    way = journey.way({UNDER_18: "no", "keep": "without", "have": "picture"})
    assert not {"where", "proof", "picture", "whose"} & set(way)
    assert way[-2:] == ("ask", "next")


def test_an_answer_that_changes_the_way_leaves_the_place_known():
    assert FOUND_ONLINE.after("picture", {UNDER_18: "yes"}) is None
    assert FOUND_ONLINE.before("picture", {UNDER_18: "no", "keep": "vault"}) == "have"
    assert FOUND_ONLINE.knows("whose")
    assert not FOUND_ONLINE.knows("nowhere")


def test_an_empty_answer_takes_back_what_was_said():
    moved = Progress("first-hour", "where").moved("proof", country="ES", note="x")
    assert moved.moved("where", note="").answers == {"country": "ES"}
    assert (moved.progress, moved.began) == (moved.moved("ask").progress, moved.began)


def test_a_journey_goes_on_at_the_same_step_and_is_forgotten_when_asked(person: Person):  # noqa: F811  fixture
    context = person.context
    first = Progress("first-hour", "where", {"under_18": "no", "country": "ES"})
    resuming.keep(context, first)
    other = Progress("found-online", "have", changed="2026-01-01T00:00:00+00:00")
    resuming.keep(context, other)
    resuming.keep(context, moved := first.moved("proof", address="https://example.org/1"))
    assert resuming.kept(context) == (moved, other)
    assert resuming.find(context, first.progress) == moved
    resuming.forget(context, first.progress)
    assert resuming.find(context, first.progress) is None
    assert resuming.kept(context) == (other,)


def test_what_another_version_wrote_is_left_alone(person: Person):  # noqa: F811  fixture
    root = root_key(person.context)
    with open_vault(Home(person.folder), root, writing=True) as vault:
        vault.records.put("journey", "odd", {"journey": "first-hour", "at": 3, "answers": {}})
        vault.records.put("journey", "odder", ["no", "journey"])
    assert resuming.kept(person.context) == ()
    assert resuming.find(person.context, "odd") is None
