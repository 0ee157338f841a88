"""Who may connect, how long and how often: nothing slow or greedy shuts the person out."""

from __future__ import annotations

from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from stillmine.web.neighbours import is_of_another_account

MOST = 64
"""Connections at once; a browser opens six to one place."""
MOST_HEADERS = 16 * 1024
"""Bytes of the headers of one request."""
_SECONDS = 10.0


class Connection(H11Protocol):
    """One connection: let fall where no whole request comes in time, or there are too many."""

    _waiting: Any = None

    def connection_made(self, transport: Any) -> None:
        """Take the connection, if there are not too many and it is of our own account."""
        ends = (transport.get_extra_info(name) for name in ("peername", "sockname"))
        if len(self.connections) >= MOST or is_of_another_account(*ends):
            transport.abort()
            return
        super().connection_made(transport)
        self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Let go of what belongs to the connection."""
        self._stop_waiting()
        if self in self.connections:
            super().connection_lost(exc)

    def handle_events(self) -> None:
        """Read what came; the time for headers runs while no request is whole."""
        super().handle_events()
        if self._is_answering():
            self._stop_waiting()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        super().on_response_complete()
        self._wait()

    def _wait(self) -> None:
        self._stop_waiting()
        self._waiting = self.loop.call_later(_SECONDS, self._give_up)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def _give_up(self) -> None:
        if not self._is_answering():
            self.transport.abort()

    def _is_answering(self) -> bool:
        cycle: Any = self.cycle  # None before the first request, whatever its type says
        return cycle is not None and not cycle.response_complete
