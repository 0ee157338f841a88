"""Ask the web for one thing: each address looked at, all sizes and times bounded."""

from __future__ import annotations

import os
import re
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from socket import socket

from stillmine import __version__
from stillmine.app.network.permit import Permit
from stillmine.app.network.web.answers import Head, Pairs, read_body, read_head
from stillmine.app.network.web.deadline import Deadline
from stillmine.app.network.web.dial import Call, dialled
from stillmine.app.network.web.location import Location, joined, read_location
from stillmine.app.network.web.names import DnsAnswer, Resolver, system_names
from stillmine.app.network.web.way import Way, way_out
from stillmine.app.sources.stream import Stream
from stillmine.errors import (
    ArchiveDamaged,
    CannotReach,
    NotAWebAddress,
    NotEncrypted,
    StrangeAnswer,
)

PROJECT_PAGE = "https://pypi.org/project/stillmine/"
USER_AGENT = f"stillmine/{__version__} (+{PROJECT_PAGE})"
"""Who asks. It is never another name: whoever runs a site may keep us out."""

METHODS = ("GET", "HEAD", "POST")
_LEADS_ON = frozenset({301, 302, 303, 307, 308})
_KEEPS_METHOD = frozenset({307, 308})
_HEADER = re.compile(r"[A-Za-z0-9-]{1,64}")
_VALUE = re.compile(r"[\x20-\x7e]{0,4096}")
# Made here, or never sent: nobody is told from where we come, or that we came before.
_OURS = frozenset(
    {
        "host", "user-agent", "connection", "content-length", "transfer-encoding",
        "accept-encoding", "cookie", "referer", "origin", "proxy-authorization",
    }
)  # fmt: skip
_FOR_EVERYBODY = frozenset({"accept", "accept-language", "content-type"})
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a site answered. `body` is unpacked; `cut` says that it is not all of it.

    `hops` are the addresses that led to `url`, the first one first; `address` is the IP address
    that was called for `url`, and `answer` what the name server said (both empty by a proxy).
    `certificate` is the site's own, as DER. Times are UTC.
    """

    url: str
    status: int
    headers: Pairs
    body: bytes
    address: str
    hops: tuple[str, ...]
    began: datetime
    ended: datetime
    cut: bool
    certificate: bytes = b""
    answer: DnsAnswer | None = None

    def header(self, name: str) -> str:
        """Return the first value of a header, by any spelling; nothing where it is not there."""
        return Head(self.status, self.headers).first(name.lower())


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked for, and how."""

    location: Location
    method: str
    body: bytes
    headers: Pairs
    limit: int

    def wire(self) -> bytes:
        """Return the request as it is sent."""
        ours = [
            ("Host", self.location.authority),
            ("User-Agent", USER_AGENT),
            ("Accept-Encoding", "gzip, deflate"),
            ("Connection", "close"),
        ]
        if not any(name.lower() == "accept" for name, _ in self.headers):
            ours.append(("Accept", "*/*"))
        if self.method == "POST":
            ours.append(("Content-Length", str(len(self.body))))
        lines = [f"{self.method} {self.location.target} HTTP/1.1"]
        lines += [f"{name}: {value}" for name, value in (*ours, *self.headers)]
        return "\r\n".join([*lines, "", ""]).encode("ascii") + self.body

    def led_to(self, goal: Location, status: int) -> _Wanted:
        """Return the request that follows a redirect (RFC 9110, 15.4, as browsers do it)."""
        method, body, headers = self.method, self.body, self.headers
        if method == "POST" and status not in _KEEPS_METHOD:
            method, body = "GET", b""
            headers = tuple(each for each in headers if each[0].lower() != "content-type")
        if goal.origin != self.location.origin:
            # A key for one place is none of another's business.
            headers = tuple(each for each in headers if each[0].lower() in _FOR_EVERYBODY)
        if self.location.scheme == "https" and goal.scheme == "http" and body:
            raise NotEncrypted(host=goal.host)
        return replace(self, location=goal, method=method, body=body, headers=headers)


