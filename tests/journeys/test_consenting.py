"""A yes is for one look: it is used up, does not hold for another, and not for long."""

from datetime import UTC, datetime, timedelta

import pytest

from stillmine.app.actions import Answer
from stillmine.errors import NotAgreed
from stillmine.journeys.consenting import COMPARE, INSPECT, LASTS, SITE, Together

NOW = datetime(2026, 11, 23, 10, 3, tzinfo=UTC)


def test_without_a_yes_nothing_may_be_looked_at():
    together = Together()
    assert not together.may_look(COMPARE, NOW)
    with pytest.raises(NotAgreed):
        together.take(COMPARE, NOW)


def test_a_yes_is_used_up_by_its_look_and_has_the_time_at_which_it_was_said():
    together = Together()
    together.agree(INSPECT, NOW)
    yes = together.take(INSPECT, NOW + timedelta(minutes=2))
    assert (yes.look, yes.said_at) == (INSPECT, NOW)
    with pytest.raises(NotAgreed):
        together.take(INSPECT, NOW + timedelta(minutes=2))


def test_a_yes_to_one_look_is_none_to_another_and_is_lost_by_trying():
    together = Together()
    together.agree(INSPECT, NOW)
    with pytest.raises(NotAgreed):
        together.take(COMPARE, NOW)
    assert not together.may_look(INSPECT, NOW)


@pytest.mark.parametrize("later", [LASTS + timedelta(seconds=1), timedelta(seconds=-1)])
def test_a_yes_of_long_ago_or_of_a_clock_that_was_put_back_does_not_hold(later):
    together = Together()
    together.agree(SITE, NOW)
    assert not together.may_look(SITE, NOW + later)
    assert together.may_look(SITE, NOW + LASTS)


def test_a_no_and_another_wish_make_an_earlier_yes_void():
    for change in (Together.refuse, Together.choose):
        together = Together()
        together.agree(SITE, NOW)
        change(together)
        assert not together.may_look(SITE, NOW)
    assert not together.refused


def test_what_one_look_showed_takes_the_place_of_what_the_same_yes_showed_before():
    together = Together()
    for number in range(2):
        together.agree(SITE, NOW + timedelta(minutes=number))
        yes = together.take(SITE, NOW + timedelta(minutes=number))
        together.note(yes, Answer())
        together.note(yes, Answer())
    assert [each.yes.said_at.minute for each in together.looked] == [3, 4]
    assert together.last is together.looked[-1]
