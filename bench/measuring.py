"""What the measurements share: a clock for wall and CPU time, a vault to measure with, a table."""

from __future__ import annotations

import os
import platform
import random
import resource
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.storage.creating import create_vault
from stillmine.app.storage.root_key import RootKey
from stillmine.app.storage.slots import WayIn
from stillmine.crypto import X25519Identity, new_recovery_words


@dataclass(frozen=True, slots=True)
class Spent:
    """What one piece of work cost, in seconds; the CPU time is of this process and its children."""

    wall: float
    cpu: float


def cpu_seconds() -> float:
    """Return the CPU time of this process and of its children that ended."""
    parts = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(part.ru_utime + part.ru_stime for part in parts)


def timed(work: Callable[[], object]) -> Spent:
    """Do the work once, on a disk that has nothing else to write, and say what it cost."""
    os.sync()
    wall, cpu = time.perf_counter(), cpu_seconds()
    work()
    return Spent(time.perf_counter() - wall, cpu_seconds() - cpu)


def in_rounds(contenders: dict[str, Callable[[], Spent]], rounds: int) -> dict[str, list[Spent]]:
    """Let all take part in each round, in an order that is drawn anew for it."""
    found: dict[str, list[Spent]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name in random.sample(list(contenders), len(contenders)):
            found[name].append(contenders[name]())
    return found


def ratios(theirs: Sequence[float], ours: Sequence[float]) -> tuple[float, float, float]:
    """Return how many times longer theirs took in the same rounds: median, least, most."""
    found = sorted(a / b for a, b in zip(theirs, ours, strict=True))
    return statistics.median(found), found[0], found[-1]


def verdict(name: str, found: float, target: float, *, at_most: bool = False) -> str:
    """Return a line that says what was found, what was aimed at, and whether it was reached."""
    reached = found <= target if at_most else found >= target
    sign = "at most" if at_most else "at least"
    return f"{name}: {found:.4g}, aimed at {sign} {target:g}: {'met' if reached else 'MISSED'}"


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under a head, columns as wide as they must be."""
    cells = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(row[at]) for row in cells) for at in range(len(head))]
    for row in cells:
        line = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(line).rstrip())
    print(flush=True)


def machine() -> str:
    """Return the machine in words."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    python = platform.python_version()
    python = platform.python_version()
    return f"{platform.machine()}, {cores} cores, {platform.system()}, Python {python}"


def run(
    *command: str | Path, folder: Path | None = None, variables: dict[str, str] | None = None
) -> None:
    """Run another program, which must succeed, and show nothing of what it says."""
    done = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, **(variables or {})},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{command[0]} failed: {done.stderr.decode(errors='replace')}")


def is_there(program: str) -> bool:
    """Say whether another program is installed; if not, say how to install it."""
    if shutil.which(program):
        return True
    package = {"borg": "borgbackup"}.get(program, program)
    print(f"left out: {program} (apt-get install {package})")
    return False


class DeviceKey:
    """Opens the vault by a key file, so that no time is spent on deriving one."""

    def __init__(self, path: Path) -> None:
        """Take the key file."""
        self._path = path

    def passphrase(self) -> str:
        """Return nothing: there is no passphrase."""
        return ""

    def device_key(self) -> Path:
        """Return the key file."""
        return self._path


def new_vault(home: Path) -> tuple[Context, RootKey]:
    """Set up a vault that opens with a key file beside it.

    Its passphrase and its words take no time to try; nothing here measures those.
    """
    identity = X25519Identity.generate()
    key = home.with_name(home.name + ".key")
    key.write_text(f"{identity}\n")
    ways_in = [
        WayIn.by_passphrase("to measure with", 2),
        WayIn.by_words(new_recovery_words(), 2),
        WayIn.by_device_key(identity),
    ]
    root = create_vault(Home(home), ways_in)
    return Context(home, DeviceKey(key)), root


def random_files(folder: Path, count: int, size: int) -> list[Path]:
    """Write files of random bytes, which are like JPEG in that nothing can shrink them.

    Their sizes differ, as those of photographs do: `size` is the middle, and no two are the same.
    """
    folder.mkdir()
    paths = [folder / f"{number:05d}.jpg" for number in range(count)]
    step = max(1, size // 5 // max(1, count))
    for number, path in enumerate(paths):
        path.write_bytes(os.urandom(size + (number - count // 2) * step))
    return paths


@contextmanager
def removed_after(folder: Path) -> Iterator[Path]:
    """Give a folder that is not there yet, and remove it afterwards."""
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def size_of(folder: Path) -> int:
    """Return the bytes in all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
