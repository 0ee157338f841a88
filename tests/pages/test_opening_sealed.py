"""Open what somebody sealed, in a browser: with words and no vault, and with the own key."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from stillmine.crypto import Contact, PersonalKey
from stillmine.imaging import drawn
from stillmine.messages.pages_inspecting import OPENED, SEALED
from stillmine.messages.pages_vault import ADD
from stillmine.share import seal
from stillmine.share.seal import seal_to_key, seal_with_passphrase
from tests.pages.browsing import Person, judged
from tests.pages.test_inspecting import holds, saves
from tests.share.conftest import sealed

WORDS = "copper lamp under seven quiet trees"
PICTURE = drawn.draw(6, size=(320, 240))


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "WORK_FACTOR", 8)


def with_words(**more: Any) -> bytes:
    return sealed(seal_with_passphrase(WORDS, page=False), PICTURE, **more)


def to_key_of(person: Person, by: PersonalKey | None = None) -> bytes:
    answer: Any = person.door.do("share.key")
    own = Contact.from_string(answer.contact)
    return sealed(seal_to_key(own.recipient), PICTURE, by)


def opens_it(person: Person, data: bytes | None, words: str = "", name: str = "k7.age") -> None:
    if data is not None:
        payload = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        person.page.set_input_files("#file", payload)  # type: ignore[arg-type]  # as it is typed
    person.page.fill("[name=handover-passphrase]", words)
    person.clicks(SEALED["go"])


def test_a_file_with_words_is_opened_looked_at_and_saved_without_a_vault(newcomer, full):
    person: Person = newcomer
    person.goes_to("rooms")
    person.page.locator("a.choice", has_text="Open what somebody sealed for you").click()
    judged(person, "sealed", full=full)
    person.clicks(SEALED["go"])
    assert person.page.locator("#file-wrong").inner_text() == SEALED["none"]
    opens_it(person, with_words(wishes=("Please do not pass it on",), until="2027-01-31"))
    assert person.page.locator("#handover-passphrase-wrong").inner_text() == SEALED["needed"]
    opens_it(person, None, "other words that do not fit")
    assert person.page.locator("#handover-passphrase-wrong").count() == 1
    assert person.sees(SEALED["here"])
    judged(person, "sealed-wrong", full=full)
    opens_it(person, None, WORDS.upper())
    assert person.heading() == OPENED["title"]
    assert person.sees(OPENED["unknown"])
    assert person.sees("Please do not pass it on")
    assert person.sees("2027-01-31")
    assert not [url for url in person.requests if url.endswith("/f")]
    judged(person, "sealed-open", full=full)
    assert holds(person, OPENED["hold"]) == (320, 240)
    person.page.locator("summary", has_text=OPENED["save"]).click()
    name, plain = saves(person, OPENED["save"])
    assert plain == PICTURE
    assert Path(name).suffix == ".jpg"
    person.clicks(OPENED["forget"])
    assert person.heading() == SEALED["title"]
    assert not person.door.home.exists()
    assert WORDS not in person.page.content()


def test_a_page_with_a_picture_in_it_is_opened_too(newcomer):
    newcomer.goes_to("sealed")
    page = sealed(seal_with_passphrase(WORDS, page=True), PICTURE)
    opens_it(newcomer, page, WORDS, "letter.html")
    assert newcomer.heading() == OPENED["title"]


def test_what_was_sealed_to_the_own_key_is_kept_in_the_vault(resident, full):
    friend = PersonalKey.generate()
    resident.door.do("share.people.add", name="Sam", key=str(friend.contact()))
    data = to_key_of(resident, friend)
    resident.goes_to("sealed")
    opens_it(resident, data)
    assert resident.sees("The signature fits the key that you have for Sam.")
    assert resident.page.get_by_role("link", name=OPENED["compare"]).count() == 1
    judged(resident, "sealed-known", full=full)
    resident.clicks(OPENED["keep"])
    assert resident.sees(ADD["age"])
    resident.page.locator("input[value=no]").check()
    resident.page.locator("main button.main").click()
    resident.clicks(OPENED["keep"])
    assert resident.heading() == "From Sam"
    kept = resident.door.do("keep.list").items
    assert len(kept) == 4
    resident.door.do("share.people.verify", name="Sam", same=True)
    resident.goes_to("sealed")
    opens_it(resident, data)
    assert resident.sees("proven by the signature, and by the words that you compared")


def test_where_somebody_was_under_18_nothing_is_kept(resident):
    resident.goes_to("sealed")
    opens_it(resident, to_key_of(resident))
    resident.clicks(OPENED["keep"])
    resident.page.locator("input[value=unsure]").check()
    resident.page.locator("main button.main").click()
    assert resident.sees(ADD["young_text"])
    assert len(resident.door.do("keep.list").items) == 3


def test_what_is_for_another_key_or_is_not_sealed_is_said_beside_the_file(resident, newcomer, full):
    other = PersonalKey.generate().contact()
    for data in (sealed(seal_to_key(other.recipient), PICTURE), PICTURE, with_words()[:300]):
        resident.goes_to("sealed")
        opens_it(resident, data, WORDS)
        wrong = resident.page.locator("#file-wrong, #handover-passphrase-wrong")
        assert wrong.count() == 1
    judged(resident, "sealed-not-for-me", full=full)


def test_a_key_needs_a_vault_and_that_is_said(newcomer):
    newcomer.goes_to("sealed")
    opens_it(newcomer, sealed(seal_to_key(PersonalKey.generate().contact().recipient), PICTURE))
    assert newcomer.page.locator("#file-wrong").inner_text() == SEALED["no_vault"]


def test_a_locked_vault_is_unlocked_first(opens, vault):
    person = opens(vault)
    person.goes_to("sealed")
    assert person.page.locator("input[name=passphrase]").count() == 1


def test_the_bytes_that_a_browser_is_shown_are_drawn_anew(newcomer):
    """A stranger made the file: what they put behind the picture does not reach the browser."""
    newcomer.goes_to("sealed")
    hidden = b"canary behind the end" * 9
    opens_it(newcomer, sealed(seal_with_passphrase(WORDS, page=False), PICTURE + hidden), WORDS)
    found: list[bytes] = []
    newcomer.page.on("response", lambda each: found.append(each.body()) if is_look(each) else None)
    holds(newcomer, OPENED["hold"])
    newcomer.page.wait_for_timeout(100)
    assert found
    assert b"canary" not in found[0]
    assert Image.open(io.BytesIO(found[0])).size == (320, 240)


def is_look(response: Any) -> bool:
    return bool(response.url.endswith("/f"))
