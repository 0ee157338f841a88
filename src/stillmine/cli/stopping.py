"""Stop calmly: the first Ctrl-C ends the work after this file, the second ends it now."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from stillmine.app.jobs import Job

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def stoppable(job: Job, announce: Callable[[], None]) -> Iterator[None]:
    """While this lasts, turn signals into a request to stop; raise KeyboardInterrupt at the second.

    The announcement must not wait for a lock, since a signal may come in the middle of a line.
    """

    def asked(_number: int, _frame: FrameType | None) -> None:
        if job.stop_asked:
            raise KeyboardInterrupt
        job.stop_asked = True
        announce()

    before = {number: signal.signal(number, asked) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
