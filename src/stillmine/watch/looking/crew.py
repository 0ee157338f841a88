"""A few workers that can be left behind: whoever stops does not wait for a slow site."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

_Mark = TypeVar("_Mark")
_PATIENCE = 0.8  # seconds


@dataclass(frozen=True, slots=True)
class Done(Generic[_Mark]):
    """A piece of work that came to its end: with an outcome, or with what it raised."""

    mark: _Mark
    outcome: object = None
    problem: BaseException | None = None


class Crew(Generic[_Mark]):
    """So many workers. Their threads end with the program, whatever they are waiting for."""

    def __init__(self, name: str, workers: int, done: queue.SimpleQueue[Done[_Mark]]) -> None:
        """Start them; what they have done is put into `done`."""
        self._orders: queue.SimpleQueue[tuple[_Mark, Callable[[], object]] | None]
        self._orders = queue.SimpleQueue()
        self._done = done
        self._threads = [
            threading.Thread(target=self._work, name=f"{name}-{number}", daemon=True)
            for number in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def give(self, mark: _Mark, work: Callable[[], object]) -> None:
        """Have something done, as soon as a worker is free."""
        self._orders.put((mark, work))

    def dismiss(self) -> None:
        """Let them go: what nobody began is dropped, and who is slow is not waited for."""
        with contextlib.suppress(queue.Empty):  # a worker may take the last one meanwhile
            while True:
                self._orders.get_nowait()
        for _ in self._threads:
            self._orders.put(None)
        each = _PATIENCE / max(1, len(self._threads))
        for thread in self._threads:
            thread.join(each)

    def _work(self) -> None:
        while (order := self._orders.get()) is not None:
            mark, work = order
            try:
                self._done.put(Done(mark, work()))
            except BaseException as problem:  # noqa: BLE001 - it is raised again by who waits for it
                self._done.put(Done(mark, problem=problem))
            del order, work
