"""Write down every request of a page and every answer; stop the requests that may not be made."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Error, Frame, Page, Request, Response, Route

from stillmine.app.network.browser.covering import (
    covered_body,
    is_picture,
    without_pictures,
)
from stillmine.app.network.browser.orders import (
    MOST_ADDRESS,
    MOST_BODY,
    MOST_MOVES,
    MOST_REQUESTS,
    Orders,
)

Tell = Callable[..., None]
_PICTURES = frozenset({"image", "media", "font"})  # letters can be pictures, too
_ENDLESS = frozenset({"eventsource", "websocket", "ping"})
_PATIENCE = timedelta(seconds=8)  # with one request; a page may be held up by a few at a time
_SENT_AS = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_BY_NAME = re.compile(
    r"\.(?:jpe?g?|jfif|a?png|gif|webp|avif|hei[cf]|bmp|ico|svgz?|tiff?|jxl|mp4|m4[av]|webm|mov|mkv|avi"
    r"|og[gv]|mp3|m3u8|mpd|ts|woff2?|[to]tf)$",
    re.IGNORECASE,
)


class Watch:
    """Everything that goes to and fro while a page is visited, told as it happens."""

    def __init__(self, context: BrowserContext, orders: Orders, tell: Tell) -> None:
        """Begin to watch a context that has visited nothing yet."""
        self._orders, self._tell = orders, tell
        self._began: dict[Request, datetime] = {}
        self._answers: dict[Request, Response] = {}
        self._numbers: dict[Request, int] = {}
        self._ended: deque[tuple[Request, bool]] = deque()
        self._why: dict[Request, str] = {}
        self._moves = self._taken = 0
        self.problems: set[str] = set()
        self.origins: set[str] = set()
        self.styles: dict[str, str] = {}
        self.main: Frame | None = None
        self.status = 0  # of the page itself, as the server said it last
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("requestfinished", lambda request: self._ended.append((request, True)))
        context.on("requestfailed", lambda request: self._ended.append((request, False)))
        context.route("**/*", self._judge)

    @property
    def crashed(self) -> bool:
        """Say whether the page made the browser's process for it end."""
        return "page-crashed" in self.problems

    @property
    def waiting(self) -> int:
        """Return how many requests are under way that may be expected to end soon."""
        done = {request for request, _ in self._ended}
        young = datetime.now(UTC) - _PATIENCE
        return sum(
            request.resource_type not in _ENDLESS and request not in done and began > young
            for request, began in self._began.items()
        )

    def problem(self, code: str) -> None:
        """Note something that the reader of the capture should know, once."""
        if code not in self.problems:
            self.problems.add(code)
            self._tell("problem", {"code": code})

    def drain(self) -> None:
        """Tell what came to its end since the last time."""
        while self._ended:
            request, whole = self._ended.popleft()
            if request in self._began:
                self._tell_exchange(request, whole=whole)
                self._began.pop(request, None)

    def finish(self) -> None:
        """Tell the rest: what came to its end, and what never will."""
        self.drain()
        for request in list(self._began):
            self._why.setdefault(request, "unfinished")
            if request.resource_type not in _ENDLESS:
                self.problem("parts-missing")
            self._tell_exchange(request, whole=False)
        self._began.clear()

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme in ("http", "https"):
            self._began[request] = datetime.now(UTC)

    def _answered(self, response: Response) -> None:
        self._answers[response.request] = response
        if self._leads_on(response.request):
            self.status = response.status
        if response.request.is_navigation_request():
            # Told at once: the rest can only be had from a page that is not busy for ever.
            facts = self._facts(response.request, response, whole=False)
            more = {"blocked": False, "sha256": "", "changed": False, "why_not": "unfinished"}
            self._tell("exchange", facts | more)
        address = urlsplit(response.url)
        if address.scheme == "https":
            self.origins.add(f"https://{address.netloc}")

    def _judge(self, route: Route) -> None:
        """Let one request out, or not."""
        request = route.request
        why = self._why_not(request)
        with contextlib.suppress(Error):  # the page may have gone away in the meantime
            if why:
                self._why[request] = why
                route.abort("blockedbyclient")
            else:
                route.continue_()

    def _why_not(self, request: Request) -> str:
        if self._taken > self._orders.limit_bytes:
            self.problem("too-much")
            return "too-much"
        if len(self._why) + len(self._began) > MOST_REQUESTS:
            self.problem("too-many-requests")
            return "too-many-requests"
        if self._leads_on(request):
            self._moves += 1
            if self._moves > MOST_MOVES:
                self.problem("keeps-moving")
                return "keeps-moving"
        return "covered" if self._orders.covered and _looks_like_a_picture(request) else ""

    def _leads_on(self, request: Request) -> bool:
        if not request.is_navigation_request():
            return False
        try:
            return request.frame == self.main
        except Error:
            return True

    def _tell_exchange(self, request: Request, *, whole: bool) -> None:
        why = self._why.get(request, "")
        blocked = bool(why) and why != "unfinished"
        response = self._answers.pop(request, None)
        if self.crashed:
            whole, why = False, why or "gone"
        body, why = _body(request, response) if whole else (None, why or "failed")
        facts = self._facts(request, response, whole=whole)
        facts |= {"blocked": blocked, "sha256": "", "changed": False}
        if body is not None:
            self._taken += len(body)
            facts["sha256"] = hashlib.sha256(body).hexdigest()
            body, changed, why = self._kept(body, facts)
            facts["changed"] = changed
        facts["why_not"] = why if body is None else ""
        self._tell("exchange", facts, [] if body is None else [body])

    def _kept(self, body: bytes, facts: dict[str, Any]) -> tuple[bytes | None, bool, str]:
        if not self._orders.covered:
            return body, False, ""
        stated = dict((name.lower(), value) for name, value in facts["response_headers"])
        if facts["kind"] in _PICTURES | {"script"} or is_picture(body):
            return None, False, "covered"
        kept = covered_body(body, stated.get("content-type", ""))
        if kept is not None and facts["kind"] == "stylesheet":
            self.styles[facts["url"].partition("#")[0]] = kept.decode("utf-8", "replace")
        return (None, False, "covered") if kept is None else (kept, kept != body, "")

    def _facts(self, request: Request, response: Response | None, *, whole: bool) -> dict[str, Any]:
        answered = [] if response is None else _headers(response, whole=whole)
        return {
            "number": self._numbers.setdefault(request, len(self._numbers)),
            "url": self._address(request.url),
            "method": request.method,
            "status": 0 if response is None else response.status,
            "status_text": "" if response is None else response.status_text,
            "request_headers": self._clean(_headers(request, whole=whole)),
            "response_headers": self._clean([h for h in answered if h[0].lower() not in _SENT_AS]),
            "sent_as": [h for h in answered if h[0].lower() in _SENT_AS],
            "kind": request.resource_type,
            "began": self._began.get(request, datetime.now(UTC)).isoformat(),
        }

    def _address(self, url: str) -> str:
        return (without_pictures(url) if self._orders.covered else url)[:MOST_ADDRESS]

    def _clean(self, headers: list[tuple[str, str]]) -> list[tuple[str, str]]:
        if not self._orders.covered:
            return headers
        return [(name, without_pictures(value)) for name, value in headers]


