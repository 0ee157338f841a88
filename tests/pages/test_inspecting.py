"""What a file says besides its picture, and clean copies of it, without a vault."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from stillmine.imaging import drawn
from stillmine.messages.pages_inspecting import CLEAN, FILES, INSIDE
from tests.imaging.clean import stills
from tests.imaging.clean.stills import CANARY
from tests.pages.browsing import Person, judged, settle
from tests.share.test_cleaning import with_thumbnail


def telling() -> bytes:
    """Return a picture that says where and by whom it was taken."""
    return stills.jpeg(exif=stills.exif())


def cropped() -> bytes:
    """Return a part of a picture whose preview still shows the whole of it."""
    whole = Image.open(io.BytesIO(drawn.draw(4, size=(320, 240)))).convert("RGB")
    return with_thumbnail(whole.crop((0, 0, 100, 200)), whole)


def unclean() -> bytes:
    """Return a bitmap with a colour profile of its own, which is not cleaned as it is."""
    plain = stills.saved(stills.small(), "BMP")
    rows = plain[54:]
    head = bytearray(124)
    head[:40] = plain[14:54]
    head[0:4], head[56:60] = (124).to_bytes(4, "little"), b"DEBM"
    start = b"BM" + (138 + len(rows)).to_bytes(4, "little") + bytes(4)
    return start + (138).to_bytes(4, "little") + bytes(head) + rows


def hands_in(person: Person, *files: tuple[str, bytes], do: str = "look") -> Person:
    person.goes_to("inside")
    return hands_over(person, *files, button=INSIDE[do])


def hands_over(person: Person, *files: tuple[str, bytes], button: str, field: str = "files") -> Any:
    """Choose files as somebody does, press a button, and wait for the work to be over."""
    payload = [{"name": n, "mimeType": "image/jpeg", "buffer": data} for n, data in files]
    person.page.set_input_files(f"#{field}", payload)  # type: ignore[arg-type]  # as it is typed
    person.clicks(button)
    return waits(person)


def waits(person: Person) -> Person:
    """Wait until the page of the work gives way to its answer, with scripts and without."""
    for _ in range(600):
        settle(person.page)
        if "/n/w/" not in person.page.url:
            return person
        person.page.wait_for_timeout(100)
        person.page.reload()
    raise AssertionError(person.page.url)


def holds(person: Person, name: str) -> tuple[int, int]:
    """Hold a veil until its picture is there; return how large it is, and let go."""
    button = person.page.get_by_role("button", name=name, exact=True)
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box
    person.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    person.page.mouse.down()
    seen = person.page.locator(".look img")
    seen.wait_for()
    person.page.wait_for_function("document.querySelector('.look img')?.naturalWidth > 0")
    wide, high = seen.evaluate("e => [e.naturalWidth, e.naturalHeight]")
    person.page.mouse.up()
    assert seen.count() == 0
    return wide, high


def saves(person: Person, words: str) -> tuple[str, bytes]:
    """Press what saves a file; return the name that the browser is told, and what is in it."""
    with person.page.expect_download() as waiting:
        person.page.get_by_role("link", name=words, exact=True).evaluate("e => e.click()")
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_what_a_file_says_is_said_and_a_clean_copy_is_saved_without_a_vault(newcomer, full):
    person: Person = newcomer
    person.goes_to("rooms")
    person.page.locator("a.choice", has_text="What does this file say?").click()
    judged(person, "inside", full=full)
    person.clicks(INSIDE["look"])
    assert person.page.locator("#files-wrong").inner_text() == INSIDE["none"]
    judged(person, "inside-none", full=full)
    person.complaints.clear()  # that the form was not taken, which is right
    hands_in(person, ("IMG_20240312_101112.jpg", telling()))
    assert person.heading() == INSIDE["heading"]
    for words in ("48.85", "Some Body", "SN-77", "IMG_20240312_101112.jpg"):
        assert person.sees(words), words
    judged(person, "inside-told", full=full)
    person.clicks(INSIDE["get"])
    waits(person)
    assert person.heading() == CLEAN["title"]
    judged(person, "inside-clean", full=full)
    name, copy = saves(person, "Save picture-01.jpg")
    assert name == "picture-01.jpg"
    assert CANARY in telling()
    assert CANARY not in copy
    assert not Image.open(io.BytesIO(copy)).getexif().get_ifd(0x8825)
    assert not person.door.home.exists()
    assert person.complaints == []


def test_a_preview_that_shows_more_is_veiled_until_it_is_held(newcomer, full):
    hands_in(newcomer, ("a.jpg", cropped()))
    assert newcomer.sees(INSIDE["more"])
    assert not [url for url in newcomer.requests if url.endswith("/f")]
    judged(newcomer, "inside-more", full=full)
    wide, high = holds(newcomer, f"{INSIDE['hold']}: {INSIDE['picture']}")
    assert (wide, high) == (100, 200)
    wide, high = holds(newcomer, f"{INSIDE['hold']}: {INSIDE['preview']}")
    assert wide > high


def test_the_bytes_of_a_file_go_to_an_image_of_our_page_and_to_nothing_else(newcomer):
    hands_in(newcomer, ("a.jpg", cropped()))
    path = newcomer.page.locator("[data-picture]").first.get_attribute("data-picture")
    assert path
    newcomer.page.goto(newcomer.url(path))
    assert newcomer.sees("Not found")


def test_several_files_become_clean_copies_and_what_is_none_is_named(newcomer, full):
    files = (("one.jpg", telling()), ("two.png", stills.png()), ("three.jpg", b"not a picture"))
    hands_in(newcomer, *files)
    assert newcomer.page.locator("#files-wrong").inner_text() == INSIDE["one"]
    hands_in(newcomer, *files, do="clean")
    assert newcomer.sees("picture-01.jpg")
    assert newcomer.sees("picture-01.png")
    assert newcomer.sees(CLEAN["skipped"])
    assert newcomer.sees("three.jpg")
    judged(newcomer, "inside-several", full=full)
    for name in ("picture-01.jpg", "picture-01.png"):
        told, copy = saves(newcomer, f"Save {name}")
        assert told == name
        assert CANARY not in copy


def test_what_cannot_be_cleaned_as_it_is_can_be_drawn_anew(newcomer):
    hands_in(newcomer, ("a.bmp", unclean()), do="clean")
    assert newcomer.heading() == CLEAN["none"]
    newcomer.clicks(CLEAN["anew"])
    waits(newcomer)
    assert newcomer.sees(CLEAN["redrawn"])
    _name, copy = saves(newcomer, "Save picture-01.jpg")
    assert Image.open(io.BytesIO(copy)).size == (64, 48)


def test_a_file_that_nobody_understands_is_told_beside_the_field(newcomer, full):
    hands_in(newcomer, ("a.jpg", b"nothing of the kind"))
    assert newcomer.page.locator("#files-wrong").count() == 1
    judged(newcomer, "inside-unknown", full=full)
    hands_over(newcomer, ("a.jpg", telling()), button=INSIDE["look"])
    assert newcomer.heading() == INSIDE["heading"]


def test_a_file_that_was_forgotten_is_gone(newcomer, full):
    hands_in(newcomer, ("a.jpg", telling()))
    told = newcomer.page.url
    newcomer.clicks(INSIDE["forget"])
    assert newcomer.heading() == INSIDE["title"]
    newcomer.page.goto(told)
    assert newcomer.sees(FILES["gone"])
    judged(newcomer, "file-gone", full=full)


def test_locking_takes_files_out_of_memory(resident):
    hands_in(resident, ("a.jpg", telling()))
    told = resident.page.url
    resident.door.lock()
    resident.page.goto(told)
    assert resident.sees(FILES["gone"])


@pytest.mark.parametrize("way", ["look", "clean"])
def test_it_works_without_scripts(opens, way):
    person = opens(java_script_enabled=False)
    hands_in(person, ("IMG_20240312_101112.jpg", telling()), do=way)
    assert person.heading() == (INSIDE["heading"] if way == "look" else CLEAN["title"])
