"""When to look: the times of a day that were chosen, and which of them has come."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from stillmine.errors import WrongSetting

EVERY = 12
"""How many hours lie between two looks where nobody chose."""
_DAY = 24
_MOST_TIMES = 24
_TIME = re.compile(r"([01]?[0-9]|2[0-3])(?:[:.]([0-5][0-9]))?")


@dataclass(frozen=True, slots=True)
class Times:
    """The minutes of the day (0 to 1439) at which a look is due, in the computer's own time."""

    minutes: tuple[int, ...]

    def came(self, now: datetime) -> datetime:
        """Return the last of them that has come."""
        return max(each for each in self._around(now) if each <= now)

    def comes(self, now: datetime) -> datetime:
        """Return the next one."""
        return min(each for each in self._around(now) if each > now)

    def is_due(self, now: datetime, last: datetime | None) -> bool:
        """Say whether one has come since the last run began. A last run in the future is none."""
        return last is None or last > now or last < self.came(now)

    @property
    def said(self) -> tuple[str, ...]:
        """Return them as people read them."""
        return tuple(f"{each // 60:02}:{each % 60:02}" for each in self.minutes)

    def _around(self, now: datetime) -> list[datetime]:
        days = [now.date() + timedelta(days=offset) for offset in (-1, 0, 1)]
        return [
            # Anew for each day, so that a day of 23 or 25 hours has the same times as any other.
            datetime.combine(day, time(each // 60, each % 60)).astimezone()
            for day in days
            for each in self.minutes
        ]


def read_times(every: int, at: Sequence[str], minute: int) -> Times:
    """Return the times that were typed: the hours between two looks, or times such as 20:30.

    `minute` is the one of the hour at which the system starts us. Raise WrongSetting.
    """
    if at:
        if len(at) > _MOST_TIMES:
            raise WrongSetting(name="--at", wanted="8:00, 20:30")
        return Times(tuple(sorted({_read_time(each) for each in at})))
    if not 1 <= every <= _DAY or _DAY % every:
        raise WrongSetting(name="--every", wanted="1, 2, 3, 4, 6, 8, 12, 24")
    first = minute % (every * 60)
    return Times(tuple(range(first, _DAY * 60, every * 60)))


def _read_time(text: str) -> int:
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise WrongSetting(name="--at", wanted="8:00, 20:30")
    return int(found[1]) * 60 + int(found[2] or 0)


def kept_times(schedule: Mapping[str, Any]) -> Times | None:
    """Return the times of a schedule as it is kept; None where it has none."""
    found = schedule.get("minutes")
    if not isinstance(found, list) or not found:
        return None
    if not all(isinstance(each, int) and 0 <= each < _DAY * 60 for each in found):
        return None
    return Times(tuple(found))
