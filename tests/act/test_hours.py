"""Whether somebody who listens is there now."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from stillmine.act.hours import Hours, open_at
from stillmine.act.lines import LinesRequest, lines
from stillmine.app.context import Context
from stillmine.facts import Kind, facts_of


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "place", "moment", "hours"),
    [
        ("Day and night, every day", "US", "2026-11-22T03:00", Hours.OPEN),
        ("Day and night", "INT", "2026-11-22T03:00", Hours.OPEN),
        ("Every day 9:00 to 17:00", "GB", "2026-11-22T09:00", Hours.OPEN),
        ("Every day 9:00 to 17:00", "GB", "2026-11-22T17:00", Hours.CLOSED),
        ("Every day 9:00 to 17:00", "GB", "2026-07-01T08:30", Hours.OPEN),  # summer time
        ("Every day 9:00 to 17:00; the form day and night", "GB", "2026-11-22T20:00", Hours.CLOSED),
        ("weekdays 10:00 to 16:00, not on bank holidays", "GB", "2026-11-23T12:00", Hours.OPEN),
        ("weekdays 10:00 to 16:00, not on bank holidays", "GB", "2026-12-25T12:00", Hours.CLOSED),
        ("Monday to Friday 10:00 to 16:00", "GB", "2026-11-22T12:00", Hours.CLOSED),
        ("weekdays 8:00 to 22:00, weekends 9:00 to 18:00", "AT", "2026-11-22T16:30", Hours.OPEN),
        ("weekdays 8:00 to 22:00, weekends 9:00 to 18:00", "AT", "2026-11-22T17:30", Hours.CLOSED),
    ],
)
def test_hours_are_read_in_the_time_of_the_place(said, place, moment, hours):
    assert open_at(said, place, at(moment)) is hours


@pytest.mark.parametrize(
    "said",
    [
        "",
        "On the web",
        "Every day 9 to 5",
        "Every day 9:00 to 99:00",
        "Every day 22:00 to 4:00",
        "A form, day and night",
        "Mostly Monday to Friday 9:00 to 17:00",
        "Weekdays, mornings",
    ],
)
def test_what_leaves_doubt_is_said_to_be_open_by_nobody(said):
    assert open_at(said, "GB", at("2026-11-23T12:00")) is Hours.UNKNOWN


def test_where_no_zone_is_known_hours_say_nothing():
    assert open_at("Every day 0:00 to 23:59", "INT", at("2026-11-23T12:00")) is Hours.UNKNOWN


def test_clocks_that_disagree_leave_it_open():
    # Nine in New York is six in Los Angeles.
    assert open_at("Every day 9:00 to 17:00", "US", at("2026-11-23T14:30")) is Hours.UNKNOWN


def test_nobody_who_is_told_about_is_open_and_closed_at_once(tmp_path):
    for place in {fact.place for fact in facts_of(Kind.LINE)} - {"EU"}:
        answer = lines(Context(tmp_path, keys=None), LinesRequest(place))
        assert not set(answer.open_now) & set(answer.closed_now)
        assert {*answer.open_now, *answer.closed_now} <= {each.fact for each in answer.people}


def test_a_line_that_never_closes_is_open_whatever_the_clock_says(tmp_path: Path):
    answer = lines(
        Context(tmp_path, keys=None, now=lambda: at("2026-11-22T03:33")), LinesRequest("US")
    )
    assert "lines/us/988-suicide-crisis-lifeline" in answer.open_now
