"""A clock that may run faster than the day does, and that several processes can read."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """At the monotonic time `since` it is `origin` (seconds since 1970, UTC)."""

    origin: float
    since: float
    speed: float

    @classmethod
    def starting(cls, speed: float, origin: float = 1_900_000_000.0) -> Clock:
        """Return a clock that starts now; two in the afternoon, so that no day ends soon."""
        return cls(origin - origin % 86400 + 14 * 3600, time.monotonic(), speed)

    def later(self, seconds: float) -> Clock:
        """Return a clock that is set forward."""
        return Clock(self.origin + seconds, self.since, self.speed)

    def now(self) -> float:
        """Return the time. The monotonic clock is the same for all processes of a computer."""
        return self.origin + (time.monotonic() - self.since) * self.speed

    def wait(self, seconds: float) -> None:
        """Wait so long by this clock."""
        time.sleep(max(0.0, seconds) / self.speed)
