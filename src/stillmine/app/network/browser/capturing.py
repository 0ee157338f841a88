"""Have a page visited by a browser that is thrown away, and put together what it was."""

from __future__ import annotations

import contextlib
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import quote, urldefrag

from stillmine.app.jobs import Job
from stillmine.app.network.browser.captured import Captured, Level
from stillmine.app.network.browser.collecting import Collected
from stillmine.app.network.browser.finding import require_browser
from stillmine.app.network.browser.line import Message, read_messages
from stillmine.app.network.browser.orders import Orders
from stillmine.app.network.browser.processes import end_tree
from stillmine.app.network.permit import Permit
from stillmine.app.network.web.door import Door, open_door
from stillmine.app.network.web.location import read_location
from stillmine.app.network.web.way import Way, way_out
from stillmine.errors import AddressRefused, CannotCapture, CannotReach, ProxyTrouble

SECONDS = 60.0
LIMIT_BYTES = 256 << 20
_MODULE = "stillmine.app.network.browser.child"
_IN_MARK = "/%:@!$&'()*+,;=~-._?"
_LOOKING = 0.2
_SECONDS_TO_START = 60.0
_SECONDS_TO_DRAW = 30.0
_TIDYING = 5.0  # seconds that a browser gets to end by itself
_MEMORY_FOLDER = Path("/dev/shm")  # noqa: S108  wanted just because it is no disk


def capture_page(
    permit: Permit,
    url: str,
    *,
    level: Level,
    seconds: float = SECONDS,
    limit_bytes: int = LIMIT_BYTES,
    job: Job | None = None,
    way: Way | None = None,
) -> Captured:
    """Visit a page for at most so many seconds and bytes, and return what it was.

    To take down what it shows there is as much time again, and half a minute at least.

    What could not be got is named in `problems`; whatever came before is there. All of it stays
    in memory, and no process is left. Raise NotAWebAddress, NoBrowser, Stopped; AddressRefused,
    CannotReach, ProxyTrouble, or CannotCapture for another reason, where there was no page at all.
    """
    whole = address_to_visit(url)
    permit.check(whole)
    program = require_browser()
    job, way = job or Job(), way or way_out()
    collected = Collected(whole, level, datetime.now(UTC))
    full = partial(collected.problem, "too-much")
    with open_door(permit, way=way, limit_bytes=limit_bytes, on_full=full) as door:
        orders = Orders(
            url=whole,
            covered=level == "covered",
            seconds=seconds,
            limit_bytes=limit_bytes,
            program=str(program),
            sandbox=_sandbox(collected),
            door=door.url,
            user=door.user,
            password=door.password,
        )
        _follow(orders, collected, job)
        return _result(collected, door, way)


def address_to_visit(url: str) -> str:
    """Return an address as it is visited; what follows `#` stays, as some sites go by it.

    Raise NotAWebAddress, AddressRefused.
    """
    return read_location(url).url + _mark(url)


def _mark(url: str) -> str:
    mark = urldefrag(url.strip()).fragment
    return "#" + quote(mark, safe=_IN_MARK) if mark else ""


def _sandbox(collected: Collected) -> bool:
    """Say whether the browser can lock its pages in: it cannot where root runs it on Linux."""
    if sys.platform == "linux" and os.geteuid() == 0:
        collected.problem("no-sandbox")
        return False
    return True


def _follow(orders: Orders, collected: Collected, job: Job) -> None:
    """Run the child and take in what it tells, until it ends or its time is over."""
    end = time.monotonic() + _SECONDS_TO_START
    with _child(orders) as process:
        messages: queue.Queue[Message | None] = queue.Queue()
        threading.Thread(target=_listen, args=(process, messages), daemon=True).start()
        while True:
            job.check()
            if time.monotonic() > end:
                collected.problem("out-of-time")
                return
            with contextlib.suppress(queue.Empty):
                message = messages.get(timeout=_LOOKING)
                if message is None:
                    break
                collected.take(message, job)
                end = _end(end, message, orders.seconds)
    if not collected.complete:
        collected.problem("browser-ended")


def _end(end: float, message: Message, seconds: float) -> float:
    """Return until when the next stretch of work may take: starting, loading, taking down."""
    doing = message.facts.get("doing") if message.event == "step" else None
    if doing == "capture.loading":
        return time.monotonic() + seconds
    if doing == "capture.drawing":
        return time.monotonic() + max(seconds, _SECONDS_TO_DRAW)
    return end


@contextlib.contextmanager
def _child(orders: Orders) -> Iterator[subprocess.Popen[bytes]]:
    with _folder() as folder:
        process = subprocess.Popen(  # noqa: S603 - our own module, no shell, no outside input
            [sys.executable, "-I", "-m", _MODULE],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_surroundings(folder),
            start_new_session=True,  # Ctrl-C is ours to answer: the child is ended in order
        )
        patience = 0.0
        try:
            if process.stdin is not None:
                with contextlib.suppress(OSError):
                    process.stdin.write(orders.written())
                    process.stdin.flush()
            yield process
            patience = _TIDYING
        finally:
            end_tree(process, patience=patience)
            if process.stdout is not None:
                process.stdout.close()


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    """Give the browser a folder of its own, in memory where the system has such a place."""
    memory = _MEMORY_FOLDER if os.access(_MEMORY_FOLDER, os.W_OK | os.X_OK) else None
    with tempfile.TemporaryDirectory(
        "", "stillmine-browser-", memory, ignore_cleanup_errors=True
    ) as name:
        yield Path(name)


def _surroundings(folder: Path) -> dict[str, str]:
    """Return the environment: nothing that would lead the browser to a person's own files."""
    kept = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT", "SYSTEMDRIVE", "PROGRAMFILES", "LD_PRELOAD")
    mine = {name: os.environ[name] for name in kept if name in os.environ}
    own = dict.fromkeys(("TMPDIR", "TEMP", "TMP", "HOME", "USERPROFILE", "LOCALAPPDATA"), folder)
    own |= dict.fromkeys(("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"), folder)
    return mine | {name: str(place) for name, place in own.items()}


def _listen(process: subprocess.Popen[bytes], messages: queue.Queue[Message | None]) -> None:
    with contextlib.suppress(OSError, ValueError, KeyError):
        if process.stdout is not None:
            for message in read_messages(process.stdout):
                messages.put(message)
    messages.put(None)


def _result(collected: Collected, door: Door, way: Way) -> Captured:
    if collected.has_page(door.refused):
        return collected.captured(door.answers, door.refused)
    for refusal in door.refused:
        for known in (AddressRefused, CannotReach, ProxyTrouble):
            if refusal.code == known.code:
                host = read_location(refusal.url).host
                raise known(host=host, reason=refusal.reason, proxy=way.named)
    raise CannotCapture(address=collected.url, why=_why(collected, door))


def _why(collected: Collected, door: Door) -> str:
    """Return a word for why there was no page; what the door refused says it best."""
    if door.refused:
        return door.refused[0].reason
    if collected.why:
        return collected.why
    serious = (code for code in reversed(collected.problems) if code != "no-sandbox")
    return next(serious, "browser-ended")
