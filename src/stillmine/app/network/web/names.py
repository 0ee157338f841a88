"""Ask what address a name has: once, and that answer is used, so that it cannot change under us."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from ipaddress import ip_address

from stillmine.app.network.web.guard import require_outside
from stillmine.errors import AddressRefused, CannotReach

_MOST = 32
_LOOPBACK = ("127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class DnsAnswer:
    """What a name server said: all addresses, the true name behind an alias, and who was called."""

    host: str
    addresses: tuple[str, ...]
    at: datetime
    canonical: str = ""
    chosen: str = ""

    def choosing(self, address: str) -> DnsAnswer:
        """Return the same answer with the address that was called."""
        return replace(self, chosen=address)


Resolver = Callable[[str], tuple[tuple[str, ...], str]]
"""Takes a host; returns its addresses and its canonical name. Raises OSError."""


def system_names(host: str) -> tuple[tuple[str, ...], str]:
    """Ask the way every program of this computer does. Raises OSError."""
    if host == "localhost" or host.endswith(".localhost"):
        return _LOOPBACK, host  # RFC 6761, section 6.3: no name server is asked
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_CANONNAME)
    canonical = next((each[3] for each in found if each[3]), host)
    addresses = dict.fromkeys(str(each[4][0]) for each in found)
    return tuple(addresses)[:_MOST], canonical.lower().removesuffix(".")


def resolve(host: str, seconds: float, names: Resolver = system_names) -> DnsAnswer:
    """Return what a name leads to; a number leads to itself. Raises CannotReach."""
    at = datetime.now(UTC)
    try:
        return DnsAnswer(host, (str(ip_address(host)),), at, host)
    except ValueError:
        pass
    addresses, canonical = _within(seconds, host, names)
    return DnsAnswer(host, addresses, at, canonical)


def outside(answer: DnsAnswer, port: int, *, at_home: bool = False) -> tuple[str, ...]:
    """Return the addresses of an answer that are out on the internet, or may be `at_home`.

    Raises AddressRefused where there is none.
    """
    kept, refused = [], None
    for address in answer.addresses:
        try:
            require_outside(answer.host, port, address, at_home=at_home)
            kept.append(address)
        except AddressRefused as reason:
            refused = reason
    if not kept:
        raise refused or CannotReach(host=answer.host, reason="no-address")
    return tuple(kept)


def _within(seconds: float, host: str, names: Resolver) -> tuple[tuple[str, ...], str]:
    # The system's call cannot be interrupted, so it may only waste a thread of its own.
    found: list[tuple[tuple[str, ...], str]] = []
    failed: list[Exception] = []

    def ask() -> None:
        try:
            found.append(names(host))
        except (OSError, UnicodeError) as problem:
            failed.append(problem)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(seconds)
    if found:
        return found[0]
    reason = "no-such-name" if failed else "slow"
    raise CannotReach(host=host, reason=reason) from (failed[0] if failed else None)
