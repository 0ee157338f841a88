"""One case: lay out a room, run the scenario in a child that is cut off, look what is left."""

from __future__ import annotations

import contextlib
import errno
import gc
import importlib
import itertools
import os
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .disk import Disk, Profile
from .image import Entry, clear, differences, lay, read_image
from .powercut import State, moments, settle, states
from .recipes import LOST
from .scenario import Bug, Scenario
from .shim import Shim
from .trace import GROWING, MUTATING, Trace

PATIENCE = 120  # seconds until a child counts as hung
FAILED, PASSED = 70, 0


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that was promised and is not so, with all that is needed to look for it."""

    scenario: str
    cut: str
    reason: str
    confirmed: tuple[str, ...]


@dataclass(slots=True)
class Prepared:
    """A scenario with its starting folder and a whole, uncut run of it on record."""

    scenario: Scenario
    bug: Bug | None
    base: dict[str, Entry]
    trace: Trace
    seconds: float
    states: dict[int, Iterator[State]] = field(default_factory=dict)


class Rooms:
    """Runs cases in one room on this machine; has one thread, so that forking is safe."""

    def __init__(self, module: str, room: Path) -> None:
        """Import the scenarios of `module`; use (and empty) the folder `room`."""
        loaded = importlib.import_module(module)
        self._scenarios = {s.name: s for s in loaded.SCENARIOS}
        self._bugs: dict[str, Bug] = dict(getattr(loaded, "BUGS", {}))
        self._shim = Shim()
        self._room = room
        self._prepared: dict[tuple[str, str | None], Prepared] = {}
        if hasattr(loaded, "warm"):  # imports and caches that each child would make again
            loaded.warm(room)
        gc.collect()
        gc.freeze()

    # ---- before the first case ----

    def prepared(self, name: str, bug: str | None) -> Prepared:
        """Prepare and record a scenario once; an uncut run must pass its own check."""
        if (name, bug) not in self._prepared:
            self._prepared[name, bug] = self._record(
                self._scenarios[name], self._bugs[bug] if bug else None
            )
        return self._prepared[name, bug]

    def _record(self, scenario: Scenario, bug: Bug | None) -> Prepared:
        clear(self._room)
        self._must(scenario, "prepare", self._child(lambda: scenario.prepare(self._room), bug))
        base = read_image(self._room)
        began = time.monotonic()
        self._must(scenario, "run", self._run(scenario, bug, lambda: None, data=True))
        trace = self._shim.log()
        prepared = Prepared(scenario, bug, base, trace, time.monotonic() - began)
        self._prove_whole(base, trace)
        if not bug:
            losses = self._judge(prepared, "no cut", trace.confirmed)
            self._must(scenario, "check", losses[0].reason if losses else None)
        return prepared

    @staticmethod
    def _must(scenario: Scenario, part: str, failure: str | None) -> None:
        if failure:
            raise RuntimeError(f"{part} of {scenario.name} fails without any cut: {failure}")

    def _prove_whole(self, base: dict[str, Entry], trace: Trace) -> None:
        """Rebuild the folder from the log alone; a difference is a write that the shim missed."""
        disk = Disk(base, str(self._room), Profile.MINIMAL)
        for step in trace.steps:
            disk.replay(step)
        missed = differences(disk.seen(), read_image(self._room))
        if missed:
            raise RuntimeError(f"the log does not explain {missed[:5]}: a write passed the shim by")

    # ---- children ----

    def _child(
        self, work: Callable[[], None], bug: Bug | None, kill_after: float | None = None
    ) -> str | None:
        """Do `work` in a fork; return None, or why it did not end well ("killed" for SIGKILL)."""
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            _live(work, bug, writer)
        os.close(writer)
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)  # what the child had started
        os.set_blocking(reader, False)
        with os.fdopen(reader, "rb") as pipe:
            said = (pipe.read() or b"").decode(errors="replace")
        return _ending(status, said)

    def _run(
        self,
        scenario: Scenario,
        bug: Bug | None,
        cut: Callable[[], None],
        *,
        data: bool = False,
        kill_after: float | None = None,
    ) -> str | None:
        def live() -> None:
            self._shim.arm(self._room, data=data)
            cut()
            scenario.run(self._room, self._shim.confirm)
            self._shim.disarm()

        self._shim.forget()
        return self._child(live, bug, kill_after)

    def _judge(self, prepared: Prepared, cut: str, confirmed: Sequence[str]) -> list[Loss]:
        scenario = prepared.scenario
        failure = self._child(lambda: scenario.check(self._room, confirmed), prepared.bug)
        return [Loss(scenario.name, cut, failure, tuple(confirmed))] if failure else []

    # ---- the kinds of case ----

    def kill(
        self, name: str, bug: str | None, at: int, kind: str, chance: random.Random
    ) -> list[Loss]:
        """Kill before step `at` ("before"), or halfway through it, or at any time at all.

        "twice": before that step, and once more during the recovery.
        """
        prepared = self.prepared(name, bug)
        lay(prepared.base, self._room)
        after = chance.uniform(0, prepared.seconds) if kind == "any time" else None
        where = 0 if after is not None else at
        failure = self._run(
            prepared.scenario,
            prepared.bug,
            lambda: self._shim.kill(where, halfway=kind == "halfway"),
            kill_after=after,
        )
        log = self._shim.log()
        last = next((str(s) for s in reversed(log.steps) if s.mutates), "nothing")
        cut = f"kill {kind}, step {at}, after [{last}]"
        if failure not in (None, "killed"):
            return [Loss(name, cut, f"the run itself: {failure}", log.confirmed)]
        if kind == "twice" and prepared.scenario.reopen:
            cut += self._kill_again(prepared, chance)
        return self._judge(prepared, cut, log.confirmed)

    def _kill_again(self, prepared: Prepared, chance: random.Random) -> str:
        reopen, at = prepared.scenario.reopen, chance.randint(1, 12)

        def live() -> None:
            self._shim.arm(self._room, data=False)
            self._shim.kill(at)
            if reopen:
                reopen(self._room)

        failure = self._child(live, prepared.bug)
        return f", again at step {at} of the recovery ({failure or 'ended'})"

    def states(self, name: str, bug: str | None, count: int, seed: int) -> Iterator[list[Loss]]:
        """Yield the losses of each of the next `count` states; fewer if there are no more."""
        prepared = self.prepared(name, bug)
        if seed not in prepared.states:
            prepared.states[seed] = states(prepared.base, prepared.trace, str(self._room), seed)
        for state in itertools.islice(prepared.states[seed], count):
            lay(state.image, self._room)
            yield self._judge(prepared, state.story, state.confirmed)

    def error(self, name: str, bug: str | None, at: int, kind: str) -> list[Loss]:
        """Refuse step `at`, let the run end as it likes, look; cut the power, look again."""
        prepared = self.prepared(name, bug)
        lay(prepared.base, self._room)
        failure = self._run(
            prepared.scenario, prepared.bug, lambda: ERRORS[kind](self._shim, at), data=True
        )
        log = self._shim.log()
        step = log.numbered().get(at, "past the end")
        cut = f"{kind} at step {at} [{step}], run: {failure or 'ended well'}"
        if failure and (failure == "killed" or failure.startswith("hung")):
            return [Loss(name, cut, failure, log.confirmed)]
        losses = self._judge(prepared, cut, log.confirmed)
        moment = moments(prepared.base, log, str(self._room), Profile.MINIMAL)[-1]
        lay(settle(moment, [LOST] * len(moment.pending)), self._room)
        return losses or self._judge(
            prepared, f"{cut}; then power cut, all pending lost", log.confirmed
        )


ERRORS: dict[str, Callable[[Shim, int], None]] = {
    "disk full once": lambda s, at: s.fail(at, errno.ENOSPC, only=GROWING),
    "disk full from then on": lambda s, at: s.fail(at, errno.ENOSPC, onwards=True, only=GROWING),
    "short write": lambda s, at: s.fail(at, errno.ENOSPC, half_first=True),
    "short write, then disk full": lambda s, at: s.fail(
        at, errno.ENOSPC, onwards=True, half_first=True, only=GROWING
    ),
    "I/O error once": lambda s, at: s.fail(at, errno.EIO, only=MUTATING),
    "I/O error from then on": lambda s, at: s.fail(at, errno.EIO, onwards=True, only=MUTATING),
    "read-only from then on": lambda s, at: s.fail(
        at, errno.EROFS, onwards=True, only=MUTATING - {"fsync", "fdatasync"}
    ),
}


def _live(work: Callable[[], None], bug: Bug | None, writer: int) -> None:
    """Be the child: never return."""
    code = PASSED
    try:
        os.setpgid(0, 0)
        signal.alarm(PATIENCE)
        if bug:
            bug.plant()
        work()
    except BaseException as problem:  # noqa: BLE001 - whatever it is, the parent must hear of it
        code = FAILED
        where = traceback.extract_tb(problem.__traceback__)[-1]
        said = f"{type(problem).__name__}: {problem} ({Path(where.filename).name}:{where.lineno})"
        os.write(writer, said.encode(errors="replace")[:60_000])
    finally:
        sys.stdout.flush()
        os._exit(code)


def _ending(status: int, said: str) -> str | None:
    code = os.waitstatus_to_exitcode(status)
    if code == PASSED:
        return None
    if code == -signal.SIGKILL:
        return "killed"
    if code == -signal.SIGALRM:
        return f"hung for {PATIENCE} s"
    return said or f"ended with code {code}"
