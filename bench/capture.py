"""Measure how long it takes to keep proof of a page, beside plain Playwright on the same page.

Plain Playwright starts the same browser, opens the page until its network is idle, and takes a
screenshot of all of it, a PDF, its markup and every body: what a script of twenty lines does. Ours
sends all of it through the guard as well, scrolls, takes certificates, covers, and writes MHTML.

    python bench/capture.py --rounds 5
"""

from __future__ import annotations

import argparse
import os
import statistics
import threading
from collections.abc import Callable
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from measuring import Spent, in_rounds, machine, print_table, ratios, timed, verdict
from playwright.sync_api import sync_playwright

from stillmine.app.network.browser import Level, capture_page
from stillmine.app.network.browser.finding import require_browser
from stillmine.app.network.permit import Permit
from stillmine.imaging import drawn

_AIM = 2.0  # times as long as plain Playwright
_AIM_SECONDS = 10.0


class _Site(ThreadingHTTPServer):
    """A page with some text and so many pictures, on this computer."""

    daemon_threads = True

    def __init__(self, pictures: int) -> None:
        super().__init__(("127.0.0.1", 0), _Visitor)
        self.pictures = [drawn.draw(n, size=(1200, 800)) for n in range(pictures)]
        shown = "".join(
            f"<p>{'A line of words. ' * 60}</p><img src=/{n}.jpg width=900 loading=lazy>"
            for n in range(pictures)
        )
        self.page = f"<!doctype html><title>A page</title><h1>Words</h1>{shown}".encode()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class _Visitor(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Site

    def do_GET(self) -> None:
        name = self.path.strip("/").partition(".")[0]
        body, kind = self.server.page, "text/html"
        if name.isdigit():
            body, kind = self.server.pictures[int(name)], "image/jpeg"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_said: object) -> None:
        """Say nothing."""


def _ours(url: str, level: Level) -> None:
    found = capture_page(Permit.for_page("act.capture", url), url, level=level)
    if set(found.problems) - {"no-sandbox"} or not found.screenshot or not found.pdf:
        raise SystemExit(f"the capture has gaps: {found.problems}")


def _plain(url: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=require_browser(), args=["--no-sandbox"] * (os.geteuid() == 0)
        )
        page = browser.new_page()
        answers = []
        page.on("response", lambda answer: answers.append(answer))
        page.goto(url, wait_until="networkidle")
        page.evaluate(
            "async () => { for (let y = 0; y < document.body.scrollHeight; y += 900) {"
            " scrollTo(0, y); await new Promise((done) => setTimeout(done, 100)); } }"
        )
        page.wait_for_load_state("networkidle")
        kept = [page.screenshot(full_page=True), page.pdf(), page.content()]
        kept += [answer.body() for answer in answers]
        if len(kept) < 4:
            raise SystemExit("the page did not open")
        browser.close()


def main() -> None:
    """Print how long each took, and how many times longer ours took than plain Playwright."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pictures", type=int, default=6)
    asked = parser.parse_args()
    site = _Site(asked.pictures)
    place = f"localhost:{site.server_port}"
    os.environ["STILLMINE_ALLOW_LOOPBACK"] = place
    url = f"http://{place}/"
    work: dict[str, Callable[[], None]] = {
        "stillmine, covered": partial(_ours, url, "covered"),
        "stillmine, full": partial(_ours, url, "full"),
        "plain Playwright": partial(_plain, url),
    }
    contenders: dict[str, Callable[[], Spent]] = {
        name: partial(timed, each) for name, each in work.items()
    }
    found = in_rounds(contenders, asked.rounds)
    print(f"{asked.pictures} pictures, {asked.rounds} rounds, {machine()}")
    walls = {name: [each.wall for each in spent] for name, spent in found.items()}
    rows = [
        (name, *(f"{value:.2f}" for value in (statistics.median(each), min(each), max(each))))
        for name, each in walls.items()
    ]
    print_table(("wall time, s", "median", "least", "most"), rows)
    for level in ("covered", "full"):
        mine = walls[f"stillmine, {level}"]
        times, _least, _most = ratios(mine, walls["plain Playwright"])
        print(verdict(f"{level}, times as long as plain Playwright", times, _AIM, at_most=True))
        middle = statistics.median(mine)
        print(verdict(f"{level}, seconds", middle, _AIM_SECONDS, at_most=True))
    site.shutdown()


if __name__ == "__main__":
    main()
