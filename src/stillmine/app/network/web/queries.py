"""The parts of whole addresses: where a site begins, and what is asked of it behind the `?`."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, unquote, unquote_plus, urlencode, urlsplit


def origin_of(address: str) -> str:
    """Return scheme, host and port of a whole address."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def asking(address: str, /, **given: str | int) -> str:
    """Return an address with what is asked of it; what is empty is left out."""
    pairs = {name: value for name, value in given.items() if value != ""}
    joint = "&" if "?" in address else "?"
    return f"{address}{joint}{urlencode(pairs)}" if pairs else address


def query_of(address: str) -> dict[str, str]:
    """Return what is asked by an address: the first value of each name."""
    return dict(reversed(parse_qsl(urlsplit(address).query)))


def pairs_of(address: str) -> tuple[tuple[str, str], ...]:
    """Return all that is asked by an address, empty values and repeated names too."""
    return tuple(parse_qsl(urlsplit(address).query.replace(";", "&"), keep_blank_values=True))


def unescaped(text: str) -> str:
    """Return what is written in a query without one layer of its escapes."""
    return unquote_plus(text)


def escaped_name(text: str) -> str:
    """Write a text as one step of a path: a slash in it is none."""
    return quote(text, safe="")


def plain_path(address: str) -> str:
    """Return the path of a whole address as people read it, without escapes."""
    return unquote(urlsplit(address).path)
