"""How long each page takes with 10,000 items in the vault, and from the start to the first page.

    python bench/pages.py [--items 10000] [--findings 200] [--rounds 9]

The pages are served as they always are, on 127.0.0.1, and asked for over a new connection each
time; the clock runs from the question to the last byte of the answer. The vault is unlocked, its
key is with the process that holds keys; it has findings, a place to look at, and the sums by which
looks know each item. From start to first page is the whole program: from the moment it is started,
with a browser that is only a name, to the last byte of the first page; after it, the command line.

CPU time stands beside the time on the clock, which others on the same computer make longer. Of a
page it holds the asking too; of the program it is what it had used when its first page was there.
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
from typing import NamedTuple

from catalogue import fill
from measuring import cpu_seconds, machine, new_vault, print_table, verdict

from stillmine.app import keyholder
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.storage.looks import OwnSum
from stillmine.app.storage.opening import open_vault
from stillmine.app.storage.root_key import RootKey
from stillmine.watch.keeping import keep_new
from stillmine.watch.looking.finding import Fact, Finding
from stillmine.watch.places.kind import Place
from stillmine.watch.placing.store import WatchedPlace, keep_place
from stillmine.watch.preparing import looks_of, prepare_places
from stillmine.web.door import Door
from stillmine.web.paths import PATHS
from stillmine.web.routing import all_pages
from stillmine.web.serving import Pages

MOST_MILLISECONDS, MOST_SECONDS = 50, 2.0
COMMANDS = ("stillmine --help", "stillmine keep list --newest 20", "stillmine act lines ES")
PAGE, TODAY = "https://board.example/thread", "2026-11-22T10:00:00+00:00"
_ENDS = {"leave", "lock"}
_TYPED = {"sec-fetch-site": "none", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}


class Took(NamedTuple):
    """What one answer took: seconds on the clock, and of CPU."""

    wall: float
    cpu: float


def main() -> None:
    """Measure, and print the tables and the two verdicts."""
    given = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    given.add_argument("--items", type=int, default=10_000)
    given.add_argument("--findings", type=int, default=200)
    given.add_argument("--rounds", type=int, default=9)
    options = given.parse_args()
    print(
        f"{options.items} items, {options.findings} findings, {options.rounds} rounds, {machine()}"
    )
    if hasattr(os, "getloadavg"):
        print(f"load before: {os.getloadavg()[0]:.1f}")
    print()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_RUNTIME_DIR"] = folder  # its keyholder is of this measurement alone
        os.environ["XDG_CONFIG_HOME"] = folder
        home = Path(folder) / "home"
        context, root = new_vault(home)
        fill(context, options.items)
        furnish(context, root, options.findings)
        keyholder.start(Home(home), root, 60)
        try:
            found = pages_of(home, options.rounds)
            starts = [to_first_page(home) for _ in range(min(options.rounds, 5))]
            keyholder.start(Home(home), root, 60)  # the pages locked it when they ended
            commands = {line: command(home, line) for line in COMMANDS}
        finally:
            keyholder.end(Home(home))
    print_table(
        ("page", "ms, median", "ms, most", "ms of CPU", "kB"),
        [(name, *_row(took, 1000), f"{size / 1000:.1f}") for name, (took, size) in found.items()],
    )
    print_table(
        ("from start to", "s, median", "s, most", "s of CPU"),
        [("the first page", *_row(starts, 1)), *((k, *_row(v, 1)) for k, v in commands.items())],
    )
    slowest = max(statistics.median(each.wall for each in took) for took, _size in found.values())
    print(verdict("slowest page, ms", slowest * 1000, MOST_MILLISECONDS, at_most=True))
    start = statistics.median(each.wall for each in starts)
    print(verdict("start to first page, s", start, MOST_SECONDS, at_most=True))


def _row(took: list[Took], units: int) -> tuple[str, str, str]:
    wall = [each.wall * units for each in took]
    cpu = statistics.median(each.cpu * units for each in took)
    places = 1 if units > 1 else 2
    return f"{statistics.median(wall):.{places}f}", f"{max(wall):.{places}f}", f"{cpu:.{places}f}"


def furnish(context: Context, root: RootKey, findings: int) -> None:
    """Put into the vault what was found, where it looks, and by which sums it knows its items."""
    with open_vault(Home(context.home), root, writing=True) as vault:
        items = [item.item for item in vault.items()]
        keep_place(vault, WatchedPlace(Place("0" * 8, "page", PAGE, {}, ""), "", 24, TODAY))
        keep_new(vault, [_finding(at, items[at % len(items)]) for at in range(findings)])
        sums = [OwnSum(item, "0" * 32, "0" * 64, 1) for item in items]
        with looks_of(vault) as looks:
            looks.prepare((), sums, ())
        prepare_places(vault)


def _finding(at: int, item: str) -> Finding:
    return Finding(
        finding=f"{at:016x}",
        place="0" * 8,
        item=item,
        page=f"{PAGE}/{at}",
        picture=f"{PAGE}/{at}.jpg",
        seen_at=TODAY,
        kind="edited",
        score=1100.0,
        expected_false=1e-9,
        quad=((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)),
        visible=1.0,
        mirrored=False,
        inverted=False,
        width=800,
        height=600,
        seconds=None,
        facts=(Fact.LOOKS_ALIKE, Fact.WHOLE_ALIKE),
        headers=(),
    )


def pages_of(home: Path, rounds: int) -> dict[str, tuple[list[Took], int]]:
    """Return, for each page whose address has no parts, what it took and bytes of the answer."""
    pages = Pages(Door(home))
    served = threading.Thread(target=pages.run, daemon=True)
    served.start()
    line = Line(pages.port)
    line.comes_in(pages.address)
    names = [each.name for each in all_pages() if "{" not in PATHS[each.name]]
    found: dict[str, tuple[list[Took], int]] = {}
    for name in sorted(set(names) - _ENDS):
        status, body, _took = line.asks(PATHS[name])  # the first time loads what it needs
        if status == 200:
            found[name] = ([line.asks(PATHS[name])[2] for _ in range(rounds)], len(body))
    pages.end()
    served.join()  # they lock the vault when they end
    return found


def command(home: Path, typed: str, rounds: int = 3) -> list[Took]:
    """Return what a command took, from start to exit."""
    more = {**os.environ, "STILLMINE_HOME": str(home)}
    took = []
    for _ in range(rounds):
        wall, cpu = time.perf_counter(), cpu_seconds()
        done = subprocess.run(
            [sys.executable, "-m", *typed.split()], env=more, capture_output=True, check=False
        )
        if done.returncode:
            raise SystemExit(f"{typed} ended with {done.returncode}: {done.stderr.decode()}")
        took.append(Took(time.perf_counter() - wall, cpu_seconds() - cpu))
    return took


def to_first_page(home: Path) -> Took:
    """Start the program as a person does; return what it took until the first page is whole."""
    more = {"STILLMINE_HOME": str(home), "BROWSER": "true"}
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
        status, _body, _took = line.asks(PATHS["entry"])
        took = Took(time.perf_counter() - start, _cpu_of(process.pid))
        process.terminate()
    if status != 200:
        raise SystemExit(f"the first page answered {status}")
    return took


def _cpu_of(process: int) -> float:
    """Return the CPU seconds of a process until now; not a number where the system has no /proc."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return float("nan")
    return (int(fields[11]) + int(fields[12])) / float(os.sysconf("SC_CLK_TCK"))


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

    def asks(self, path: str) -> tuple[int, bytes, Took]:
        """Return the status, the body, and what it took."""
        start, cpu = time.perf_counter(), time.process_time()
        connection = http.client.HTTPConnection("127.0.0.1", self._port)
        connection.request("GET", path, headers={**_TYPED, "cookie": self._cookie})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        took = Took(time.perf_counter() - start, time.process_time() - cpu)
        return answer.status, body, took


if __name__ == "__main__":
    main()
