"""The one server that answers for all hosts, by the name it is asked under, and notes it all."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.servers.leak_web.clock import Clock
from tests.servers.leak_web.log import Entry
from tests.servers.leak_web.site import NOT_FOUND, Answer, Asked, Bank
from tests.servers.leak_web.world import Plan, World, planned
from tests.servers.listening import Listening
from tests.servers.sites import Authority

_MOST_HEAD = 1 << 16
_PATIENCE = 30.0
FIXED = ("t.me", "cdn4.telesco.pe")
"""Hosts with fixed names, encrypted, at the usual port: reached by CONNECT, as by any proxy."""


class Bait(Listening):
    """A port of this computer that nobody may call; it counts who does."""

    def __init__(self) -> None:
        self.calls = 0
        super().__init__()

    def _serve(self, line: socket.socket) -> None:
        self.calls += 1
        with suppress(OSError), line:
            line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret")


class LeakWeb(Listening):
    """A web of leaks. `log` has every request in the order in which they came.

    `shown_to` is told of each picture before it is sent.
    """

    def __init__(self, plan: Plan, bank: Bank, clock: Clock, folder: Path) -> None:
        """Listen on a port of 127.0.0.1; `folder` is for certificates."""
        self.clock = clock
        self.log: list[Entry] = []
        self.shown_to: Callable[[bytes], None] = _nobody
        self.bait = Bait()
        self._lock = threading.Lock()
        self.authority = Authority(folder)
        self._encrypted = self.authority.vouch(*FIXED)
        self._ready = threading.Event()
        super().__init__()
        self.world: World = planned(plan, self.port, bank)
        for site in self.world.sites:
            site.warm()
            if hasattr(site, "bait"):
                site.bait = self.bait.port
        self._ready.set()

    @property
    def places(self) -> str:
        """Return what `STILLMINE_ALLOW_LOOPBACK` has to be, so that all hosts can be asked.

        This computer by its own name is not among them: only what its person runs is asked there.
        """
        hosts = {name for site in self.world.sites for name in site.hosts}
        names = sorted(hosts - {*FIXED, "localhost"})
        return ",".join(f"{name}:{self.port}" for name in names)

    def close(self) -> None:
        """Hang up on everybody and go away."""
        self.bait.close()
        super().close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._door.accept()
                threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        self._ready.wait()
        with suppress(OSError, ValueError), line:
            line.settimeout(_PATIENCE)
            asked, rest = _read(line, self.clock)
            if asked.method != "CONNECT":
                self._reply(line, asked)
                return
            if rest or asked.host not in FIXED:
                line.sendall(b"HTTP/1.1 502 Nobody\r\nContent-Length: 0\r\n\r\n")
                return
            line.sendall(b"HTTP/1.1 200 Connected\r\n\r\n")
            with self._encrypted.wrap_socket(line, server_side=True) as inner:
                self._reply(inner, _read(inner, self.clock)[0])

    def _reply(self, line: socket.socket | ssl.SSLSocket, asked: Asked) -> None:
        entry = Entry(asked.at, asked.host, asked.method, asked.target, dict(asked.headers))
        with self._lock:
            self.log.append(entry)
        answer = self._answer(asked)
        entry.status = answer.status
        if answer.type.startswith(("image/", "video/", "application/zip", "application/octet")):
            self.shown_to(answer.body)
        entry.answered = {name.lower(): value for name, value in answer.headers}
        try:
            if answer.sending is not None:
                answer.sending(line)
            else:
                wire = answer.wire(head_only=asked.method == "HEAD")
                line.sendall(wire[:-1])
                # Before the last byte: so it was certainly not over earlier for who asked.
                entry.ended, entry.sent = self.clock.now(), len(wire)
                line.sendall(wire[-1:])
                entry.heard = _is_heard(line)
        finally:
            entry.ended = entry.ended or self.clock.now()

    def _answer(self, asked: Asked) -> Answer:
        site = self.world.by_host.get(asked.host)
        if site is None or asked.method not in {"GET", "HEAD"}:
            return NOT_FOUND
        try:
            return site.answer(asked)
        except (ValueError, IndexError, KeyError):
            return NOT_FOUND


def _is_heard(line: socket.socket | ssl.SSLSocket) -> bool:
    """Say whether all that was sent was read: who hangs up before that resets the line."""
    try:
        line.shutdown(socket.SHUT_WR)
        return isinstance(line, ssl.SSLSocket) or line.recv(1) == b""
    except OSError:
        return False


def _nobody(_body: bytes) -> None:
    """Stand in for who wants to know what is shown."""


def _read(line: socket.socket | ssl.SSLSocket, clock: Clock) -> tuple[Asked, bytes]:
    """Read the head of a request. Raises ValueError for what is none."""
    held = b""
    while b"\r\n\r\n" not in held:
        piece = line.recv(65536)
        if not piece or len(held) > _MOST_HEAD:
            raise ValueError("no request")
        held += piece
    at = clock.now()
    head, _, rest = held.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    pairs = (each.partition(":") for each in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    place = target if method == "CONNECT" else headers.get("host", "")
    return Asked(method, place.rpartition(":")[0] or place, target, headers, at), rest
