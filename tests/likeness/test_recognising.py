"""A changed copy is found, a stranger's picture is not; told on drawn photographs."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from bench.recognise import scenes
from bench.recognise.transformations import changed
from stillmine.imaging import drawn
from stillmine.imaging.likeness import ITEM, SCAN, LikenessIndex, fingerprint

MINE = (0, 2, 4)
STRANGERS = (101, 103, 105)
CHANGES = (
    "jpeg30", "thumb160", "grey", "dark45", "filter_warm", "inverted", "blur3", "noise25", "crop50",
    "crop25", "mirror", "rotate90", "rotate5_cut", "rotate25_cut", "stretched", "text_over",
    "emoji_many", "black_bars", "watermark", "letterbox", "story", "phone_shot", "collage4",
    "inside18", "screen_photo", "chain_evade", "chain_screen",
)  # fmt: skip


def picture(number):
    return drawn.pixels(number, (800, 600))


@pytest.fixture(scope="module")
def index():
    made = LikenessIndex()
    for number in MINE:
        made.add(str(number), fingerprint(picture(number)))
    return made


@pytest.fixture(scope="module")
def grounds():
    return [picture(number) for number in (201, 203, 205)]


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_copy_is_found_and_no_other_item_is_named(index, grounds, change):
    matches = index.query(changed(picture(2), change, 7, grounds))
    assert [match.name for match in matches] == ["2"]
    assert matches[0].expected_false < 0.01


@pytest.mark.parametrize("number", STRANGERS)
def test_a_strangers_picture_is_not_named(index, number):
    assert index.query(picture(number)) == []


@pytest.mark.parametrize("number", MINE)
def test_the_next_shot_of_the_same_scene_is_not_the_same_picture(index, number):
    assert index.query(scenes.burst(picture(number), number)) == []


def test_edges_that_all_run_one_way_make_a_copy_no_other_shot():
    """On the water of this scene a place is certain across the waves, and not along them."""
    mine = drawn.pixels(3, (1024, 768))
    index = LikenessIndex()
    index.add("mine", fingerprint(_saved(mine, 90), ITEM))
    part = mine[178 : 178 + 768 * 7 // 10, 1 : 1 + 1024 * 7 // 10]
    assert [match.name for match in index.query(_saved(part[:, ::-1], 70))] == ["mine"]


def _saved(pixels, quality):
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(out, "JPEG", quality=quality)
    return np.asarray(Image.open(out).convert("RGB"))


def test_of_two_shots_in_the_vault_the_right_one_is_named():
    index = LikenessIndex()
    index.add("first", fingerprint(picture(2)))
    index.add("second", fingerprint(scenes.burst(picture(2), 5)))
    for name, shot in (("first", picture(2)), ("second", scenes.burst(picture(2), 5))):
        matches = index.query(changed(shot, "resize25", 1, []))
        assert [match.name for match in matches] == [name]


def test_two_copies_of_one_picture_in_the_vault_are_both_named(index):
    both = LikenessIndex()
    both.add("whole", fingerprint(picture(2)))
    both.add("cut", fingerprint(picture(2)[60:540, 80:720]))
    found = {match.name for match in both.query(changed(picture(2), "jpeg30", 1, []))}
    assert found == {"whole", "cut"}


def test_several_items_in_one_picture_are_all_named(index):
    collage = np.hstack([picture(0), picture(2), picture(4)])
    assert {match.name for match in index.query(collage)} == {"0", "2", "4"}


def test_several_copies_of_one_item_are_each_placed(index):
    twice = np.hstack([picture(2), picture(101), picture(2)[:, ::-1]])
    matches = [match for match in index.query(twice) if match.name == "2"]
    assert sorted(match.mirrored for match in matches) == [False, True]
    middles = sorted(np.mean([corner[0] for corner in match.quad]) for match in matches)
    assert middles == pytest.approx([400, 2000], abs=15)


def test_the_place_is_told_in_pixels_of_the_query(index):
    page = np.full((1200, 1000, 3), 235, np.uint8)
    page[300:900, 150:950] = picture(2)
    (match,) = index.query(page)
    expected = np.array([(150, 300), (950, 300), (950, 900), (150, 900)])
    assert np.abs(np.array(match.quad) - expected).max() < 3
    assert match.kind == "contains"
    assert match.visible > 0.8


def test_the_kind_of_copy_is_told(index):
    original = picture(2)
    exact = index.query(fingerprint(original))
    saved = index.query(changed(original, "jpeg85", 1, []))
    part = index.query(original[100:500, 200:700])
    edited = index.query(changed(original, "black_bars", 1, []))
    kinds = [matches[0].kind for matches in (exact, saved, part, edited)]
    assert kinds == ["exact", "re-saved", "part-of", "edited"]


def test_how_much_is_visible_is_told(index):
    (part,) = index.query(picture(2)[:300])
    (covered,) = index.query(changed(picture(2), "black_bars", 1, []))
    assert part.visible == pytest.approx(0.5, abs=0.06)
    assert covered.visible < 0.9


def test_a_mirror_and_a_negative_are_told(index):
    (match,) = index.query(np.ascontiguousarray(255 - picture(2)[:, ::-1]))
    assert (match.mirrored, match.inverted) == (True, True)


def test_a_fingerprint_answers_as_the_picture_does(index):
    query = changed(picture(4), "crop50", 1, [])
    assert index.query(fingerprint(query, SCAN)) == index.query(query)


def test_a_removed_item_is_no_longer_named():
    index = LikenessIndex()
    index.add("mine", fingerprint(picture(2), ITEM))
    assert index.query(picture(2))
    index.remove("mine")
    assert len(index) == 0
    assert index.query(picture(2)) == []
    with pytest.raises(KeyError):
        index.remove("mine")
