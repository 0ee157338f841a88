"""Ask a proxy for a line to a host: SOCKS 5 (RFC 1928, RFC 1929) and HTTP CONNECT (RFC 9110).

The host goes to the proxy as a name. Nobody here asks a name server, which would tell it.
"""

from __future__ import annotations

import socket
from base64 import b64encode
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address, ip_address

from stillmine.app.network.web.deadline import Deadline, reason_of
from stillmine.app.network.web.way import Way
from stillmine.errors import CannotReach, ProxyTrouble

_VERSION, _CONNECT, _RESOLVE, _NO_LOGIN, _LOGIN = 5, 1, 0xF0, 0, 2
_FOUR, _NAME, _SIX = 1, 3, 4
_MOST_HEAD = 16 << 10
_ONE_TRY = 10.0  # seconds to be answered by the proxy itself
# RFC 1928, section 6: what lies with the far side, not with the proxy itself.
_FAR = {2: "not-allowed", 3: "no-way-there", 4: "no-way-there", 5: "nobody-listens", 6: "slow"}
# Tor's own (tor-extensions: 0xF0 to 0xF7): the onion service is not there.
_ONION = range(0xF0, 0xF8)


def through(way: Way, host: str, port: int, deadline: Deadline) -> socket.socket:
    """Return a line to a host that the proxy opened.

    Raises ProxyTrouble where the proxy is at fault, CannotReach where the host is.
    """

    def ask(line: socket.socket) -> str:
        if way.kind == "http":
            _connect(line, way, host, port)
            return ""
        _greet(line, way)
        return _ask_socks(line, way, _CONNECT, host, port)

    return _asked(way, deadline, ask)[0]


def resolved_by_tor(way: Way, host: str, deadline: Deadline) -> str:
    """Return an address of a host that Tor looked up far from here. Raises as `through` does.

    RESOLVE is Tor's own command (spec.torproject.org/socks-extensions).
    """

    def ask(line: socket.socket) -> str:
        _greet(line, way)
        return _ask_socks(line, way, _RESOLVE, host, 0)

    line, address = _asked(way, deadline, ask)
    line.close()
    return address


def _asked(
    way: Way, deadline: Deadline, ask: Callable[[socket.socket], str]
) -> tuple[socket.socket, str]:
    try:
        line = socket.create_connection((way.host, way.port), min(deadline.left(), _ONE_TRY))
    except OSError as cause:
        raise ProxyTrouble(proxy=way.named, reason=reason_of(cause)) from cause
    try:
        with deadline.cutting(line):
            line.settimeout(None)  # the deadline hangs up
            return line, ask(line)
    except OSError as cause:
        line.close()
        deadline.left()
        raise ProxyTrouble(proxy=way.named, reason=reason_of(cause)) from cause
    except BaseException:
        line.close()
        raise


def _greet(line: socket.socket, way: Way) -> None:
    methods = (_NO_LOGIN, _LOGIN) if way.user else (_NO_LOGIN,)
    if way.tor and way.user:
        methods = (_LOGIN,)  # the name is what keeps the paths apart
    line.sendall(bytes([_VERSION, len(methods), *methods]))
    version, method = _exactly(line, 2)
    if version != _VERSION or method not in methods:
        raise ProxyTrouble(proxy=way.named, reason="login" if method == 255 else "no-socks")
    if method == _LOGIN:
        user, password = (part.encode()[:255] for part in (way.user, way.password))
        line.sendall(b"\x01" + bytes([len(user)]) + user + bytes([len(password)]) + password)
        if _exactly(line, 2)[1] != 0:
            raise ProxyTrouble(proxy=way.named, reason="login")


def _ask_socks(line: socket.socket, way: Way, command: int, host: str, port: int) -> str:
    """Ask for a line or an address; return the address that the answer has, if it is a number."""
    line.sendall(bytes([_VERSION, command, 0]) + _socks_host(host) + port.to_bytes(2, "big"))
    version, reply, _, kind = _exactly(line, 4)
    if version != _VERSION:
        raise ProxyTrouble(proxy=way.named, reason="no-socks")
    if reply in _FAR or reply in _ONION:
        raise CannotReach(host=host, reason=_FAR.get(reply, "no-onion"))
    if reply != 0:
        raise ProxyTrouble(proxy=way.named, reason=f"socks-{reply}")
    if kind == _NAME:
        _exactly(line, _exactly(line, 1)[0] + 2)
        return ""
    if kind not in (_FOUR, _SIX):
        raise ProxyTrouble(proxy=way.named, reason="no-socks")
    address = _exactly(line, 4 if kind == _FOUR else 16)
    _exactly(line, 2)
    return str(ip_address(address))


def _socks_host(host: str) -> bytes:
    if ":" in host:
        return bytes([_SIX]) + IPv6Address(host).packed
    if host.replace(".", "").isdigit():
        return bytes([_FOUR]) + IPv4Address(host).packed
    return bytes([_NAME, len(host)]) + host.encode("ascii")


def _connect(line: socket.socket, way: Way, host: str, port: int) -> None:
    goal = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    head = f"CONNECT {goal} HTTP/1.1\r\nHost: {goal}\r\n"
    if way.user:
        login = b64encode(f"{way.user}:{way.password}".encode()).decode()
        head += f"Proxy-Authorization: Basic {login}\r\n"
    line.sendall(head.encode() + b"\r\n")
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):
        # One by one: what follows the head is the far side's and not ours to take.
        answer += _exactly(line, 1)
        if len(answer) > _MOST_HEAD:
            raise ProxyTrouble(proxy=way.named, reason="no-proxy")
    status = answer.split(b" ", 2)[1:2]
    if not answer.startswith(b"HTTP/1.") or not status:
        raise ProxyTrouble(proxy=way.named, reason="no-proxy")
    if status[0] in (b"502", b"503", b"504"):
        raise CannotReach(host=host, reason="no-way-there")
    if status[0] != b"200":
        raise ProxyTrouble(proxy=way.named, reason=f"status-{status[0][:3].decode('latin-1')}")


def _exactly(line: socket.socket, count: int) -> bytes:
    held = b""
    while len(held) < count:
        piece = line.recv(count - len(held))
        if not piece:
            raise ConnectionResetError("the proxy hung up")
        held += piece
    return held
