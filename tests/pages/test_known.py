"""People you share with in a browser: their keys, the words to compare, and who was given what."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from stillmine.app.actions import Secret
from stillmine.app.context import Context
from stillmine.imaging import drawn
from stillmine.keep import setup
from stillmine.messages.pages_passing import MINE
from stillmine.messages.pages_sharing import GIVEN, KNOWN, PERSON
from stillmine.share.key import KeyRequest, key
from stillmine.web.door import FormKeys
from tests.pages.browsing import Person, judged
from tests.pages.conftest import PHRASE
from tests.pages.test_inspecting import saves


@pytest.fixture
def friend(tmp_path: Path) -> Any:
    """Return the key of somebody who has a vault of their own."""
    context = Context(tmp_path / "friend", FormKeys({"passphrase": Secret(PHRASE)}))
    setup.init(context, setup.InitRequest(Secret(PHRASE)))
    return key(context, KeyRequest())


def adds(person: Person, name: str, line: str) -> None:
    person.goes_to("known")
    person.page.fill("#name", name)
    person.page.fill("#key", line)
    person.clicks(KNOWN["go"])


def gives(person: Person, folder: Path, *names: str, **more: Any) -> None:
    """Hand a picture over, to each of them one copy."""
    folder.mkdir(exist_ok=True)
    (folder / "hill.jpg").write_bytes(drawn.draw(9, size=(640, 480)))
    added = person.door.do("keep.add", paths=(folder / "hill.jpg",), label="On the hill").added
    for name in names:
        person.door.do(
            "share.make", items=(added[0].item,), for_=name, to=folder, unmarked=True, **more
        )


def test_somebody_is_added_compared_and_forgotten(resident, friend, full):
    resident.goes_to("known")
    assert resident.sees(KNOWN["empty"])
    judged(resident, "known-empty", full=full)
    adds(resident, "Sam", friend.contact)
    assert resident.heading() == "Sam"
    assert resident.sees(friend.fingerprint)
    assert "Sam" not in resident.page.url
    judged(resident, "known-person", full=full)
    resident.clicks(PERSON["same"])
    assert resident.sees("You compared the words on ")
    judged(resident, "known-compared", full=full)
    assert resident.door.do("share.people.list").people[0].compared
    resident.goes_to("known")
    judged(resident, "known", full=full)
    resident.clicks("Sam")
    resident.page.locator("summary", has_text=PERSON["forget"]).click()
    resident.clicks(PERSON["forget_go"])
    assert resident.sees(PERSON["tick"])
    judged(resident, "known-forget", full=full)
    resident.page.check("#yes")
    resident.clicks(PERSON["forget_go"])
    assert resident.sees(KNOWN["empty"])


def test_what_is_wrong_with_a_new_person_stands_beside_its_field(resident, friend, tmp_path, full):
    (tmp_path / "line.txt").write_text(friend.contact)
    for line in ("", "no line", str(tmp_path / "line.txt")):
        adds(resident, "Sam", line)
        assert resident.page.locator("#key-wrong").count() == 1, line
    adds(resident, "Sam", "stillmine1broken")
    assert resident.page.locator("#key-wrong").count() == 1
    judged(resident, "known-wrong", full=full)
    adds(resident, "Sam", friend.contact)
    adds(resident, "Sam", friend.contact)
    assert resident.page.locator("#name-wrong").count() == 1


def test_one_s_own_contact_line_is_shown_when_it_is_asked_for(resident, full):
    resident.goes_to("known")
    assert "stillmine1" not in resident.page.locator("#main input").first.input_value()
    resident.clicks(KNOWN["mine_go"])
    mine = resident.door.do("share.key")
    assert resident.page.locator("#mine").inner_text() == mine.contact
    assert resident.page.locator("#mine-words").inner_text() == mine.fingerprint
    judged(resident, "known-mine", full=full)


def test_who_was_given_what_is_listed_and_asked_back_with_a_letter(
    resident, friend, tmp_path, full
):
    resident.goes_to("given")
    assert resident.sees(GIVEN["empty"])
    judged(resident, "given-empty", full=full)
    resident.door.do("share.people.add", name="Sam", key=friend.contact)
    gives(resident, tmp_path / "out", "Sam", "Sam")
    resident.goes_to("given")
    assert resident.sees("Sam: On the hill")
    resident.clicks(GIVEN["go"])
    assert resident.page.locator("#handovers-wrong").inner_text() == GIVEN["choose"]
    judged(resident, "given", full=full)
    resident.page.locator("input[name=handovers]").first.check()
    resident.clicks(GIVEN["go"])
    assert resident.heading() == GIVEN["written"]
    judged(resident, "given-written", full=full)
    name, letter = saves(resident, f"{GIVEN['letter_save']}: Sam")
    assert "Sam" in letter.decode()
    assert "sam" not in name
    assert name.endswith(".txt")
    first, second = resident.door.do("share.list").handovers
    assert (first.withdrawn is None) != (second.withdrawn is None)
    resident.clicks(GIVEN["back"])
    assert resident.sees("You asked to delete it on ")


def test_the_whole_list_is_saved_for_a_lawyer_under_a_name_that_says_nothing(resident, tmp_path):
    gives(resident, tmp_path / "out", "Sam", "Kim", unsealed=True)
    resident.goes_to("given")
    for words, ending in (("export_txt", "txt"), ("export_csv", "csv"), ("export_json", "json")):
        name, content = saves(resident, GIVEN[words])
        assert re.fullmatch(rf"notes-\d{{4}}-\d\d-\d\d\.{ending}", name)
        assert b"Sam" in content
        assert b"Kim" in content
    assert b"seed" not in content


def test_the_own_key_can_be_scanned_and_saved(resident, full):
    resident.goes_to("mine")
    judged(resident, "mine", full=full)
    own = resident.door.do("share.key")
    seen = resident.page.locator("img.scan")
    assert seen.evaluate("e => e.complete && e.naturalWidth") > 100
    _name, line = saves(resident, MINE["save_txt"])
    assert line.decode().strip() == own.contact
    _name, picture = saves(resident, MINE["save_png"])
    assert read_code(picture) == own.contact.upper()
    resident.page.locator("summary", has_text=MINE["long"]).click()
    resident.clicks(MINE["long"])
    long = resident.door.do("share.key", quantum_safe=True)
    assert resident.page.locator("#mine").inner_text() == long.contact
    judged(resident, "mine-long", full=full)


def read_code(picture: bytes) -> str:
    """Read a QR code as another program would."""
    cv2 = pytest.importorskip("cv2")
    pixels = cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_GRAYSCALE)
    text, _corners, _straight = cv2.QRCodeDetector().detectAndDecode(pixels)
    return str(text)


def test_an_address_of_nobody_leads_to_the_list(resident):
    resident.goes_to("known.person", person="0123456789abcdef")
    assert resident.heading() == KNOWN["title"]
