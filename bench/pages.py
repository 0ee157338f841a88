"""How long each page takes with 10,000 items in the vault, and from the start to the first page.

    python bench/pages.py [--items 10000] [--rounds 9]

The pages are served as they always are, on 127.0.0.1, and asked for over a new connection each
time; the clock runs from the question to the last byte of the answer. The vault is unlocked, its
key is with the process that holds keys. From start to first page is the whole program: from the
moment it is started, with a browser that is only a name, to the last byte of the first page.
"""

from __future__ import annotations

import argparse
import http.client
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from catalogue import fill
from measuring import machine, new_vault, print_table, verdict

from stillmine.app import keyholder
from stillmine.app.home import Home
from stillmine.web.door import Door
from stillmine.web.paths import PATHS
from stillmine.web.routing import all_pages
from stillmine.web.serving import Pages

MOST_MILLISECONDS, MOST_SECONDS = 50, 2.0
_ENDS = {"leave", "lock"}
_TYPED = {"sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


def main() -> None:
    """Measure, and print the table and the two verdicts."""
    given = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    given.add_argument("--items", type=int, default=10_000)
    given.add_argument("--rounds", type=int, default=9)
    options = given.parse_args()
    print(f"{options.items} items, {options.rounds} rounds, {machine()}\n")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder  # its keyholder is of this measurement alone
        home = Path(folder) / "home"
        context, root = new_vault(home)
        fill(context, options.items)
        keyholder.start(Home(home), root, 60)
        try:
            found = pages_of(home, options.rounds)
        finally:
            keyholder.end(Home(home))
        starts = [to_first_page(home, Path(folder)) for _ in range(min(options.rounds, 5))]
    rows = [
        (name, f"{statistics.median(times):.1f}", f"{max(times):.1f}", f"{size / 1000:.1f}")
        for name, (times, size) in found.items()
    ]
    print_table(("page", "ms, median", "ms, most", "kB"), rows)
    slowest = max(statistics.median(times) for times, _size in found.values())
    print(verdict("slowest page, ms", slowest, MOST_MILLISECONDS, at_most=True))
    start = statistics.median(starts)
    print(verdict("start to first page, s", start, MOST_SECONDS, at_most=True))


def pages_of(home: Path, rounds: int) -> dict[str, tuple[list[float], int]]:
    """Return, for each page whose address has no parts, milliseconds and bytes of the answer."""
    pages = Pages(Door(home))
    threading.Thread(target=pages.run, daemon=True).start()
    line = Line(pages.port)
    line.comes_in(pages.address)
    names = [each.name for each in all_pages() if "{" not in PATHS[each.name]]
    found: dict[str, tuple[list[float], int]] = {}
    for name in sorted(set(names) - _ENDS):
        status, body, _spent = line.asks(PATHS[name])  # the first time loads what it needs
        if status == 200:
            times = [line.asks(PATHS[name])[2] * 1000 for _ in range(rounds)]
            found[name] = (times, len(body))
    pages.end()
    return found


def to_first_page(home: Path, folder: Path) -> float:
    """Start the program as a person does; return the seconds until the first page is whole."""
    more = {"STILLMINE_HOME": str(home), "XDG_RUNTIME_DIR": str(folder), "BROWSER": "true"}
    command = [sys.executable, "-m", "stillmine"]
    start = time.perf_counter()
    with subprocess.Popen(
        command, env={**os.environ, **more}, stderr=subprocess.PIPE, text=True
    ) as process:
        said = process.stderr.readline() if process.stderr else ""
        address = re.search(r"http://127\.0\.0\.1:(\d+)/o/\S+", said)
        if address is None:
            raise SystemExit(f"it did not start: {said}")
        line = Line(int(address[1]))
        line.comes_in(address[0])
        status, _body, _spent = line.asks(PATHS["entry"])
        spent = time.perf_counter() - start
        process.terminate()
    if status != 200:
        raise SystemExit(f"the first page answered {status}")
    return spent


class Line:
    """Asks one server, as a browser that came in with the key."""

    def __init__(self, port: int) -> None:
        """Ask on this port."""
        self._port = port
        self._cookie = ""

    def comes_in(self, address: str) -> None:
        """Swap the key for the cookie."""
        connection = http.client.HTTPConnection("127.0.0.1", self._port)
        connection.request("GET", "/o/" + address.rpartition("/")[2], headers=_TYPED)
        answer = connection.getresponse()
        answer.read()
        self._cookie = (answer.getheader("set-cookie") or "").partition(";")[0]
        connection.close()

    def asks(self, path: str) -> tuple[int, bytes, float]:
        """Return the status, the body, and how many seconds it took."""
        start = time.perf_counter()
        connection = http.client.HTTPConnection("127.0.0.1", self._port)
        connection.request("GET", path, headers={**_TYPED, "cookie": self._cookie})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, body, time.perf_counter() - start


if __name__ == "__main__":
    main()
