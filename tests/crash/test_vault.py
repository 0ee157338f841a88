"""The real vault is killed, loses its power and meets full disks, and nothing confirmed is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from .harness import Budget, Harness
from .shim import available
from .vault import BUGS, SCENARIOS

pytestmark = pytest.mark.skipif(not available(), reason="LD_PRELOAD exists on Linux only")

SOUND = Budget(kills=2000, states=2000, errors=300)
PLANTED = Budget(kills=160, states=160, errors=160)


@pytest.fixture(scope="module")
def harness() -> Iterator[Harness]:
    with Harness(f"{__package__}.vault") as ready:
        yield ready


def test_nothing_confirmed_is_lost(harness: Harness) -> None:
    rows = harness.examine_all([s.name for s in SCENARIOS], SOUND)
    assert [loss for row in rows for loss in row.losses] == []
    assert all(row.kills and row.states and row.errors for row in rows)
    assert sum(row.kills for row in rows) >= SOUND.kills
    assert sum(row.states for row in rows) >= SOUND.states
    assert sum(row.errors for row in rows) >= SOUND.errors


@pytest.mark.parametrize("bug", BUGS)
def test_every_planted_mistake_is_caught(harness: Harness, bug: str) -> None:
    for scenario in BUGS[bug].scenarios:
        if harness.examine(scenario, PLANTED, bug=bug, stop_after=1).losses:
            return
    pytest.fail(f"nobody noticed: {BUGS[bug].what}")
