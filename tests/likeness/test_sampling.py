"""Which pictures of a reel are taken: every scene, a slow pan, never too many; gaps are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.imaging.kinds import Problem
from stillmine.imaging.likeness.arrays import Bytes
from stillmine.imaging.likeness.sampling import Plan, Sampler
from stillmine.imaging.sight import Unseen
from stillmine.imaging.videos import SMALL

PLAN = Plan(most=60, spacing=2.0, side=100, seconds=1000.0)
RATE = 25


@dataclass
class Shown:
    number: int
    seconds: float
    picture: Bytes

    def small(self) -> Bytes:
        return self.picture

    def rgb(self, side: int) -> Bytes:
        return np.repeat(self.picture[..., None], 3, axis=2)


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Roll:
    """A reel in memory; each picture takes `cost` seconds of its clock to decode."""

    def __init__(
        self,
        pictures: Sequence[Bytes],
        *,
        seconds: float | None = None,
        problem: Problem | None = None,
        clock: Clock | None = None,
        cost: float = 0.0,
        keys: int = 10,
    ) -> None:
        self.pictures, self.seconds, self.problem = pictures, seconds, problem
        self.clock, self.cost, self.keys = clock or Clock(), cost, keys

    def frames(self, pace: Callable[[float], float | None]) -> Iterator[Shown]:
        hurry, wait_until = None, 0.0
        for number, picture in enumerate(self.pictures):
            seconds = number / RATE
            if number % self.keys == 0:
                hurry = pace(seconds) if seconds >= wait_until else hurry
            elif hurry is not None:
                continue
            if seconds < wait_until:
                continue
            self.clock.now += self.cost
            wait_until = seconds + (hurry or 0.0)
            yield Shown(number, seconds, picture)


def scene(number: int) -> Bytes:
    random = np.random.default_rng(number)
    coarse = random.integers(0, 256, (8, 8), dtype=np.uint8)
    return np.kron(coarse, np.ones((SMALL // 8, SMALL // 8), np.uint8))


def cut_together(lengths: Sequence[float]) -> list[Bytes]:
    return [scene(n) for n, length in enumerate(lengths) for _ in range(round(length * RATE))]


def taken(roll: Roll, plan: Plan = PLAN) -> tuple[list[float], Sampler]:
    sampler = Sampler(roll, plan, clock=roll.clock)
    return [sample.seconds for sample in sampler], sampler


def test_every_scene_is_seen_once_it_stands() -> None:
    lengths = [3.0, 0.5, 4.2, 0.3, 6.0]
    seconds, sampler = taken(Roll(cut_together(lengths), seconds=sum(lengths)))
    ends = np.cumsum(lengths)
    for start, end in zip(ends - lengths, ends, strict=True):
        assert any(start <= at < end for at in seconds), (start, end, seconds)
    assert len(seconds) <= 9
    assert (sampler.problem, sampler.until) == (None, pytest.approx(sum(lengths) - 1 / RATE))


def test_a_cross_fade_is_not_taken_in_its_middle() -> None:
    one, other = scene(1).astype(float), scene(2).astype(float)
    fade = [(one + (other - one) * part).astype(np.uint8) for part in np.linspace(0, 1, 8)]
    pictures = [scene(1)] * RATE + fade + [scene(2)] * RATE
    sampler = Sampler(Roll(pictures, seconds=len(pictures) / RATE), PLAN)
    shown = [sample.rgb[..., 0].astype(float) for sample in sampler]
    assert all(min(np.abs(s - one).mean(), np.abs(s - other).mean()) < 8 for s in shown)
    assert any(np.abs(s - other).mean() < 1 for s in shown)


def test_a_slow_pan_is_followed_every_few_seconds() -> None:
    strip = np.concatenate([scene(n) for n in range(6)], axis=1).astype(np.uint8)
    wide = strip.shape[1] - SMALL
    frames = 40 * RATE
    pictures = [strip[:, round(wide * n / frames) :][:, :SMALL].copy() for n in range(frames)]
    seconds, _ = taken(Roll(pictures, seconds=40.0))
    assert max(np.diff(seconds)) <= PLAN.spacing + 0.1
    assert 18 <= len(seconds) <= 45


def test_a_picture_that_stands_still_is_taken_only_now_and_then() -> None:
    seconds, sampler = taken(Roll([scene(1)] * 60 * RATE, seconds=60.0))
    assert len(seconds) <= 7
    assert max(np.diff(seconds)) <= 10.1
    assert sampler.problem is None


def test_what_only_the_last_picture_shows_is_taken_too() -> None:
    pictures = [scene(1)] * 10 + [scene(2)] * 2
    seconds, _ = taken(Roll(pictures, seconds=len(pictures) / RATE))
    assert len(seconds) == 2


def test_a_reel_of_nothing_but_cuts_is_bounded_and_its_end_is_seen() -> None:
    pictures = [scene(n) for n in range(20 * 60) for _ in range(RATE // 2)]
    whole = len(pictures) / RATE
    seconds, sampler = taken(Roll(pictures, seconds=whole))
    assert len(seconds) <= PLAN.most
    assert seconds[-1] > 0.8 * whole
    assert max(np.diff(seconds)) < whole / 10
    assert sampler.problem is Problem.TOOK_TOO_LONG


def test_of_unknown_length_the_samples_get_rarer_and_the_rest_is_said_to_be_unseen() -> None:
    pictures = [scene(n // RATE) for n in range(900 * RATE)]
    seconds, sampler = taken(Roll(pictures, seconds=None))
    assert len(seconds) <= PLAN.most
    assert seconds[-1] > 100
    assert sampler.problem is Problem.TOOK_TOO_LONG


def test_time_that_is_over_ends_it_where_it_is_and_says_so() -> None:
    clock = Clock()
    plan = Plan(most=60, spacing=2.0, side=100, seconds=5.0)
    roll = Roll(cut_together([1.0] * 100), seconds=None, clock=clock, cost=0.02)
    seconds, sampler = taken(roll, plan)
    assert clock.now == pytest.approx(5.0, abs=0.1)
    assert sampler.problem is Problem.TOOK_TOO_LONG
    assert 0 < sampler.until < 12
    assert seconds


def test_where_time_is_short_key_frames_alone_still_reach_the_end() -> None:
    plan = Plan(most=60, spacing=2.0, side=100, seconds=5.0)
    roll = Roll(cut_together([4.0] * 5), seconds=20.0, cost=0.02)
    seconds, sampler = taken(roll, plan)
    assert sampler.until > 19
    assert sampler.problem is None
    assert len(seconds) >= 5


def test_where_time_is_far_too_short_it_jumps_and_says_so() -> None:
    plan = Plan(most=60, spacing=2.0, side=100, seconds=5.0)
    roll = Roll(cut_together([30.0] * 60), seconds=1800.0, cost=0.05)
    seconds, sampler = taken(roll, plan)
    assert sampler.problem is Problem.TOOK_TOO_LONG
    assert sampler.until > 1500
    assert len(seconds) > 30


def test_what_was_readable_counts_and_the_damage_is_named() -> None:
    roll = Roll(cut_together([2.0]), seconds=10.0, problem=Problem.CANNOT_DECODE)
    seconds, sampler = taken(roll)
    assert seconds[0] == 0.0
    assert sampler.problem is Problem.CANNOT_DECODE


def test_a_reel_without_any_picture_is_unseen() -> None:
    with pytest.raises(Unseen) as raised:
        taken(Roll([], seconds=3.0))
    assert raised.value.problem is Problem.CANNOT_DECODE


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.floats(0, 1e7, allow_nan=False)), max_size=60),
    st.none() | st.floats(0, 1e7),
    st.integers(1, 20),
)
def test_times_that_lie_never_take_more_than_allowed(
    drawn: list[tuple[int, float]], whole: float | None, most: int
) -> None:
    class Liar(Roll):
        def frames(self, pace: Callable[[float], float | None]) -> Iterator[Shown]:
            for number, (which, seconds) in enumerate(drawn):
                pace(seconds)
                yield Shown(number, seconds, scene(which))

    sampler = Sampler(Liar([], seconds=whole), Plan(most, 2.0, 100, 1000.0))
    if not drawn:
        with pytest.raises(Unseen):
            list(sampler)
        return
    assert 1 <= len(list(sampler)) <= most


def test_of_a_slide_show_every_slide_is_taken() -> None:
    class Slides(Roll):
        def frames(self, pace: Callable[[float], float | None]) -> Iterator[Shown]:
            for number, picture in enumerate(self.pictures):
                yield Shown(number, number * 0.7, picture)

    slides = [scene(number % 2) for number in range(2)] + [scene(number) for number in range(8)]
    seconds, sampler = taken(Slides(slides, seconds=7.0))
    assert seconds == pytest.approx([number * 0.7 for number in range(10)])
    assert sampler.problem is None
