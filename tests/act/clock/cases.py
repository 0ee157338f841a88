"""Cases to try the clock on, with letters that are whole or lack something."""

from __future__ import annotations

from datetime import UTC, datetime

from stillmine.act.case.model import Address, Case, Notice, Sender
from stillmine.act.clock import machine
from stillmine.act.notices import Wanted, compose

URL = "https://leak.example/watch/42"
US_LAW = "law/us/take-it-down-act"
EU_LAW = "law/eu/gdpr-right-to-erasure"
AU_LAW = "law/au/online-safety-act-2021-criminal-code"
SENDER = Sender(name="Kim Example", mail="kim@example.org")


def at(text):
    """Return a moment in UTC, written as `2026-11-20 09:30`."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def letter(*regimes, kind="platform", sender=SENDER, addresses=(URL,)):
    """Return the text of a letter under these regimes."""
    wanted = Wanted("Pictures Ltd", kind, sender, addresses, regimes, "2026-11-20", "US")
    return compose(wanted).text


def notice(*regimes, name="n1", sent=None, text=None, **facts):
    """Return a notice under these regimes; with `sent`, it was sent then."""
    body = letter(*regimes) if text is None else text
    made = Notice(
        name, "Pictures Ltd", "2026-11-20T08:00:00+00:00", regimes, ("a1",), text=body, **facts
    )
    return made if sent is None else machine.moved(made, "sent", at(sent))


def case(*notices, country="US", **facts):
    """Return a case with one address and these notices."""
    addresses = facts.pop("addresses", (Address("a1", URL, "2026-11-20T08:00:00+00:00"),))
    return Case(
        "3fa2b1c0",
        "2026-11-20T08:00:00+00:00",
        country,
        addresses=addresses,
        notices=notices,
        **facts,
    )
