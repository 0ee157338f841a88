"""When a period ends: across summer time, leap days, ends of months, weekends and holidays."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.act.clock.reckoning import Unit, after_days, after_hours, last_day, months_later
from stillmine.act.clock.zones import countries_of, working_days_of, zones_of
from stillmine.facts.places import places
from tests.act.clock.cases import at

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
MOMENTS = st.builds(datetime.combine, DAYS, st.times(), st.just(UTC))


def every_day(_day):
    return True


def weekdays(day):
    return day.isoweekday() < 6


def days(began, amount, zone, unit=Unit.DAYS, is_working=every_day):
    return after_days(began, amount, unit, [ZoneInfo(zone)], is_working)


@pytest.mark.parametrize(
    ("began", "zone"),
    [
        pytest.param(datetime(2026, 3, 28, 20, tzinfo=ZoneInfo("Europe/Paris")), "spring"),
        pytest.param(datetime(2026, 10, 24, 20, tzinfo=ZoneInfo("Europe/Paris")), "autumn"),
    ],
)
def test_hours_are_hours_that_pass_also_when_the_clocks_change(began, zone):
    assert after_hours(began, 48) - began.astimezone(UTC) == timedelta(hours=48), zone


def test_over_the_change_to_summer_time_the_clock_on_the_wall_shows_an_hour_more():
    paris = ZoneInfo("Europe/Paris")
    ended = after_hours(datetime(2026, 3, 28, 20, tzinfo=paris), 48).astimezone(paris)
    assert (ended.day, ended.hour) == (30, 21)


def test_the_unions_hours_begin_with_the_next_full_one():
    assert after_hours(at("2026-11-20 09:30"), 24, full=True) == at("2026-11-21 10:00")
    assert after_hours(at("2026-11-20 09:00"), 24, full=True) == at("2026-11-21 09:00")


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 5), 1, date(2026, 4, 5)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
    ],
)
def test_a_month_ends_on_the_same_date_or_on_the_last_day_of_a_shorter_one(day, months, later):
    assert months_later(day, months) == later


def test_a_day_ends_with_its_last_second_where_somebody_has_to_act():
    # The day of the event does not count (Article 3(1)); Friday the 20th in Berlin.
    assert days(at("2026-11-20 09:30"), 3, "Europe/Berlin") == at("2026-11-23 22:59:59")


def test_the_date_is_that_of_the_place_and_not_of_greenwich():
    late = at("2026-11-20 23:30")  # the 21st in Berlin, the 20th in New York
    assert days(late, 1, "Europe/Berlin") == at("2026-11-22 22:59:59")
    assert days(late, 1, "America/New_York") == at("2026-11-22 04:59:59")


def test_a_day_that_has_23_or_25_hours_still_ends_at_its_end():
    assert days(at("2026-03-28 12:00"), 1, "Europe/Paris") == at("2026-03-29 21:59:59")
    assert days(at("2026-10-24 12:00"), 1, "Europe/Paris") == at("2026-10-25 22:59:59")


def test_where_the_clocks_skip_midnight_the_day_ends_when_they_do():
    # Beirut goes from 23:59:59 to 01:00 on 29 March 2026.
    ended = days(at("2026-03-27 12:00"), 1, "Asia/Beirut")
    assert ended == at("2026-03-28 21:59:59")
    assert ended.astimezone(ZoneInfo("Asia/Beirut")).date() == date(2026, 3, 28)


def test_no_period_ends_on_a_weekend_or_a_holiday():
    german = working_days_of(["DE"])
    # One month after Thursday 26 November 2026: Boxing Day, then a Sunday.
    assert last_day(date(2026, 11, 26), 1, Unit.MONTHS, german) == date(2026, 12, 28)
    # One month after 3 April is 3 May, a Sunday.
    assert last_day(date(2026, 4, 3), 1, Unit.MONTHS, german) == date(2026, 5, 4)


def test_two_days_or_more_have_two_working_days_in_them():
    # Friday plus two days is Sunday, so Monday; only Monday would be one working day.
    assert last_day(date(2026, 11, 20), 2, Unit.DAYS, weekdays) == date(2026, 11, 24)


def test_working_days_are_counted_without_the_free_ones():
    assert last_day(date(2026, 11, 20), 3, Unit.BUSINESS_DAYS, weekdays) == date(2026, 11, 25)
    christmas = working_days_of(["GB"])
    assert last_day(date(2026, 12, 24), 1, Unit.BUSINESS_DAYS, christmas) == date(2026, 12, 29)


def test_weekends_are_those_of_the_place():
    emirati, saudi = working_days_of(["AE"]), working_days_of(["SA"])
    friday, sunday = date(2026, 11, 20), date(2026, 11, 22)
    assert not saudi(friday)
    assert saudi(sunday)
    assert not emirati(sunday)


def test_a_place_without_a_list_of_holidays_has_saturday_and_sunday_free():
    nowhere = working_days_of(["AQ"])
    assert nowhere(date(2026, 11, 20))
    assert not nowhere(date(2026, 11, 21))


def test_a_day_that_is_free_in_one_of_the_places_does_not_count():
    assert working_days_of(["DE"])(date(2026, 7, 14))
    assert not working_days_of(["DE", "FR"])(date(2026, 7, 14))
    assert not working_days_of(["EU"])(date(2026, 7, 14))


def test_the_union_stands_for_its_members():
    assert len(countries_of(["EU"])) == 27
    assert countries_of(["US-CA", "INT", "US"]) == ("US",)


def test_the_last_of_several_zones_counts():
    noon = at("2026-11-20 12:00")
    every = zones_of(["US"])
    assert {"America/New_York", "Pacific/Honolulu"} <= {each.key for each in every}
    assert after_days(noon, 1, Unit.DAYS, every, every_day) == max(
        days(noon, 1, each.key) for each in every
    )


def test_every_place_has_a_zone_and_where_none_is_known_the_day_ends_last_on_earth():
    for code in places():
        assert zones_of([code])
    assert [each.key for each in zones_of(["INT"])] == ["Etc/GMT+12"]


@settings(deadline=None)
@given(MOMENTS, st.integers(1, 24 * 90), st.booleans())
def test_hours_are_never_cut_short(began, hours, full):
    extra = after_hours(began, hours, full=full) - began - timedelta(hours=hours)
    assert timedelta(0) <= extra < timedelta(hours=1)


@settings(deadline=None)
@given(MOMENTS, st.integers(1, 180), st.sampled_from(ZONES), st.sampled_from(list(Unit)[1:3]))
def test_days_are_never_cut_short_in_any_zone(began, amount, zone, unit):
    ended = days(began, amount, zone, unit, weekdays)
    here = ZoneInfo(zone)
    began_on, ended_on = began.astimezone(here).date(), ended.astimezone(here).date()
    assert (ended_on - began_on).days >= amount
    assert weekdays(ended_on) or _is_skipped(ended_on, here)
    after = (ended + timedelta(seconds=1)).astimezone(here)
    assert after.date() > ended_on
    if unit is Unit.DAYS:
        assert (ended_on - began_on).days <= amount + 4


def _is_skipped(day, zone):
    """Tell whether a whole day is missing, as in Samoa on 30 December 2011."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=zone)
    return noon.astimezone(UTC).astimezone(zone).date() != day


@settings(deadline=None)
@given(DAYS, st.integers(1, 6))
def test_months_end_on_the_same_date_unless_there_is_none(day, months):
    later = months_later(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later + timedelta(days=1)).day == 1
    assert later.day <= day.day


@settings(deadline=None)
@given(DAYS, st.integers(1, 6), st.integers(1, 30))
def test_a_later_event_never_ends_earlier(day, months, apart):
    later = day + timedelta(days=apart)
    for unit, amount in ((Unit.MONTHS, months), (Unit.DAYS, apart), (Unit.BUSINESS_DAYS, months)):
        first = last_day(day, amount, unit, weekdays)
        assert last_day(later, amount, unit, weekdays) >= first
