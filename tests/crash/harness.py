"""Share the cases out to worker processes, and add up what was lost."""

from __future__ import annotations

import itertools
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from .cases import ERRORS, Loss
from .shim import preloaded
from .trace import GROWING

CHUNK = 20  # cases an order asks for
KILLS = (*["before"] * 6, "halfway", "halfway", "any time", "twice")

Case = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Budget:
    """How many cases of each kind, and after how many seconds to stop all the same."""

    kills: int = 0
    states: int = 0
    errors: int = 0
    seconds: float = 3600.0

    def part(self, share: float) -> Budget:
        """Return that share of the cases, rounded up."""
        kills, states, errors = (
            -int(-n * share // 1) for n in (self.kills, self.states, self.errors)
        )
        return Budget(kills, states, errors, self.seconds)

    def until(self, end: float) -> Budget:
        """Return the same cases, with the time that is left until `end` (as time.time() counts)."""
        left = max(1.0, end - time.time())
        return Budget(self.kills, self.states, self.errors, min(self.seconds, left))


@dataclass(slots=True)
class Row:
    """What one scenario went through."""

    scenario: str
    steps: int
    kills: int = 0
    states: int = 0
    errors: int = 0
    losses: list[Loss] = field(default_factory=list)
    seconds: float = 0.0


class WorkerDied(Exception):
    """A worker ended, or could not do what it was asked; the text says why."""


class Worker:
    """One process with the shim in it, and the folder it works in."""

    def __init__(self, module: str, room: Path) -> None:
        """Start it; it imports `module`, which must define SCENARIOS (and may define BUGS)."""
        room.mkdir(parents=True)
        command = [sys.executable, "-m", f"{__package__}.worker", module, str(room)]
        path = os.pathsep.join(p for p in sys.path if p)
        self._said = room.with_name("said.txt")
        with self._said.open("w") as said:
            self._process = subprocess.Popen(
                command, env=preloaded(PYTHONPATH=path), text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said,
            )  # fmt: skip

    def ask(self, order: dict[str, Any]) -> dict[str, Any]:
        """Send one order and wait for its answer."""
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(order), file=self._process.stdin, flush=True)
        line = self._process.stdout.readline()
        answer: dict[str, Any] = json.loads(line) if line else {"problem": self._last_words()}
        if "problem" in answer:
            raise WorkerDied(answer["problem"])
        return answer

    def _last_words(self) -> str:
        return "the worker ended: " + self._said.read_text(errors="replace")[-2000:]

    def close(self) -> None:
        """Let it end by closing its input."""
        self._process.communicate()


