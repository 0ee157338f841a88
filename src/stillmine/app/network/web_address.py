"""Addresses on the web: made whole, written in one way, and told apart by what they lead to."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

MOST_ADDRESS = 4096
# What is added to follow readers about; the page is the same without it.
_FOLLOWS_READERS = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|ref_src)$"
)
_BLANKS = re.compile(r"[\t\r\n]")
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_SAFE = "%/:=&?~#+!$,;'@()*[]"
_PORTS = {"http": 80, "https": 443}


def whole_address(base: str, written: str) -> str | None:
    """Return the address that `written` means on the page `base`; None if it is none of the web.

    As browsers read it (WHATWG URL, 4.4), line ends and tabs in it are dropped, and the part behind
    `#` is not asked for. Names of hosts are as IDNA 2003 writes them; what has a user name or a
    password in it is none of ours. With an empty `base`, `written` has to be whole by itself.
    """
    text = _BLANKS.sub("", written).strip()
    if not text or len(text) > MOST_ADDRESS:
        return None
    try:
        parts = urlsplit(urljoin(base, text))
        host, port = _host(parts), parts.port
    except (ValueError, UnicodeError):
        return None
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host or parts.username is not None or _CONTROL.search(host):
        return None
    if port is not None and port != _PORTS[scheme]:
        host = f"{host}:{port}"
    path = quote(parts.path or "/", safe=_SAFE)
    return urlunsplit((scheme, host, path, quote(parts.query, safe=_SAFE), ""))


def _host(parts: SplitResult) -> str:
    """Return the host as it is looked up. Raises UnicodeError for what can be no name."""
    host = (parts.hostname or "").rstrip(".")
    return f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")


def canonical(address: str) -> str:
    """Return one way to write a whole address, so that the same page is not reported twice.

    The scheme is kept; the order of what is asked for is not, nor is what only follows readers.
    """
    parts = urlsplit(address)
    asked = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _FOLLOWS_READERS.match(name.lower())
    ]
    return urlunsplit(parts._replace(query=urlencode(sorted(asked)), fragment=""))


def host_of(address: str) -> str:
    """Return the host of a whole address, with its port where that is not the usual one."""
    return urlsplit(address).netloc


def path_of(address: str) -> str:
    """Return the path of a whole address, without what is asked of it."""
    return urlsplit(address).path
