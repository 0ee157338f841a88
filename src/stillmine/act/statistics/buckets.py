"""Times and counts in coarse steps, so that no figure points to one person."""

from __future__ import annotations

from bisect import bisect_right

EDGES = (2, 6, 24, 48, 72, 168, 720)
"""Hours at which one step ends and the next begins; the last one ends after 30 days."""
HOURS = ("0-2", "2-6", "6-24", "24-48", "48-72", "72-168", "168-720", "720+")
"""The names of the steps, in hours."""
COUNTS = ("1", "2-5", "6-20", "21+")
_COUNT_EDGES = (2, 6, 21)
AGAIN = ("0", "1", "2-3", "4+")
_AGAIN_EDGES = (1, 2, 4)


def hours_bucket(hours: float) -> str:
    """Return the step in which a time lies; the end of a step belongs to the next one."""
    return HOURS[bisect_right(EDGES, max(0.0, hours))]


def count_bucket(count: int) -> str:
    """Return the step of a count of addresses."""
    return COUNTS[bisect_right(_COUNT_EDGES, max(1, count))]


def again_bucket(count: int) -> str:
    """Return the step of how often something came back."""
    return AGAIN[bisect_right(_AGAIN_EDGES, max(0, count))]


def begins(bucket: str) -> float:
    """Return the hours at which a step begins."""
    place = HOURS.index(bucket)
    return float(EDGES[place - 1]) if place else 0.0


def ends(bucket: str) -> float | None:
    """Return the hours at which a step ends; None for the last one, which has no end."""
    place = HOURS.index(bucket)
    return float(EDGES[place]) if place < len(EDGES) else None