class Harness:
    """Some workers for the scenarios of one module. Use it in a `with`."""

    def __init__(self, module: str, workers: int = 2) -> None:
        """Remember what to start; `module` is a dotted name with SCENARIOS and BUGS in it."""
        self._module, self._count = module, workers
        self._workers: list[Worker] = []
        self.folder = Path()

    def __enter__(self) -> Self:
        """Start the workers in memory-backed folders where the system has them."""
        fast = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
        self.folder = Path(tempfile.mkdtemp(prefix="stillmine-crash-", dir=fast)).resolve()
        for number in range(self._count):
            self._workers.append(Worker(self._module, self.folder / str(number) / "room"))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        what: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the workers and remove their folders."""
        for worker in self._workers:
            worker.close()
        shutil.rmtree(self.folder)

    def examine(
        self,
        scenario: str,
        budget: Budget,
        *,
        bug: str | None = None,
        seed: int = 0,
        stop_after: int = 0,
    ) -> Row:
        """Put `scenario` through its cases; stop after so many losses (0: never)."""
        began = time.time()
        until = began + budget.seconds
        same = {
            "scenario": scenario,
            "bug": bug,
            "stop_after": stop_after,
            "deadline": until,
        }
        measured = self._workers[0].ask({**same, "do": "measure"})
        row = Row(scenario, measured["steps"])
        orders = iter(_orders(measured["kinds"], budget, seed))
        lock = threading.Lock()

        def serve(number: int) -> None:
            while time.time() < until and not (stop_after and len(row.losses) >= stop_after):
                with lock:
                    order = next(orders, None)
                if order is None:
                    return
                if order["do"] == "states":
                    order["seed"] = seed * 1000 + number
                answer = self._workers[number].ask({**same, **order})
                with lock:
                    setattr(row, order["do"], getattr(row, order["do"]) + answer["done"])
                    row.losses.extend(
                        Loss(**{**x, "confirmed": tuple(x["confirmed"])}) for x in answer["losses"]
                    )

        with ThreadPoolExecutor(self._count) as threads:
            list(threads.map(serve, range(self._count)))
        row.seconds = time.time() - began
        return row

    def examine_all(self, scenarios: Sequence[str], budget: Budget, *, seed: int = 0) -> list[Row]:
        """Share `budget` out over the scenarios, the longer ones getting more, and examine each.

        Time is shared too; what one scenario does not need goes to those that follow.
        """
        found = (self._measure(name) for name in scenarios)
        weights = {row["scenario"]: row["steps"] ** 0.5 * row["weight"] for row in found}
        shares = {name: weight / sum(weights.values()) for name, weight in weights.items()}
        end, left = time.time() + budget.seconds, 1.0
        rows = []
        for name in scenarios:
            part, now = budget.part(shares[name]), time.time()
            own_end = now + (end - now) * shares[name] / max(left, shares[name])
            left -= shares[name]
            rows.append(self.examine(name, part.until(own_end), seed=seed))
        self._make_up(rows, budget, shares, end, seed)
        return rows

    def _make_up(
        self, rows: list[Row], budget: Budget, shares: dict[str, float], end: float, seed: int
    ) -> None:
        """Where a short scenario has no more states to show, take more from the longer ones."""
        rich = [r for r in rows if r.states >= budget.part(shares[r.scenario]).states]
        for place, row in enumerate(rich):
            missing = budget.states - sum(r.states for r in rows)
            if missing <= 0 or time.time() > end:
                return
            part = Budget(states=-(-missing // (len(rich) - place)))
            more = self.examine(row.scenario, part.until(end), seed=seed)
            row.states += more.states
            row.losses += more.losses
            row.seconds += more.seconds

    def steps(self, scenario: str, bug: str | None = None) -> int:
        """Return how many steps an uncut run has."""
        return int(self._measure(scenario, bug)["steps"])

    def _measure(self, scenario: str, bug: str | None = None) -> dict[str, Any]:
        return self._workers[0].ask({"do": "measure", "scenario": scenario, "bug": bug})


# ---- which cases ---------------------------------------------------------------------------------


def _orders(kinds: Sequence[str], budget: Budget, seed: int) -> Iterator[dict[str, Any]]:
    """Yield orders of at most CHUNK cases, the three kinds in turn."""
    chance = random.Random(seed)
    lists: dict[str, list[Any]] = {
        "states": [None] * budget.states,
        "kills": list(itertools.islice(_kills(kinds, chance), budget.kills)),
        "errors": list(itertools.islice(_errors(kinds, chance), budget.errors)),
    }
    for start in range(0, max(map(len, lists.values())), CHUNK):
        for do, cases in lists.items():
            some = cases[start : start + CHUNK]
            if some:
                more = {"count": len(some)} if do == "states" else {"cases": some}
                yield {"do": do, "seed": seed * 100_003 + start, **more}


def _sweeps(steps: list[int], chance: random.Random) -> Iterator[int]:
    """Go through all steps, in another order each time, without end."""
    while steps:
        yield from chance.sample(steps, len(steps))


def _kills(kinds: Sequence[str], chance: random.Random) -> Iterator[Case]:
    every = list(range(1, len(kinds) + 2))  # one past the end: the run ends by itself
    writes = [n for n, op in enumerate(kinds, 1) if op == "write"] or every
    sweeps = {k: _sweeps(writes if k == "halfway" else every, chance) for k in set(KILLS)}
    for kind in itertools.cycle(KILLS):
        yield next(sweeps[kind]), kind


def _errors(kinds: Sequence[str], chance: random.Random) -> Iterator[Case]:
    every = [n for n, op in enumerate(kinds, 1) if op]
    writes = [n for n, op in enumerate(kinds, 1) if op == "write"] or every
    grows = [n for n, op in enumerate(kinds, 1) if op in GROWING] or every
    if not every:
        return
    fitting = {k: writes if "short" in k else grows if "full" in k else every for k in ERRORS}
    sweeps = {kind: _sweeps(steps, chance) for kind, steps in fitting.items()}
    for kind in itertools.cycle(ERRORS):
        yield next(sweeps[kind]), kind
