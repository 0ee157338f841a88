"""A door for the browser: a proxy on this computer that lets out only what the guard lets out.

The browser resolves no names and opens no lines itself; it asks here. So a page cannot reach the
router or another program of this computer, however it tries, and every DNS answer is on record.
"""

from __future__ import annotations

import hmac
import secrets
import socket
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime

from stillmine.app.network.permit import Permit
from stillmine.app.network.web.deadline import Deadline
from stillmine.app.network.web.dial import Call, dialled
from stillmine.app.network.web.location import read_location
from stillmine.app.network.web.names import DnsAnswer, Resolver, system_names
from stillmine.app.network.web.passing import Allowance, pass_between
from stillmine.app.network.web.proxy_head import Asked, read_asked
from stillmine.app.network.web.way import Way, way_out
from stillmine.errors import AddressRefused, NothingMayLeave, StillmineError

_SECONDS_TO_ASK = 30.0
_SECONDS_TO_CONNECT = 30.0
_MOST_NOTED, _MOST_URL = 10_000, 2048  # a page can have a browser ask a million times


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was not let out: the address asked for, the code of the error, and why.

    `address` is where the name led, where that was the reason.
    """

    url: str
    code: str
    reason: str
    at: datetime
    address: str = ""


class Door:
    """An open door on 127.0.0.1, for those who have its name (`user`) and `password`."""

    def __init__(
        self, permit: Permit, way: Way, names: Resolver, allowance: Allowance, most_lines: int
    ) -> None:
        """Listen; `open_door` does it and closes again."""
        self.user, self.password = "door", secrets.token_urlsafe(24)
        self._permit, self._way, self._names = permit, way, names
        self._allowance = allowance
        self._lines = threading.BoundedSemaphore(most_lines)
        self._lock = threading.Lock()
        self._answers: list[DnsAnswer] = []
        self._refused: list[Refusal] = []
        self._open: set[socket.socket] = set()
        self._closed = False
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = int(self._listening.getsockname()[1])
        self._login = b"Basic " + b64encode(f"{self.user}:{self.password}".encode())
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        """Return the address of the proxy, without its name and password."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def answers(self) -> tuple[DnsAnswer, ...]:
        """Return what the name servers said, in the order in which they were asked."""
        with self._lock:
            return tuple(self._answers)

    @property
    def refused(self) -> tuple[Refusal, ...]:
        """Return what was not let out, and why."""
        with self._lock:
            return tuple(self._refused)

    @property
    def passed(self) -> int:
        """Return how many bytes went through, both ways together."""
        return self._allowance.spent

    def close(self) -> None:
        """Hang up on everybody, at once."""
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)  # wakes up the thread that waits there
        self._listening.close()
        with self._lock:
            self._closed = True
            for line in self._open:
                with suppress(OSError):
                    line.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._listening.accept()
                if not self._lines.acquire(blocking=False):
                    _say(line, 503)
                    line.close()
                    continue
                threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        try:
            # A browser that went away, or one that was cut off, is nobody's error.
            with suppress(OSError, StillmineError), line, self._held(line):
                self._answer(line)
        finally:
            self._lines.release()

    @contextmanager
    def _held(self, line: socket.socket) -> Iterator[None]:
        """Have a line among those that are cut when the door is closed."""
        with self._lock:
            if self._closed:
                raise ConnectionAbortedError("the door is closed")
            self._open.add(line)
        try:
            yield
        finally:
            with self._lock:
                self._open.discard(line)

    def _answer(self, line: socket.socket) -> None:
        with Deadline(_SECONDS_TO_ASK, "door").cutting(line):
            asked = read_asked(line)
        if asked is None:
            _say(line, 400)
            return
        if not hmac.compare_digest(asked.login, self._login):
            _say(line, 407)
            return
        try:
            self._let_out(line, asked)
        except StillmineError as reason:
            self._note(asked, reason)
            _say(line, 403 if isinstance(reason, AddressRefused | NothingMayLeave) else 502)

    def _let_out(self, line: socket.socket, asked: Asked) -> None:
        location = read_location(asked.url)
        self._permit.check(location.url)
        self._allowance.require()
        deadline = Deadline(_SECONDS_TO_CONNECT, location.host)
        way, names = self._way, self._names
        with (
            dialled(location.host, location.port, deadline, way=way, names=names) as call,
            self._held(call.line),
        ):
            self._record(call)
            deadline.met()
            if asked.tunnel:
                line.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            else:
                call.line.sendall(asked.forwarded(location))
            pass_between(line, call.line, asked, self._allowance)

    def _record(self, call: Call) -> None:
        with self._lock:
            if call.answer is not None and len(self._answers) < _MOST_NOTED:
                self._answers.append(call.answer)

    def _note(self, asked: Asked, reason: StillmineError) -> None:
        said = str(reason.facts.get("reason", reason.code))
        led_to = str(reason.facts.get("address", ""))
        noted = Refusal(asked.url[:_MOST_URL], reason.code, said, datetime.now(UTC), led_to)
        with self._lock:
            if len(self._refused) < _MOST_NOTED:
                self._refused.append(noted)


@contextmanager
def open_door(
    permit: Permit,
    *,
    way: Way | None = None,
    limit_bytes: int = 512 << 20,
    most_lines: int = 128,
    names: Resolver = system_names,
    on_full: Callable[[], None] | None = None,
) -> Iterator[Door]:
    """Open a door on loopback; close it, and cut all that goes through it, at the end.

    A program behind it may reach what `permit` allows and `guard` lets pass, `limit_bytes` in
    all and `most_lines` at once, by `way` or the one that the person chose. `on_full` is called,
    once, when the bytes are used up.
    """
    way = way_out() if way is None else way
    door = Door(permit, way.alone(), names, Allowance(limit_bytes, on_full), most_lines)
    try:
        yield door
    finally:
        door.close()


_WORDS = {
    400: "Bad Request",
    403: "Forbidden",
    407: "Proxy Authentication Required",
    502: "Bad Gateway",
    503: "Service Unavailable",
}


def _say(line: socket.socket, status: int) -> None:
    head = f"HTTP/1.1 {status} {_WORDS[status]}\r\nContent-Length: 0\r\nConnection: close\r\n"
    if status == 407:
        head += 'Proxy-Authenticate: Basic realm="door", charset="UTF-8"\r\n'
    with suppress(OSError):
        line.sendall(head.encode() + b"\r\n")
