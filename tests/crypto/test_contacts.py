"""A contact line says what to seal to and who signs, and a slip in it is noticed."""

from __future__ import annotations

import pytest
from mnemonic import Mnemonic

from stillmine.crypto import (
    Contact,
    PersonalKey,
    X25519Identity,
    check_signature,
    decrypt,
    encrypt,
    fingerprint_words,
    new_passphrase_words,
    read_recipient,
)
from stillmine.errors import NotARecipient

WORDLIST = Mnemonic("english").wordlist


@pytest.fixture(scope="module")
def key() -> PersonalKey:
    return PersonalKey(bytes(range(32)))


@pytest.mark.parametrize("hybrid", [False, True])
def test_a_contact_line_is_read_as_it_was_written_also_in_capitals(
    key: PersonalKey, hybrid: bool
) -> None:
    contact = key.contact(hybrid=hybrid)
    assert Contact.from_string(str(contact)) == contact
    assert Contact.from_string(f" {str(contact).upper()}\n") == contact


def test_the_keys_of_a_person_always_come_from_the_same_secret(key: PersonalKey) -> None:
    # Written down once: a change here would lock people out of what others sealed for them.
    assert str(key.contact()) == (
        "stillmine1q9spky2araq5hgxqrnvemksca4ck8wsl3wj8h34ygcushv9nqu"
        "whydu8597jg5ep0z4lqkldkkefq83zaqfm6f225evhc3tetef9lacz4d8550"
    )
    assert key.contact().fingerprint == tuple(
        ["later", "patch", "spatial", "walnut", "flame", "stock", "motion", "chase"]
    )


@pytest.mark.parametrize("hybrid", [False, True])
def test_what_is_sealed_to_a_contact_opens_with_the_persons_identities(
    key: PersonalKey, hybrid: bool
) -> None:
    recipient = Contact.from_string(str(key.contact(hybrid=hybrid))).recipient
    assert decrypt(encrypt(b"plain", [recipient]), key.identities) == b"plain"


def test_the_signing_key_in_the_line_is_the_one_that_signs(key: PersonalKey) -> None:
    signing = Contact.from_string(str(key.contact())).signing
    assert signing is not None
    check_signature(signing, key.signing.sign(b"message"), b"message")


def test_a_plain_age_key_is_a_contact_that_cannot_be_recognised() -> None:
    line = str(X25519Identity.generate().recipient)
    contact = Contact.from_string(line)
    assert contact.signing is None
    assert str(contact) == line
    assert read_recipient(line.upper()) == contact.recipient


def test_one_changed_letter_is_noticed(key: PersonalKey) -> None:
    line = str(key.contact())
    for place in range(len("stillmine1"), len(line), 7):
        other = "q" if line[place] != "q" else "p"
        with pytest.raises(NotARecipient):
            Contact.from_string(line[:place] + other + line[place + 1 :])


@pytest.mark.parametrize("text", ["", "stillmine1", "age1", "age1pq1", "x" * 9000, "stillmine1é"])
def test_what_is_no_contact_is_refused(text: str) -> None:
    with pytest.raises(NotARecipient):
        Contact.from_string(text)


def test_a_line_of_an_unknown_kind_or_length_is_refused(key: PersonalKey) -> None:
    from stillmine.crypto import bech32

    for data in (b"\x03" + bytes(64), b"\x01" + bytes(63), b"\x02" + bytes(64), b"\x01"):
        with pytest.raises(NotARecipient):
            Contact.from_string(bech32.encode("stillmine", data))


def test_the_secret_is_in_no_representation(key: PersonalKey) -> None:
    assert key.secret.hex() not in repr(key)
    assert "secret" not in repr(key)


def test_fingerprints_are_eight_words_of_the_list_and_differ_with_one_bit() -> None:
    words = fingerprint_words(b"a public key")
    assert len(words) == 8
    assert set(words) <= set(WORDLIST)
    assert fingerprint_words(b"b public key") != words


def test_random_words_are_of_the_list_and_different_each_time() -> None:
    made = {new_passphrase_words() for _ in range(50)}
    assert len(made) == 50
    assert all(len(words) == 6 and set(words) <= set(WORDLIST) for words in made)
    assert len({word for words in made for word in words}) > 200
