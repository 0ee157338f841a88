"""Somebody at a real browser: where they go, what they see, and what the browser asked for."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import suppress
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page

import stillmine.web
from stillmine.web.door import Door
from stillmine.web.paths import address
from stillmine.web.serving import Pages
from tests.counterparts import AXE

WIDTHS = {320: 568, 768: 1024, 1280: 800}
THEMES = ("light", "dark")
FEW = ((320, "dark"), (1280, "light"))
"""Two looks that differ in everything, for a run in which time counts."""
ICON = Path(stillmine.web.__file__).parent / "static/icon.svg"
_MOST_BYTES = 40_000
_PATIENCE = 60_000  # milliseconds; a loaded machine is slow
# A click returns before the browser has gone on. Until it has, the old page says that it is left.
_SAY_SO = """
const leaving = () => { document.documentElement.dataset.leaving = "yes"; };
addEventListener("submit", event => { if (!event.defaultPrevented) leaving(); });
addEventListener("click", event => {
  const link = event.target.closest?.("a[href]");
  if (link && !event.defaultPrevented && !link.hash && !link.hasAttribute("download")) leaving();
});
"""
_HAS_COME = """
!document.documentElement.dataset.leaving && document.readyState === "complete"
"""
# The page itself may not be wider than the window, and nothing may be cut off at its sides either.
_STICKS_OUT = """
(() => {
  const root = document.scrollingElement, wide = root.clientWidth, found = [];
  if (root.scrollWidth > wide) found.push(`${root.scrollWidth - wide} pixels to scroll`);
  for (const each of document.body.querySelectorAll("*")) {
    if (each.closest(".skip, .unseen, .scroll, svg, option, [hidden]")) continue;
    const at = each.getBoundingClientRect();
    if (!at.width || !at.height) continue;
    if (at.right > wide + 1 || at.left < -1) {
      found.push(`${each.tagName} ${each.className} sticks out: ${each.textContent.slice(0, 40)}`);
    }
  }
  return found.slice(0, 4);
})()
"""
_AT_MOST = 300  # looks, a twentieth of a second apart
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Person:
    """Somebody who opened the pages of a home in a browser."""

    def __init__(self, browser: Browser, home: Path, **more: Any) -> None:
        self.door = Door(home)
        self.pages = Pages(self.door)
        self.place = f"127.0.0.1:{self.pages.port}"
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self._thread = threading.Thread(target=self.pages.run, daemon=True)
        self._thread.start()
        self.context: BrowserContext = browser.new_context(
            **{"viewport": {"width": 1280, "height": 800}, **more}
        )
        self.context.on("request", lambda request: self.requests.append(request.url))
        self.context.on("console", self._hears)
        self.context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        self.context.add_init_script(_SAY_SO)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(_PATIENCE)

    def _hears(self, said: ConsoleMessage) -> None:
        if said.type in ("error", "warning"):  # the rest is advice
            self.complaints.append(said.text)

    def comes_in(self) -> Person:
        """Open the address with the key, and wait for the first page."""
        self.page.goto(self.pages.address)
        self.page.wait_for_url(f"**{address('entry')}")
        return self

    def url(self, path: str) -> str:
        """Return the whole address of a path."""
        return f"http://{self.place}{path}"

    def goes_to(self, name: str, **parts: object) -> Person:
        """Go to a page by its name in `paths.PATHS`."""
        self.page.goto(self.url(address(name, **parts)))
        return self

    def clicks(self, words: str) -> Person:
        """Press the button or the link that is called so."""
        button = self.page.get_by_role("button", name=words, exact=True)
        link = self.page.get_by_role("link", name=words, exact=True)
        button.or_(link).first.click()
        return self

    def sees(self, words: str) -> bool:
        """Say whether the words stand on the page."""
        return words in self.page.locator("body").inner_text()

    def heading(self) -> str:
        """Return the one heading of the page."""
        found = self.page.locator("h1").all_inner_texts()
        assert len(found) == 1, found
        return found[0]

    def has_ended(self) -> bool:
        """Wait for the pages to end, and say whether they did."""
        self._thread.join(_PATIENCE / 1000)
        return not self._thread.is_alive()

    def closes(self) -> None:
        """Close the browser and the pages; nothing may have been asked of another place."""
        self.context.close()
        self.pages.end()
        assert self.has_ended()
        elsewhere = [url for url in self.requests if self.is_elsewhere(url)]
        assert not elsewhere, elsewhere

    def is_elsewhere(self, url: str) -> bool:
        """Say whether an address leads away from the pages."""
        parts = urlsplit(url)
        return parts.scheme not in ("about", "data", "blob") and parts.netloc != self.place


def settle(page: Page) -> None:
    """Wait until the page that a click leads to is there, with all that it loads."""
    for _ in range(_AT_MOST):
        with suppress(Error):  # it is on its way from one page to the next
            if page.evaluate(_HAS_COME):
                return
        page.wait_for_timeout(50)


def looks(*, full: bool) -> Iterator[tuple[int, str]]:
    """Yield widths and themes: all of them, or two that differ in everything."""
    yield from product(WIDTHS, THEMES) if full else FEW


def violations(page: Page) -> list[str]:
    """Return what axe-core says against a page (WCAG 2.2 AA and good practice)."""
    # Not as a tag: the policy of the pages lets no script in, and that is right.
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(
        "values => axe.run({runOnly: {type: 'tag', values}, resultTypes: ['violations']})",
        _RULES,
    )
    return [
        f"{each['id']}: {each['help']}: {[node['html'][:120] for node in each['nodes'][:3]]}"
        for each in found["violations"]
    ]


def judged(person: Person, name: str, *, full: bool = False) -> None:
    """Judge the page that is shown, in each look; keep a screenshot where one is wanted."""
    found = faults(person, name, full=full)
    assert not found, json.dumps(found, indent=1)


def faults(person: Person, name: str, *, full: bool = False) -> list[str]:
    """Return what is wrong with the page that is shown, in each look.

    Nothing may stick out to the side; at 400 % zoom a screen of 1280 is one of 320.
    """
    page = person.page
    found = []
    settle(page)
    for width, theme in looks(full=full):
        page.set_viewport_size({"width": width, "height": WIDTHS[width]})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of two words
        found += [f"{name} at {width}: {each}" for each in sticking_out(page)]
        found += [f"{name} at {width}, {theme}: {each}" for each in violations(page)]
        keep_screenshot(page, f"{name}-{width}-{theme}-{person.door.language or 'en'}")
    if page.locator("h1").count() != 1:
        found.append(f"{name} has {page.locator('h1').count()} headings of the first rank")
    if not page.evaluate("document.documentElement.lang"):
        found.append(f"{name} does not say its language")
    if (size := weight(page)) >= _MOST_BYTES:
        found.append(f"{name} is {size} bytes with all that it loads")
    return found


def sticking_out(page: Page) -> list[str]:
    """Return what sticks out to the side of the page, as the window is."""
    return page.evaluate(_STICKS_OUT)  # type: ignore[no-any-return]  # a list of texts


def weight(page: Page) -> int:
    """Return how many bytes a page is with all that it loads, its icon and no picture."""
    loaded: int = page.evaluate(
        "performance.getEntriesByType('navigation')[0].encodedBodySize + "
        "performance.getEntriesByType('resource').filter(e => e.initiatorType !== 'img')"
        ".reduce((sum, e) => sum + e.encodedBodySize, 0)"
    )
    return loaded + len(ICON.read_bytes())  # the browser asks for it, and tells the page nothing


def keep_screenshot(page: Page, name: str) -> None:
    """Keep a screenshot in the folder that STILLMINE_SCREENSHOTS names, if any."""
    folder = os.environ.get("STILLMINE_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
