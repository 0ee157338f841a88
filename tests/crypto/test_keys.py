"""Keys are read and written as the age specification says, and slips are noticed."""

from __future__ import annotations

import pytest

from stillmine import crypto
from stillmine.crypto import (
    HybridIdentity,
    HybridRecipient,
    Passphrase,
    SigningKey,
    X25519Identity,
    X25519Recipient,
    decrypt,
    encrypt,
    normalise_passphrase,
    parse_identities,
)
from stillmine.crypto.bech32 import encode
from stillmine.errors import NotAnIdentity, NotARecipient
from tests.crypto.conftest import cases


def test_the_list_of_names_is_exact_and_sorted() -> None:
    assert crypto.__all__ == sorted(crypto.__all__)
    assert all(hasattr(crypto, name) for name in crypto.__all__)


@pytest.mark.parametrize("case", cases("keys"), ids=["x25519", "hybrid"])
def test_the_examples_of_the_specification_are_read(case: dict[str, str]) -> None:
    (identity,) = parse_identities(case["identity"])
    assert isinstance(identity, X25519Identity | HybridIdentity)
    assert str(identity) == case["identity"]
    assert str(identity.recipient) == case["recipient"]
    assert type(identity.recipient).from_string(case["recipient"]) == identity.recipient


@pytest.mark.parametrize("kind", [X25519Identity, HybridIdentity])
def test_the_same_secret_makes_the_same_key(kind: type[X25519Identity | HybridIdentity]) -> None:
    one, two = kind.from_secret(b"\x07" * 32), kind.from_secret(b"\x07" * 32)
    assert str(one) == str(two)
    assert decrypt(encrypt(b"plain", [one.recipient]), [two]) == b"plain"
    with pytest.raises(ValueError, match="32"):
        kind.from_secret(bytes(31))


@pytest.mark.parametrize("case", cases("keys"), ids=["x25519", "hybrid"])
def test_every_single_slip_in_a_secret_key_is_noticed(case: dict[str, str]) -> None:
    text = case["identity"]
    for place in range(len(text)):
        for wrong in "Q8":
            if text[place] != wrong:
                with pytest.raises(NotAnIdentity):
                    parse_identities(text[:place] + wrong + text[place + 1 :])


@pytest.mark.parametrize("kind", [X25519Recipient, HybridRecipient])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "age1",
        "age",
        "AGE1ZVKYG2LQZRAA2LNJVQEJ32NKUU0UES2S82HZRYE869XEEXVN73EQUNUJWJ",
        encode("age", bytes(31)),
        encode("age", bytes(33)),
        encode("age1pq", bytes(1215)),
        encode("age1pq", b"\xff" * 1216),
        encode("age1pqx", bytes(1216)),
        encode("bge", bytes(32)),
        "age1" + "q" * 10_000,
        "agé1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj",
    ],
)
def test_what_is_no_public_key_is_refused(
    kind: type[X25519Recipient | HybridRecipient], text: str
) -> None:
    with pytest.raises(NotARecipient):
        kind.from_string(text)


@pytest.mark.parametrize("kind", [X25519Identity, HybridIdentity])
@pytest.mark.parametrize(
    "text", ["", "AGE-SECRET-KEY-1", encode("age-secret-key-", bytes(32)), "AGE-SECRET-KEY-PQ-1"]
)
def test_what_is_no_secret_key_is_refused(
    kind: type[X25519Identity | HybridIdentity], text: str
) -> None:
    with pytest.raises(NotAnIdentity):
        kind.from_string(text)


def test_an_identity_file_holds_comments_and_several_keys() -> None:
    keys = [X25519Identity.generate(), HybridIdentity.generate(), X25519Identity.generate()]
    text = "# made today\r\n\r\n" + "\r\n".join(f"  {key}" for key in keys) + "\n\t\n# end"
    assert [str(key) for key in parse_identities(text)] == [str(key) for key in keys]


@pytest.mark.parametrize(
    ("text", "line"), [("", 0), ("# only a comment\n", 0), ("#\n\nnonsense", 3), ("\n" * 2**20, 0)]
)
def test_a_bad_identity_file_says_which_line(text: str, line: int) -> None:
    with pytest.raises(NotAnIdentity) as caught:
        parse_identities(text)
    assert caught.value.facts == {"line": line}


def test_no_secret_is_shown_by_accident() -> None:
    identity, hybrid = X25519Identity.generate(), HybridIdentity.from_secret(b"\x41" * 32)
    signing = SigningKey.from_secret(b"\x42" * 32)
    shown = repr((identity, hybrid, Passphrase("opensesame"), signing))
    assert "SECRET" not in shown
    assert "opensesame" not in shown
    assert "AAAA" not in shown
    assert "BBBB" not in shown


def test_a_passphrase_is_the_same_from_every_keyboard() -> None:
    assert normalise_passphrase("cafe\u0301\r\n") == "caf\u00e9"
    assert normalise_passphrase(" kept inside  \n") == " kept inside  "


def test_a_passphrase_of_any_characters_can_be_used() -> None:
    for text in ("", "\ud800", "🐈" * 1000, "a\0b"):
        phrase = Passphrase(text, work_factor=1)
        assert decrypt(encrypt(b"plain", [phrase]), [Passphrase(text)]) == b"plain"
