"""Fingerprints come back from bytes as they were; nothing else is taken for one."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.errors import NotAFingerprint
from stillmine.imaging import drawn
from stillmine.imaging.likeness import ITEM, Fingerprint, LikenessIndex, fingerprint

PICTURE = drawn.pixels(2, (640, 480))
PRINT = fingerprint(PICTURE)
DATA = PRINT.to_bytes()


def test_the_bytes_come_back_as_the_same_fingerprint():
    again = Fingerprint.from_bytes(DATA)
    assert again == PRINT
    assert again.to_bytes() == DATA


def test_the_same_picture_gives_the_same_bytes():
    assert fingerprint(PICTURE.copy()).to_bytes() == DATA


def test_a_fingerprint_is_small():
    assert len(DATA) <= 47_000
    assert 0 < len(PRINT) <= ITEM.features


def test_the_picture_itself_is_not_changed():
    before = PICTURE.copy()
    fingerprint(PICTURE)
    assert np.array_equal(before, PICTURE)


@pytest.mark.parametrize(
    "shape", [(1, 1), (2, 3), (15, 15), (1, 4000), (4000, 1), (40, 6000), (600, 800)]
)
@pytest.mark.parametrize("colour", [0, 128, 255])
def test_plain_and_odd_shaped_pictures_have_a_fingerprint_and_match_nothing(shape, colour):
    print_ = fingerprint(np.full((*shape, 3), colour, np.uint8))
    assert (print_.height, print_.width) == shape
    assert Fingerprint.from_bytes(print_.to_bytes()) == print_
    index = LikenessIndex()
    index.add("scene", PRINT)
    assert index.query(print_) == []


def test_noise_is_not_found_in_noise():
    random = np.random.default_rng(1)
    index = LikenessIndex()
    for number in range(4):
        noise = random.integers(0, 256, (300, 400, 3), np.uint8)
        index.add(str(number), fingerprint(noise))
    assert index.query(random.integers(0, 256, (300, 400, 3), np.uint8)) == []


def test_a_grey_array_and_one_with_transparency_do_as_well():
    grey = PICTURE.mean(axis=2).astype(np.uint8)
    clear = np.dstack([PICTURE, np.full(PICTURE.shape[:2], 9, np.uint8)])
    assert len(fingerprint(grey)) > 100
    assert fingerprint(clear) == PRINT


@pytest.mark.parametrize(
    "array", [np.zeros((0, 4, 3), np.uint8), np.zeros((4, 4, 3)), np.zeros(9, np.uint8)]
)
def test_an_array_of_another_kind_is_refused(array):
    with pytest.raises(ValueError, match="bytes"):
        fingerprint(array)


@pytest.mark.parametrize("length", [0, 1, 5, 18, 19, 100, len(DATA) - 1])
def test_a_cut_fingerprint_is_refused(length):
    with pytest.raises(NotAFingerprint):
        Fingerprint.from_bytes(DATA[:length])


def test_more_bytes_than_needed_are_refused():
    with pytest.raises(NotAFingerprint):
        Fingerprint.from_bytes(DATA + b"\0")


@pytest.mark.parametrize("field", [(0, 1), (1, 0), (1 << 25, 1), (0xFFFFFFFF, 0xFFFFFFFF)])
def test_impossible_sides_are_refused(field):
    with pytest.raises(NotAFingerprint):
        Fingerprint.from_bytes(DATA[:5] + struct.pack("<II", *field) + DATA[13:])


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_changed_bytes_are_refused_or_compared_without_harm(data):
    wrong = bytearray(DATA)
    for _ in range(data.draw(st.integers(1, 6))):
        wrong[data.draw(st.integers(0, len(DATA) - 1))] = data.draw(st.integers(0, 255))
    _compare(bytes(wrong))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 60), st.binary(max_size=60 * 40))
def test_made_up_features_are_compared_without_harm(count, rest):
    body = (rest * (1 + 48 * count // max(1, len(rest))) + bytes(48 * count))[: 41 * count]
    head = struct.pack("<5sIIHHHH", b"SMLF\x02", 9, 7, 2, 2, count, count)
    _compare(head + bytes(4) + body)


@settings(max_examples=25, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_no_index(data):
    with pytest.raises(NotAFingerprint):
        LikenessIndex.from_bytes(data)


def test_an_index_comes_back_from_bytes():
    index = LikenessIndex()
    index.add("eins", PRINT)
    index.add("zwei ü", fingerprint(drawn.pixels(4, (640, 480))))
    again = LikenessIndex.from_bytes(index.to_bytes())
    assert list(again) == ["eins", "zwei ü"]
    assert again.to_bytes() == index.to_bytes()
    assert again.query(PICTURE) == index.query(PICTURE) != []


@pytest.mark.parametrize("length", [0, 4, 8, 9, 14, 20, 3000])
def test_a_cut_index_is_refused(length):
    index = LikenessIndex()
    index.add("one", PRINT)
    with pytest.raises(NotAFingerprint):
        LikenessIndex.from_bytes(index.to_bytes()[:length])


def _compare(data):
    try:
        strange = Fingerprint.from_bytes(data)
    except NotAFingerprint:
        return
    index = LikenessIndex()
    index.add("strange", strange)
    index.add("right", PRINT)
    index.query(strange)
    index.query(PRINT)
