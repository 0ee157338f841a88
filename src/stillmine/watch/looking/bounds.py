"""How much one look may take: bytes, seconds, pages, pictures, and how long it waits for a host."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Protocol

from stillmine.app.network.permit import Permit
from stillmine.app.network.web import Fetched, fetch
from stillmine.watch.manners.pace import DAILY_BUDGET

ACTION = "watch.look"
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Bounds:
    """The bounds of one look.

    `fetches` hosts are asked side by side, `comparing` pictures compared. Of an answer at most
    `page_bytes` are read, of a picture `picture_bytes`; one that is longer (a video, an archive) is
    asked for once more, one at a time, up to `large_bytes`. `held_bytes` is how much is in memory
    of all answers together. An answer may take `seconds`. `pictures` is for one place, `queue` for
    all that waits, `budget` for one host and day. A host that wants us to wait longer than
    `patience` seconds is left for the next look; so is all that is left after `whole` seconds.
    """

    fetches: int = 8
    # One alone: it compares far more than polite asking brings, and a second one would take as
    # much memory again for the largest pictures.
    comparing: int = 1
    page_bytes: int = 8 << 20
    picture_bytes: int = 12 << 20
    large_bytes: int = 64 << 20
    held_bytes: int = 112 << 20
    seconds: float = 30.0
    pictures: int = 20_000
    queue: int = 200_000
    budget: int = DAILY_BUDGET
    patience: float = 90.0
    whole: float = 12 * 3600.0


class Pulse(Protocol):
    """The clock of a look, so that a measurement can run it faster than time goes by."""

    def now(self) -> float:
        """Return the seconds since 1970."""
        ...

    def wait(self, seconds: float) -> None:
        """Let so many seconds go by."""
        ...


class RealPulse:
    """The clock on the wall."""

    def now(self) -> float:
        """Return the seconds since 1970."""
        return time.time()

    def wait(self, seconds: float) -> None:
        """Let so many seconds go by."""
        time.sleep(seconds)


class Asker(Protocol):
    """Asks the web for one address, once: a redirect is itself the answer.

    It raises as `app.network.web.fetch` does. `at_home` is what the person runs and typed.
    """

    def __call__(
        self, url: str, headers: Pairs, *, limit: int, seconds: float, at_home: bool
    ) -> Fetched:
        """Return the answer."""
        ...


def ask_web(url: str, headers: Pairs, *, limit: int, seconds: float, at_home: bool) -> Fetched:
    """Ask by the way that the person chose; where the address leads is looked at first.

    The permit is for a page and what it leads to. A redirect is not followed here, because the host
    that it leads to has a pace and rules of its own.
    """
    return fetch(
        Permit.for_page(ACTION, url),
        url,
        headers=headers,
        limit=limit,
        seconds=seconds,
        redirects=0,
        at_home=at_home,
    )
