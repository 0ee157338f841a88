"""Derived keys, sums, padding and signatures are what the cited documents say."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stillmine.crypto import (
    SigningKey,
    check_signature,
    derive,
    keyed_digest,
    merkle_root,
    padded_size,
)
from stillmine.errors import BadSignature
from tests.crypto.conftest import cases


@pytest.mark.parametrize("case", cases("derivation"), ids=lambda case: case["purpose"])
def test_a_derived_key_is_what_openssl_derives(case: dict[str, Any]) -> None:
    derived = derive(bytes.fromhex(case["secret"]), case["purpose"], case["length"])
    assert derived.hex() == case["derived"]


def test_every_purpose_has_a_key_of_its_own() -> None:
    purposes = ["catalogue", "slots", "items", "items/1", ""]
    assert len({derive(bytes(32), purpose) for purpose in purposes}) == len(purposes)


@pytest.mark.parametrize("case", cases("keyed_digest"), ids=lambda case: case["key"][:4])
def test_a_keyed_digest_is_hmac_sha256(case: dict[str, str]) -> None:
    digest = keyed_digest(bytes.fromhex(case["key"]))
    for letter in case["message"]:
        digest.update(letter.encode())
    assert digest.hexdigest() == case["digest"]


@pytest.mark.parametrize("case", cases("padding"), ids=lambda case: str(case["size"]))
def test_padding_follows_the_formula(case: dict[str, int]) -> None:
    assert padded_size(case["size"]) == case["padded"]


@given(st.integers(0, 2**50))
def test_padding_is_enough_little_and_stable(size: int) -> None:
    padded = padded_size(size)
    assert size <= padded
    assert padded % 512 == 0
    assert padded_size(padded) == padded
    assert padded <= max(4096, size * 1.12 + 512)


@given(st.integers(0, 2**50), st.integers(0, 2**50))
def test_a_larger_file_is_never_padded_to_less(one: int, two: int) -> None:
    assert padded_size(min(one, two)) <= padded_size(max(one, two))


def test_no_size_is_negative() -> None:
    with pytest.raises(ValueError, match="negative"):
        padded_size(-1)


@pytest.mark.parametrize("case", cases("merkle"), ids=lambda case: str(len(case["leaves"])))
def test_a_merkle_root_is_that_of_the_reference(case: dict[str, Any]) -> None:
    assert merkle_root(map(bytes.fromhex, case["leaves"])).hex() == case["root"]


def recursive_root(leaves: list[bytes]) -> bytes:
    """Compute the root as RFC 6962 words it: split at the largest power of two below."""
    if len(leaves) < 2:
        return hashlib.sha256(b"".join(b"\0" + leaf for leaf in leaves)).digest()
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    halves = recursive_root(leaves[:split]) + recursive_root(leaves[split:])
    return hashlib.sha256(b"\1" + halves).digest()


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_a_merkle_root_follows_the_definition(leaves: list[bytes]) -> None:
    assert merkle_root(leaves) == recursive_root(leaves)


@pytest.mark.parametrize("case", cases("signing"), ids=["1", "2"])
def test_a_signature_is_that_of_the_reference(case: dict[str, str]) -> None:
    key = SigningKey.from_secret(bytes.fromhex(case["secret"]))
    message = bytes.fromhex(case["message"])
    assert key.public.hex() == case["public"]
    assert key.sign(message).hex() == case["signature"]
    check_signature(key.public, key.sign(message), message)


def test_a_signature_over_something_else_or_by_another_is_refused() -> None:
    key, other = SigningKey.from_secret(bytes(32)), SigningKey.from_secret(b"\1" * 32)
    good = key.sign(b"message")
    for public, signature, message in (
        (key.public, good, b"messagf"),
        (other.public, good, b"message"),
        (key.public, other.sign(b"message"), b"message"),
        (key.public, good[:-1], b"message"),
        (key.public, b"", b"message"),
        (key.public[:-1], good, b"message"),
        (b"\xff" * 32, good, b"message"),
    ):
        with pytest.raises(BadSignature):
            check_signature(public, signature, message)
