"""A changed file is refused, wherever it was changed, and never taken for a wrong key."""

from __future__ import annotations

import io
import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.crypto import (
    HybridIdentity,
    Identity,
    Opener,
    Passphrase,
    Recipient,
    X25519Identity,
    decrypt,
    encrypt,
    parse_identities,
)
from stillmine.errors import (
    Damaged,
    NoKeyFits,
    NotAge,
    StillmineError,
    UnsupportedVersion,
    WorkFactorTooHigh,
)

CHUNK = 65536
SEALED_CHUNK = CHUNK + 16
KEY = X25519Identity.from_secret(bytes(range(32)))
HYBRID = HybridIdentity.from_secret(bytes(range(32)))
PHRASE = Passphrase("correct horse", work_factor=1, max_work_factor=1)


def payload_start(sealed: bytes | bytearray) -> int:
    return sealed.index(b"\n", sealed.index(b"\n---") + 1) + 1 + 16


@pytest.mark.parametrize(
    ("key", "recipient"),
    [(KEY, KEY.recipient), (HYBRID, HYBRID.recipient), (PHRASE, PHRASE)],
    ids=["x25519", "hybrid", "passphrase"],
)
def test_every_flipped_bit_of_a_small_file_is_refused(key: Identity, recipient: Recipient) -> None:
    sealed = bytearray(encrypt(b"plain", [recipient]))
    for place in range(len(sealed) * 8):
        sealed[place // 8] ^= 1 << place % 8
        with pytest.raises(StillmineError):
            decrypt(bytes(sealed), [key])
        sealed[place // 8] ^= 1 << place % 8
    assert decrypt(bytes(sealed), [key]) == b"plain"


@pytest.mark.parametrize("size", [0, 100])
def test_every_truncation_of_a_small_file_is_refused(size: int) -> None:
    sealed = encrypt(bytes(size), [KEY.recipient])
    for length in range(len(sealed)):
        with pytest.raises((NotAge, Damaged)):
            decrypt(sealed[:length], [KEY])


@given(place=st.integers(0), bit=st.integers(0, 7))
@settings(max_examples=100, deadline=None)
def test_a_flip_in_the_content_is_damage_and_located(place: int, bit: int) -> None:
    sealed = bytearray(encrypt(bytes(3 * CHUNK + 9), [KEY.recipient]))
    start = payload_start(sealed)
    place = start + place % (len(sealed) - start)
    sealed[place] ^= 1 << bit
    opener = Opener(io.BytesIO(sealed), [KEY])
    broken = (place - start) // SEALED_CHUNK
    for number in range(4):
        opener.seek(number * CHUNK)
        if number == broken:
            with pytest.raises(Damaged) as caught:
                opener.read(CHUNK)
            assert caught.value.facts["chunk"] == broken
        else:
            assert opener.read(CHUNK) == bytes(9 if number == 3 else CHUNK)


def cut_at_chunks(sealed: bytes) -> list[bytes]:
    start = payload_start(sealed)
    body = sealed[start:]
    chunks = [body[at : at + SEALED_CHUNK] for at in range(0, len(body), SEALED_CHUNK)]
    return [sealed[:start], *chunks]


@pytest.mark.parametrize("tail", [CHUNK, 9])
def test_missing_added_and_moved_chunks_are_refused(tail: int) -> None:
    head, one, two, three = cut_at_chunks(encrypt(os.urandom(2 * CHUNK + tail), [KEY.recipient]))
    assert len(three) == tail + 16
    for body in (
        [],
        [one],
        [one, two],
        [one, three],
        [two, one, three],
        [one, one, two, three],
        [one, two, three, three],
        [one, two, three, one],
        [one, two, three, b"\0"],
        [one, two, three, bytes(16)],
        [three],
    ):
        with pytest.raises(Damaged):
            decrypt(head + b"".join(body), [KEY])


def test_a_lost_end_is_noticed_at_the_end_of_reading_and_at_the_size() -> None:
    head, one, two, _ = cut_at_chunks(encrypt(bytes(3 * CHUNK), [KEY.recipient]))
    opener = Opener(io.BytesIO(head + one + two), [KEY])
    assert opener.read(CHUNK) == bytes(CHUNK)
    assert opener.read(CHUNK) == bytes(CHUNK)
    with pytest.raises(Damaged):
        opener.read(1)
    with pytest.raises(Damaged):
        _ = opener.size
    with pytest.raises(Damaged):
        opener.seek(0, os.SEEK_END)


def test_what_does_not_authenticate_never_reaches_the_readers_buffer() -> None:
    sealed = bytearray(encrypt(b"A" * 100, [KEY.recipient]))
    sealed[-1] ^= 1
    buffer = bytearray(100)
    with pytest.raises(Damaged):
        Opener(io.BytesIO(sealed), [KEY]).readinto(buffer)
    assert buffer == bytes(100)


def test_a_wrong_passphrase_is_not_called_damage() -> None:
    sealed = encrypt(b"plain", [PHRASE])
    with pytest.raises(NoKeyFits):
        decrypt(sealed, [Passphrase("correct house", work_factor=1)])
    with pytest.raises(NoKeyFits):
        decrypt(sealed, [KEY, HYBRID])


def test_a_changed_header_is_damage_even_when_the_key_still_fits() -> None:
    sealed = encrypt(b"plain", [KEY.recipient])
    line, _, rest = sealed.partition(b"\n")
    with pytest.raises(Damaged):
        decrypt(line + b"\n-> grease a\n\n" + rest, [KEY])


def test_a_strangers_file_cannot_take_more_than_a_gibibyte() -> None:
    sealed = encrypt(b"plain", [PHRASE])
    for factor in (b"2", b"21", b"30", b"9" * 5000):
        with pytest.raises(WorkFactorTooHigh):
            decrypt(sealed.replace(b" 1\n", b" " + factor + b"\n"), [PHRASE])
    with pytest.raises(ValueError, match="20"):
        Passphrase("a", max_work_factor=21)
    with pytest.raises(ValueError, match="20"):
        Passphrase("a", work_factor=21)


def test_a_header_that_never_ends_is_given_up() -> None:
    class Endless(io.BytesIO):
        given = 0

        def read(self, size: int | None = -1, /) -> bytes:
            self.given += size or 0
            assert self.given < 2_000_000
            return b"age-encryption.org/v1\n-> a\n" if self.given == size else b"-> a\n\n" * 700

    with pytest.raises(NotAge):
        Opener(Endless(), [KEY])


def test_a_later_version_is_told_from_something_else() -> None:
    sealed = encrypt(b"", [KEY.recipient])
    with pytest.raises(UnsupportedVersion):
        decrypt(sealed.replace(b"/v1", b"/v2", 1), [KEY])
    with pytest.raises(NotAge):
        decrypt(b"\xff\xd8\xff\xe0 a photograph", [KEY])


SEED = b"age-encryption.org/v1\n-> "
grammar = st.lists(
    st.sampled_from(
        [
            b"age-encryption.org/v1\n",
            b"-> ",
            b"X25519 ",
            b"mlkem768x25519 ",
            b"scrypt ",
            b"--- ",
            b"---",
            b"\n",
            b" ",
            b"A" * 64,
            b"A" * 43,
            b"A" * 22 + b" 1",
            b"=",
            b"\r\n",
            b"\0",
        ]
    )
    | st.binary(max_size=20),
    max_size=20,
).map(b"".join)


@given(data=st.one_of(st.binary(max_size=300), grammar, grammar.map(lambda t: SEED + t)))
@settings(max_examples=500, deadline=None)
def test_no_header_ends_in_anything_but_our_errors(data: bytes) -> None:
    with pytest.raises(StillmineError):
        decrypt(data, [KEY, HYBRID, PHRASE])


@given(
    line=st.text(max_size=200)
    | st.just("AGE-SECRET-KEY-1").flatmap(lambda s: st.text().map(lambda t: s + t))
)
@settings(max_examples=300, deadline=None)
def test_no_identity_file_ends_in_anything_but_our_errors(line: str) -> None:
    with pytest.raises(StillmineError):
        parse_identities(line)
