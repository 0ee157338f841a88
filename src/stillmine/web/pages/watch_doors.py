"""Where what belongs to looking is found: the doors that stand on several pages."""

from __future__ import annotations

from stillmine.messages import (
    pages_alerts,
    pages_breaches,
    pages_enrolment,
    pages_names,
    pages_timers,
)
from stillmine.web.paths import address

_ROOMS = (
    ("names", pages_names),
    ("timer", pages_timers),
    ("alerts", pages_alerts),
    ("enrolment", pages_enrolment),
    ("breaches", pages_breaches),
)


_WITHOUT_A_VAULT = frozenset({"breaches", "enrolment"})


def doors(*, vault: bool = True) -> list[tuple[str, str, str]]:
    """Return the address of each, what it is called, and what it is for."""
    return [
        (address(name), words.ROOM, words.ROOM_ABOUT)
        for name, words in _ROOMS
        if vault or name in _WITHOUT_A_VAULT
    ]