def fetch(
    permit: Permit,
    url: str,
    *,
    method: str = "GET",
    body: bytes = b"",
    headers: Pairs = (),
    limit: int = 8 << 20,
    seconds: float = 30,
    redirects: int = 5,
    way: Way | None = None,
    names: Resolver = system_names,
    at_home: bool = False,
) -> Fetched:
    """Ask for one address and return the answer, whatever its status.

    At most `limit` bytes of the body, in `seconds` for all of it, over so many `redirects`; with
    none allowed, a redirect is itself the answer. Each step is checked as the first one: what the
    permit allows, where its name leads. No cookies, no referer. `way` is the way out; by default
    the one that the person chose. `at_home` is for what the person runs and typed the address of:
    that alone may be in their own network, and whatever it leads to may not.

    Raises NothingMayLeave, NotAWebAddress, AddressRefused, CannotReach, NotEncrypted (no
    certificate to be trusted), StrangeAnswer, ProxyTrouble.
    """
    wanted = _Wanted(read_location(url), method, body, _checked(method, body, headers), limit)
    way = (way_out() if way is None else way).alone()
    deadline = Deadline(seconds, wanted.location.host)
    hops: list[str] = []
    while True:
        permit.check(wanted.location.url)
        found = _asked(wanted, deadline, way, names, at_home=at_home and not hops)
        goal = _leads_to(found, wanted.location) if redirects else None
        if goal is None:
            return replace(found, hops=tuple(hops))
        if len(hops) == redirects:
            raise StrangeAnswer(reason="redirects", host=wanted.location.host)
        hops.append(wanted.location.url)
        wanted = wanted.led_to(goal, found.status)


def _checked(method: str, body: bytes, headers: Pairs) -> Pairs:
    """Return the headers of a caller; a wrong one is a mistake in this program."""
    if method not in METHODS or (body and method != "POST"):
        raise ValueError(f"cannot {method} {'with' if body else 'without'} a body")
    for name, value in headers:
        if not _HEADER.fullmatch(name) or not _VALUE.fullmatch(value) or name.lower() in _OURS:
            raise ValueError(f"the header {name} cannot be sent")
    return headers


def _asked(
    wanted: _Wanted, deadline: Deadline, way: Way, names: Resolver, *, at_home: bool
) -> Fetched:
    place, began = wanted.location, datetime.now(UTC)
    with (
        dialled(place.host, place.port, deadline, way=way, names=names, at_home=at_home) as call,
        _spoken_to(call, place, deadline) as line,
    ):
        stream = Stream(_reader(line, deadline))
        with suppress(OSError):  # it may have answered before it heard us out: that answer counts
            line.sendall(wanted.wire())
        head = _head(stream, place.host)
        body, cut = read_body(stream, head, wanted.method, wanted.limit)
        certificate = line.getpeercert(True) if isinstance(line, ssl.SSLSocket) else None
    return Fetched(
        place.url,
        head.status,
        head.headers,
        body,
        call.address,
        (),
        began,
        datetime.now(UTC),
        cut,
        certificate or b"",
        call.answer,
    )


def _reader(line: socket, deadline: Deadline) -> Callable[[int], bytes]:
    def read(count: int) -> bytes:
        try:
            piece = line.recv(min(count, _PIECE))
        except OSError as cause:
            deadline.left()
            raise ArchiveDamaged from cause
        if not piece:
            deadline.left()  # it was we who hung up
        return piece

    return read


def _head(stream: Stream, host: str) -> Head:
    try:
        return read_head(stream)
    except ArchiveDamaged as cause:
        raise CannotReach(host=host, reason="hung-up") from cause


@contextmanager
def _spoken_to(call: Call, place: Location, deadline: Deadline) -> Iterator[socket]:
    """Give the line, encrypted to a host that proved who it is where the address is https."""
    if place.scheme == "http":
        yield call.line
        return
    context = _context(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))
    try:
        line = context.wrap_socket(call.line, server_hostname=place.host)
    except ssl.SSLCertVerificationError as cause:
        raise NotEncrypted(host=place.host, reason=cause.verify_message) from cause
    except OSError as cause:
        deadline.left()
        raise CannotReach(host=place.host, reason="no-encryption") from cause
    with line:
        yield line


@cache
def _context(_file: str | None, _folder: str | None) -> ssl.SSLContext:
    """Return what says which certificates are trusted: the system's, or what the two name."""
    context = ssl.create_default_context()
    context.set_alpn_protocols(["http/1.1"])
    return context


def _leads_to(found: Fetched, place: Location) -> Location | None:
    reference = found.header("location")
    if found.status not in _LEADS_ON or not reference:
        return None
    try:
        return joined(place, reference.encode("latin-1").decode("utf-8", "replace"))
    except NotAWebAddress as cause:
        raise StrangeAnswer(reason="redirect", host=place.host) from cause
