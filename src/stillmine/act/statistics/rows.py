"""One line of figures: what became of the letters of one case to one place, in closed words only.

Every value is one of a few that are listed here, or a week. So no line can hold a name, an
address, a text or a time, whoever wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cache
from typing import Any

from stillmine.act.notices.regime import regimes
from stillmine.act.statistics.buckets import AGAIN, COUNTS, HOURS
from stillmine.act.statistics.regions import REGIONS
from stillmine.facts import Kind, facts_of

REMOVED, PARTIAL, REFUSED = "removed", "partial", "refused"
SILENCE, REAPPEARED, OPEN = "silence", "reappeared", "open"
OUTCOMES = (REMOVED, PARTIAL, REFUSED, SILENCE, REAPPEARED, OPEN)
GONE = frozenset({REMOVED, REAPPEARED})
CHANNELS = ("form", "mail", "regulator", "other")
CONTENT = ("real", "synthetic", "unknown")
OTHER, SEVERAL, NONE = "other", "several", "none"
_WEEK = re.compile(r"20[0-9]{2}-W(0[1-9]|[1-4][0-9]|5[0-3])")


@dataclass(frozen=True, slots=True)
class Row:
    """The letters of one case to one place by one way: see docs/formats.md for each field.

    `hours_to_removal` is set where it was removed, and `hours_waited` where it was not.
    """

    platform: str
    channel: str
    legal_basis: str
    country_group: str
    content_kind: str
    week: str
    outcome: str
    hours_to_acknowledgement: str | None
    hours_to_removal: str | None
    hours_waited: str | None
    within_statutory: bool | None
    reuploads: str
    urls: str

    @property
    def plain(self) -> dict[str, str | bool | None]:
        """Return the line as it is written."""
        return asdict(self)


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Return lines in the order of their values, which tells nothing of how they came about."""
    return sorted(rows, key=lambda row: [str(value) for value in row.plain.values()])


def row_of(plain: object) -> Row:
    """Return the line that somebody else wrote. Raise ValueError for all that is none."""
    if not isinstance(plain, Mapping) or set(plain) != {each.name for each in fields(Row)}:
        raise ValueError("keys")
    for name, allowed in _ALLOWED.items():
        if not allowed(plain[name]):
            raise ValueError(name)
    row = Row(**plain)
    if (row.outcome in GONE) != (row.hours_to_removal is not None):
        raise ValueError("hours_to_removal")
    if (row.hours_to_removal is None) != (row.hours_waited is not None):
        raise ValueError("hours_waited")
    return row


@cache
def platforms() -> frozenset[str]:
    """Return the places that are named in figures: those that everybody can read about here."""
    return frozenset({OTHER, *(each.fact.rpartition("/")[2] for each in facts_of(Kind.PLATFORM))})


@cache
def bases() -> frozenset[str]:
    """Return what stands for the laws of a letter."""
    return frozenset({SEVERAL, NONE, *(each.regime for each in regimes())})


def _one_of(*allowed: str | None) -> Callable[[Any], bool]:
    # Not `in`: True equals 1 there, and a list has no hash.
    return lambda value: (value is None or isinstance(value, str)) and value in allowed


_ALLOWED: Mapping[str, Callable[[Any], bool]] = {
    "platform": lambda value: isinstance(value, str) and value in platforms(),
    "channel": _one_of(*CHANNELS),
    "legal_basis": lambda value: isinstance(value, str) and value in bases(),
    "country_group": _one_of(*REGIONS),
    "content_kind": _one_of(*CONTENT),
    "week": lambda value: isinstance(value, str) and _WEEK.fullmatch(value) is not None,
    "outcome": _one_of(*OUTCOMES),
    "hours_to_acknowledgement": _one_of(None, *HOURS),
    "hours_to_removal": _one_of(None, *HOURS),
    "hours_waited": _one_of(None, *HOURS),
    "within_statutory": lambda value: value is None or isinstance(value, bool),
    "reuploads": _one_of(*AGAIN),
    "urls": _one_of(*COUNTS),
}
