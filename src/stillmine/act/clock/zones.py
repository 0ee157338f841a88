"""Time zones and working days of a place; where nobody knows better, the kindest to all."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from stillmine.facts.places import EVERYWHERE, places

UNION = "EU"
# Where a day ends last of all. The sign is as POSIX has it: twelve hours behind.
_LAST_ON_EARTH = "Etc/GMT+12"

IsWorkingDay = Callable[[date], bool]


def countries_of(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the ISO 3166-1 codes that places stand for, each once; the union for its members."""
    found: list[str] = []
    for code in codes:
        if code == UNION:
            found += [each.code for each in places().values() if each.in_union]
        elif code != EVERYWHERE:
            found.append(code.partition("-")[0])
    return tuple(dict.fromkeys(found))


def zones_of(codes: Iterable[str]) -> tuple[ZoneInfo, ...]:
    """Return every time zone of the places; the one where a day ends last where none is known."""
    table = _table()
    names = [name for country in countries_of(codes) for name in table.get(country, ())]
    return tuple(ZoneInfo(name) for name in dict.fromkeys(names or [_LAST_ON_EARTH]))


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """Return the zones of each country, from the `zone.tab` of the IANA time zone database."""
    text = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    found: dict[str, tuple[str, ...]] = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            country, _position, name = line.split("\t")[:3]
            found[country] = (*found.get(country, ()), name)
    return found


def working_days_of(codes: Iterable[str]) -> IsWorkingDay:
    """Return whether a day is a working day in every one of the places.

    A day that is free in one of them does not count: whoever has to act may sit there. Holidays
    of parts of a country are not known, and neither are those of a country without a list; there
    Saturday and Sunday are free.
    """
    countries = countries_of(codes)

    def is_working(day: date) -> bool:
        # `holidays` has no list after the years it can compute; the week goes on all the same.
        return all(_works(country, day) for country in countries or ("",))

    return is_working


def _works(country: str, day: date) -> bool:
    free = _free_days(country, day.year)
    if free is None:
        return day.isoweekday() < 6  # Saturday, as ISO 8601 counts
    return day not in free[0] and (day.weekday() not in free[1] or day in free[2])


@cache
def _free_days(
    country: str, year: int
) -> tuple[frozenset[date], frozenset[int], frozenset[date]] | None:
    """Return holidays, days of the weekend, and weekend days that are worked; None if unknown."""
    # It brings a table of the whole world, which most runs never need.
    import holidays

    try:
        found = holidays.country_holidays(country, years=year)
    except NotImplementedError:
        return None
    workdays: set[date] = getattr(found, "weekend_workdays", set())
    return frozenset(found), frozenset(found.weekend), frozenset(workdays)