def _looks_like_a_picture(request: Request) -> bool:
    if request.resource_type in _PICTURES:
        return True
    path = request.url.partition("#")[0].partition("?")[0]
    return not request.is_navigation_request() and _BY_NAME.search(path) is not None


def _headers(told: Request | Response, *, whole: bool) -> list[tuple[str, str]]:
    """Return headers as they went over the line; of what is not over yet, as far as is known."""
    try:
        if whole:
            return [(each["name"], each["value"]) for each in told.headers_array()]
        return list(told.headers.items())  # asking for the rest would wait for it
    except Error:
        return []


def _body(request: Request, response: Response | None) -> tuple[bytes | None, str]:
    if response is None:
        return None, "failed"
    if request.redirected_to is not None:
        return None, "leads-on"
    try:
        body = response.body()
    except Error:
        return None, "gone"
    if not body and response.headers.get("content-length", "0") not in ("", "0"):
        return None, "gone"  # what a script took as a whole is not kept for anybody else
    return (None, "too-large") if len(body) > MOST_BODY else (body, "")


def calm(page: Page, watch: Watch) -> None:
    """Answer what a page may throw at its reader: questions, windows, downloads, its own end."""
    page.on("dialog", lambda dialog: _dismiss(dialog, watch))
    page.on("download", lambda _download: watch.problem("download"))
    page.on("crash", lambda _page: watch.problem("page-crashed"))


def _dismiss(dialog: Any, watch: Watch) -> None:
    watch.problem("dialog")
    with contextlib.suppress(Error):
        dialog.dismiss()
