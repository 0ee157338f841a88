"""Boxes that are told as parts of a picture lie where they were drawn, and leave no edge open."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from stillmine.imaging.cover import Box, Part

HUNDREDTHS = st.floats(0, 100)


def test_a_part_is_the_same_box_in_every_size():
    assert Part(25, 50, 50, 25).of((400, 200)) == Box(100, 100, 200, 50)
    assert Part(25, 50, 50, 25).of((4000, 2000)) == Box(1000, 1000, 2000, 500)


def test_a_part_between_two_pixels_covers_both():
    assert Part(10, 10, 10, 10).of((15, 15)) == Box(1, 1, 2, 2)


@given(HUNDREDTHS, HUNDREDTHS, HUNDREDTHS, HUNDREDTHS)
def test_nothing_of_what_was_drawn_is_left_open(x, y, width, height):
    box = Part(x, y, width, height).of((1234, 567))
    assert box.x <= x * 1234 / 100
    assert box.y <= y * 567 / 100
    assert box.x + box.width >= (x + width) * 1234 / 100
    assert box.y + box.height >= (y + height) * 567 / 100
