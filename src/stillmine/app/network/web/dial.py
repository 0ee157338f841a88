"""Call a host: look at its address first, and call just that address, straight or by proxy."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from stillmine.app.network.web import proxies
from stillmine.app.network.web.deadline import Deadline, reason_of
from stillmine.app.network.web.guard import is_inside, require_public_name, require_web_port
from stillmine.app.network.web.names import DnsAnswer, Resolver, outside, resolve, system_names
from stillmine.app.network.web.way import DIRECT, Way
from stillmine.errors import AddressRefused, CannotReach

_ONE_TRY = 10.0  # seconds for one address of several


@dataclass(frozen=True, slots=True)
class Call:
    """An open line. `answer` is what the name server said; None where a proxy asked it."""

    line: socket.socket
    host: str
    port: int
    address: str
    answer: DnsAnswer | None


@contextmanager
def dialled(
    host: str,
    port: int,
    deadline: Deadline,
    *,
    way: Way = DIRECT,
    names: Resolver = system_names,
    at_home: bool = False,
) -> Iterator[Call]:
    """Open a line to a host, as `read_host` gives it; hang up at the end, or when time is up.

    With `at_home` the person runs it: it may be in their own network, which no proxy reaches.
    Raises AddressRefused, CannotReach, ProxyTrouble.
    """
    require_web_port(host, port)
    if host.endswith(".onion") and not way.tor:
        raise AddressRefused(host=host, reason="onion-without-tor")
    straight = way.kind == "direct" or (at_home and is_inside(host))
    call = _straight(host, port, deadline, names, at_home) if straight else None
    call = call or _by_proxy(host, port, deadline, way)
    with call.line, deadline.cutting(call.line):
        yield call


def _straight(host: str, port: int, deadline: Deadline, names: Resolver, at_home: bool) -> Call:
    answer = resolve(host, deadline.left(), names)
    addresses = outside(answer, port, at_home=at_home)
    line, address = _first_that_answers(host, port, addresses, deadline)
    return Call(line, host, port, address, answer.choosing(address))


def _first_that_answers(
    host: str, port: int, addresses: tuple[str, ...], deadline: Deadline
) -> tuple[socket.socket, str]:
    problem: OSError | None = None
    for address in addresses:
        try:
            # A number, so that nobody is asked for a name a second time.
            line = socket.create_connection((address, port), min(deadline.left(), _ONE_TRY))
        except OSError as failed:
            problem = failed
            continue
        line.settimeout(None)  # the deadline hangs up
        return line, address
    raise CannotReach(host=host, reason=reason_of(problem)) from problem


def _by_proxy(host: str, port: int, deadline: Deadline, way: Way) -> Call:
    require_public_name(host, port)
    return Call(proxies.through(way, host, port, deadline), host, port, "", None)
