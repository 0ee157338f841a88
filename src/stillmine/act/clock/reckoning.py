"""Reckon when a period ends: hours as they pass, days and months as the calendar has them.

Days and months follow Regulation (EEC, Euratom) No 1182/71 of the European Union, Article 3: the
day of the event does not count, the period ends with the last hour of its last day, a month ends
on the same date or on the last day of a shorter month, and no period ends on a Saturday, a Sunday
or a public holiday. Elsewhere the law may be stricter with whoever has to answer; an end that is
reckoned like this is then a little late and never early, so that nobody is told too soon that time
is up.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from stillmine.act.clock.zones import IsWorkingDay

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_SECOND = timedelta(seconds=1)
_LEAST_WORKING_DAYS = 2  # Article 3(5), for every period of two days or more
_DECEMBER = 12


class Unit(Enum):
    """What a period is counted in."""

    HOURS = "hours"
    DAYS = "days"
    BUSINESS_DAYS = "business-days"
    MONTHS = "months"


def after_hours(began: datetime, hours: int, *, full: bool = False) -> datetime:
    """Return the moment so many hours later, whatever the clocks on the wall did meanwhile.

    `full` leaves the hour out in which it began, as Article 3(1) does.
    """
    moment = began.astimezone(UTC)
    if full:
        begun = moment.replace(minute=0, second=0, microsecond=0)
        moment = begun if begun == moment else begun + _HOUR
    return moment + timedelta(hours=hours)


def after_days(
    began: datetime,
    amount: int,
    unit: Unit,
    zones: Iterable[ZoneInfo],
    is_working: IsWorkingDay,
) -> datetime:
    """Return the last second of a period in days or months, in the zone where that comes last."""
    return max(_end(began, amount, unit, zone, is_working) for zone in zones)


def _end(
    began: datetime, amount: int, unit: Unit, zone: ZoneInfo, is_working: IsWorkingDay
) -> datetime:
    day = began.astimezone(zone).date()
    last = last_day(day, amount, unit, is_working)
    return _first_moment(last + _DAY, zone) - _SECOND


def last_day(day: date, amount: int, unit: Unit, is_working: IsWorkingDay) -> date:
    """Return the last day of a period that an event on `day` began."""
    if unit is Unit.BUSINESS_DAYS:
        return _working_days_later(day, amount, is_working)
    last = months_later(day, amount) if unit is Unit.MONTHS else day + amount * _DAY
    if (last - day).days >= _LEAST_WORKING_DAYS:
        last = max(last, _working_days_later(day, _LEAST_WORKING_DAYS, is_working))
    return _on_working_day(last, is_working)


def months_later(day: date, months: int) -> date:
    """Return the same date so many months later, or the last day of a shorter month."""
    years, month = divmod(day.month - 1 + months, _DECEMBER)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _on_working_day(day: date, is_working: IsWorkingDay) -> date:
    while not is_working(day):
        day += _DAY
    return day


def _working_days_later(day: date, amount: int, is_working: IsWorkingDay) -> date:
    for _ in range(amount):
        day = _on_working_day(day + _DAY, is_working)
    return day


def _first_moment(day: date, zone: ZoneInfo) -> datetime:
    # Where the clocks skip midnight, `fold=0` is the very moment at which they do (PEP 495).
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
