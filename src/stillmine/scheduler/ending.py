"""End in time: when the system asks for it, and when the run has taken as long as it may."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from types import FrameType

from stillmine.app.jobs import Job
from stillmine.errors import Stopped

_GRACE = 45.0
"""Seconds to finish what is under way, once it was asked to stop; the system waits for sixty."""
_STEP = 0.2
_SIGNALS = (signal.SIGTERM, signal.SIGINT)


@contextlib.contextmanager
def ended_in_time(job: Job, *, minutes: float, grace: float = _GRACE) -> Iterator[None]:
    """Ask the job to stop when the time is over, or when a signal comes.

    Where it does not end within the grace that follows, the process does: what is confirmed is
    safe at every moment, and children end with it.
    """
    timers: list[threading.Timer] = []

    def ask() -> None:
        job.stop_asked = True
        # By the kernel's way out: nothing of ours may hold it up.
        later(grace, lambda: os._exit(Stopped.exit_code))

    def later(seconds: float, do: object) -> None:
        timer = threading.Timer(seconds, do)  # type: ignore[arg-type]  # any callable will do
        timer.daemon = True
        timers.append(timer)
        timer.start()

    def asked(_number: int, _frame: FrameType | None) -> None:
        if not job.stop_asked:
            ask()

    before = {number: signal.signal(number, asked) for number in _SIGNALS}
    later(minutes * 60, ask)
    try:
        yield
    finally:
        for timer in timers:
            timer.cancel()
        for number, handler in before.items():
            signal.signal(number, handler)


def wait_by_chance(job: Job, *, minutes: float) -> None:
    """Wait for a time that nobody can foretell, so that sites see no clockwork. Raise Stopped."""
    until = time.monotonic() + random.SystemRandom().uniform(0, minutes * 60)
    while (left := until - time.monotonic()) > 0:
        job.check()
        time.sleep(min(left, _STEP))
