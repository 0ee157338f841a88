"""What a browser brought back from one page: what it showed, and all that went to and fro."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from stillmine.app.network.web.names import DnsAnswer

Level = Literal["covered", "full"]
Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request, and what the server answered.

    `body` is what the page was given: without the coding it was sent in, so the headers
    `content-encoding`, `content-length` and `transfer-encoding` are told apart from it, in
    `sent_as`. It is None where it was not kept, and `why_not` then says why. `sha256` is the sum of
    the body as the page was given it, also where pictures were taken out of it (`changed`) or it
    was not kept at all; empty where it never came. `status` is 0 where no answer came.
    `began` is by our clock.
    """

    url: str
    method: str
    status: int
    status_text: str
    request_headers: Pairs
    response_headers: Pairs
    body: bytes | None
    kind: str
    server_address: str
    began: datetime
    blocked: bool = False
    why_not: str = ""
    changed: bool = False
    sha256: str = ""
    sent_as: Pairs = ()


@dataclass(frozen=True, slots=True)
class Certificate:
    """What an https server showed: DER, the leaf first; `trusted` as the browser judged it."""

    host: str
    chain: tuple[bytes, ...]
    trusted: bool


@dataclass(frozen=True, slots=True)
class Refused:
    """A place that the page wanted to reach and that was not reached, and why."""

    place: str
    why: str


@dataclass(frozen=True, slots=True)
class Captured:
    """One page as it was.

    `screenshot` is PNG, of the whole page; `pdf`, `mhtml` whole files; each is empty where it could
    not be made, and `problems` then says so: codes that `messages` has words for. At the level
    `covered` no part of this holds a picture. `redirects` are the addresses from the one that was
    asked for to the last but one; `server_date` is the server's own clock, as it sent it,
    and `status` what it said of the page that was there in the end, such as 200 or 404.
    """

    url: str
    final_url: str
    level: Level
    began: datetime
    ended: datetime
    title: str = ""
    text: str = ""
    html: str = ""
    screenshot: bytes = b""
    pdf: bytes = b""
    mhtml: bytes = b""
    exchanges: tuple[Exchange, ...] = ()
    redirects: tuple[str, ...] = ()
    dns: tuple[DnsAnswer, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    refused: tuple[Refused, ...] = ()
    browser: str = ""
    server_date: str = ""
    status: int = 0
    problems: tuple[str, ...] = ()
