"""How much memory a process and all its children take together, sampled while they run (Linux)."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

_EVERY = 0.1  # seconds


class Memory:
    """Samples the whole family of a process until it ends; `most` is in MB.

    Pages that several of them share count once (the proportional set size of the kernel). Where
    the system does not tell, `most` stays 0.
    """

    def __init__(self, process: int, *, besides: str = "") -> None:
        """Begin; a program of the name `besides` is not counted, but its children are."""
        self.most = 0.0
        self._process, self._besides = process, besides
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self._thread.start()

    def end(self) -> float:
        """Stop sampling; return the most that was seen, in MB."""
        self._over.set()
        self._thread.join()
        return self.most

    def _sample(self) -> None:
        while not self._over.wait(_EVERY):
            size = sum(_size(each) for each in _family(self._process) if self._counts(each))
            self.most = max(self.most, size / 1024)

    def _counts(self, process: int) -> bool:
        return not self._besides or _read(process, "comm").strip() != self._besides


def _family(process: int) -> Iterator[int]:
    yield process
    for task in Path(f"/proc/{process}/task").glob("*"):
        for child in _read_path(task / "children").split():
            yield from _family(int(child))


def _size(process: int) -> int:
    """Return the kilobytes that are a process's own, and its share of what it has with others."""
    for line in _read(process, "smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0


def _read(process: int, name: str) -> str:
    return _read_path(Path(f"/proc/{process}/{name}"))


def _read_path(path: Path) -> str:
    try:
        return path.read_text()
    except OSError:  # it ended meanwhile
        return ""
