"""What a person is told about a copy: plain, calm, and no surer than it is."""

from dataclasses import replace
from pathlib import Path

import pytest

from stillmine.messages.compare import COPY
from stillmine.watch.copies import Copy
from tests.house.test_words import _BLAME, _HARDEST, readability

SEEN = Copy(
    path=Path("found/a.zip"), inside="b.jpg", item="3f9a2b71c0" + "0" * 22, name="beach.jpg",
    label="", kind="contains", score=90.0, expected_false=1 / 41_234,
    quad=((80.0, 200.0), (720.0, 200.0), (720.0, 680.0), (80.0, 680.0)), visible=0.97,
    seconds=None, since=None, until=None, item_seconds=None, item_until=None,
    mirrored=False, inverted=False, width=800, height=900,
)  # fmt: skip


@pytest.mark.parametrize("word", COPY)
def test_each_sentence_is_easy_to_read_and_blames_nobody(word):
    assert not _BLAME.search(COPY[word])
    assert readability(COPY[word]) <= _HARDEST


def test_a_copy_is_told_with_its_place_and_its_chance():
    assert SEEN.line == (
        "found/a.zip > b.jpg: This looks like a copy of 3f9a2b71c0 (beach.jpg), in a larger "
        "picture. It lies from 10 % to 90 % across and from 22 % to 76 % down. Of about 41,000 "
        "pictures that are not yours, one would look so by chance."
    )


def test_a_place_that_reaches_out_of_the_picture_is_told_up_to_its_edge():
    wide = replace(SEEN, quad=((-80.0, -20.0), (900.0, 0.0), (900.0, 950.0), (-80.0, 950.0)))
    assert "from 0 % to 100 % across and from 0 % to 100 % down" in wide.line


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (1e-300, "not once in 1,000,000,000"),
        (0.0, "not once in 1,000,000,000"),
        (2e-9, "Of about 500,000,000"),
        (0.011, "Of about 91 pictures"),
        (0.4, "Of about 2 pictures"),
        (3.0, "Chance alone would often look so"),
    ],
)
def test_a_chance_is_never_said_to_be_smaller_than_can_be_told(expected, said):
    assert said in replace(SEEN, expected_false=expected).line


def test_an_exact_copy_needs_no_chance_and_films_have_seconds():
    exact = replace(SEEN, kind="exact", label="mine", inside=None)
    assert exact.line == "found/a.zip: This is a copy of 3f9a2b71c0 (mine), bit by bit."
    film = replace(SEEN, kind="part-of", seconds=4.0, since=3.2, until=9.7, visible=0.4)
    assert (
        "40 % of your picture can be seen. In the video it is seen from second 3 to second 10."
        in (film.line)
    )
    clip = replace(SEEN, kind="re-saved", item_seconds=5.0, item_until=9.0, mirrored=True)
    assert "It is mirrored. Of your video it shows second 5 to second 9." in clip.line
