"""What is due in cases, as entries of a calendar: when, and nothing of what it is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from stillmine.act.clock.due import Due
from stillmine.app import calendar
from stillmine.app.calendar import Entry


def calendar_of(awaited: Iterable[Due], title: str, now: datetime) -> bytes:
    """Return a calendar (iCalendar) with a reminder for each thing that is due; times are UTC."""
    return calendar.calendar_of(entries(awaited), title, now)


def entries(awaited: Iterable[Due]) -> tuple[Entry, ...]:
    """Return an entry for each; the same thing is the same entry each time."""
    return tuple(Entry(_about(each), each.at) for each in awaited)


def _about(due: Due) -> str:
    # Case names are random, so a sum of this says nothing to whoever does not have the case.
    return "\n".join((due.case, due.notice, due.what, due.law, due.began.isoformat()))
