"""End a process with everything it started, also what was started by its children."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class _Running:
    """A process. Numbers are used again, so it is told by when it began, too."""

    pid: int
    parent: int
    began: str


def end_tree(process: subprocess.Popen[bytes], *, patience: float) -> None:
    """Let a process tidy up for so many seconds, then end whatever is left of its tree.

    Its input is closed first: that tells it, and the browser's driver, that nobody listens.
    """
    family = _below(process.pid)
    with contextlib.suppress(OSError):
        if process.stdin is not None:
            process.stdin.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(patience)
    # Those that were there when we began, and those that are there now: a child that lost its
    # parent in between is no longer found below it.
    _end(family | _below(process.pid))
    process.kill()
    process.wait()


def end_children() -> None:
    """End everything that this process started."""
    _end(_below(os.getpid()))


def _end(family: set[_Running]) -> None:
    still = set(_all())
    for each in family & still:
        with contextlib.suppress(OSError):
            os.kill(each.pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)


def _below(pid: int) -> set[_Running]:
    """Return all processes that one started, and those that these started."""
    children: dict[int, list[_Running]] = defaultdict(list)
    for each in _all():
        children[each.parent].append(each)
    family: set[_Running] = set()
    waiting = list(children[pid])
    while waiting:
        one = waiting.pop()
        if one not in family:
            family.add(one)
            waiting += children[one.pid]
    return family


def _all() -> list[_Running]:
    if Path("/proc/self/stat").exists():
        return [found for entry in Path("/proc").iterdir() if (found := _from_proc(entry))]
    return _from_windows() if sys.platform == "win32" else _from_ps()


def _from_proc(entry: Path) -> _Running | None:
    if not entry.name.isdigit():
        return None
    try:
        told = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return None
    return None if told[0] == "Z" else _Running(int(entry.name), int(told[1]), told[19])


def _from_ps() -> list[_Running]:
    rows = _told("ps", "-A", "-o", "pid=,ppid=,lstart=")
    return [_Running(int(row[0]), int(row[1]), row[2]) for row in rows]


def _from_windows() -> list[_Running]:
    ask = "Get-CimInstance Win32_Process | ForEach-Object { '{0} {1} {2:o}' -f "
    rows = _told(
        "powershell",
        "-NoProfile",
        "-Command",
        ask + "$_.ProcessId, $_.ParentProcessId, $_.CreationDate }",
    )
    return [_Running(int(row[0]), int(row[1]), row[2]) for row in rows]


def _told(*command: str) -> list[list[str]]:
    """Return what a program of the system lists: two numbers and a time a line."""
    try:
        done = subprocess.run(  # noqa: S603  fixed words, a program of the system
            command, capture_output=True, check=False, timeout=_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    lines = done.stdout.decode("ascii", "replace").splitlines()
    rows = [line.split(maxsplit=2) for line in lines]
    return [row for row in rows if len(row) == 3 and row[0].isdigit() and row[1].isdigit()]
