"""Before I share: pick, cover by dragging, for whom, how, look again, and the sealed copy."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from stillmine.app.actions import Secret
from stillmine.imaging import drawn
from stillmine.journeys.known import BEFORE_SHARING
from stillmine.keep.look import look_at
from stillmine.messages.pages_passing import SEND
from stillmine.messages.pages_sharing import CHECK, COVER, DONE, HOW, PICK, WHOM
from stillmine.share.opening import OpenRequest, open_
from stillmine.web.journeying import place_of
from tests.pages.browsing import Person, judged
from tests.pages.conftest import PHRASE
from tests.pages.test_inspecting import saves
from tests.pages.test_journeys import answers, begins, goes_on, where


@pytest.fixture
def sharer(resident, tmp_path) -> Person:
    """Bring somebody whose vault has a picture that is large enough for a mark."""
    (tmp_path / "hill.jpg").write_bytes(drawn.draw(9, size=(1200, 900)))
    resident.door.do("keep.add", paths=(tmp_path / "hill.jpg",), label="On the hill")
    return resident


def picks(person: Person, label: str = "On the hill") -> None:
    begins(person, BEFORE_SHARING)
    person.page.get_by_label(label).check()
    goes_on(person)
    assert where(person) == "cover"


def drags(person: Person, *corners: tuple[float, float]) -> None:
    """Press at the first corner of the picture, draw to the second one, and let go."""
    person.page.locator("#draw").scroll_into_view_if_needed()
    area = person.page.locator("#draw").bounding_box()
    assert area
    (x, y), *rest = [
        (area["x"] + a * area["width"], area["y"] + b * area["height"]) for a, b in corners
    ]
    mouse = person.page.mouse
    mouse.move(x, y)
    mouse.down()
    person.page.locator("#draw.ready img").wait_for()
    for place in rest:
        mouse.move(*place, steps=4)
    mouse.up()


def looks_once(person: Person) -> None:
    """Hold the veil: only then is the shape of the picture known."""
    drags(person, (0.5, 0.5))
    assert person.page.locator("#draw img").count() == 0


def test_before_sharing_from_the_first_page_to_a_sealed_copy_with_its_words(sharer, tmp_path, full):
    person: Person = sharer
    person.complaints.clear()
    person.goes_to("rooms").clicks(
        "Before I share Cover what gives you away, mark the copy, and hand it over safely."
    )
    judged(person, "share-pick", full=full)
    picks(person)
    judged(person, "share-cover", full=full)
    looks_once(person)
    drags(person, (0.25, 0.25), (0.75, 0.75))
    assert person.page.locator("#draw i.kept").count() == 1
    assert person.sees("Boxes: 1")
    judged(person, "share-cover-box", full=full)
    person.clicks(COVER["go"])
    person.page.get_by_role("heading", name=COVER["covered"]).wait_for()
    judged(person, "share-covered", full=full)
    goes_on_by_main(person)
    judged(person, "share-whom", full=full)
    person.page.fill("#name", "Sam")
    goes_on(person)
    judged(person, "share-how", full=full)
    answers(person, "how", 1)
    assert where(person) == "again"
    person.page.locator("summary", has_text=CHECK["ways"]).click()
    judged(person, "share-again", full=full)
    person.page.fill("#wish", "Please do not pass it on")
    person.clicks(CHECK["go"])
    person.page.get_by_role("heading", name="The copy for Sam is ready").wait_for()
    judged(person, "share-done", full=full)
    words = person.page.locator("#opening").inner_text()
    assert len(words.split()) == 6
    name, made = saves(person, person.page.locator("#file").inner_text())
    assert re.fullmatch(r"[a-z0-9]{10}\.html", name)
    (given,) = person.door.do("share.list").handovers
    assert (given.recipient, given.sealed, given.marked) == ("Sam", "page", True)
    assert (given.file, given.file_sha256) == (name, hashlib.sha256(made).hexdigest())
    opened = open_it(person, made, words, tmp_path)
    assert opened.wishes == ("Please do not pass it on",)
    assert hashlib.sha256(opened.file.read_bytes()).hexdigest() == given.picture_sha256
    assert _is_black_inside(person, given.item)
    person.clicks(DONE["go"])
    assert person.heading() == "Look around"
    person.goes_to("journey.step", **place_of(BEFORE_SHARING, "done"))
    assert words not in person.page.content()
    assert where(person) == "pick"
    assert person.complaints == []


def open_it(person: Person, made: bytes, words: str, folder: Path) -> Any:
    """Open what was saved, as the person who was given it does."""
    (folder / "given").write_bytes(made)
    context = person.door.context({"handover-passphrase": Secret(words)})
    return open_(context, OpenRequest(folder / "given", to=folder / "plain"))


def goes_on_by_main(person: Person) -> None:
    with person.page.expect_navigation():
        person.page.locator("main button.main").click()


def _is_black_inside(person: Person, item: str) -> bool:
    """Say whether the middle of an item is black, and its corner is not."""
    seen = look_at(person.door.context(), item, person.door.decoder())
    assert seen is not None
    picture = Image.open(io.BytesIO(seen)).convert("RGB")
    middle = picture.crop(
        tuple(
            round(side * part)
            for side, part in zip((*picture.size, *picture.size), (0.3, 0.3, 0.7, 0.7), strict=True)
        )
    )
    return max(high for _low, high in middle.getextrema()) < 16 and picture.getpixel((4, 4)) != (
        0,
        0,
        0,
    )


def test_the_picture_is_on_the_page_only_while_it_is_held(sharer):
    picks(sharer)
    assert not [url for url in sharer.requests if url.endswith("/f")]
    box = sharer.page.locator("#draw").bounding_box()
    assert box
    sharer.page.mouse.move(box["x"] + 50, box["y"] + 50)
    sharer.page.mouse.down()
    sharer.page.locator("#draw.ready img").wait_for()
    sharer.page.mouse.up()
    assert sharer.page.locator("#draw img").count() == 0
    sharer.clicks(COVER["show"])
    sharer.page.locator("#draw img").wait_for()
    sharer.page.evaluate("dispatchEvent(new Event('blur'))")
    assert sharer.page.locator("#draw img").count() == 0
    assert sharer.sees(COVER["show"])


def test_boxes_can_be_taken_back_one_by_one(sharer):
    picks(sharer)
    looks_once(sharer)
    drags(sharer, (0.1, 0.1), (0.3, 0.3))
    drags(sharer, (0.5, 0.5), (0.8, 0.9))
    assert sharer.page.locator("#draw i.kept").count() == 2
    sharer.clicks(COVER["undo"])
    assert sharer.page.locator("#draw i.kept").count() == 1
    assert float(sharer.page.locator("input[name=left]").first.input_value()) == pytest.approx(
        10, abs=1
    )
    sharer.page.locator("summary", has_text=COVER["numbers"]).click()
    sharer.page.locator("[data-remove]").first.click()
    assert sharer.page.locator("#draw i.kept").count() == 0


def test_without_scripts_boxes_are_numbers_and_a_key_seals_the_copy(opens, vault, tmp_path):
    person = opens(vault, java_script_enabled=False)
    person.door.unlock(Secret(PHRASE))
    (tmp_path / "hill.jpg").write_bytes(drawn.draw(9, size=(1200, 900)))
    person.door.do("keep.add", paths=(tmp_path / "hill.jpg",), label="On the hill")
    line = person.door.do("share.key").contact
    picks(person)
    person.clicks(COVER["go"])
    assert person.sees(COVER["none"])
    person.page.locator("summary", has_text=COVER["numbers"]).click()
    for side, number in (("left", "20"), ("top", "20"), ("width", "60"), ("height", "0")):
        person.page.locator("summary", has_text=COVER["numbers"]).evaluate(
            "e => e.parentNode.open = true"
        ) if side == "left" and not person.page.locator("#left-1").is_visible() else None
        person.page.fill(f"#{side}-1", number)
    person.clicks(COVER["go"])
    assert person.sees(COVER["numbers_wrong"])
    person.page.fill("#height-1", "60")
    person.clicks(COVER["go"])
    _waits(person, COVER["covered"])
    goes_on_by_main(person)
    goes_on(person)
    assert person.page.locator("#name-wrong").inner_text() == WHOM["choose"]
    person.page.fill("#name", "Kim")
    goes_on(person)
    answers(person, "how", 2)
    assert person.page.locator("#contact-wrong").inner_text() == HOW["needed"]
    person.page.fill("#contact", line)
    goes_on(person)
    assert person.sees(CHECK["compare"])
    person.clicks(CHECK["go"])
    _waits(person, "The copy for Kim is ready")
    (given,) = person.door.do("share.list").handovers
    assert (given.recipient, given.sealed) == ("Kim", "key")
    assert _is_black_inside(person, given.item)
    assert not person.sees(DONE["words"])
    _name, made = saves(person, person.page.locator("#file").inner_text())
    assert made.startswith(b"age-encryption.org/")
    assert [each for each in tmp_path.rglob("*.age") if vault not in each.parents] == []


def test_a_plain_picture_is_made_only_after_the_warning(sharer, full):
    picks(sharer)
    sharer.clicks(COVER["skip"])
    sharer.page.fill("#name", "Sam")
    goes_on(sharer)
    answers(sharer, "how", 4)
    assert sharer.sees("The copy will not be sealed")
    judged(sharer, "share-plain", full=full)
    sharer.clicks(CHECK["go"])
    assert sharer.page.locator("#plain-wrong").inner_text() == CHECK["tick"]
    assert sharer.door.do("share.list").handovers == ()
    sharer.page.locator("#plain").check()
    sharer.clicks(CHECK["go"])
    sharer.page.get_by_role("heading", name="The copy for Sam is ready").wait_for()
    judged(sharer, "share-plain-done", full=full)
    name, made = saves(sharer, sharer.page.locator("#file").inner_text())
    assert name.endswith(".jpg")
    assert Image.open(io.BytesIO(made)).size == (1200, 900)
    (given,) = sharer.door.do("share.list").handovers
    assert (given.sealed, given.marked) == (None, True)


def test_a_copy_that_is_gone_from_memory_is_said_to_be_gone(sharer, full):
    picks(sharer)
    sharer.clicks(COVER["skip"])
    sharer.page.fill("#name", "Sam")
    goes_on(sharer)
    answers(sharer, "how", 3)
    sharer.clicks(CHECK["go"])
    sharer.page.get_by_role("heading", name="The copy for Sam is ready").wait_for()
    assert sharer.page.get_by_role("link", name=DONE["send"]).count() == 1
    sharer.clicks(DONE["send"])
    assert sharer.sees(SEND["held"])
    sharer.page.go_back()
    sharer.door.lock()
    sharer.door.unlock(Secret(PHRASE))
    sharer.goes_to("journey.step", **place_of(BEFORE_SHARING, "done"))
    assert sharer.sees(DONE["file_gone"])
    assert sharer.page.locator("#file").count() == 0
    judged(sharer, "share-gone", full=full)


def _waits(person: Person, heading: str) -> None:
    """Look how far it is, as somebody without scripts does, until the answer is there."""
    for _ in range(600):
        if person.heading() == heading:
            return
        person.page.wait_for_timeout(100)
        person.clicks("See how far it is")
    raise AssertionError(person.heading())


def _tiny() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (24, 16), "white").save(out, "PNG")
    return out.getvalue()


def test_what_cannot_carry_a_mark_can_be_handed_over_without_one(resident, tmp_path, full):
    (tmp_path / "small.png").write_bytes(_tiny())
    resident.door.do("keep.add", paths=(tmp_path / "small.png",), label="A small one")
    picks(resident, "A small one")
    resident.clicks(COVER["skip"])
    resident.page.fill("#name", "Sam")
    goes_on(resident)
    answers(resident, "how", 3)
    resident.clicks(CHECK["go"])
    resident.page.locator("#trouble").wait_for()
    judged(resident, "share-no-mark", full=full)
    resident.page.locator("#unmarked").check()
    resident.clicks(CHECK["go"])
    resident.page.get_by_role("heading", name="The copy for Sam is ready").wait_for()
    (given,) = resident.door.do("share.list").handovers
    assert not given.marked


def test_a_later_step_begins_with_what_was_not_answered(resident):
    for step in ("cover", "whom", "how", "again", "done"):
        resident.goes_to("journey.step", **place_of(BEFORE_SHARING, step))
        assert where(resident) == "pick", step


def test_without_a_picture_or_a_vault_it_is_said_what_to_do_first(newcomer, full):
    begins(newcomer, BEFORE_SHARING)
    assert newcomer.sees(PICK["no_vault"])
    judged(newcomer, "share-no-vault", full=full)


def test_a_picture_is_found_by_words_and_the_words_are_in_no_address(sharer, full):
    begins(sharer, BEFORE_SHARING)
    sharer.page.fill("#words", "hill")
    sharer.clicks(PICK["find"])
    assert sharer.page.locator("input[name=item]").count() == 1
    assert "hill" not in sharer.page.url
    sharer.page.fill("#words", "nothing like it")
    sharer.clicks(PICK["find"])
    assert sharer.sees(PICK["none"])
    judged(sharer, "share-pick-none", full=full)
