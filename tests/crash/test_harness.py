"""The harness finds every planted mistake in a small store, and none in the store itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from .harness import Budget, Harness, WorkerDied
from .shim import available
from .toy import BUGS, SCENARIOS

pytestmark = pytest.mark.skipif(not available(), reason="LD_PRELOAD exists on Linux only")

TOY = f"{__package__}.toy"
SOUND = Budget(kills=300, states=300, errors=150)
PLANTED = Budget(kills=160, states=160, errors=160)


@pytest.fixture(scope="module")
def harness() -> Iterator[Harness]:
    with Harness(TOY) as ready:
        yield ready


def test_a_sound_store_loses_nothing(harness: Harness) -> None:
    rows = harness.examine_all([s.name for s in SCENARIOS], SOUND)
    assert [loss for row in rows for loss in row.losses] == []
    assert all(row.kills and row.states and row.errors for row in rows)
    assert sum(row.kills for row in rows) >= SOUND.kills
    assert sum(row.states for row in rows) >= SOUND.states


@pytest.mark.parametrize("bug", BUGS)
def test_every_seeded_bug_is_caught(harness: Harness, bug: str) -> None:
    rows = [harness.examine(s, PLANTED, bug=bug, stop_after=1) for s in BUGS[bug].scenarios]
    assert any(row.losses for row in rows), f"nobody noticed: {BUGS[bug].what}"


def test_a_loss_says_where_the_cut_was_and_what_is_gone(harness: Harness) -> None:
    row = harness.examine("add", PLANTED, bug="catalogue before object", stop_after=1)
    loss = row.losses[0]
    assert loss.scenario == "add"
    assert "after [" in loss.cut
    assert loss.reason


def test_writes_that_pass_the_harness_by_are_refused() -> None:
    with (
        Harness(f"{__package__}.bypass", workers=1) as one,
        pytest.raises(WorkerDied, match="mmap"),
    ):
        one.steps("through memory")


def test_nothing_is_left_behind() -> None:
    with Harness(TOY, workers=1) as one:
        one.examine("rekey", Budget(kills=5))
        folder: Path = one.folder
        assert folder.exists()
    assert not folder.exists()
