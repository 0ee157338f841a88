"""Whose copy was it, outside of the journey: careful words about a picture that turned up."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from stillmine.imaging import drawn
from stillmine.messages.pages_found import WHOSE as FOUND
from stillmine.messages.pages_passing import WHOSE
from tests.pages.browsing import Person, judged
from tests.pages.test_inspecting import hands_over

PICTURE = drawn.draw(9, size=(900, 700))


@pytest.fixture
def giver(resident, tmp_path: Path) -> Person:
    """Bring somebody who gave a marked copy of one picture to each of two people."""
    (tmp_path / "hill.jpg").write_bytes(PICTURE)
    added = resident.door.do("keep.add", paths=(tmp_path / "hill.jpg",), label="On the hill")
    item = added.added[0].item
    for name in ("Sam", "Kim"):
        to = tmp_path / name
        resident.door.do("share.make", items=(item,), for_=name, to=to, unsealed=True)
    return resident


def copy_of(folder: Path) -> bytes:
    (found,) = folder.iterdir()
    return found.read_bytes()


def smaller(data: bytes) -> bytes:
    """Return a picture as somebody passes it on: a part of it, packed anew."""
    out = io.BytesIO()
    Image.open(io.BytesIO(data)).crop((40, 30, 820, 650)).save(out, "JPEG", quality=80)
    return out.getvalue()


def reads(person: Person, data: bytes) -> None:
    hands_over(person, ("found.jpg", data), button=WHOSE["go"], field="file")


def test_the_mark_names_for_whom_the_copy_was_and_says_what_that_does_not_prove(
    giver, tmp_path, full
):
    giver.goes_to("rooms")
    giver.page.locator("a.choice", has_text="A copy that you gave away turned up").click()
    giver.clicks(WHOSE["go"])
    assert giver.page.locator("#file-wrong").inner_text() == WHOSE["none"]
    judged(giver, "whose", full=full)
    reads(giver, smaller(copy_of(tmp_path / "Sam")))
    assert giver.sees("The mark in it is of the copy for Sam")
    assert giver.sees("The chance that somebody innocent is named like this is at most 1 in ")
    assert giver.sees(FOUND["care"])
    assert not giver.sees("Kim")
    judged(giver, "whose-named", full=full)
    giver.clicks(WHOSE["item"])
    assert giver.heading() == "On the hill"


def test_a_picture_that_is_no_copy_names_nobody(giver, full):
    giver.goes_to("whose")
    reads(giver, drawn.draw(17, size=(900, 700)))
    assert giver.sees(WHOSE["not_found"])
    judged(giver, "whose-not-found", full=full)
    giver.goes_to("whose")
    reads(giver, PICTURE)
    assert giver.sees(FOUND["none"])
    assert not giver.sees("Sam")
    judged(giver, "whose-none", full=full)


def test_from_the_page_of_an_item_only_its_copies_are_compared(giver, full):
    items = giver.door.do("keep.list").items
    other = next(each for each in items if each.label != "On the hill")
    giver.goes_to("whose", item=other.item)
    assert giver.sees(WHOSE["of_hint"])
    judged(giver, "whose-item", full=full)
    reads(giver, drawn.draw(1, size=(320, 240)))
    assert giver.sees(WHOSE["nobody"])
