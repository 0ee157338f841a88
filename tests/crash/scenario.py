"""One stretch of the program's life that must survive being cut off anywhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

Confirm = Callable[[str], None]  # called when the person would be told that `what` is safe


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is there before, what runs, and what must be true afterwards.

    All three get the same empty folder (the room) to work below; several homes or backup targets
    may lie in it. `run` may raise when an error is injected; it is cut off by SIGKILL at any step.
    `check` gets what was confirmed before the cut. It opens the store, raises AssertionError with
    a reason if a confirmed fact is gone or something half-done shows, and ends with a clean run
    after which no leftovers may lie about. `reopen`, where given, is the recovery alone: it is
    killed half-way too, before `check`. A scenario with a small `weight` gets fewer of the shared
    cases, because each takes long.
    """

    name: str
    prepare: Callable[[Path], None]
    run: Callable[[Path, Confirm], None]
    check: Callable[[Path, Sequence[str]], None]
    reopen: Callable[[Path], None] | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Bug:
    """A mistake planted into the code under test, to see that the harness finds it.

    `plant` changes the code in the process it is called in (a fork that ends soon).
    """

    what: str
    plant: Callable[[], None]
    scenarios: tuple[str, ...] = ()  # where it must be found; empty: in any of them
