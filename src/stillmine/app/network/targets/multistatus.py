"""Read the listing that a WebDAV server answers with (RFC 4918, section 14.16)."""

from __future__ import annotations

from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

from stillmine.errors import StrangeAnswer


@dataclass(frozen=True, slots=True)
class Found:
    """One line of a listing. The folder that was asked about has an empty name."""

    name: str
    folder: bool
    size: int
    free: int | None
    modified: float | None
    """When it was last written, in Unix seconds, as far as the server says."""


class _NoDoctype(ElementTree.TreeBuilder):
    """Refuse document types: they are how an answer of a line becomes gigabytes."""

    def doctype(self, *_about: object) -> None:
        raise StrangeAnswer(reason="doctype")


def read_multistatus(listing: bytes, folder: str) -> tuple[Found, ...]:
    """Return the lines that lie directly in `folder`, an unquoted path ending in `/`.

    Raises StrangeAnswer for what is not such a listing.
    """
    try:
        parser = ElementTree.XMLParser(target=_NoDoctype())  # noqa: S314 (refuses doctypes)
        parser.feed(listing)
        tree: ElementTree.Element = parser.close()
    except (ElementTree.ParseError, ValueError) as cause:
        raise StrangeAnswer(reason="not-xml") from cause
    if tree.tag != "{DAV:}multistatus":
        raise StrangeAnswer(reason="not-multistatus")
    lines = (_line(line, folder) for line in tree.iter("{DAV:}response"))
    return tuple(line for line in lines if line is not None)


def _line(line: ElementTree.Element, folder: str) -> Found | None:
    path = unquote(urlsplit((line.findtext("{DAV:}href") or "").strip()).path)
    if f"{path}/" == folder:
        path = folder
    name = path.removeprefix(folder).removesuffix("/")
    if not path.startswith(folder) or "/" in name:
        return None
    return Found(
        name=name,
        folder=line.find(".//{DAV:}resourcetype/{DAV:}collection") is not None,
        size=_number(line.findtext(".//{DAV:}getcontentlength")) or 0,
        free=_number(line.findtext(".//{DAV:}quota-available-bytes")),
        modified=_time(line.findtext(".//{DAV:}getlastmodified")),
    )


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 20 else None


def _time(text: str | None) -> float | None:
    try:
        return parsedate_to_datetime(text or "").timestamp()
    except (ValueError, OverflowError, OSError):
        return None
