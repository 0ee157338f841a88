"""Say whether somebody who listens is there now, in their own time; or that it can not be told."""

from __future__ import annotations

import re
from datetime import datetime, time
from enum import Enum
from zoneinfo import ZoneInfo

from stillmine.act.clock.zones import working_days_of, zones_of

_ALWAYS = re.compile(r"day and night(?:, every day)?", re.IGNORECASE)
_TIMES = r"(?P<{0}>\d?\d:\d\d) to (?P<{1}>\d?\d:\d\d)"
_EVERY_DAY = re.compile(r"every day " + _TIMES.format("opens", "closes"), re.IGNORECASE)
_WEEK = re.compile(
    r"(?:monday to friday|weekdays) "
    + _TIMES.format("opens", "closes")
    + r"(?:, weekends "
    + _TIMES.format("opens_late", "closes_early")
    + r")?(?P<holidays>, not on (?:bank|public) holidays)?",
    re.IGNORECASE,
)
_SATURDAY = 5  # as Python counts the days of a week


class Hours(Enum):
    """Whether somebody is there at a moment."""

    OPEN = "open"
    CLOSED = "closed"
    UNKNOWN = "unknown"


def open_at(said: str, place: str, moment: datetime) -> Hours:
    """Return whether somebody is there, by hours as a fact says them.

    Only for wordings that leave no doubt, and for places in which all clocks agree; `said` is what
    stands before a semicolon, what comes after it is about other ways, such as a form.
    """
    plain = said.partition(";")[0].strip()
    if _ALWAYS.fullmatch(plain):
        return Hours.OPEN
    found = {_in_zone(plain, place, moment.astimezone(zone)) for zone in zones_of((place,))}
    return found.pop() if len(found) == 1 and _has_a_zone(place) else Hours.UNKNOWN


def _has_a_zone(place: str) -> bool:
    # Without one, `zones_of` takes the last on earth, which is kind to deadlines and wrong here.
    return zones_of((place,)) != (ZoneInfo("Etc/GMT+12"),)


def _in_zone(plain: str, place: str, there: datetime) -> Hours:
    if found := _EVERY_DAY.fullmatch(plain):
        return _between(found["opens"], found["closes"], there.time())
    if found := _WEEK.fullmatch(plain):
        weekend = there.weekday() >= _SATURDAY
        if weekend and found["opens_late"]:
            return _between(found["opens_late"], found["closes_early"], there.time())
        if weekend:
            return Hours.CLOSED
        if found["holidays"] and not working_days_of((place,))(there.date()):
            return Hours.CLOSED
        return _between(found["opens"], found["closes"], there.time())
    return Hours.UNKNOWN


def _between(opens: str, closes: str, now: time) -> Hours:
    first, last = _time(opens), _time(closes)
    if first is None or last is None or last <= first:
        return Hours.UNKNOWN
    return Hours.OPEN if first <= now < last else Hours.CLOSED


def _time(text: str) -> time | None:
    hours, minutes = (int(part) for part in text.split(":"))
    if hours == 24 and minutes == 0:
        return time.max
    return time(hours, minutes) if hours < 24 and minutes < 60 else None
