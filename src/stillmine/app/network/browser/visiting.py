"""Visit one page: go there, wait until it is quiet, scroll through it, and tell what it is."""

from __future__ import annotations

import base64
import contextlib
import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, CDPSession, Error, Page

from stillmine.app.network.browser.covering import without_pictures
from stillmine.app.network.browser.drawing import covered_markup, drawn_again
from stillmine.app.network.browser.launching import visiting
from stillmine.app.network.browser.orders import (
    MOST_ADDRESS,
    MOST_BODY,
    MOST_HEIGHT,
    MOST_WIDTH,
    VIEW_HEIGHT,
    Orders,
)
from stillmine.app.network.browser.watching import Tell, Watch, calm

_QUIET = 0.6  # seconds without anything under way
_TICK = 100.0  # milliseconds
_SHARE_TO_LOAD, _SHARE_TO_SCROLL = 0.4, 0.3
_SIZE = "() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
# Styles that scripts wrote stand in no markup; neither do shadow trees, unless they are asked for.
_STYLES = r"""() => [...document.styleSheets, ...document.adoptedStyleSheets]
  .filter((sheet) => !sheet.href && !(sheet.ownerNode && sheet.ownerNode.textContent.trim()))
  .map((sheet) => { try { return [...sheet.cssRules].map((rule) => rule.cssText).join('\n'); }
                    catch { return ''; } }).join('\n')"""
_MARKUP = r"""() => {
  const roots = [], look = (root) => { for (const el of root.querySelectorAll('*'))
    if (el.shadowRoot) { roots.push(el.shadowRoot); look(el.shadowRoot); } };
  look(document);
  const doctype = document.doctype ? '<!DOCTYPE html>\n' : '', top = document.documentElement;
  const shell = top.cloneNode(false).outerHTML, at = shell.lastIndexOf('</');
  return doctype + shell.slice(0, at) + top.getHTML({shadowRoots: roots}) + shell.slice(at);
}"""
_TEXT = r"""() => {
  const parts = [document.documentElement.innerText || ''];
  const look = (root) => { for (const el of root.querySelectorAll('*')) if (el.shadowRoot) {
    for (const child of el.shadowRoot.children) parts.push(child.innerText || '');
    look(el.shadowRoot); } };
  look(document);
  return parts.filter((part) => part.trim()).join('\n');
}"""


def visit(browser: Browser, orders: Orders, tell: Tell) -> None:
    """Visit the page and tell all there is to tell, piece by piece. Raises the library's Error."""
    context = visiting(browser)
    watch = Watch(context, orders, tell)
    page = context.new_page()
    watch.main = page.main_frame
    calm(page, watch)
    context.on("page", lambda other: _close(other, watch))
    _Visit(browser, context, page, watch, orders, tell).run()


def _close(other: Page, watch: Watch) -> None:
    watch.problem("popup")
    with contextlib.suppress(Error):
        other.close()


def _origin(url: str) -> str:
    address = urlsplit(url)
    return f"{address.scheme}://{address.netloc}"


