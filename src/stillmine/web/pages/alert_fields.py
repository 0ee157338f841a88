"""What the form of each way to be told asks for, and the address that is made of it.

Apprise takes one address for all, in which signs stand for other signs. Nobody has to know that.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from stillmine.app.network.alerts.address import is_at_home

_SERVERS = ("server", "gateway")
_SERVER_TYPED = re.compile(
    r"(?:(https?)://)?([\w.-]+(?::[0-9]+)?|\[[0-9a-f:.]+\](?::[0-9]+)?)/?", re.I
)


@dataclass(frozen=True, slots=True)
class AlertField:
    """One field: its name, the key of its words, whether it is unseen, and may be left empty."""

    name: str
    words: str
    secret: bool = False
    optional: bool = False

    def fits(self, typed: str) -> bool:
        """Say whether what was typed can be this: a server is its name or number, no more."""
        return self.name not in _SERVERS or not typed or bool(_SERVER_TYPED.fullmatch(typed))


@dataclass(frozen=True, slots=True)
class _Form:
    fields: tuple[AlertField, ...]
    address: Callable[[dict[str, str]], str]


def fields_of(kind: str) -> tuple[AlertField, ...]:
    """Return the fields of a way to be told, in their order; none for the desktop."""
    return _FORMS[kind].fields if kind in _FORMS else ()


def address_of(kind: str, typed: dict[str, str]) -> str:
    """Return the address as Apprise writes it, of what was typed into the fields."""
    return _FORMS[kind].address(typed)


def _there(typed: str, plain: str, sealed: str) -> str:
    """Return the scheme and the server: encrypted, but for what is at home or said otherwise."""
    found = _SERVER_TYPED.fullmatch(typed)
    scheme, server = (found[1] or "", found[2]) if found else ("", typed)
    is_sealed = scheme.lower() == "https" if scheme else not is_at_home(_host(server))
    return f"{sealed if is_sealed else plain}://{quote(server, safe=':[].-')}"


def _host(server: str) -> str:
    """Return the host of a server without its port: `10.0.0.1` of `10.0.0.1:8080`."""
    host, found, port = server.rpartition(":")
    return host if found and port.isascii() and port.isdigit() and host else server


def _with_login(there: str, typed: dict[str, str]) -> str:
    scheme, _, server = there.partition("://")
    user, password = (_all(typed[field]) for field in ("user", "password"))
    login = f"{user}:{password}@" if password else f"{user}@" if user else ""
    return f"{scheme}://{login}{server}"


def _all(text: str) -> str:
    return quote(text, safe="")


def _mail(typed: dict[str, str]) -> str:
    there = _with_login(_there(typed["server"], "mailto", "mailtos"), typed)
    told = _all(typed["to"])
    # RFC 8314: at this port the line is encrypted from its first byte on.
    mode = "&mode=ssl" if there.endswith(":465") else ""
    return f"{there}?from={told}&to={told}{mode}"


def _ntfy(typed: dict[str, str]) -> str:
    topic = _all(typed["topic"])
    if not typed["server"]:
        return f"ntfy://{topic}"
    return f"{_there(typed['server'], 'ntfy', 'ntfys')}/{topic}"


def _gotify(typed: dict[str, str]) -> str:
    return f"{_there(typed['server'], 'gotify', 'gotifys')}/{_all(typed['token'])}"


def _matrix(typed: dict[str, str]) -> str:
    there = _with_login(_there(typed["server"], "matrix", "matrixs"), typed)
    return f"{there}/{quote(typed['room'], safe='#!:.-_')}"


def _signal(typed: dict[str, str]) -> str:
    there = _there(typed["gateway"], "signal", "signals")
    return f"{there}/{quote(typed['from'], safe='+')}/{quote(typed['number'], safe='+')}"


_USER = AlertField("user", "user")
_PASSWORD = AlertField("password", "password", secret=True)
_SERVER = AlertField("server", "server")
_FORMS = {
    "mail": _Form(
        (
            _SERVER,
            AlertField("user", "user", optional=True),
            AlertField("password", "password", secret=True, optional=True),
            AlertField("to", "to"),
        ),
        _mail,
    ),
    "ntfy": _Form(
        (
            AlertField("topic", "topic", secret=True),
            AlertField("server", "ntfy_server", optional=True),
        ),
        _ntfy,
    ),
    "gotify": _Form((_SERVER, AlertField("token", "token", secret=True)), _gotify),
    "matrix": _Form((_SERVER, _USER, _PASSWORD, AlertField("room", "room")), _matrix),
    "signal": _Form(
        (
            AlertField("gateway", "gateway"),
            AlertField("from", "from"),
            AlertField("number", "number"),
        ),
        _signal,
    ),
}
