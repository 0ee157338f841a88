"""Write the address of an alert as Apprise wants it, of what a person types into plain fields.

Apprise takes one address for all, in which signs stand for other signs. Nobody has to know that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from urllib.parse import quote

from stillmine.app.network.alerts.address import is_at_home

Typed = Mapping[str, str]
_SERVER = re.compile(r"(?:(https?)://)?([\w.-]+(?::[0-9]+)?|\[[0-9a-f:.]+\](?::[0-9]+)?)/?", re.I)


def is_server(typed: str) -> bool:
    """Say whether something is the name or number of a server, with a port or without."""
    return _SERVER.fullmatch(typed) is not None


def write_address(kind: str, typed: Typed) -> str:
    """Return the address of a kind but `desktop`, of what was typed, by the names of the fields.

    Mail takes `server`, `user`, `password` and `to`; ntfy `server` (empty for ntfy.sh) and `topic`;
    gotify `server` and `token`; matrix `server`, `user`, `password` and `room`; signal `gateway`,
    `from` and `number`. Whether it leads anywhere is for `find_out` to say.
    """
    return _WRITE[kind](typed)


def _there(typed: str, plain: str, sealed: str) -> str:
    """Return the scheme and the server: encrypted, but for what is at home or said otherwise."""
    found = _SERVER.fullmatch(typed)
    scheme, server = (found[1] or "", found[2]) if found else ("", typed)
    is_sealed = scheme.lower() == "https" if scheme else not is_at_home(_host(server))
    return f"{sealed if is_sealed else plain}://{quote(server, safe=':[].-')}"


def _host(server: str) -> str:
    """Return the host of a server without its port: `10.0.0.1` of `10.0.0.1:8080`."""
    host, found, port = server.rpartition(":")
    return host if found and port.isascii() and port.isdigit() and host else server


def _with_login(there: str, typed: Typed) -> str:
    scheme, _, server = there.partition("://")
    user, password = (_all(typed[field]) for field in ("user", "password"))
    login = f"{user}:{password}@" if password else f"{user}@" if user else ""
    return f"{scheme}://{login}{server}"


def _all(text: str) -> str:
    return quote(text, safe="")


def _mail(typed: Typed) -> str:
    there = _with_login(_there(typed["server"], "mailto", "mailtos"), typed)
    told = _all(typed["to"])
    # RFC 8314: at this port the line is encrypted from its first byte on.
    mode = "&mode=ssl" if there.endswith(":465") else ""
    return f"{there}?from={told}&to={told}{mode}"


def _ntfy(typed: Typed) -> str:
    topic = _all(typed["topic"])
    if not typed["server"]:
        return f"ntfy://{topic}"
    return f"{_there(typed['server'], 'ntfy', 'ntfys')}/{topic}"


def _gotify(typed: Typed) -> str:
    return f"{_there(typed['server'], 'gotify', 'gotifys')}/{_all(typed['token'])}"


def _matrix(typed: Typed) -> str:
    there = _with_login(_there(typed["server"], "matrix", "matrixs"), typed)
    return f"{there}/{quote(typed['room'], safe='#!:.-_')}"


def _signal(typed: Typed) -> str:
    there = _there(typed["gateway"], "signal", "signals")
    return f"{there}/{quote(typed['from'], safe='+')}/{quote(typed['number'], safe='+')}"


_WRITE: Mapping[str, Callable[[Typed], str]] = MappingProxyType(
    {"mail": _mail, "ntfy": _ntfy, "gotify": _gotify, "matrix": _matrix, "signal": _signal}
)
