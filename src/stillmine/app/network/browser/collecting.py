"""Put together what the browser's process told, in whatever order and however far it came."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from stillmine.app.jobs import Job
from stillmine.app.network.browser.captured import (
    Captured,
    Certificate,
    Exchange,
    Level,
    Pairs,
    Refused,
)
from stillmine.app.network.browser.line import Message
from stillmine.app.network.browser.mhtml import Part, make_mhtml
from stillmine.app.network.web.door import Refusal
from stillmine.app.network.web.names import DnsAnswer

_TEXTS = frozenset({"title", "text", "html"})
_FILES = frozenset({"screenshot", "pdf"})
_REASON = re.compile(r"net::ERR_([A-Z0-9_]{1,60})")
_STATED = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,80}")
_MOST_TOLD = 200  # problems and certificates


class Collected:
    """What was told so far."""

    def __init__(self, url: str, level: Level, began: datetime) -> None:
        """Begin with nothing."""
        self.url, self.level, self.began = url, level, began
        self.complete = False
        self.visited = True
        self.why = ""
        self.problems: list[str] = []
        self._told: dict[int, Exchange] = {}
        self._certificates: list[Certificate] = []
        self._frames: list[Part] = []
        self._texts: dict[str, str] = {}
        self._files: dict[str, bytes] = {}
        self._facts: dict[str, Any] = {}

    def has_page(self, refused: Sequence[Refusal]) -> bool:
        """Say whether anything of the page itself came."""
        pages = (e for e in self._reached(refused) if e.kind == "document")
        return self.visited and any(each.status for each in pages)

    def _reached(self, refused: Sequence[Refusal]) -> list[Exchange]:
        """Return all exchanges; what the door said in place of a site is no answer of a site."""
        codes = {each.url: each.code for each in refused}
        return [
            replace(
                each,
                status=0,
                status_text="",
                response_headers=(),
                body=None,
                sha256="",
                sent_as=(),
                blocked=True,
                why_not=codes[each.url],
            )
            if each.url in codes
            else each
            for each in self._told.values()
        ]

    def problem(self, code: str) -> None:
        """Note something that the reader should know, once."""
        if code not in self.problems and len(self.problems) < _MOST_TOLD:
            self.problems.append(code)

    def take(self, message: Message, job: Job) -> None:
        """Take in one message."""
        event, facts, pieces = message.event, message.facts, message.pieces
        if event == "step":
            job.begin(facts["doing"], None, "parts")
        elif event == "exchange":
            self._told[facts["number"]] = _exchange(facts, pieces)  # the later one knows more
            job.advance()
        elif event == "problem":
            self.problem(facts["code"])
        elif event == "certificate" and len(self._certificates) < _MOST_TOLD:
            self._certificates.append(Certificate(facts["host"], pieces, facts["trusted"]))
        elif event in ("done", "failed"):
            self.visited = self.visited and facts.get("why") != "page"
            self.complete = facts.get("why") != "browser"
            self.why = _why(facts) if event == "failed" else self.why
        else:
            self._take_part(event, facts, pieces)

    def _take_part(self, event: str, facts: dict[str, Any], pieces: Sequence[bytes]) -> None:
        if event in _TEXTS:
            self._texts[event] = pieces[0].decode("utf-8", "replace")
        elif event in _FILES:
            self._files[event] = pieces[0]
        elif event == "frame":
            self._frames.append(Part(facts["url"], "text/html; charset=utf-8", pieces[0]))
        else:
            self._facts |= facts

    def captured(self, dns: Sequence[DnsAnswer], refused: Sequence[Refusal]) -> Captured:
        """Return the whole, with what the door knows: who had which address, what was refused."""
        at = {each.host: each.chosen for each in dns}
        exchanges = tuple(
            replace(each, server_address=at.get(urlsplit(each.url).hostname or "", ""))
            if each.status
            else each
            for each in self._reached(refused)
        )
        final = self._facts.get("url", self.url)
        title = self._texts.get("title", "")
        for name in ("screenshot", "pdf"):
            if name not in self._files:
                self.problem(f"no-{name}")
        return Captured(
            url=self.url,
            final_url=final,
            level=self.level,
            began=self.began,
            ended=datetime.now(UTC),
            title=title,
            text=self._texts.get("text", ""),
            html=self._texts.get("html", ""),
            screenshot=self._files.get("screenshot", b""),
            pdf=self._files.get("pdf", b""),
            mhtml=self._mhtml(final, title),
            exchanges=exchanges,
            redirects=_redirects(self.url, exchanges),
            dns=tuple(dns),
            certificates=tuple(self._certificates),
            refused=tuple(Refused(each.url, each.code) for each in refused[:_MOST_TOLD]),
            browser=self._facts.get("name", ""),
            server_date=self._facts.get("date", ""),
            status=self._facts.get("status", 0),
            problems=tuple(self.problems),
        )

    def _mhtml(self, final: str, title: str) -> bytes:
        """Return the page in one file. What was covered has no body here, so it is not in it."""
        if "html" not in self._texts:
            return b""
        page = Part(final, "text/html; charset=utf-8", self._texts["html"].encode("utf-8"))
        parts = {each.url: each for each in (*self._loaded(), *self._frames)}
        parts.pop(final, None)
        return make_mhtml(final, title, self.began, (page, *parts.values()))

    def _loaded(self) -> list[Part]:
        return [
            Part(each.url, _media_type(each.response_headers), each.body)
            for each in self._told.values()
            if each.body is not None and each.kind not in ("document", "script")
        ]


def _exchange(facts: dict[str, Any], pieces: Sequence[bytes]) -> Exchange:
    return Exchange(
        url=facts["url"],
        method=facts["method"],
        status=facts["status"],
        status_text=facts["status_text"],
        request_headers=_pairs(facts["request_headers"]),
        response_headers=_pairs(facts["response_headers"]),
        body=pieces[0] if pieces else None,
        kind=facts["kind"],
        server_address="",
        began=datetime.fromisoformat(facts["began"]),
        blocked=facts["blocked"],
        why_not=facts["why_not"],
        changed=facts["changed"],
        sha256=facts["sha256"],
        sent_as=_pairs(facts["sent_as"]),
    )


def _pairs(told: Sequence[Sequence[str]]) -> Pairs:
    return tuple((name, value) for name, value in told)


def _media_type(headers: Pairs) -> str:
    stated = next((value for name, value in headers if name.lower() == "content-type"), "")
    return stated if _STATED.match(stated) else "application/octet-stream"


def _redirects(url: str, exchanges: Sequence[Exchange]) -> tuple[str, ...]:
    """Return the addresses that led on from the one that was asked for, by what servers said."""
    leads = {
        each.url: each
        for each in exchanges
        if each.why_not == "leads-on" and each.kind == "document"
    }
    chain: list[str] = []
    while url in leads and url not in chain:
        chain.append(url)
        headers = leads[url].response_headers
        place = next((value for name, value in headers if name.lower() == "location"), "")
        url = urljoin(url, place)
    return tuple(chain)


def _why(facts: dict[str, Any]) -> str:
    """Return a word for what the browser said: its own code in lower case, or `browser`."""
    found = _REASON.search(json.dumps(facts))
    return found[1].lower().replace("_", "-") if found else str(facts.get("why", "browser"))
