"""Say in words how much time is left, or since when it is over."""

from __future__ import annotations

from datetime import datetime, timedelta

from stillmine.messages import fill, translate_counted
from stillmine.messages.clock import LEFT

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_DAY = timedelta(days=1)
# Two days and more are said in days; below that, hours are what somebody can plan by.
_DAYS_FROM = timedelta(hours=48)


def left(at: datetime, now: datetime) -> str:
    """Return words such as `30 hours left` or `over since 3 days`; never more than is left."""
    apart = abs(at - now)
    unit, count = _counted(apart)
    words = LEFT[f"over-{unit}" if now > at else unit]
    return fill(translate_counted(words.one, words.many, count), {unit: count})


def _counted(apart: timedelta) -> tuple[str, int]:
    if apart >= _DAYS_FROM:
        return "days", apart // _DAY
    if apart >= _HOUR:
        return "hours", apart // _HOUR
    return "minutes", max(1, apart // _MINUTE)
