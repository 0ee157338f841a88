"""Ask one thing of one host, and read the answer as far as that needs nothing but the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from stillmine.app.network.web import Fetched
from stillmine.app.network.web.queries import origin_of
from stillmine.app.network.web.references import whole_address
from stillmine.app.storage.looks import Looks, Validated
from stillmine.errors import (
    AddressRefused,
    CannotReach,
    NotAWebAddress,
    NotEncrypted,
    StrangeAnswer,
)
from stillmine.watch.looking.bodies import AskBody
from stillmine.watch.looking.bounds import Asker, Pairs
from stillmine.watch.places import kinds, typed
from stillmine.watch.places.kind import Ask, Found, Place, Problem, Reply

LEADS_ON = frozenset({301, 302, 303, 307, 308})
IN_TROUBLE = frozenset({429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
UNCHANGED = 304
_SENDABLE = re.compile(r"[\x20-\x7e]{1,200}")
_FOR_EVERYBODY = frozenset({"accept", "accept-language"})
_LEAST_NAME = 4
_KEPT_HEADERS = (
    "date", "last-modified", "etag", "content-type", "content-length", "server",
)  # fmt: skip


class Question(NamedTuple):
    """What is sent: nothing else of ours but who we are goes along."""

    url: str
    headers: Pairs = ()
    limit: int = 1 << 20
    at_home: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """What came back. `status` 0: nothing; then `code` says why.

    `refused` says that nobody was asked, because of where the address leads.
    """

    url: str
    status: int = 0
    headers: Pairs = ()
    body: bytes = b""
    cut: bool = False
    code: str = ""
    refused: bool = False

    def header(self, name: str) -> str:
        """Return the first value of a header; nothing where it is not there."""
        return next((value for each, value in self.headers if each.lower() == name), "")

    @property
    def leads_to(self) -> str:
        """Return where a redirect leads; nothing where it is none, or leads nowhere."""
        if self.status not in LEADS_ON:
            return ""
        written = self.header("location").encode("latin-1", "replace").decode("utf-8", "replace")
        return whole_address(self.url, written) or ""

    @property
    def kept_headers(self) -> Pairs:
        """Return what is kept of the headers with a finding."""
        return tuple((name, value[:200]) for name in _KEPT_HEADERS if (value := self.header(name)))

    def validated(self, sum_: bytes, now: float) -> Validated:
        """Return by what the site tells whether this changes, as far as it can be sent back."""
        etag, modified = self.header("etag"), self.header("last-modified")
        etag = etag if _SENDABLE.fullmatch(etag) else ""
        return Validated(sum_, now, etag, modified if _SENDABLE.fullmatch(modified) else "")


@dataclass(frozen=True, slots=True)
class ReadPage:
    """An answer, what the kind of place made of it, and whether the person's name stands on it."""

    heard: Heard
    found: Found | None = None
    named: bool = False


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """An answer, and the keyed sum of its bytes."""

    heard: Heard
    sum: bytes = b""


def hear(asker: Asker, question: Question, seconds: float) -> Heard:
    """Ask, and say what came back. Raises what is wrong on this side, such as ProxyTrouble."""
    try:
        fetched: Fetched = asker(
            question.url,
            question.headers,
            limit=question.limit,
            seconds=seconds,
            at_home=question.at_home,
        )
    except (AddressRefused, NotAWebAddress) as problem:
        return Heard(question.url, code=problem.code, refused=True)
    except (CannotReach, NotEncrypted, StrangeAnswer) as problem:
        return Heard(question.url, code=problem.code)
    return Heard(question.url, fetched.status, fetched.headers, fetched.body, fetched.cut)


def hear_page(
    asker: Asker,
    question: Question,
    seconds: float,
    *,
    place: Place,
    ask: Ask,
    names: Sequence[str],
) -> ReadPage:
    """Ask for what a place wants, and have its kind read the answer."""
    heard = hear(asker, question, seconds)
    if not heard.status or heard.status in IN_TROUBLE or heard.status == UNCHANGED:
        return ReadPage(heard)
    if heard.leads_to:
        return ReadPage(replace(heard, body=b""))
    kind = heard.header("content-type")
    found = _read(place, Reply(ask, heard.url, heard.status, kind, heard.body))
    named = found.problem is Problem.NONE and _holds(heard.body, names)
    # The words of the page have served: while pictures in it are compared they are not held.
    return ReadPage(replace(heard, body=b""), found, named)


def _read(place: Place, reply: Reply) -> Found:
    """Have an answer read. No answer may stop a look, not even one that nobody thought of."""
    try:
        return kinds.read(place, reply)
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError):
        return Found(problem=Problem.NOT_UNDERSTOOD)


def hear_picture(asker: Asker, question: Question, seconds: float, *, looks: Looks) -> ReadPicture:
    """Ask for a picture. The sum of its bytes needs no database."""
    heard = hear(asker, question, seconds)
    whole = heard.status == 200 and not heard.cut
    return ReadPicture(heard, looks.sum_of("bytes", heard.body) if whole else b"")


def page_question(place: Place, body: AskBody, known: Validated | None, limit: int) -> Question:
    """Return what is sent for a place; the person's key goes to where they typed it, no further.

    What the person runs may be at home; where it leads may not.
    """
    ask = body.ask
    first = body.hops == 0
    url, headers = typed.with_key(place, ask) if first else (body.at, ask.headers)
    if not first and origin_of(body.at) != origin_of(ask.url):
        headers = tuple(each for each in headers if each[0].lower() in _FOR_EVERYBODY)
    return Question(url, (*headers, *conditions(known)), limit, ask.at_home and first)


def conditions(known: Validated | None) -> Pairs:
    """Return what asks for something only if it changed (RFC 9110, 13.1)."""
    if known is None:
        return ()
    pairs = (("If-None-Match", known.etag), ("If-Modified-Since", known.modified))
    return tuple((name, value) for name, value in pairs if value)


def _holds(body: bytes, names: Sequence[str]) -> bool:
    """Say whether a page holds a name as a word of its own."""
    if not names:
        return False
    text = body.decode("utf-8", "ignore").casefold()
    wanted = (name.casefold() for name in names if len(name) >= _LEAST_NAME)
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in wanted)
