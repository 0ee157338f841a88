"""What a site is: pages of pictures behind a host name, and what a look must make of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from email.utils import formatdate
from enum import Enum
from socket import socket
from typing import ClassVar, Protocol
from urllib.parse import parse_qs, urlsplit

LAST_MODIFIED = formatdate(1_800_000_000, usegmt=True)


class Reach(Enum):
    """What becomes of a copy there, if all is as it should be."""

    FOUND = "found"
    GAP = "gap"  # it cannot be seen, and that has to be told
    NEVER = "never"  # it must not even be asked for


class Bank(Protocol):
    """Who has the pictures, by number."""

    def file(self, number: int) -> bytes:
        """Return picture `number` as a JPEG."""

    def small(self, number: int, side: int, ending: str) -> bytes:
        """Return a preview of it, `side` pixels wide or high: a `.png` or a `.jpg`."""

    def film(self, number: int) -> bytes:
        """Return a short video in which it is seen, as an MP4."""

    def md5(self, number: int) -> bytes:
        """Return the MD5 of the file."""

    def size(self, number: int) -> int:
        """Return how many bytes the file has."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks a site for. Names of headers are in lower case."""

    method: str
    host: str
    target: str
    headers: Mapping[str, str]
    at: float = 0.0

    @property
    def path(self) -> str:
        """Return the path alone."""
        return urlsplit(self.target).path

    def said(self, name: str, usual: str = "") -> str:
        """Return one value of the query."""
        return parse_qs(urlsplit(self.target).query).get(name, [usual])[0]


Sending = Callable[[socket], None]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site answers; `sending` does what it likes with the line instead."""

    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    sending: Sending | None = None
    claims: int | None = None  # a length that is not the true one

    def wire(self, *, head_only: bool = False) -> bytes:
        """Return the bytes that are sent."""
        length = len(self.body) if self.claims is None else self.claims
        lines = [f"HTTP/1.1 {self.status} Said", f"Content-Type: {self.type}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        lines += [f"Content-Length: {length}", "Connection: close", "", ""]
        return "\r\n".join(lines).encode() + (b"" if head_only else self.body)


NOT_FOUND = Answer(b"not here", status=404)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A place that somebody looks at: its kind, what is typed, what is chosen."""

    kind: str
    target: str
    options: dict[str, str] = field(default_factory=dict)


