"""A scenario that writes where the harness cannot look: the harness must refuse to vouch for it."""

from __future__ import annotations

import mmap
from collections.abc import Sequence
from pathlib import Path

from .scenario import Confirm, Scenario


def _prepare(room: Path) -> None:
    (room / "file").write_bytes(bytes(4096))


def _run(room: Path, confirm: Confirm) -> None:
    with (room / "file").open("r+b") as file, mmap.mmap(file.fileno(), 4096) as memory:
        memory[:4] = b"done"
    confirm("done")


def _check(_room: Path, _confirmed: Sequence[str]) -> None:
    return


SCENARIOS = (Scenario("through memory", _prepare, _run, _check),)
