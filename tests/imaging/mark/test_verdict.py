"""Who is named follows from the evidence, the number of tests and the bound, and nothing else."""

from __future__ import annotations

import math
import struct

import numpy as np
import pytest

from stillmine.imaging.mark.chips import chips
from stillmine.imaging.mark.reading import Evidence, NotAReading, pack, unpack
from stillmine.imaging.mark.verdict import verdict, z

HEIGHT, WIDTH, COUNT = 96, 128, 4000
QUAD = ((0.0, 0.0), (128.0, 0.0), (128.0, 96.0), (0.0, 96.0))
SEEDS = {name: name.encode() * 32 for name in "abcdefghij"}


def reading(score: float, seed: bytes = SEEDS["c"], readings: int = 1) -> Evidence:
    """Return evidence in which the seed has exactly this score."""
    mine = chips(seed, HEIGHT, WIDTH, COUNT).astype(float) / math.sqrt(COUNT)
    noise = np.random.default_rng(5).normal(size=COUNT)
    noise -= mine * (noise @ mine)
    part = score / math.sqrt(COUNT)
    vector = mine * part + noise / np.linalg.norm(noise) * math.sqrt(1 - part * part)
    rows = np.tile(vector.astype(np.float32), (readings, 1))
    return Evidence(rows, (HEIGHT, WIDTH), 0.75, QUAD)


def test_a_score_is_what_was_put_in() -> None:
    assert z(reading(9.0), [SEEDS["c"]])[0] == pytest.approx(9.0, abs=1e-3)


def test_the_stated_chance_is_hoeffdings_times_the_tests() -> None:
    found = verdict(reading(9.0), SEEDS)
    assert [one.name for one in found.named] == ["c"]
    assert found.named[0].false_accusation == pytest.approx(10 * math.exp(-40.5), rel=1e-2)
    assert (found.used, found.tried) == (0.75, 10)


def test_just_below_the_bound_nobody_is_named() -> None:
    limit = math.sqrt(2 * math.log(10 / 1e-6))
    assert verdict(reading(limit - 0.01), SEEDS).named == ()
    assert [one.name for one in verdict(reading(limit + 0.01), SEEDS).named] == ["c"]


def test_more_readings_and_more_tests_need_more_evidence() -> None:
    limit = math.sqrt(2 * math.log(10 / 1e-6)) + 0.01
    assert verdict(reading(limit, readings=2), SEEDS).named == ()
    assert verdict(reading(limit), SEEDS, tests=100).named == ()


def test_without_evidence_or_recipients_nobody_is_named() -> None:
    assert verdict(None, SEEDS).named == ()
    assert verdict(reading(30.0), {}).named == ()


def test_evidence_comes_out_of_the_child_as_it_went_in() -> None:
    before = reading(9.0)
    after = unpack(pack(before))
    assert np.allclose(before.readings, after.readings, atol=1e-6)
    assert (after.grid, after.used, after.quad) == (before.grid, before.used, before.quad)


def test_a_child_that_cheats_can_accuse_nobody() -> None:
    loud = Evidence(reading(4.0).readings * 1e6, (HEIGHT, WIDTH), 1.0, QUAD)
    assert verdict(unpack(pack(loud)), SEEDS).named == ()


@pytest.mark.parametrize("part", [b"", b"\1", b"\0" * 85])
def test_bytes_that_hold_no_reading_are_refused(part: bytes) -> None:
    with pytest.raises(NotAReading):
        unpack(part)


def test_damaged_readings_are_refused() -> None:
    good = pack(reading(9.0))
    numbers = np.full(COUNT, np.nan, "<f4").tobytes()
    for bad in (
        good[:-1],
        good + b"\0",
        good[: -len(numbers)] + numbers,
        good[: -len(numbers)] + bytes(len(numbers)),
        b"\5" + good[1:],
        good[:9] + struct.pack(">d", math.nan) + good[17:],
        good[:9] + struct.pack(">d", 7.0) + good[17:],
    ):
        with pytest.raises(NotAReading):
            unpack(bad)
