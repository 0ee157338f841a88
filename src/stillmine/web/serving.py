"""Serve the pages on this computer alone, from the first address to the end of the visit."""

from __future__ import annotations

import contextlib
import signal
import socket
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import uvicorn

from stillmine.app.home import default_home
from stillmine.app.process import forbid_core_files, take_plain_name
from stillmine.messages import fill, translate
from stillmine.messages.pages_ground import GROUND
from stillmine.web.connections import MOST, MOST_HEADERS, Connection
from stillmine.web.door import Door
from stillmine.web.guarding import Guard
from stillmine.web.opening import open_browser
from stillmine.web.paths import OPENING
from stillmine.web.routing import AllPages, Page, application

_HOST = "127.0.0.1"
_IDLE_MINUTES = 120.0
"""After so long without use the pages end; they were locked long before."""
_LOOK = 2.0  # seconds
_READING = 1.5  # seconds


class Pages:
    """The server of one visit."""

    def __init__(self, door: Door, shown: Sequence[Page] = ()) -> None:
        """Take a free port; nobody is answered yet. Without `shown` there are all pages."""
        self.door = door
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._socket.bind((_HOST, 0))
        self._socket.listen(MOST)  # whoever comes before the first answer waits for it
        self.port: int = self._socket.getsockname()[1]
        self._rooms = application(door, shown) if shown else AllPages(door)
        guarded = Guard(self._rooms, door.entrance, self.port)
        self._server = uvicorn.Server(
            uvicorn.Config(
                guarded,
                http=Connection,
                ws="none",
                lifespan="off",
                loop="asyncio",
                interface="asgi3",
                log_config=None,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                date_header=False,
                backlog=MOST,
                timeout_keep_alive=5,
                timeout_graceful_shutdown=2,
                h11_max_incomplete_event_size=MOST_HEADERS,
            )
        )

    @property
    def address(self) -> str:
        """The address that opens the pages once."""
        return f"http://{_HOST}:{self.port}{OPENING}{self.door.entrance.key}"

    def run(self) -> None:
        """Serve until the person leaves, until nobody is there any more, or until `end`."""
        for work in (self._watch, self._load):
            threading.Thread(target=work, daemon=True, name=work.__name__).start()
        try:
            self._server.run(sockets=[self._socket])
        finally:
            self.door.leave()
            self._socket.close()

    def end(self) -> None:
        """Answer what is under way, and end."""
        self._server.should_exit = True

    def _load(self) -> None:
        """Load the pages that nobody waits for, while somebody reads the first one."""
        if isinstance(self._rooms, AllPages) and not self.door.left.wait(_READING):
            self._rooms.load()

    def _watch(self) -> None:
        """Lock where nobody is there, and end where nobody comes back."""
        while not self.door.left.wait(_LOOK):
            if self.door.idle_minutes() >= _IDLE_MINUTES and not self.door.works.is_busy():
                break
            if self.door.is_unlocked():
                self.door.lock_if_idle()
        self.end()


@contextlib.contextmanager
def _ended_by_signals(pages: Pages) -> Iterator[None]:
    """Let a closed terminal end the pages as Ctrl-C does, in peace: the vault is locked then.

    SIGTERM too, which the server sends once more when it has ended.
    """
    names = [name for name in ("SIGHUP", "SIGTERM") if hasattr(signal, name)]
    numbers = [getattr(signal, name) for name in names]
    before = [signal.signal(number, lambda _number, _frame: pages.end()) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            signal.signal(number, handler)


def main(home: Path | None = None) -> int:
    """Open the pages of a home in the person's browser; return the exit code when they end."""
    forbid_core_files()
    take_plain_name()
    pages = Pages(Door(home or default_home()))
    said = fill(translate(GROUND["open_this"]), {"address": pages.address})
    sys.stderr.write(f"{said}\n{translate(GROUND['open_ends'])}\n")
    sys.stderr.flush()
    with (
        _ended_by_signals(pages),
        open_browser(pages.address),
        contextlib.suppress(KeyboardInterrupt),
    ):
        pages.run()
    return 0
