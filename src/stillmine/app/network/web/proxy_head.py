"""What a browser says to its proxy first: whom it wants, and that it may ask (RFC 9112, 3.2)."""

from __future__ import annotations

import socket
from dataclasses import dataclass

from stillmine.app.network.web.location import Location

_MOST = 128 << 10
_END = b"\r\n\r\n"
# For the proxy alone (RFC 9110, section 7.6.1), and never for the site behind it.
_NOT_PASSED_ON = frozenset(
    {
        b"connection", b"keep-alive", b"proxy-connection", b"proxy-authorization",
        b"te", b"trailer", b"transfer-encoding", b"upgrade", b"host",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to the proxy. `early` is what of its body came with the head.

    `body` is how many bytes the request goes on with; a tunnel has no end.
    """

    method: bytes
    url: str
    headers: tuple[tuple[bytes, bytes], ...]
    early: bytes
    body: int

    @property
    def tunnel(self) -> bool:
        """Say whether a line is wanted through which anything may pass."""
        return self.method == b"CONNECT"

    @property
    def login(self) -> bytes:
        """Return what was said to be let through; nothing where nothing was."""
        return next((value for name, value in self.headers if name == b"proxy-authorization"), b"")

    def forwarded(self, location: Location) -> bytes:
        """Return the head as the site itself is to read it, and what of the body came already."""
        lines = [
            self.method + b" " + location.target.encode() + b" HTTP/1.1",
            b"host: " + location.authority.encode(),
            # One request a line: so none can be slipped in behind, to a site nobody looked at.
            b"connection: close",
        ]
        lines += [
            name + b": " + value for name, value in self.headers if name not in _NOT_PASSED_ON
        ]
        return b"\r\n".join(lines) + _END + self.early[: self.body]


def read_asked(line: socket.socket) -> Asked | None:
    """Read the head of a request; None where it is not one to a proxy."""
    held = b""
    while _END not in held:
        piece = line.recv(65536)
        held += piece
        if not piece or len(held) > _MOST:
            return None
    head, _, early = held.partition(_END)
    first, *rest = head.split(b"\r\n")
    words = first.split(b" ")
    headers = _headers(rest)
    if len(words) != 3 or words[2] not in (b"HTTP/1.1", b"HTTP/1.0") or headers is None:
        return None
    return _asked(words[0], words[1], headers, early)


def _asked(
    method: bytes, goal: bytes, headers: tuple[tuple[bytes, bytes], ...], early: bytes
) -> Asked | None:
    try:
        said = goal.decode("ascii")
    except UnicodeDecodeError:
        return None
    if method == b"CONNECT":
        return Asked(method, f"https://{said}", headers, early, 0)
    body = _body(headers)
    if not method.isalpha() or not said.startswith("http://") or body is None:
        return None
    return Asked(method, said, headers, early, body)


def _headers(lines: list[bytes]) -> tuple[tuple[bytes, bytes], ...] | None:
    found = []
    for line in lines:
        name, colon, value = line.partition(b":")
        bad = not colon or not name or name.strip() != name or b"\n" in line or b"\r" in line
        if bad or b"\0" in line:
            return None  # also lines that go on (obs-fold), which are read in several ways
        found.append((name.lower(), value.strip()))
    return tuple(found)


def _body(headers: tuple[tuple[bytes, bytes], ...]) -> int | None:
    lengths = {value for name, value in headers if name == b"content-length"}
    if any(name == b"transfer-encoding" for name, _ in headers) or len(lengths) > 1:
        return None  # two ways to tell where a request ends are how one is smuggled
    length = lengths.pop() if lengths else b"0"
    return int(length) if length.isdigit() and len(length) < 16 else None
