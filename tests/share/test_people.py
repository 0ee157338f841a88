"""People are known by a name and a key, and a key is trusted after it was compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from stillmine.app.actions import Outcome, Secret
from stillmine.crypto import HybridIdentity, X25519Identity
from stillmine.errors import (
    InsideHome,
    NoContact,
    PersonExists,
    TargetExists,
    UnknownPerson,
    WrongUsage,
)
from stillmine.keep import rekey, ways_in
from stillmine.share import people
from tests.share.conftest import PHRASE, Person


def listed(person: Person) -> people.PeopleAnswer:
    return person.does(people.list_people, people.PeopleRequest())


def verify(person: Person, name: str, *, same: bool = False) -> people.VerifyPersonAnswer:
    return person.does(people.verify_person, people.VerifyPersonRequest(name, same=same))


def forget(person: Person, name: str) -> people.ForgetPersonAnswer:
    return person.does(people.forget, people.ForgetPersonRequest(name))


def test_a_key_is_made_when_it_is_first_needed_and_stays_the_same(
    newcomer: Callable[[str], Person],
) -> None:
    ada = newcomer("Cleo")
    ada.sets_up()
    first = ada.key()
    assert first.contact.startswith("stillmine1")
    assert first.age_recipient.startswith("age1")
    assert len(first.fingerprint.split()) == 8
    assert ada.key() == first


def test_the_quantum_safe_key_is_another_line_of_the_same_person(ada: Person) -> None:
    short, long = ada.key(), ada.key(quantum_safe=True)
    assert long.age_recipient.startswith("age1pq1")
    assert long.contact != short.contact
    assert long.fingerprint != short.fingerprint


def test_the_key_survives_new_keys_and_a_lost_passphrase(ada: Person) -> None:
    before = ada.key()
    answer = ada.does(rekey.rekey, rekey.RekeyRequest(Secret(PHRASE)))
    assert ada.key() == before
    words = Secret(" ".join(answer.words))
    ada.phrase = "another passphrase altogether"
    ada.does(ways_in.recover, ways_in.RecoverRequest(words, Secret(ada.phrase)))
    assert ada.key() == before


def test_the_code_on_the_screen_and_in_the_file_says_the_contact_line(
    ada: Person, tmp_path: Path
) -> None:
    file = tmp_path / "key.png"
    answer = ada.key(save=file)
    read, *_ = cv2.QRCodeDetector().detectAndDecode(cv2.imread(str(file)))
    assert read.lower() == answer.contact
    upper = [[sign in "\u2588\u2580" for sign in line] for line in answer.qr_code]
    lower = [[sign in "\u2588\u2584" for sign in line] for line in answer.qr_code]
    rows = [row for pair in zip(upper, lower, strict=True) for row in pair]
    light = np.array(rows, np.uint8).repeat(8, axis=0).repeat(8, axis=1) * 255
    shown, *_ = cv2.QRCodeDetector().detectAndDecode(np.pad(light, 32, constant_values=255))
    assert shown.lower() == answer.contact


def test_a_long_key_is_no_code_on_the_screen_but_one_in_a_file(ada: Person, tmp_path: Path) -> None:
    file = tmp_path / "key.svg"
    assert ada.key(quantum_safe=True, save=file).qr_code == ()
    assert file.read_bytes().startswith(b"<?xml")


def test_the_line_can_be_written_to_a_file_and_added_from_it(
    ada: Person, bo: Person, tmp_path: Path
) -> None:
    file = tmp_path / "ada.txt"
    answer = ada.key(save=file)
    added = bo.adds("Ada", str(file))
    assert added.fingerprint == answer.fingerprint
    assert added.kind == "stillmine"


def test_no_file_is_overwritten_and_none_lands_in_the_vault(ada: Person, tmp_path: Path) -> None:
    file = tmp_path / "key.txt"
    file.write_text("mine")
    with pytest.raises(TargetExists):
        ada.key(save=file)
    assert file.read_text() == "mine"
    with pytest.raises(InsideHome):
        ada.key(save=ada.folder / "key.txt")
    with pytest.raises(WrongUsage):
        ada.key(save=tmp_path / "key.pdf")


@pytest.mark.parametrize("made", [X25519Identity.generate, HybridIdentity.generate])
def test_a_plain_age_key_can_be_added(ada: Person, made: Callable[[], X25519Identity]) -> None:
    added = ada.adds("Cleo", str(made().recipient))
    assert added.kind == "age"
    assert added.quantum_safe == (made == HybridIdentity.generate)


def test_nobody_is_known_at_first(ada: Person) -> None:
    answer = listed(ada)
    assert answer.people == ()
    assert answer.outcome is Outcome.NOTHING_FOUND


def test_people_are_listed_by_name(ada: Person) -> None:
    for name in ("Zoë", "bo", "Cleo"):
        ada.adds(name, str(X25519Identity.generate().recipient))
    assert [each.name for each in listed(ada).people] == ["bo", "Cleo", "Zoë"]


def test_one_name_and_one_key_belong_to_one_person(ada: Person, bo: Person) -> None:
    line = bo.key().contact
    ada.adds("Bo", line)
    with pytest.raises(PersonExists):
        ada.adds(" bO ", str(X25519Identity.generate().recipient))
    with pytest.raises(PersonExists):
        ada.adds("Robert", line.upper())


@pytest.mark.parametrize("name", ["", "   ", "a\nb", "x" * 201, "a\x1b[31m"])
def test_a_name_that_cannot_be_shown_is_not_taken(ada: Person, name: str) -> None:
    with pytest.raises(WrongUsage):
        ada.adds(name, str(X25519Identity.generate().recipient))


@pytest.mark.parametrize("line", ["", "age1", "stillmine1qqqq", "/not/there", "\0", "x" * 5000])
def test_what_is_no_key_is_not_added(ada: Person, line: str) -> None:
    with pytest.raises(NoContact):
        ada.adds("Bo", line)
    assert listed(ada).people == ()


def test_a_file_with_two_keys_is_not_guessed_at(ada: Person, tmp_path: Path) -> None:
    file = tmp_path / "two.txt"
    file.write_text("\n".join(str(X25519Identity.generate().recipient) for _ in range(2)))
    with pytest.raises(NoContact):
        ada.adds("Bo", str(file))


def test_words_are_compared_and_the_day_is_noted(
    newcomer: Callable[[str], Person], bo: Person
) -> None:
    ada = newcomer("Cleo")
    ada.sets_up()
    ada.adds("Bo", bo.key().contact)
    answer = verify(ada, "bo")
    assert answer.their_words == bo.key().fingerprint
    assert answer.your_words is None  # nobody asked for a key of Ada's yet
    assert answer.compared is None
    assert listed(ada).people[0].compared is None
    assert verify(ada, "Bo", same=True).compared == ada.clock
    assert listed(ada).people[0].compared == ada.clock
    own = ada.key().fingerprint
    assert verify(ada, "Bo").your_words == own


def test_a_person_is_forgotten_with_the_key(ada: Person, bo: Person) -> None:
    ada.adds("Bo", bo.key().contact)
    verify(ada, "Bo", same=True)
    assert forget(ada, "BO").name == "Bo"
    with pytest.raises(UnknownPerson):
        verify(ada, "Bo")
    ada.adds("Bo", bo.key().contact)
    assert listed(ada).people[0].compared is None
