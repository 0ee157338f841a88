"""Addresses as pages write them: made whole, and written in one way."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode, urlsplit, urlunsplit

from stillmine.app.network.web.location import Location, joined, read_location
from stillmine.errors import AddressRefused, NotAWebAddress

MOST_ADDRESS = 4096
# What is added to follow readers about; the page is the same without it.
_FOLLOWS_READERS = re.compile(
    r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|ref_src)$"
)
# What forums write into each address for who takes no cookies: a new number at each visit.
_SESSION = re.compile(r"(?:sid|s|phpsessid|jsessionid|session_?id)")
_SESSION_VALUE = re.compile(r"[0-9a-f]{32,64}|[0-9a-zA-Z,-]{26}")
_DROPPED = re.compile(r"[\t\r\n]|#.*", re.DOTALL)
_KEPT = re.compile(r"%(2F|3F|2A|24|25)", re.IGNORECASE)
_IN_PATH = "/?=&*$:@!'()+,;~-._[]"
_BLANK = re.compile(r"[\x00-\x20\x7f]")


@lru_cache(maxsize=1024)  # pages name the same picture again and again
def whole_address(base: str, written: str) -> str | None:
    """Return the address that `written` means on the page `base`; None if it is none of the web.

    As browsers read it (WHATWG URL, 4.4), tabs and line ends in it are dropped, a blank is `%20`, a
    backslash a slash, and what is behind `#` is not asked for. `base` is whole, or empty where
    `written` has to be whole by itself.
    """
    text = _DROPPED.sub("", written).strip()
    if not text or len(text) > MOST_ADDRESS:
        return None
    text = _BLANK.sub(lambda sign: f"%{ord(sign[0]):02X}", text.replace("\\", "/"))
    try:
        return (joined(_page(base), text) if base else read_location(text)).url
    except (NotAWebAddress, AddressRefused):
        return None


@lru_cache(maxsize=64)
def _page(base: str) -> Location:
    return read_location(base)


def canonical(address: str) -> str:
    """Return one way to write a whole address, so that the same page is not reported twice.

    The scheme is kept; the order of what is asked for is not, nor is what only follows readers, or
    stands for one visit.
    """
    parts = urlsplit(address)
    asked = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _FOLLOWS_READERS.match(name.lower()) and not _is_session(name.lower(), value)
    ]
    return urlunsplit(parts._replace(query=urlencode(sorted(asked)), fragment=""))


def _is_session(name: str, value: str) -> bool:
    return bool(_SESSION.fullmatch(name) and _SESSION_VALUE.fullmatch(value))


def path_of(address: str) -> str:
    """Return the path of a whole address, without what is asked of it."""
    return urlsplit(address).path


def host_of(address: str) -> str:
    """Return the host of a whole address, with its port where that is not the usual one."""
    return urlsplit(address).netloc


def asked_of(address: str) -> str:
    """Return what is asked of the host of a whole address: the path, and the query behind `?`."""
    parts = urlsplit(address)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def evenly_escaped(text: str) -> str:
    """Write a path in the one way in which two of them can be compared (RFC 9309, 2.2.2).

    What would mean something else by itself stays escaped: an escaped slash is no slash.
    """
    plain = unquote_to_bytes(_KEPT.sub(lambda sign: f"%25{sign[1].upper()}", text))
    return re.sub(r"%25(2F|3F|2A|24|25)", r"%\1", quote(plain, safe=_IN_PATH))


def unescaped(text: str) -> bytes:
    """Return the bytes that a part of an address stands for: `%41` is one."""
    return unquote_to_bytes(text)
