"""The statement beside a picture has one spelling, and belongs to whoever signed it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from stillmine.crypto import PersonalKey, X25519Identity
from stillmine.errors import NotAHandover, NotAsSigned
from stillmine.share.manifest import LONGEST, Manifest, check, sign
from tests.share.conftest import stated

KEY = PersonalKey(bytes(32))
RIGHT = stated(b"picture", KEY, "passphrase", wishes=("bitte nicht weitergeben ☂",), views=3)


def with_facts(**changed: Any) -> bytes:
    """Return the statement with other facts, spelled as it has to be."""
    facts = {**json.loads(RIGHT.to_json()), **changed}
    return json.dumps(facts, sort_keys=True, separators=(",", ":")).encode("ascii") + b"\n"


def test_a_statement_is_read_as_it_was_written() -> None:
    assert Manifest.from_json(RIGHT.to_json()) == RIGHT
    assert with_facts() == RIGHT.to_json()
    check(RIGHT, sign(RIGHT, KEY.signing))


def test_the_spelling_and_the_signature_are_fixed_by_an_example() -> None:
    # Written down once: a change here would make old hand-overs look forged.
    assert RIGHT.to_json() == (
        b'{"by":"stillmine1q92r4meffered2tz2gly3qc70f8havzywfsxqsvfsfw64vxjs7sjhwpzhkdunmg'
        b'mu85240ll48twadtlkualk5munll47njkt374x6fcew4xhh","file":"picture.jpg","hand_over'
        b'":"abababababababababababababababab","made":"2026-05-01T12:00:00+00:00","sha256"'
        b':"2cea274d0bedc39ec4ab6ba9e59ec889e3ed6fb56a1cf088a64d9b383378dc97","size":7,"st'
        b'illmine_hand_over":1,"to":"passphrase","until":null,"views":3,"wishes":["bitte n'
        b'icht weitergeben \\u2602"]}\n'
    )
    assert sign(RIGHT, KEY.signing)[:32] == b"9dd78bcf64014d737bb96747f7c7ae78"


@pytest.mark.parametrize(
    "changed",
    [
        {"hand_over": "AB" * 16},
        {"hand_over": "ab"},
        {"made": "yesterday"},
        {"made": "2026-05-01T12:00:00"},
        {"made": 3},
        {"by": ""},
        {"to": "é" * 10},
        {"to": "a" * 5000},
        {"file": "../picture.jpg"},
        {"file": "picture.html"},
        {"file": ["picture.jpg"]},
        {"size": -1},
        {"size": True},
        {"size": 1.5},
        {"sha256": "0" * 63},
        {"wishes": ["x" * 201]},
        {"wishes": ["a\nb"]},
        {"wishes": [""]},
        {"wishes": ["x"] * 11},
        {"wishes": "abc def"},
        {"wishes": [3]},
        {"wishes": 3},
        {"until": "2026-13-01"},
        {"until": "20260501"},
        {"views": 0},
        {"views": True},
        {"views": 10**9},
        {"stillmine_hand_over": 2},
        {"more": 1},
    ],
)
def test_a_statement_with_a_wrong_fact_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(NotAHandover):
        Manifest.from_json(with_facts(**changed))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"null",
        b"[]",
        b"{}",
        b"\xff",
        b"[" * 100_000,
        RIGHT.to_json()[:-1],
        RIGHT.to_json().replace(b",", b", "),
        RIGHT.to_json() + b" ",
        RIGHT.to_json().replace(b'"size":7', b'"size":7,"size":7'),
        b" " * (LONGEST + 1),
    ],
)
def test_a_statement_with_another_spelling_is_refused(data: bytes) -> None:
    with pytest.raises(NotAHandover):
        Manifest.from_json(data)


def test_a_changed_statement_does_not_fit_its_signature() -> None:
    with pytest.raises(NotAsSigned):
        check(replace(RIGHT, wishes=()), sign(RIGHT, KEY.signing))


def test_the_signature_of_another_key_does_not_fit() -> None:
    other = PersonalKey.generate()
    with pytest.raises(NotAsSigned):
        check(RIGHT, sign(RIGHT, other.signing))


@pytest.mark.parametrize("signature", [b"", b"00", b"zz" * 64, b"\xff" * 128, b"0" * 129])
def test_what_is_no_signature_is_refused(signature: bytes) -> None:
    with pytest.raises(NotAHandover):
        check(RIGHT, signature)


def test_a_sender_without_a_signing_key_has_signed_nothing() -> None:
    nobody = replace(RIGHT, by=str(X25519Identity.generate().recipient))
    with pytest.raises(NotAHandover):
        check(nobody, sign(nobody, KEY.signing))
