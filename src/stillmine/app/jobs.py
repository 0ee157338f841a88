"""Work that takes a while: it shows progress with the time left, and stops when asked."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from stillmine.errors import Stopped


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is. `seconds_left` is None until there is something to reckon from."""

    doing: str
    done: int
    total: int | None
    unit: str
    seconds_left: float | None


def _nobody(_progress: Progress) -> None:
    """Stand in for a listener where nobody looks."""


def _unheard(_key: str, _facts: Mapping[str, str]) -> None:
    """Stand in for an announcer where nobody listens."""


@dataclass(slots=True)
class Job:
    """One piece of long work. Interfaces listen to it and may ask it to stop."""

    listener: Callable[[Progress], None] = _nobody
    stop_asked: bool = False
    announcer: Callable[[str, Mapping[str, str]], None] = _unheard
    _doing: str = ""
    _unit: str = ""
    _total: int | None = None
    _done: int = 0
    _began: float = field(default_factory=time.monotonic)

    def begin(self, doing: str, total: int | None, unit: str) -> None:
        """Start a stretch of work: `doing` is a key in `messages`, `unit` what is counted."""
        self._doing, self._total, self._unit = doing, total, unit
        self._done, self._began = 0, time.monotonic()
        self._tell()

    def advance(self, by: int = 1) -> None:
        """Count work that is done, and stop here if that was asked."""
        self._done += by
        self._tell()
        self.check()

    def check(self) -> None:
        """Raise Stopped if the person asked for it."""
        if self.stop_asked:
            raise Stopped(done=self._done, total=self._total or 0)

    def announce(self, key: str, **facts: str) -> None:
        """Say at once what the person needs while the work goes on: a key of `messages.questions`.

        Only for that; what the work came to is its answer.
        """
        self.announcer(key, facts)

    def _tell(self) -> None:
        left = None
        if self._total and self._done:
            spent = time.monotonic() - self._began
            left = max(0.0, spent / self._done * (self._total - self._done))
        self.listener(Progress(self._doing, self._done, self._total, self._unit, left))
