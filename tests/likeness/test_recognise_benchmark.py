"""The recogniser's benchmark runs small, and what it counts adds up."""

from __future__ import annotations

import math

import numpy as np
import pytest

from bench.recognise import scenes
from bench.recognise.bank import Bank, Plan, family
from bench.recognise.photos import Photo, pictures_of
from bench.recognise.report import Results, printed, table
from bench.recognise.score import copies, shots, strange, tasks
from bench.recognise.tail import FROM, fitted
from bench.recognise.tally import Tally
from bench.recognise.transformations import CHANGES, HARD, changed
from stillmine.imaging import drawn

NAMES = ("jpeg30", "mirror")


@pytest.fixture(scope="module")
def bank(tmp_path_factory):
    unrelated = tuple(Photo(f"drawn-{number}") for number in range(100, 113))
    return Bank(Plan((Photo("drawn-2"),), unrelated, tmp_path_factory.mktemp("cache")))


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
    tally = copies(bank, bank.plan.photos[0], NAMES)
    assert [tally.recall(name) for name in NAMES] == [100, 100]
    assert [tally.recall(name, "PDQ <= 31") for name in NAMES] == [100, 0]
    assert [tally.recall(name, "PDQ, 8 positions") for name in NAMES] == [100, 100]
    assert tally.wrong == []
    assert tally.pairs == len(NAMES) * (len(bank.index) - 2)


def test_the_bank_holds_other_shots_quarters_and_low_texture(bank):
    words = {name.split(" ")[0] for name in (*bank.index, *bank.low)}
    assert {"drawn-2", "burst", "quarter0", "quarter3", *scenes.KINDS} <= words
    assert len(bank.index) == 2 * 2 + 4
    assert len(bank.low) == 2 * len(scenes.KINDS)


def test_a_second_bank_takes_its_fingerprints_from_the_folder(bank):
    again = Bank(bank.plan)
    assert again.index.to_bytes() == bank.index.to_bytes()


def test_strangers_and_other_shots_are_not_named(bank):
    asked = strange(bank, bank.plan.strangers[0])
    assert asked.queries > 0
    assert asked.wrong == []
    others = shots(bank, bank.plan.photos[0])
    assert (others.asked["burst"], others.found["stillmine"]["burst"]) == (3, 0)
    assert others.wrong == []


def test_results_come_back_from_json_and_add_up():
    one = Tally(pairs=3, queries=2, near=[1.5], wrong=[("a", "b", "c", 2.0)])
    one.asked["x"] += 1
    one.found["stillmine"]["x"] += 1
    two = Tally.from_json(one.to_json())
    assert two == one
    two += one
    assert (two.pairs, two.recall("x"), two.near, len(two.wrong)) == (6, 100, [1.5, 1.5], 2)


def test_the_table_has_a_row_for_each_change_and_the_false_pairs(bank):
    results = Results(copies=copies(bank, bank.plan.photos[0], NAMES))
    lines = printed(table(results, NAMES, NAMES)).splitlines()
    assert any(line.startswith("| jpeg30 | 100 |") for line in lines)
    assert any("false pairs, copies | 0 in" in line for line in lines)
    assert len({line.count("|") for line in lines}) == 1


def test_every_picture_has_its_own_piece_of_work(bank):
    pieces = [(kind, name) for kind, name, _ in tasks(bank.plan, NAMES, NAMES)]
    assert len(pieces) == len(set(pieces)) == 3 + 1


def test_the_tail_of_made_up_scores_is_fitted():
    random = np.random.default_rng(1)
    scores = FROM + random.exponential(1 / 0.1, 400)
    tail = fitted(list(scores), 1_000_000)
    assert tail.slow < 0.1 < 1.2 * tail.fall
    assert tail.rate(FROM) == pytest.approx(4e-4)
    assert tail.rate(130) < tail.most(130) < 4e-4 * math.exp(-0.07 * 100)
    assert fitted(list(scores[:4]), 100) is None


def test_a_clear_sky_is_nothing_but_a_gradient():
    sky = np.linspace(90, 200, 300)[:, None, None] * np.ones((1, 400, 3))
    assert scenes.nothing_but_a_gradient(sky.astype(np.uint8))
    assert not scenes.nothing_but_a_gradient(drawn.pixels(2, (400, 300)))


def test_the_quarters_of_a_picture_are_four_different_parts():
    picture = drawn.pixels(2, (400, 300))
    parts = [scenes.quarter(picture, number) for number in range(4)]
    assert {part.shape for part in parts} == {(150, 200, 3)}
    assert np.array_equal(np.hstack(parts[:2]), picture[:150])


def test_strangers_are_all_pictures_of_a_folder(tmp_path):
    (tmp_path / "below").mkdir()
    for name in ("b.jpg", "below/a.PNG", "notes.txt"):
        (tmp_path / name).write_bytes(b"")
    assert [photo.name for photo in pictures_of(tmp_path)] == [
        "strangers-b.jpg", "strangers-below/a.PNG",
    ]  # fmt: skip
    assert pictures_of(None) == []


def test_the_family_of_an_entry_is_its_photograph():
    assert family("burst a.jpg") == family("smooth a.jpg") == family("a.jpg") == "a.jpg"
