"""An end for one piece of work with a stranger, which no slow drip of bytes can put off."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from stillmine.errors import CannotReach


class Deadline:
    """So many seconds from now for all of it: names, connection, encryption, answer."""

    def __init__(self, seconds: float, host: str) -> None:
        """Start to count; `host` is named when the time is up."""
        self._until = time.monotonic() + seconds
        self._host = host
        self.passed = self._is_met = False

    def left(self) -> float:
        """Return the seconds that are left. Raises CannotReach where there are none."""
        left = self._until - time.monotonic()
        if left <= 0 or self.passed:
            raise CannotReach(host=self._host, reason="slow")
        return left

    @contextmanager
    def cutting(self, line: socket.socket) -> Iterator[None]:
        """Hang up on the other side when the time is up, whatever is being waited for.

        A time-out for each read would begin anew with every byte that drips in.
        """
        # A copy, because TLS takes the socket's number over and leaves an empty shell.
        copy = line.dup()
        timer = threading.Timer(self.left(), self._cut, (copy,))
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
            timer.join()
            copy.close()

    def met(self) -> None:
        """Count no more: what was to be done in time is done."""
        self._is_met = True

    def _cut(self, line: socket.socket) -> None:
        if self._is_met:
            return
        self.passed = True
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)


def reason_of(problem: BaseException | None) -> str:
    """Return a short code for why a line could not be opened or broke."""
    if isinstance(problem, TimeoutError):
        return "slow"
    if isinstance(problem, ConnectionRefusedError):
        return "nobody-listens"
    return "hung-up" if isinstance(problem, ConnectionError) else "no-way-there"
