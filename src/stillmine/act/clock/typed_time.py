"""Read a day or a time that was typed; a day alone means its end, which is kind to deadlines."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from stillmine.errors import TimeCannotBe
from stillmine.messages import translate
from stillmine.messages.clock import BEFORE_WRITTEN, NO_TIME, NOT_YET, TOO_FAR

_LAST_SECOND = time(23, 59, 59)
_FURTHEST = timedelta(days=400)


def past_time(typed: str, now: datetime, earliest: datetime) -> datetime:
    """Return a moment that has passed, in UTC.

    Without a zone it is the time of this computer; a day alone is its last second, or now where the
    day is not over. Raises TimeCannotBe.
    """
    found, is_day = _read(typed, now)
    if is_day and found.date() == now.astimezone(found.tzinfo).date():
        found = now
    if found > now:
        raise TimeCannotBe(typed=typed, why=translate(NOT_YET))
    if found < earliest:
        raise TimeCannotBe(typed=typed, why=translate(BEFORE_WRITTEN))
    return found.astimezone(UTC)


def coming_time(typed: str, now: datetime) -> datetime:
    """Return a moment of the next year or so, in UTC. Raises TimeCannotBe."""
    found, _is_day = _read(typed, now)
    if not now < found < now + _FURTHEST:
        raise TimeCannotBe(typed=typed, why=translate(TOO_FAR))
    return found.astimezone(UTC)


def _read(typed: str, now: datetime) -> tuple[datetime, bool]:
    text = typed.strip()
    try:
        try:
            found = datetime.combine(date.fromisoformat(text), _LAST_SECOND)
            is_day = True
        except ValueError:
            found = datetime.fromisoformat(text)
            is_day = False
        if found.tzinfo is None:
            found = found.astimezone()
        # Years that no letter was written in are slips, and some break the arithmetic of zones.
        if abs(found.year - now.year) > 1 + _FURTHEST.days:
            raise ValueError(text)
    except (ValueError, OverflowError, OSError) as cause:
        raise TimeCannotBe(typed=typed, why=translate(NO_TIME)) from cause
    return found, is_day
