"""How long after somebody wished to leave the page is blank, in a real Chromium.

    python bench/leaving.py [--rounds 15]

For each of the three ways (Shift three times, the button, the first link) and two pages. The clock
is the browser's own: from the time stamp of the last key or click to the first frame in which
nothing is on the page any more. The other side is stopped meanwhile, as if it hung: the page does
not wait for it. Besides, how long it takes until the vault is locked, with the other side awake.
"""

from __future__ import annotations

import argparse
import os
import shutil
import statistics
import tempfile
import threading
from pathlib import Path

from measuring import machine, new_vault, print_table, verdict
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from stillmine.app import keyholder
from stillmine.app.home import Home
from stillmine.web.connections import Connection
from stillmine.web.door import Door
from stillmine.web.paths import address
from stillmine.web.serving import Pages

MOST_BLANK = 100  # milliseconds
_SHOWN = ("people", "settings")
# The first frame after the page was emptied is painted between the two turns of the next one.
_WATCH = """
(() => {
  let wished = 0;
  for (const kind of ["keyup", "click"]) {
    addEventListener(kind, event => { wished = event.timeStamp; }, true);
  }
  new MutationObserver(() => {
    if (document.body) return;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => console.info(`blank ${performance.now() - wished}`);
      port2.postMessage(0);
    });
  }).observe(document.documentElement, { childList: true });
})()
"""


def three_shifts(page: Page) -> None:
    """Press Shift three times."""
    for _ in range(3):
        page.keyboard.press("Shift")


def button(page: Page) -> None:
    """Press the button."""
    page.locator("button.leave").click()


def first_link(page: Page) -> None:
    """Take the first link, as a screen reader does."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")


WAYS = (three_shifts, button, first_link)


def main() -> None:
    """Measure, and print the table and the verdict."""
    given = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    given.add_argument("--rounds", type=int, default=15)
    rounds = given.parse_args().rounds
    print(f"{rounds} rounds, {machine()}\n")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        os.environ["XDG_RUNTIME_DIR"] = folder  # its keyholder is of this measurement alone
        home = Path(folder) / "home"
        _context, root = new_vault(home)
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        rows, blank = [], []
        for name in _SHOWN:
            for way in WAYS:
                times = [until_blank(browser, home, root, name, way) for _ in range(rounds)]
                blank += times
                row = (name, way.__name__, f"{statistics.median(times):.1f}", f"{max(times):.1f}")
                rows.append(row)
        browser.close()
    print_table(("page", "way", "ms, median", "ms, most"), rows)
    print(verdict("slowest until blank, ms", max(blank), MOST_BLANK, at_most=True))


def _is_blank(said: ConsoleMessage) -> bool:
    return said.text.startswith("blank")


class _Visit:
    """A vault that is open, and a browser in it."""

    def __init__(self, browser: Browser, home: Path, root: bytes, name: str) -> None:
        self.home = Home(home)
        keyholder.start(self.home, root, 60)
        self.pages = Pages(Door(home))
        threading.Thread(target=self.pages.run, daemon=True).start()
        self.context = browser.new_context()
        self.page = self.context.new_page()
        self.page.goto(self.pages.address)
        self.page.wait_for_url(f"**{address('entry')}")
        self.page.goto(f"http://127.0.0.1:{self.pages.port}{address(name)}")

    def end(self) -> None:
        """Close all of it."""
        self.context.close()
        self.pages.end()
        keyholder.end(self.home)


def until_blank(browser: Browser, home: Path, root: bytes, name: str, way: object) -> float:
    """Leave a page while nobody answers; return the milliseconds until it is blank."""
    visit = _Visit(browser, home, root, name)
    visit.page.evaluate(_WATCH)
    awake = threading.Event()
    receive = Connection.data_received

    def hang(line: Connection, data: bytes) -> None:
        awake.wait(20)
        receive(line, data)

    Connection.data_received = hang  # type: ignore[method-assign]  # the whole other side hangs
    try:
        with visit.page.expect_console_message(_is_blank) as waited:
            way(visit.page)  # type: ignore[operator]  # one of the three ways
        spent = float(waited.value.text.split()[1])
    finally:
        Connection.data_received = receive  # type: ignore[method-assign]  # as it was
        awake.set()
    visit.end()
    return spent


if __name__ == "__main__":
    main()