class _Visit:
    """One visit; the steps are in the order in which they are needed should time run out."""

    def __init__(
        self,
        browser: Browser,
        context: BrowserContext,
        page: Page,
        watch: Watch,
        orders: Orders,
        tell: Tell,
    ) -> None:
        self.browser, self.page, self.watch = browser, page, watch
        self.orders, self.tell = orders, tell
        self.began = time.monotonic()
        self.line: CDPSession = context.new_cdp_session(page)
        self.judged: dict[str, Any] = {}
        self.safe: dict[str, bool] = {}
        # Certificates are only kept for whoever asked before the page was opened.
        self.line.on("Security.visibleSecurityStateChanged", self._judged)
        self.line.on("Network.responseReceived", self._answered)
        # Bodies stay to be had when a script took them as a whole, or the page has moved on.
        kept = {"maxTotalBufferSize": orders.limit_bytes, "maxResourceBufferSize": MOST_BODY}
        self.line.send("Network.enable", {"enableDurableMessages": True, **kept})
        self.line.send("Security.enable")

    def run(self) -> None:
        """Go through all steps; one that fails is a problem and no end."""
        if not self._go():
            return
        self._step("not-loaded", lambda: self._until_quiet(self.orders.seconds * _SHARE_TO_LOAD))
        self.tell("step", {"doing": "capture.scrolling"})
        self._step("not-scrolled", self._scroll)
        self.tell("step", {"doing": "capture.drawing"})
        self._step("no-certificate", self._certificates)
        self.tell("final", {"url": self._address(self.page.url), "status": self.watch.status})
        frames: dict[str, str] = {}
        self._step("no-markup", lambda: self._markup(frames))
        self._step("no-text", self._text)
        with contextlib.suppress(Error):
            self.watch.finish()
        if self.orders.covered:
            self._step("no-picture-of-page", lambda: self._draw_again(frames))
            return
        self._step("no-screenshot", lambda: self._screenshot(self.page))
        self._step("no-pdf", lambda: self._pdf(self.line))

    def _step(self, problem: str, step: Callable[[], None]) -> None:
        # Of a page that failed nothing comes any more, and asking would be waiting.
        if not self.watch.crashed:
            with contextlib.suppress(Error):
                step()
                return
        self.watch.problem(problem)

    def _go(self) -> bool:
        self.tell("step", {"doing": "capture.loading"})
        try:
            answer = self.page.goto(
                self.orders.url,
                wait_until="commit",
                timeout=self.orders.seconds * _SHARE_TO_LOAD * 1000,
            )
        except Error as problem:
            self.watch.finish()
            self.tell("failed", {"why": "page", "said": str(problem)[:2000]})
            return False
        if answer is not None and (date := answer.headers.get("date")):
            self.tell("date", {"date": date})
        return True

    def _until_quiet(self, seconds: float) -> None:
        end, quiet_since = time.monotonic() + seconds, time.monotonic()
        while (now := time.monotonic()) < end:
            self.page.wait_for_timeout(_TICK)
            self.watch.drain()
            if self.watch.waiting:
                quiet_since = time.monotonic()
            elif now - quiet_since > _QUIET:
                return
        self.watch.problem("never-quiet")

    def _scroll(self) -> None:
        end = time.monotonic() + self.orders.seconds * _SHARE_TO_SCROLL
        at = 0
        while at < min(self.page.evaluate(_SIZE)[1], MOST_HEIGHT) and time.monotonic() < end:
            self.page.evaluate("(at) => window.scrollTo(0, at)", at)
            self.page.wait_for_timeout(_TICK)
            self.watch.drain()
            at += VIEW_HEIGHT
        self.page.evaluate("() => window.scrollTo(0, 0)")
        self._until_quiet(max(1.0, end - time.monotonic()))

    def _judged(self, told: Mapping[str, Any]) -> None:
        self.judged = dict(told["visibleSecurityState"].get("certificateSecurityState") or {})

    def _answered(self, told: Mapping[str, Any]) -> None:
        answer = told["response"]
        self.safe[_origin(answer["url"])] = answer.get("securityState") == "secure"

    def _certificates(self) -> None:
        here = _origin(self.page.url)
        if self.judged:
            self.safe[here] = not self.judged.get("certificateNetworkError")
        for origin in sorted(self.watch.origins & set(self.safe)):
            told = self.line.send("Network.getCertificate", {"origin": origin})
            if chain := [base64.b64decode(each) for each in told.get("tableNames", ())]:
                facts = {"host": urlsplit(origin).netloc, "trusted": self.safe[origin]}
                self.tell("certificate", facts, chain)

    def _markup(self, frames: dict[str, str]) -> None:
        for frame in self.page.frames:
            with contextlib.suppress(Error):
                markup = frame.evaluate(_MARKUP)
                if self.orders.covered:
                    markup = covered_markup(markup)
                frames.setdefault(frame.url.partition("#")[0], markup)
                name = "html" if frame == self.page.main_frame else "frame"
                self.tell(
                    name, {"url": self._address(frame.url)}, [markup.encode("utf-8", "replace")]
                )

    def _text(self) -> None:
        parts = []
        for frame in self.page.frames:
            with contextlib.suppress(Error):
                parts.append(frame.evaluate(_TEXT))
        self.tell("text", {}, [self._clean("\n".join(parts)).encode("utf-8", "replace")])
        self.tell("title", {}, [self._clean(self.page.title()).encode("utf-8", "replace")])

    def _clean(self, text: str) -> str:
        return without_pictures(text) if self.orders.covered else text

    def _address(self, url: str) -> str:
        return self._clean(url)[:MOST_ADDRESS]

    def _draw_again(self, frames: dict[str, str]) -> None:
        url = self.page.url.partition("#")[0]
        more = covered_markup(f"<style>{self.page.evaluate(_STYLES)}</style>")
        self.page.close()
        frames[url] = frames.get(url, "") + more
        with drawn_again(self.browser, url, frames, self.watch.styles) as page:
            self._screenshot(page)
            self._pdf(page.context.new_cdp_session(page))

    def _screenshot(self, page: Page) -> None:
        width, height = page.evaluate(_SIZE)
        if height > MOST_HEIGHT or width > MOST_WIDTH:
            self.watch.problem("page-cut")
        picture = page.screenshot(
            full_page=True,
            clip={
                "x": 0,
                "y": 0,
                "width": min(max(width, 1), MOST_WIDTH),
                "height": min(max(height, 1), MOST_HEIGHT),
            },
            animations="disabled",
            timeout=self.orders.seconds * 1000,
        )
        self.tell("screenshot", {}, [picture])

    def _pdf(self, line: CDPSession) -> None:
        # In one answer: as a stream, the browser would put it into a file on the disk.
        told = line.send(
            "Page.printToPDF", {"printBackground": True, "transferMode": "ReturnAsBase64"}
        )
        self.tell("pdf", {}, [base64.b64decode(told["data"])])
