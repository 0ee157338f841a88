"""Make a vault, write down its words, open it, get back in, change the passphrase."""

from __future__ import annotations

import re

from stillmine.messages.pages_frame import FRAME
from stillmine.messages.pages_opening import MAKE, PASSPHRASE, RECOVER, REKEY, UNLOCK, WORDS
from stillmine.messages.pages_vault import VAULT
from tests.pages.browsing import Person, judged
from tests.pages.conftest import PHRASE

STRONG = "eleven slow ferries carry quiet snow"


def types(person: Person, **fields: str) -> None:
    for name, text in fields.items():
        person.page.fill(f"#{name}", text)
    person.page.click("button.main")


def makes(person: Person, passphrase: str = STRONG) -> list[str]:
    """Make a vault, and return its twelve words."""
    person.goes_to("make")
    types(person, new_passphrase=passphrase, again=passphrase)
    person.page.wait_for_selector(".words")
    return person.page.locator(".words li").all_inner_texts()


def types_two_back(person: Person, words: list[str]) -> None:
    labels = person.page.locator("main label").all_inner_texts()
    asked = [int(re.sub(r"\D", "", label)) for label in labels]
    types(person, word_1=words[asked[0] - 1], word_2=words[asked[1] - 1])


def test_a_vault_is_made_and_its_words_are_checked(newcomer, full):
    newcomer.goes_to("make")
    assert newcomer.heading() == MAKE["title"]
    judged(newcomer, "make", full=full)
    words = makes(newcomer)
    assert len(set(words)) == len(words) == 12
    assert newcomer.heading() == WORDS["title"]
    judged(newcomer, "words", full=full)
    newcomer.clicks(WORDS["go"])
    types(newcomer, word_1="nothing", word_2="nothing")
    assert newcomer.page.locator(".wrong").count() == 1
    judged(newcomer, "words-check", full=full)
    types_two_back(newcomer, words)
    assert newcomer.heading() == WORDS["done"]
    judged(newcomer, "done")
    newcomer.clicks(FRAME["go_on"])
    assert newcomer.heading() == VAULT["title"]
    assert not newcomer.sees(VAULT["words_waiting"])


def test_words_are_shown_once_and_checked_later_where_somebody_wants_it_so(newcomer):
    words = makes(newcomer)
    newcomer.goes_to("vault")
    assert newcomer.sees(VAULT["words_waiting"])
    newcomer.clicks(VAULT["words_waiting_go"])
    assert not any(newcomer.sees(f"\n{word}\n") for word in words)
    types_two_back(newcomer, words)
    assert newcomer.heading() == WORDS["done"]


def test_what_is_wrong_stands_beside_its_field_and_no_secret_comes_back(newcomer):
    newcomer.goes_to("make")
    types(newcomer, new_passphrase="", again="")
    assert newcomer.page.locator("#new_passphrase-wrong").inner_text() == MAKE["empty"]
    types(newcomer, new_passphrase=STRONG, again="something else")
    assert newcomer.page.locator("#again-wrong").inner_text() == MAKE["not_the_same"]
    described = newcomer.page.locator("#again").get_attribute("aria-describedby") or ""
    assert "again-wrong" in described
    assert STRONG not in newcomer.page.content()
    assert not newcomer.door.has_vault()


def test_a_weak_passphrase_is_named_and_taken_only_with_a_second_yes(newcomer, full):
    newcomer.goes_to("make")
    newcomer.page.fill("#new_passphrase", "monkey")
    newcomer.page.wait_for_selector("#strength:not([hidden])")
    assert newcomer.sees(MAKE["strength_0"])
    newcomer.page.fill("#new_passphrase", STRONG)
    newcomer.page.get_by_text(MAKE["strength_4"]).wait_for()
    types(newcomer, new_passphrase="monkey", again="monkey")
    assert newcomer.heading() == MAKE["weak"]
    assert not newcomer.door.has_vault()
    assert "monkey" not in newcomer.page.content()
    judged(newcomer, "weak", full=full)
    newcomer.clicks(MAKE["another"])
    assert newcomer.heading() == MAKE["title"]
    types(newcomer, new_passphrase="monkey", again="monkey")
    newcomer.clicks(MAKE["use_weak"])
    newcomer.page.wait_for_selector(".words")
    assert newcomer.door.has_vault()


def test_a_wrong_passphrase_is_said_calmly_and_the_right_one_opens(opens, vault, full):
    person = opens(vault)
    person.goes_to("vault")
    assert person.heading() == UNLOCK["title"]
    types(person, passphrase="not this one")
    assert person.page.locator("#passphrase-wrong").count() == 1
    assert "stillmine" not in person.page.locator("#passphrase-wrong").inner_text()
    judged(person, "unlock", full=full)
    types(person, passphrase=PHRASE)
    assert person.heading() == VAULT["title"]
    person.clicks(FRAME["lock"])
    person.goes_to("vault")
    assert person.heading() == UNLOCK["title"]


def test_the_words_bring_somebody_back_in_without_the_passphrase(newcomer, full):
    words = makes(newcomer)
    newcomer.door.lock()
    newcomer.goes_to("unlock")
    newcomer.clicks(UNLOCK["forgot"])
    judged(newcomer, "recover", full=full)
    other = "seven green doors near the harbour"
    types(newcomer, words="one two three", new_passphrase=other, again=other)
    assert newcomer.page.locator("#words-wrong").count() == 1
    types(newcomer, words=" ".join(words).upper(), new_passphrase=other, again=other)
    assert newcomer.heading() == RECOVER["done"]
    newcomer.clicks(FRAME["go_on"])
    types(newcomer, passphrase=other)
    assert newcomer.heading() == VAULT["title"]


def test_the_passphrase_is_changed_and_the_old_one_opens_nothing(resident, full):
    resident.goes_to("passphrase")
    judged(resident, "passphrase", full=full)
    types(resident, passphrase="not this one", new_passphrase=STRONG, again=STRONG)
    assert resident.page.locator("#passphrase-wrong").count() == 1
    types(resident, passphrase=PHRASE, new_passphrase=STRONG, again=STRONG)
    assert resident.heading() == PASSPHRASE["done"]
    resident.clicks(FRAME["go_on"])
    types(resident, passphrase=PHRASE)
    assert resident.page.locator("#passphrase-wrong").count() == 1
    types(resident, passphrase=STRONG)
    assert resident.heading() == VAULT["title"]


def test_new_keys_bring_new_words(resident, full):
    resident.goes_to("rekey")
    assert resident.heading() == REKEY["title"]
    judged(resident, "rekey", full=full)
    types(resident, passphrase=PHRASE, new_passphrase=STRONG, again=STRONG)
    resident.page.wait_for_selector(".words")
    assert resident.page.locator(".words li").count() == 12


def test_a_second_vault_is_never_made_over_the_first(resident):
    resident.goes_to("make")
    assert resident.heading() == VAULT["title"]
