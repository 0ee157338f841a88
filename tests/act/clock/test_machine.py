"""A letter becomes only what follows; a slip is taken back."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.act.clock import machine
from stillmine.errors import CannotBecome, TimeCannotBe
from stillmine.messages import say
from stillmine.messages.clock import STATES
from tests.act.clock.cases import at, notice

NOON = at("2026-11-20 12:00")


def through(*states):
    found = notice("us-tida")
    for hours, state in enumerate(states):
        found = machine.moved(found, state, NOON + timedelta(hours=hours))
    return found


@pytest.mark.parametrize(
    "way",
    [
        ("sent", "acknowledged", "removed", "reappeared", "sent", "removed"),
        ("sent", "partly", "removed"),
        ("sent", "refused", "acknowledged", "removed"),
        ("sent", "silent", "sent", "silent", "removed"),
        ("sent", "removed", "reappeared", "silent"),
        ("sent", "partly", "reappeared"),
        ("withdrawn",),
        ("sent", "withdrawn"),
    ],
)
def test_a_letter_goes_its_way(way):
    assert through(*way).state == way[-1]


@pytest.mark.parametrize(
    ("before", "wrong"),
    [
        ((), "removed"),
        ((), "acknowledged"),
        ((), "silent"),
        (("sent",), "sent"),
        (("sent",), "reappeared"),
        (("sent",), "draft"),
        (("sent", "acknowledged"), "acknowledged"),
        (("sent", "removed"), "silent"),
        (("sent", "removed"), "withdrawn"),
        (("sent", "withdrawn"), "sent"),
    ],
)
def test_what_does_not_follow_is_refused_and_what_could_is_said(before, wrong):
    with pytest.raises(CannotBecome) as refused:
        through(*before, wrong)
    happened, then = say(refused.value.code, refused.value.facts)
    assert STATES[before[-1] if before else "draft"] in happened
    assert "…" not in happened + then


def test_nothing_happens_before_what_was_noted_last():
    with pytest.raises(TimeCannotBe):
        machine.moved(through("sent"), "removed", NOON - timedelta(minutes=1))
    assert machine.moved(through("sent"), "removed", NOON).state == "removed"


def test_a_slip_is_taken_back_step_by_step():
    found = machine.taken_back(through("sent", "removed"))
    assert found.state == "sent"
    found = machine.taken_back(found)
    assert found.state == "draft"
    with pytest.raises(CannotBecome):
        machine.taken_back(found)


def test_every_state_has_words_and_a_way_to_it():
    assert set(STATES) == set(machine.STATES) == set(machine.MOVES)
    reached = {state for states in machine.MOVES.values() for state in states}
    assert reached == set(machine.STATES) - {"draft"}


@settings(deadline=None)
@given(st.lists(st.sampled_from(machine.STATES), max_size=12))
def test_no_order_of_moves_leads_to_what_was_not_allowed(states):
    found = notice("us-tida", text="x")
    for number, state in enumerate(states):
        before = found
        try:
            found = machine.moved(found, state, NOON + timedelta(hours=number))
        except CannotBecome:
            assert state not in machine.MOVES[before.state]
            continue
        assert state in machine.MOVES[before.state]
        assert found.steps[:-1] == before.steps
        assert machine.taken_back(found) == before
