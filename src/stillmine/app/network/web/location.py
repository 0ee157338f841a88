"""Read an address of the web strictly, so that no two programs can read it differently."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote, urljoin, urlsplit

from stillmine.errors import AddressRefused, NotAWebAddress

LONGEST = 8192
_PORTS = {"http": 80, "https": 443}
_HOST = re.compile(
    r"(?=.{1,253}\Z)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*"
)
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_NEVER = re.compile(r"[\x00-\x20\x7f\\\ud800-\udfff]")
_IN_PATH = "/%:@!$&'()*+,;=~-._[]|^"


@dataclass(frozen=True, slots=True)
class Location:
    """An address of the web. `host` is lower case ASCII (IDNA 2008, UTS 46); IPv6 without brackets.

    `target` is path and query as they are asked for; what follows `#` is never sent.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Return host and port as in an address; the usual port is left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Return scheme, host and port: what a browser keeps apart."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """Return the whole address."""
        return self.origin + self.target


def read_location(text: str) -> Location:
    """Take an address of the web apart.

    Raises NotAWebAddress; AddressRefused for numbers that other programs would take for an
    address (`2130706433`, `0x7f.1`, `127.1`), and for IPv6 addresses with a zone.
    """
    text = text.strip()
    if len(text) > LONGEST or _NEVER.search(text):
        raise NotAWebAddress(reason="signs")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as cause:
        raise NotAWebAddress(reason="address") from cause
    if parts.scheme not in _PORTS or not parts.hostname:
        raise NotAWebAddress(reason="scheme")
    if "@" in parts.netloc or port == 0:
        # A name before an @ only serves to mislead; a password would be shown and kept.
        raise NotAWebAddress(reason="user")
    target = quote(parts.path or "/", safe=_IN_PATH)
    if parts.query:
        target += "?" + quote(parts.query, safe=_IN_PATH + "?`{}")
    return Location(parts.scheme, read_host(parts.hostname), port or _PORTS[parts.scheme], target)


def joined(location: Location, reference: str) -> Location:
    """Return where a page's reference, such as a redirect, leads."""
    if len(reference) > LONGEST:
        raise NotAWebAddress(reason="length")
    try:
        return read_location(urljoin(location.url, reference.strip()))
    except ValueError as cause:
        raise NotAWebAddress(reason="address") from cause


def read_host(text: str) -> str:
    """Return a host as it is asked for: ASCII, lower case, no dot at its end.

    Raises NotAWebAddress or AddressRefused, as `read_location` does.
    """
    if ":" in text:
        return _six(text)
    host = _ascii(text).lower().removesuffix(".")
    if not _HOST.fullmatch(host):
        raise NotAWebAddress(reason="host")
    if _NUMBER.fullmatch(host.rpartition(".")[2]):
        # WHATWG URL: a host that ends in a number is an address, however oddly it is written.
        return _four(host)
    return host


def _ascii(text: str) -> str:
    if text.isascii():
        return text
    import idna  # it has large tables, and most hosts are plain

    try:
        return idna.encode(text, uts46=True, transitional=False).decode()
    except (idna.IDNAError, UnicodeError) as cause:
        raise NotAWebAddress(reason="host") from cause


def _four(host: str) -> str:
    try:
        return str(IPv4Address(host))
    except AddressValueError as cause:
        raise AddressRefused(host=host, reason="odd-number") from cause


def _six(text: str) -> str:
    if "%" in text:
        raise AddressRefused(host=text, reason="zone")
    try:
        return str(IPv6Address(text))
    except AddressValueError as cause:
        raise NotAWebAddress(reason="host") from cause
