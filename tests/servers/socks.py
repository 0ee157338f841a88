"""A SOCKS 5 proxy on loopback (RFC 1928, RFC 1929) that leads every name to one place."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from ipaddress import ip_address

from tests.servers.listening import Listening


class Socks(Listening):
    """A proxy that leads whatever it is asked for to one port of this computer.

    `asked` are the hosts and ports it was asked for, `logins` who asked. `reply` is what it says
    (0 is yes); with `login`, nobody gets in without that name and password. With `resolves`, it
    looks names up as Tor does (RESOLVE), and that is what it finds.
    """

    def __init__(
        self,
        goal: int,
        *,
        reply: int = 0,
        login: tuple[str, str] | None = None,
        resolves: str = "",
    ) -> None:
        self._goal, self._reply, self._login, self._resolves = goal, reply, login, resolves
        self.resolved: list[str] = []
        self.asked: list[tuple[str, int]] = []
        self.logins: list[tuple[str, str]] = []
        super().__init__()

    def _serve(self, line: socket.socket) -> None:
        with suppress(OSError), line:
            if not self._let_in(line):
                return
            command, _, kind = _take(line, 4)[1:]
            goal = _goal(line, kind)
            if command == 0xF0 and self._resolves:
                self.resolved.append(goal[0])
                line.sendall(_found(self._resolves))
                return
            self.asked.append(goal)
            line.sendall(bytes([5, self._reply, 0, 1]) + bytes(6))
            if self._reply == 0:
                with socket.create_connection(("127.0.0.1", self._goal)) as site:
                    self._ends.append(site)
                    back = threading.Thread(target=_pump, args=(site, line), daemon=True)
                    back.start()
                    _pump(line, site)
                    back.join(20)

    def _let_in(self, line: socket.socket) -> bool:
        offered = _take(line, _take(line, 2)[1])
        method = 2 if self._login or offered == b"\x02" else 0
        if method not in offered:
            line.sendall(b"\x05\xff")
            return False
        line.sendall(bytes([5, method]))
        if method == 0:
            return True
        user = _take(line, _take(line, 2)[1]).decode()
        password = _take(line, _take(line, 1)[0]).decode()
        self.logins.append((user, password))
        right = self._login in (None, (user, password))
        line.sendall(b"\x01\x00" if right else b"\x01\x01")
        return right


def _found(address: str) -> bytes:
    packed = ip_address(address).packed
    return bytes([5, 0, 0, 1 if len(packed) == 4 else 4]) + packed + bytes(2)


def _goal(line: socket.socket, kind: int) -> tuple[str, int]:
    if kind == 3:
        host = _take(line, _take(line, 1)[0]).decode()
    else:
        family = socket.AF_INET if kind == 1 else socket.AF_INET6
        host = socket.inet_ntop(family, _take(line, 4 if kind == 1 else 16))
    return host, int.from_bytes(_take(line, 2), "big")


def _take(line: socket.socket, count: int) -> bytes:
    held = b""
    while len(held) < count:
        piece = line.recv(count - len(held))
        if not piece:
            raise ConnectionError
        held += piece
    return held


def _pump(source: socket.socket, goal: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            goal.sendall(piece)
        goal.shutdown(socket.SHUT_WR)
