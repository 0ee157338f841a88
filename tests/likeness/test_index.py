"""An index that grows and shrinks answers as a new one would, and comes back ready from bytes."""

from __future__ import annotations

import struct
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.errors import NotAFingerprint
from stillmine.imaging import drawn
from stillmine.imaging.likeness import ITEM, SCAN, LikenessIndex, fingerprint

NUMBERS = range(7)  # from 7 on the motifs come again
PRINTS = {str(number): fingerprint(drawn.pixels(number, (480, 360))) for number in NUMBERS}
QUERIES = {name: fingerprint(drawn.pixels(int(name), (480, 360)), SCAN) for name in ("1", "4", "6")}


def built(names):
    index = LikenessIndex()
    for name in names:
        index.add(name, PRINTS[name])
    return index


def answers(index):
    return [sorted(index.query(query), key=lambda match: match.name) for query in QUERIES.values()]


def test_items_added_one_by_one_are_found_as_if_added_at_once():
    slowly = LikenessIndex()
    for name in PRINTS:
        slowly.add(name, PRINTS[name])
        slowly.query(QUERIES["1"])
    assert answers(slowly) == answers(built(PRINTS))
    assert sorted(slowly) == sorted(PRINTS)


def test_what_is_taken_out_is_gone_and_the_rest_stays():
    index = built(PRINTS)
    index.query(QUERIES["1"])
    for name in ("1", "3", "6"):
        index.remove(name)
    assert len(index) == 4
    assert "1" not in index
    assert answers(index) == answers(built(["0", "2", "4", "5"]))
    assert [len(found) > 0 for found in answers(index)] == [False, True, False]


def test_an_item_that_is_added_again_is_replaced():
    index = built(PRINTS)
    index.query(QUERIES["1"])
    index.add("4", PRINTS["1"])
    assert len(index) == len(PRINTS)
    assert {match.name for match in index.query(QUERIES["1"])} == {"1", "4"}
    assert index.query(QUERIES["4"]) == []


def test_everything_may_be_taken_out_and_added_again():
    index = built(PRINTS)
    index.query(QUERIES["1"])
    for name in PRINTS:
        index.remove(name)
    assert answers(index) == [[], [], []]
    assert answers(LikenessIndex.from_bytes(index.to_bytes())) == [[], [], []]
    index.add("1", PRINTS["1"])
    assert [match.name for match in index.query(QUERIES["1"])] == ["1"]


STEP = st.tuples(st.sampled_from(sorted(PRINTS)[2:5]), st.sampled_from(["add", "out", "ask"]))


@settings(max_examples=8, deadline=None)
@given(st.lists(STEP, max_size=8))
def test_any_order_of_changes_leaves_what_is_there(steps):
    index, there = LikenessIndex(), set()
    for name, what in steps:
        if what == "ask":
            index.query(QUERIES["4"])
        elif what == "add":
            index.add(name, PRINTS[name])
            there.add(name)
        elif name in there:
            index.remove(name)
            there.discard(name)
    assert set(index) == there
    assert {match.name for match in index.query(QUERIES["4"])} == {"4"} & there


def test_an_index_comes_back_from_bytes_without_what_was_taken_out():
    index = built(PRINTS)
    index.query(QUERIES["1"])
    index.remove("1")
    index.add("late", PRINTS["1"])
    again = LikenessIndex.from_bytes(index.to_bytes())
    assert set(again) == set(index)
    assert answers(again) == answers(index)
    assert LikenessIndex.from_bytes(memoryview(again.to_bytes())).to_bytes() == again.to_bytes()


def test_an_index_that_is_read_again_can_change():
    again = LikenessIndex.from_bytes(built(["1", "2"]).to_bytes())
    again.remove("2")
    again.add("4", PRINTS["4"])
    assert answers(again) == answers(built(["1", "4"]))


def test_reading_an_index_copies_nothing_large():
    data = built(PRINTS).to_bytes()
    tracemalloc.start()
    try:
        LikenessIndex.from_bytes(data)
        kept, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept < len(data) / 10


def test_a_fingerprint_whose_drawers_were_not_looked_up_is_an_item_too():
    index = LikenessIndex()
    index.add("scan", fingerprint(drawn.pixels(4, (480, 360)), SCAN))
    assert [match.name for match in index.query(QUERIES["4"])] == ["scan"]


def test_the_drawers_are_those_that_would_be_looked_up():
    print_ = PRINTS["4"]
    assert len(print_.drawers) == len(print_)
    assert print_.filed() == print_


def test_a_crowd_of_moments_does_not_hide_another_item():
    index = LikenessIndex()
    scene = drawn.pixels(4, (480, 360))
    for number in range(40):
        shown = scene.copy()
        shown[: 4 * number + 4, :60] = 255
        index.add(f"video#t={number}.000,{number + 1}.000", fingerprint(shown))
    index.add("still", PRINTS["6"])
    small = drawn.pixels(6, (480, 360))[::2, ::2]
    both = np.hstack([scene, np.pad(small, ((0, 180), (0, 0), (0, 0)))])
    names = {match.name for match in index.query(both)}
    assert "still" in names
    assert any(name.startswith("video") for name in names)


@pytest.mark.parametrize("at", range(0, 200, 11))
def test_wrong_heads_are_refused_or_compared_without_harm(at):
    data = bytearray(built(["1", "2"]).to_bytes())
    data[at] ^= 0x41
    _compare(bytes(data))


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_changed_bytes_are_refused_or_compared_without_harm(data):
    wrong = bytearray(_SMALL)
    for _ in range(data.draw(st.integers(1, 8))):
        wrong[data.draw(st.integers(0, len(wrong) - 1))] = data.draw(st.integers(0, 255))
    _compare(bytes(wrong))


@pytest.mark.parametrize("numbers", [(1 << 60, 0, 0, 0), (0, 1 << 60, 0, 0), (0, 0, 0, 1 << 59)])
def test_more_than_there_is_cannot_be_claimed(numbers):
    with pytest.raises(NotAFingerprint):
        LikenessIndex.from_bytes(
            struct.pack("<5s3xQQQQQ", b"SMLI\x02", 1, *numbers) + bytes(2_000_000)
        )


def test_the_bytes_of_another_version_are_refused():
    data = bytearray(built(["1"]).to_bytes())
    data[4] = 1
    with pytest.raises(NotAFingerprint):
        LikenessIndex.from_bytes(bytes(data))


_SMALL = built(["1", "2"]).to_bytes()


def _compare(data):
    try:
        index = LikenessIndex.from_bytes(data)
    except NotAFingerprint:
        return
    index.query(QUERIES["1"])
    index.add("more", fingerprint(drawn.pixels(3, (200, 150)), ITEM))
    index.query(QUERIES["4"])
