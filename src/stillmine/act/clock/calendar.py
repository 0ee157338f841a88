"""Write reminders for a calendar program (iCalendar, RFC 5545) that say nothing of what they are.

Calendars are copied to other people's computers and shown on locked screens. So a reminder has a
neutral title, no address, no name and no description, and even its number is a plain sum.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from icalendar import Alarm, Calendar, Event

from stillmine.act.clock.due import Due

_LONG = timedelta(minutes=15)
_PRODUCER = "-//Reminders//Reminders//EN"
_HEAD = 200  # bytes, in which a calendar of ours names what made it


def calendar_of(awaited: Iterable[Due], title: str, now: datetime) -> bytes:
    """Return a calendar with a reminder for each thing that is due; times are UTC.

    The same thing has the same number each time, so that a calendar program moves it and does not
    show it twice. What is over already reminds of itself now.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCER)
    calendar.add("version", "2.0")
    for each in awaited:
        calendar.add_component(_reminder(each, title, now))
    return bytes(calendar.to_ical())


def is_ours(file: Path) -> bool:
    """Say whether a file is a calendar that this wrote, and may be written anew."""
    try:
        with file.open("rb") as held:
            return _PRODUCER.encode() in held.read(_HEAD)
    except OSError:
        return False


def _reminder(due: Due, title: str, now: datetime) -> Event:
    begins = max(due.at, now).astimezone(UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", _number(due))
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", begins)
    event.add("dtend", begins + _LONG)
    event.add("summary", title)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")  # the person is free then, and is not shown as busy
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta())
    alarm.add("description", title)
    event.add_component(alarm)
    return event


def _number(due: Due) -> str:
    # Case names are random, so this sum says nothing to whoever does not have the case.
    text = "\n".join((due.case, due.notice, due.what, due.law, due.began.isoformat()))
    return hashlib.sha256(text.encode()).hexdigest()[:32]
