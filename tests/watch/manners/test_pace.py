"""A host is asked seldom, and left alone when it is in trouble."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillmine.watch.manners.pace import DAILY_BUDGET, USUAL_PAUSE, Pace, seconds_of

NOW = 1_800_000_000.0
DAY = 24 * 3600


def test_two_questions_are_never_closer_than_the_pause() -> None:
    pace = Pace().asks(NOW)
    assert pace.wait(NOW) == USUAL_PAUSE
    assert pace.wait(NOW + 1) == USUAL_PAUSE - 1
    assert pace.wait(NOW + 5) == 0


def test_the_pause_counts_from_the_end_of_a_slow_answer() -> None:
    pace = Pace().asks(NOW).hears(NOW + 30, 200)
    assert pace.wait(NOW + 30) == USUAL_PAUSE


@pytest.mark.parametrize("pause", [10.0, 0.5])
def test_the_stricter_of_two_pauses_counts(pause: float) -> None:
    assert Pace().asks(NOW, pause).wait(NOW) == max(pause, USUAL_PAUSE)


@pytest.mark.parametrize("status", [0, 429, 500, 503])
def test_a_host_in_trouble_is_left_alone_for_longer_each_time(status: int) -> None:
    pace, waits = Pace(), []
    for _ in range(14):
        pace = pace.asks(NOW).hears(NOW, status)
        waits.append(pace.wait(NOW))
    assert waits[:4] == [60, 120, 240, 480]
    assert waits[-1] == DAY


def test_one_good_answer_ends_the_trouble() -> None:
    pace = Pace().hears(NOW, 503).hears(NOW + 60, 200)
    assert (pace.failures, pace.wait(NOW + 60)) == (0, USUAL_PAUSE)


def test_a_page_that_is_gone_is_no_trouble() -> None:
    assert Pace().hears(NOW, 404).failures == 0


def test_a_host_that_says_when_to_come_back_is_heeded() -> None:
    assert Pace().hears(NOW, 429, "3600").wait(NOW) == 3600
    assert Pace().hears(NOW, 429, "1").wait(NOW) == 60, "never sooner than without it"
    assert Pace().hears(NOW, 429, "99999999").wait(NOW) == 7 * DAY, "nobody is lost for ever"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120.0),
        ("Fri, 15 Jan 2027 08:02:00 GMT", 120.0),
        ("Fri, 15 Jan 2027 07:00:00 GMT", 0.0),
        ("soon", 0.0),
        ("", 0.0),
        ("-5", 0.0),
        ("\u0663", 0.0),
        ("Fri, 99 Jan 99999 08:02:00 GMT", 0.0),
    ],
)
def test_retry_after_is_read(text: str, seconds: float) -> None:
    assert seconds_of(text, NOW) == seconds


def test_a_day_has_its_budget_and_the_next_one_its_own() -> None:
    pace = Pace()
    for _ in range(DAILY_BUDGET):
        assert not pace.is_spent(NOW)
        pace = pace.asks(NOW)
    assert pace.is_spent(NOW)
    assert not pace.is_spent(NOW + DAY)
    assert not pace.asks(NOW + DAY).is_spent(NOW + DAY)


def test_a_clock_that_was_set_back_does_not_stop_us_for_years() -> None:
    assert Pace().asks(NOW).wait(NOW - 400 * DAY) <= 7 * DAY


@given(
    st.lists(
        st.tuples(st.floats(0, 1e6), st.sampled_from([0, 200, 404, 429, 503]), st.text(max_size=40))
    )
)
def test_whatever_happens_the_pause_is_kept(answers: list[tuple[float, int, str]]) -> None:
    pace, now = Pace(), NOW
    for later, status, retry_after in answers:
        now += later
        pace = pace.asks(now).hears(now, status, retry_after)
        assert pace.wait(now) >= USUAL_PAUSE - 1e-6