class Site:
    """A host of some kind: `pages` are the numbers of the pictures of each page.

    `share` says how much of all pages such a host takes (0: a few, however large the web is),
    `reach` what becomes of the copies there, `hides` whether some of it is closed to programs,
    `validator` by what an unchanged answer is known.
    """

    kind: ClassVar[str] = ""
    share: ClassVar[float] = 1.0
    reach: ClassVar[Reach] = Reach.FOUND
    hides: ClassVar[bool] = False
    validator: ClassVar[str] = "etag"
    robots_txt: ClassVar[str] = "User-agent: *\nDisallow: /admin/\n"
    pauses: ClassVar[tuple[tuple[str, float], ...]] = ()
    name: ClassVar[str] = ""
    picture_path: ClassVar[str] = "/p/{number}.jpg"
    page_path: ClassVar[str] = "/g/{at}.html"

    def __init__(self, host: str, port: int, pages: Sequence[tuple[int, ...]], bank: Bank) -> None:
        """Open a host at a port of loopback."""
        self.host, self.port, self.pages, self.bank = host, port, list(pages), bank
        self.page_of = {number: at for at, page in enumerate(self.pages) for number in page}

    def warm(self) -> None:
        """Make ready what takes long to be made."""

    @property
    def origin(self) -> str:
        """Return how addresses here begin."""
        return f"http://{self.host}:{self.port}"

    @property
    def hosts(self) -> tuple[str, ...]:
        """Return all names under which this site answers."""
        return (self.host,)

    def places(self) -> list[Wanted]:
        """Return what somebody would type to have this site looked at."""
        # Each page, the list of pages in pieces of fifty, and room for what is no page.
        most = len(self.pages) + len(self.pages) // 50 + 30
        return [Wanted("site", f"{self.origin}/g/", {"depth": "10", "pages": str(min(most, 5000))})]

    def page_address(self, at: int) -> str:
        """Return the address of a page."""
        return self.origin + self.page_path.format(at=at)

    def address(self, number: int) -> str:
        """Return the address of a picture."""
        return self.origin + self.picture_path.format(number=number)

    def addresses(self, number: int) -> tuple[str, ...]:
        """Return all addresses at which a picture, or a preview of it, is."""
        return (self.address(number),)

    def reach_of(self, number: int) -> Reach:
        """Return what becomes of one copy."""
        return self.reach

    @classmethod
    def is_open(cls, number: int, at: int) -> bool:
        """Say whether a picture of some number, on page `at`, may be looked at."""
        return True

    def robots(self) -> Answer:
        """Return what this site asks of programs."""
        return Answer(self.robots_txt.encode(), "text/plain")

    def answer(self, asked: Asked) -> Answer:
        """Return what is answered: as every site does it, and then as this one does."""
        if asked.path == "/robots.txt":
            return self.robots()
        found = self.shows(asked)
        if found.status != 200 or found.sending is not None:
            return found
        cookie = ("Set-Cookie", "session=1; Path=/")
        if self.validator == "etag":
            mark = f'"{hashlib.md5(found.body).hexdigest()[:16]}"'
            header, known = ("ETag", mark), asked.headers.get("if-none-match") == mark
        else:
            known = asked.headers.get("if-modified-since") == LAST_MODIFIED
            header = ("Last-Modified", LAST_MODIFIED)
        if known:
            return Answer(b"", found.type, 304, (header,))
        headers = (*found.headers, header, cookie)
        return Answer(found.body, found.type, 200, headers, claims=found.claims)

    def shows(self, asked: Asked) -> Answer:
        """Return a page, a list of pages, or a picture."""
        if asked.path in {"/g/", "/"}:
            return self.front(int(asked.said("from", "0")))
        pattern = re.escape(self.page_path).replace(re.escape("{at}"), "([0-9]+)")
        if (found := re.fullmatch(pattern, asked.path)) and int(found[1]) < len(self.pages):
            return self.page(int(found[1]))
        return self.picture_at(asked)

    def picture_at(self, asked: Asked) -> Answer:
        """Return the picture of a path."""
        pattern = re.escape(self.picture_path).replace(re.escape("{number}"), "([0-9]+)")
        found = re.fullmatch(pattern, asked.path)
        if found and int(found[1]) in self.page_of:
            return self.picture(int(found[1]))
        return NOT_FOUND

    def picture(self, number: int) -> Answer:
        """Return a picture."""
        return Answer(self.bank.file(number), "image/jpeg")

    def front(self, start: int) -> Answer:
        """Return a piece of the list of all pages."""
        these = range(start, min(start + 50, len(self.pages)))
        links = "".join(f'<li><a href="{self.page_address(at)}">set {at}</a></li>' for at in these)
        following = f'<a rel="next" href="/g/?from={start + 50}">more</a>'
        more = following if start + 50 < len(self.pages) else ""
        return html(f"sets from {start}", f"<ul>{links}</ul>{more}")

    def page(self, at: int) -> Answer:
        """Return one page."""
        shown = "".join(f"<p>{self.shown(number)}</p>" for number in self.pages[at])
        return html(f"set {at}", shown, head=self.head(at))

    def shown(self, number: int) -> str:
        """Return how one picture stands in a page."""
        return f'<img src="{self.address(number)}" alt="">'

    def head(self, at: int) -> str:
        """Return what else stands in the head of a page."""
        return ""


def html(title: str, body: str, *, head: str = "") -> Answer:
    """Return a page of HTML."""
    text = (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f"<body><h1>{title}</h1>{body}</body></html>"
    )
    return Answer(text.encode())


def in_pieces(pieces: Sequence[bytes], again: bytes, pause: float, patience: float) -> Sending:
    """Return what sends some pieces, and then the same one again and again, with real pauses.

    It gives up after `patience` seconds, so that who would wait for ever is found out.
    """
    import time

    def send(line: socket) -> None:
        for piece in pieces:
            line.sendall(piece)
        until = time.monotonic() + patience
        while time.monotonic() < until:
            line.sendall(again)
            time.sleep(pause)

    return send
