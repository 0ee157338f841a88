"""Send or take one file with a spoken code, through servers that learn nothing of what is in it."""

from __future__ import annotations

import contextlib
import importlib.util
import json
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from stillmine.app.network.permit import Permit
from stillmine.errors import (
    ConnectionLost,
    NothingMayLeave,
    StillmineError,
    StrangeAnswer,
    ToolMissing,
    WrongCode,
)

# The servers of the wormhole project, which its own program uses too.
MAILBOX = "ws://relay.magic-wormhole.io:4000/v1"
RELAY = "tcp://transit.magic-wormhole.io:4001"
_MODULE = "stillmine.app.network.wormhole_child"
_PIECE = 1 << 16
_LONGEST_LINE = 1 << 16
_LOOKING = 0.2  # seconds between two looks at whether the person wants to stop
_ENDING = 5.0
_WORDS = 3  # 24 bits; a wrong guess uses the code up

Event = dict[str, Any] | bytes


@dataclass(frozen=True, slots=True)
class Meeting:
    """Where two people meet, and whether their computers may also talk straight to each other."""

    mailbox: str = MAILBOX
    relay: str = RELAY
    direct: bool = False

    def require(self, permits: tuple[Permit, ...]) -> None:
        """Raise NothingMayLeave unless the person said yes to both servers."""
        for url in (self.mailbox, self.relay):
            if not any(_fits(permit, url) for permit in permits):
                raise NothingMayLeave(agreed=", ".join(p.destination for p in permits), asked=url)


def _fits(permit: Permit, url: str) -> bool:
    try:
        permit.check(url)
    except NothingMayLeave:
        return False
    return True


def send(
    meeting: Meeting,
    permits: tuple[Permit, ...],
    file: BinaryIO,
    size: int,
    *,
    name: str,
    check: Callable[[], None],
) -> Iterator[Event]:
    """Send a file, and yield what happens: `code` with the words to say, `met`, `sent`.

    `check` is called all the while and may raise. Raise WrongCode, ConnectionLost, StrangeAnswer
    or ToolMissing.
    """
    orders = {"role": "send", "name": name, "size": size, "words": _WORDS}
    return _talk(meeting, permits, orders, file, check)


def take(
    meeting: Meeting,
    permits: tuple[Permit, ...],
    code: str,
    *,
    most: int,
    check: Callable[[], None],
) -> Iterator[Event]:
    """Take a file of at most so many bytes: yield `met`, `offer`, then its bytes in pieces."""
    return _talk(meeting, permits, {"role": "take", "code": code, "most": most}, None, check)


def _talk(
    meeting: Meeting,
    permits: tuple[Permit, ...],
    orders: dict[str, Any],
    file: BinaryIO | None,
    check: Callable[[], None],
) -> Iterator[Event]:
    meeting.require(permits)
    if importlib.util.find_spec("wormhole") is None:
        raise ToolMissing(tool="magic-wormhole")
    relay = meeting.relay.replace("://", ":", 1)
    orders |= {"mailbox": meeting.mailbox, "relay": relay, "direct": meeting.direct}
    with _child() as process:
        feeder = threading.Thread(target=_feed, args=(process, orders, file), daemon=True)
        feeder.start()
        events: queue.Queue[Event | None] = queue.Queue(maxsize=64)
        threading.Thread(target=_listen, args=(process, events), daemon=True).start()
        while (event := _next(events, check)) is not None:
            if isinstance(event, dict) and event["event"] == "failed":
                raise _problem(event.get("why"))
            if isinstance(event, dict) and event["event"] == "done":
                return
            yield event
    raise ConnectionLost


@contextlib.contextmanager
def _child() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(  # noqa: S603 - our own module, no shell, no outside input
        [sys.executable, "-I", "-m", _MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_ENDING)
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def _feed(process: subprocess.Popen[bytes], orders: dict[str, Any], file: BinaryIO | None) -> None:
    """Give the child its orders, then the file; that it ended is noticed elsewhere."""
    pipe = process.stdin
    if pipe is None:
        return
    with contextlib.suppress(OSError, ValueError):
        pipe.write(json.dumps(orders).encode("ascii") + b"\n")
        pipe.flush()
        while file is not None and (piece := file.read(_PIECE)):
            pipe.write(piece)
        pipe.close()


def _listen(process: subprocess.Popen[bytes], events: queue.Queue[Event | None]) -> None:
    pipe = process.stdout
    with contextlib.suppress(OSError, ValueError, KeyError):
        while pipe is not None and (line := pipe.readline(_LONGEST_LINE)):
            event = json.loads(line)
            events.put(pipe.read(event["length"]) if event["event"] == "data" else event)
    events.put(None)


def _next(events: queue.Queue[Event | None], check: Callable[[], None]) -> Event | None:
    while True:
        check()
        with contextlib.suppress(queue.Empty):
            return events.get(timeout=_LOOKING)


def _problem(why: object) -> StillmineError:
    if why == "code":
        return WrongCode()
    return StrangeAnswer() if why == "strange" else ConnectionLost()
