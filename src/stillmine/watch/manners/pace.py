"""How often one host is asked: seldom, and less often if it wants so or is in trouble.

Nothing here waits or connects. A pace is a value: what is known of one host, kept from look to
look, so that a program that is started anew is as patient as one that went on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

USUAL_PAUSE = 2.0
"""Seconds between two questions to one host."""
DAILY_BUDGET = 3000
"""Questions to one host in one day (UTC)."""
_FIRST_BACK_OFF = 60.0
_LONGEST_BACK_OFF = 24 * 3600.0
_LONGEST_RETRY_AFTER = 7 * 24 * 3600.0
_IN_TROUBLE = frozenset({429, 500, 502, 503, 504, 520, 521, 522, 523, 524})


@dataclass(frozen=True, slots=True)
class Pace:
    """What is known of one host. Times are seconds since 1970, UTC.

    Before `next_at` it is not asked. `failures` is how often in a row it was in trouble; on `day`
    it was asked `asked` times.
    """

    next_at: float = 0.0
    failures: int = 0
    day: str = ""
    asked: int = 0

    def wait(self, now: float) -> float:
        """Return how many seconds to wait before the next question."""
        # A clock that was set back must not make us wait for years.
        return min(max(0.0, self.next_at - now), _LONGEST_RETRY_AFTER)

    def is_spent(self, now: float, budget: int = DAILY_BUDGET) -> bool:
        """Say whether the host was asked as often as may be on this day."""
        return self.day == _day(now) and self.asked >= budget

    def asks(self, now: float, pause: float = 0.0) -> Pace:
        """Return the pace when a question is sent: the longest pause that anybody wants counts."""
        day = _day(now)
        asked = self.asked + 1 if self.day == day else 1
        return replace(self, next_at=now + max(USUAL_PAUSE, pause), day=day, asked=asked)

    def hears(self, now: float, status: int, retry_after: str = "", pause: float = 0.0) -> Pace:
        """Return the pace after an answer; `status` 0 stands for none at all.

        The pause counts from the end of an answer, so that a slow site is not asked more often.
        """
        ready = max(self.next_at, now + max(USUAL_PAUSE, pause))
        if status and status not in _IN_TROUBLE:
            return replace(self, next_at=ready, failures=0)
        failures = self.failures + 1
        back_off = min(_FIRST_BACK_OFF * 2 ** min(failures - 1, 20), _LONGEST_BACK_OFF)
        told = min(seconds_of(retry_after, now), _LONGEST_RETRY_AFTER)
        return replace(self, next_at=max(ready, now + max(back_off, told)), failures=failures)


def seconds_of(retry_after: str, now: float) -> float:
    """Return what `Retry-After` says (RFC 9110, 10.2.3): seconds, or a date; 0 for neither."""
    text = retry_after.strip()[:64]
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, when.timestamp() - now)


def _day(now: float) -> str:
    return datetime.fromtimestamp(now, UTC).date().isoformat()
