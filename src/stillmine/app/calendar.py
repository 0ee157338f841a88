"""Write reminders for a calendar program (iCalendar, RFC 5545) that say nothing of what they are.

Calendars are copied to other people's computers and shown on locked screens. So a reminder has a
neutral title, no address, no name and no description, and even its number is a plain sum.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from stillmine.app import delivering, outside
from stillmine.app.storage import durable

if TYPE_CHECKING:
    from icalendar import Event

    from stillmine.app.context import Context

_LONG = timedelta(minutes=15)
_PRODUCER = "-//Reminders//Reminders//EN"
_HEAD = 200  # bytes, in which a calendar of ours names what made it


class Entry(NamedTuple):
    """One reminder. `about` is by what it is the same the next time; only a sum of it is written.

    It has to hold something random, so that the sum says nothing to whoever sees the calendar.
    """

    about: str
    at: datetime


def calendar_of(entries: Iterable[Entry], title: str, now: datetime) -> bytes:
    """Return a calendar with these reminders; times are UTC.

    The same thing has the same number each time, so that a calendar program moves it and does not
    show it twice. What is over already reminds of itself now.
    """
    # The library is loaded only for this.
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCER)
    calendar.add("version", "2.0")
    for each in entries:
        calendar.add_component(_reminder(each, title, now))
    return bytes(calendar.to_ical())


def keep_calendar(
    context: Context, file: Path | None, entries: Sequence[Entry], title: str, now: datetime
) -> Path | None:
    """Write a calendar to a file, or renew one of ours; return it, or None without any entry.

    Raise TargetExists for a file of somebody else, InsideHome and CannotWriteHere.
    """
    if file is None or not entries:
        return None
    folder = delivering.require_folder(file.parent, context)
    content = calendar_of(entries, " ".join(title.split()), now)
    if context.delivery is not None or not _is_ours(file):
        return delivering.give(file, [content], context)
    draft = outside.write_draft(folder, [content])
    with outside.named_failures():
        durable.rename(draft.path, file)
        durable.sync_folder(folder)
    return file


def _is_ours(file: Path) -> bool:
    """Say whether a file is a calendar that this wrote, and may be written anew."""
    try:
        with file.open("rb") as held:
            return _PRODUCER.encode() in held.read(_HEAD)
    except OSError:
        return False


def _reminder(entry: Entry, title: str, now: datetime) -> Event:
    from icalendar import Alarm, Event

    begins = max(entry.at, now).astimezone(UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", hashlib.sha256(entry.about.encode()).hexdigest()[:32])
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
