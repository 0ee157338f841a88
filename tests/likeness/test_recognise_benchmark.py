"""The recogniser's benchmark runs small, and what it counts adds up."""

from __future__ import annotations

import numpy as np
import pytest

from bench.recognise.photos import Photo
from bench.recognise.score import Bank, Tally, copies, family, strangers
from bench.recognise.transformations import CHANGES, HARD, changed
from stillmine.imaging import drawn

NAMES = ("jpeg30", "mirror")


@pytest.fixture(scope="module")
def bank():
    photos = [Photo("drawn-2")]
    grounds = [Photo(f"drawn-{number}") for number in range(100, 113)]
    return Bank(photos, grounds, None, peers=True)


def test_there_are_at_least_45_changes_and_the_hard_ones_are_among_them():
    assert len(CHANGES) >= 45
    assert set(HARD) < set(CHANGES)


def test_the_same_number_gives_the_same_changed_picture():
    picture = drawn.pixels(2, (200, 150))
    grounds = [drawn.pixels(3, (200, 150))]
    one, two, three = (changed(picture, "inside18", number, grounds) for number in (1, 1, 2))
    assert np.array_equal(one, two)
    assert not np.array_equal(one, three)


def test_every_change_gives_a_picture_that_differs():
    picture = drawn.pixels(2, (200, 150))
    grounds = [drawn.pixels(number, (200, 150)) for number in (3, 4)]
    for name in CHANGES:
        out = changed(picture, name, 1, grounds)
        assert out.dtype == np.uint8
        assert out.shape[2] == 3
        assert out.shape != picture.shape or not np.array_equal(out, picture), name


def test_the_peers_miss_a_mirror_and_see_it_in_eight_positions(bank):
    tally = Tally()
    copies(bank, bank.photos, NAMES, tally)
    assert [tally.recall(name) for name in NAMES] == [100, 100]
    assert [tally.recall(name, "PDQ <= 31") for name in NAMES] == [100, 0]
    assert [tally.recall(name, "PDQ, 8 positions") for name in NAMES] == [100, 100]
    assert tally.wrong == []
    assert tally.pairs == len(NAMES) * (len(bank.index) - 1)


def test_two_halves_of_the_work_add_up(bank):
    whole, half = Tally(), Tally()
    strangers(bank, slice(0, 2, 1), whole)
    strangers(bank, slice(0, 2, 2), half)
    other = Tally()
    strangers(bank, slice(1, 2, 2), other)
    half += other
    assert (half.queries, half.pairs) == (whole.queries, whole.pairs) == (2, whole.pairs)
    assert sorted(half.other_shot) == sorted(whole.other_shot)


def test_the_family_of_an_entry_is_its_photograph():
    assert family("burst a.jpg") == family("smooth a.jpg") == family("a.jpg") == "a.jpg"
