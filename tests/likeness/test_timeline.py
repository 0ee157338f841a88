"""What was seen at single moments of a clip becomes stretches of items, with their seconds."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillmine.imaging.likeness.matches import Match
from stillmine.imaging.likeness.timeline import (
    ClipMatch,
    Place,
    gather,
    name_of,
    names_of,
    place_of,
)

QUAD = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


def seen(name: str, score: float = 100.0) -> Match:
    return Match(name, "edited", score, 1e-9, QUAD, 1.0, mirrored=False, inverted=False)


def watched(*moments: tuple[float | None, list[Match]]) -> list[ClipMatch]:
    return gather(moments)


def clip_of(
    item: list[float], start: float, seconds: float, *, speed: float = 1.0, every: float = 2.0
) -> list[tuple[float, list[Match]]]:
    """Say what a perfect eye sees of a clip of a video sampled at the seconds of `item`."""
    names = names_of("holiday", item)
    moments = []
    for number in range(int(seconds / every) + 1):
        at = number * every
        nearest = min(range(len(item)), key=lambda i: abs(item[i] - (start + speed * at)))
        moments.append((at, [seen(names[nearest])]))
    return moments


def test_a_still_is_shown_from_one_second_to_another() -> None:
    [found] = watched((0.0, []), (2.0, [seen("a")]), (4.0, [seen("a", 140)]), (6.0, []))
    assert (found.item, found.start, found.end, found.moments) == ("a", 2.0, 4.0, 2)
    assert (found.best.score, found.best_at) == (140, 4.0)
    assert (found.item_start, found.item_end, found.speed) == (None, None, None)


def test_a_still_that_comes_back_after_a_while_is_named_twice() -> None:
    nothing: list[Match] = []
    moments = [(2.0 * n, [seen("a")] if n in (1, 2, 9) else nothing) for n in range(12)]
    assert [(one.start, one.end) for one in gather(moments)] == [(2.0, 4.0), (18.0, 18.0)]


def test_one_moment_at_which_it_was_missed_breaks_nothing() -> None:
    nothing: list[Match] = []
    moments = [(2.0 * n, nothing if n == 3 else [seen("a")]) for n in range(7)]
    assert [(one.start, one.end, one.moments) for one in gather(moments)] == [(0.0, 12.0, 6)]


def test_a_still_cut_out_of_a_video_is_found_with_its_second() -> None:
    names = names_of("holiday", [0.0, 3.0, 6.5])
    [found] = watched((None, [seen(names[1], 80), seen(names[2], 120)]))
    assert (found.item, found.item_start, found.item_end) == ("holiday", 6.5, 6.5)
    assert (found.start, found.end, found.best_at, found.speed) == (None, None, None, None)
    assert found.best.name == "holiday"


@pytest.mark.parametrize("speed", [0.5, 0.8, 1.0, 1.25, 2.0])
def test_a_trimmed_clip_is_one_stretch_at_its_own_speed(speed: float) -> None:
    item = [1.7 * n for n in range(60)]
    [found] = gather(clip_of(item, 21.0, 24.0, speed=speed))
    assert found.item == "holiday"
    assert (found.start, found.end, found.moments) == (0.0, 24.0, 13)
    assert found.speed == pytest.approx(speed, abs=0.06)
    assert found.item_start == pytest.approx(21.0, abs=1.7)
    assert found.item_end == pytest.approx(21.0 + 24.0 * speed, abs=1.7)


def test_a_scene_in_which_nothing_moves_has_the_clips_own_speed() -> None:
    names = names_of("holiday", [0.0, 20.0, 40.0])
    [found] = gather([(2.0 * n, [seen(names[1])]) for n in range(6)])
    assert (found.speed, found.moments) == (1.0, 6)
    assert found.item_start is not None
    assert 18 <= found.item_start <= 30


def test_two_stretches_of_one_video_in_one_clip_are_told_apart() -> None:
    item = [2.0 * n for n in range(100)]
    first = clip_of(item, 100.0, 20.0)
    second = [(at + 22.0, matches) for at, matches in clip_of(item, 10.0, 20.0)]
    found = sorted(gather([*first, *second]), key=lambda one: one.start or 0.0)
    assert [(one.item_start, one.item_end) for one in found] == [(100.0, 120.0), (10.0, 30.0)]
    assert [(one.start, one.end) for one in found] == [(0.0, 20.0), (22.0, 42.0)]


def test_moments_that_fit_no_line_are_named_without_a_speed() -> None:
    names = names_of("holiday", [0.0, 50.0, 100.0, 150.0])
    found = watched((0.0, [seen(names[3])]), (2.0, [seen(names[0])]), (4.0, [seen(names[2])]))
    assert {one.item for one in found} == {"holiday"}
    assert all(one.speed is None for one in found)


def test_a_lone_moment_amid_a_stretch_is_not_told_again() -> None:
    moments = clip_of([2.0 * n for n in range(60)], 20.0, 30.0)
    moments[7] = (14.0, [seen(names_of("holiday", [2.0 * n for n in range(60)])[50], 300)])
    [found] = gather(moments)
    assert (found.start, found.end, found.item_start, found.item_end) == (0.0, 30.0, 20.0, 50.0)


def test_stills_and_stretches_are_named_side_by_side_the_surest_first() -> None:
    video = names_of("film", [0.0, 2.0, 4.0, 6.0])
    found = gather([(2.0 * n, [seen(video[n], 70), seen("photo", 200)]) for n in range(4)])
    assert [(one.item, one.moments, one.speed) for one in found] == [
        ("photo", 4, None),
        ("film", 4, 1.0),
    ]


def test_more_moments_give_chance_more_chances_and_agreement_is_no_second_proof() -> None:
    few = watched((0.0, [seen("a")]), (2.0, [seen("a")]))
    many = watched((0.0, [seen("a")]), *[(2.0 * n, []) for n in range(1, 20)])
    assert few[0].expected_false == pytest.approx(2e-9)
    assert many[0].expected_false == pytest.approx(20e-9)


def test_nothing_seen_is_nothing_found() -> None:
    assert gather([]) == []
    assert watched((0.0, []), (2.0, [])) == []


@given(st.text(max_size=40), st.floats(0, 1e6), st.floats(0, 1e3), st.booleans())
def test_a_name_is_read_back_as_it_was_written(
    item: str, start: float, length: float, still: bool
) -> None:
    place = Place(item) if still else Place(item, start, start + length)
    if still and place_of(item).start is not None:
        return  # a name that looks like a sample's is never given to an item: ids have no "#"
    back = place_of(name_of(place))
    assert back.item == item
    if still:
        assert back.start is None
    else:
        assert math.isclose(back.start or 0.0, start, abs_tol=1e-3)
        assert math.isclose(back.end or 0.0, start + length, abs_tol=1e-3)


@pytest.mark.parametrize("name", ["a#t=", "a#t=1", "a#t=2,1", "a#t=nan,1", "a#t=1,inf", "a#t=x,y"])
def test_a_name_that_only_looks_like_a_sample_is_an_items_own(name: str) -> None:
    assert place_of(name) == Place(name)


@given(
    st.lists(
        st.tuples(
            st.floats(0, 1e4),
            st.lists(
                st.tuples(st.sampled_from("ab"), st.none() | st.floats(0, 1e4), st.floats(50, 999)),
                max_size=4,
            ),
        ),
        max_size=25,
    )
)
def test_whatever_was_seen_each_moment_is_accounted_for(
    drawn: list[tuple[float, list[tuple[str, float | None, float]]]],
) -> None:
    moments = [
        (at, [seen(name_of(Place(item, start, start)), score) for item, start, score in matches])
        for at, matches in sorted(drawn, key=lambda one: one[0])
    ]
    found = gather(moments)
    said = {place_of(match.name).item for _, matches in moments for match in matches}
    assert {one.item for one in found} == said
    for one in found:
        assert one.start is not None
        assert one.end is not None
        assert one.start <= (one.best_at or 0.0) <= one.end
        assert one.moments >= 1
