"""Which host may be asked now: each one thing at a time, at its own pace, kept from run to run."""

from __future__ import annotations

import heapq

from stillmine.app.storage.looks import HostPace, Looks
from stillmine.watch.looking.bounds import Bounds
from stillmine.watch.manners.pace import Pace

GIVEN_UP = 5
"""After so many failures in a row, what waits for a host is dropped until its place is due."""


class Hosts:
    """The paces of all hosts for which something waits."""

    def __init__(self, looks: Looks, bounds: Bounds) -> None:
        """Begin with what the database knows."""
        self._looks, self._bounds = looks, bounds
        self._paces: dict[str, Pace] = {}
        self._pauses: dict[str, float] = {}
        self._changed: set[str] = set()
        self._queue: list[tuple[float, str]] = []
        self._queued: set[str] = set()
        self._busy: set[str] = set()
        self.later: set[str] = set()

    def wake(self, host: str) -> None:
        """Hear that something waits for a host."""
        if host not in self._queued | self._busy and host not in self.later:
            self._queued.add(host)
            heapq.heappush(self._queue, (self.pace(host).next_at, host))

    def ready(self, now: float) -> str | None:
        """Return a host that may be asked now, and take it out; None where there is none.

        One that wants us to wait longer than the bounds allow is left for the next look.
        """
        while self._queue:
            _, host = self._queue[0]
            pace = self.pace(host)
            wait = pace.wait(now)
            if wait > self._bounds.patience or pace.is_spent(now, self._bounds.budget):
                self._take()
                self.later.add(host)
            elif wait > 0:
                return None
            else:
                self._take()
                return host
        return None

    def seconds_left(self, now: float) -> float | None:
        """Return how many seconds until a host may be asked; None where nothing waits."""
        if not self._queue:
            return None
        return self.pace(self._queue[0][1]).wait(now)

    def wants(self, host: str, pause: float) -> None:
        """Hear that a site wants a pause of so many seconds between two questions."""
        self._pauses[host] = max(pause, self._pauses.get(host, 0.0))

    def asks(self, host: str, now: float, pause: float) -> None:
        """Note that a question is sent; until it is answered no other one is."""
        self._busy.add(host)
        self._set(host, self.pace(host).asks(now, self._pause(host, pause)))

    def hears(self, host: str, now: float, status: int, retry: str, pause: float) -> None:
        """Note an answer; `status` 0 stands for none."""
        self._busy.discard(host)
        pace = self.pace(host).hears(now, status, retry, self._pause(host, pause))
        self._set(host, pace)

    def unasked(self, host: str) -> None:
        """Note that nobody was asked after all: where the address leads is not ours to go."""
        self._busy.discard(host)

    def gave_up(self, host: str) -> bool:
        """Say whether a host failed so often that nothing more is asked of it for now."""
        return self.pace(host).failures >= GIVEN_UP

    def pace(self, host: str) -> Pace:
        """Return the pace of a host."""
        if host not in self._paces:
            known = self._looks.pace(host)
            self._paces[host] = Pace(*known[1:]) if known else Pace()
        return self._paces[host]

    def rows(self) -> list[HostPace]:
        """Return the paces that changed since they were last written down."""
        changed, self._changed = self._changed, set()
        return [
            HostPace(host, pace.next_at, pace.failures, pace.day, pace.asked)
            for host in sorted(changed)
            for pace in (self._paces[host],)
        ]

    def _pause(self, host: str, pause: float) -> float:
        return max(pause, self._pauses.get(host, 0.0))

    def _set(self, host: str, pace: Pace) -> None:
        self._paces[host] = pace
        self._changed.add(host)

    def _take(self) -> None:
        _, host = heapq.heappop(self._queue)
        self._queued.discard(host)
