"""What we seal opens elsewhere, and what others seal opens here."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stillmine.crypto import (
    HybridIdentity,
    Passphrase,
    X25519Identity,
    armor,
    dearmor,
    decrypt,
    encrypt,
    parse_identities,
)
from tests import counterparts

SIZES = [0, 1, 65535, 65536, 65537, 300_000]
PASSPHRASE = "correct horse bättery"


@pytest.fixture(params=SIZES)
def plain(request: pytest.FixtureRequest) -> bytes:
    return os.urandom(request.param)


@pytest.fixture
def key_file(tmp_path: Path, identity: X25519Identity) -> Path:
    file = tmp_path / "key.txt"
    file.write_text(f"# a comment\n{identity}\n")
    return file


def test_the_age_program_opens_what_we_seal(
    plain: bytes, identity: X25519Identity, key_file: Path
) -> None:
    counterparts.need("age")
    sealed = encrypt(plain, [identity.recipient])
    assert counterparts.run("age", "-d", "-i", key_file, given=sealed) == plain
    assert counterparts.run("age", "-d", "-i", key_file, given=armor(sealed)) == plain


def test_we_open_what_the_age_program_seals(plain: bytes, tmp_path: Path) -> None:
    counterparts.need("age-keygen")
    file = tmp_path / "key.txt"
    counterparts.run("age-keygen", "-o", file)
    identities = parse_identities(file.read_text())
    recipient = counterparts.run("age-keygen", "-y", file).decode().strip()
    assert str(identities[0].recipient) == recipient  # type: ignore[attr-defined]  # X25519
    assert decrypt(counterparts.run("age", "-r", recipient, given=plain), identities) == plain
    text = counterparts.run("age", "-a", "-r", recipient, given=plain)
    assert armor(dearmor(text)) == text
    assert decrypt(dearmor(text), identities) == plain


def test_the_age_program_opens_our_passphrase_file(tmp_path: Path) -> None:
    counterparts.need("age")
    sealed, opened = tmp_path / "a.age", tmp_path / "a"
    sealed.write_bytes(encrypt(b"plain", [Passphrase(PASSPHRASE, work_factor=12)]))
    command = ["age", "-d", "-o", str(opened), str(sealed)]
    status = counterparts.run_at_terminal(command, prompt=b"passphrase", answers=[PASSPHRASE])
    assert status == 0
    assert opened.read_bytes() == b"plain"


def test_we_open_a_passphrase_file_of_the_age_program(tmp_path: Path) -> None:
    counterparts.need("age")
    sealed, plain = tmp_path / "a.age", tmp_path / "a"
    plain.write_bytes(b"plain")
    command = ["age", "-p", "-o", str(sealed), str(plain)]
    status = counterparts.run_at_terminal(
        command, prompt=b"passphrase", answers=[PASSPHRASE, PASSPHRASE]
    )
    assert status == 0
    assert decrypt(sealed.read_bytes(), [Passphrase(PASSPHRASE)]) == b"plain"


def test_pyrage_and_we_open_each_other(plain: bytes, identity: X25519Identity) -> None:
    counterparts.need("pyrage")
    import pyrage  # type: ignore[import-untyped]  # it carries no types

    theirs = pyrage.x25519.Identity.from_str(str(identity))
    assert pyrage.decrypt(encrypt(plain, [identity.recipient]), [theirs]) == plain
    assert decrypt(pyrage.encrypt(plain, [theirs.to_public()]), [identity]) == plain


def test_pyrage_and_we_open_each_others_passphrase_files() -> None:
    counterparts.need("pyrage")
    import pyrage

    ours = Passphrase(PASSPHRASE, work_factor=12)
    assert pyrage.passphrase.decrypt(encrypt(b"plain", [ours]), PASSPHRASE) == b"plain"
    assert decrypt(pyrage.passphrase.encrypt(b"plain", PASSPHRASE), [ours]) == b"plain"


@pytest.mark.parametrize("kind", ["classic", "hybrid"])
def test_age_encryption_from_npm_and_we_open_each_other(kind: str) -> None:
    counterparts.need("age-npm")
    secret, public = counterparts.age_npm("keygen", kind).decode().split()
    (ours,) = parse_identities(secret)
    assert isinstance(ours, HybridIdentity if kind == "hybrid" else X25519Identity)
    assert str(ours.recipient) == public
    assert str(ours) == secret
    plain = os.urandom(150_000)
    sealed = encrypt(plain, [ours.recipient])
    assert counterparts.age_npm("open", secret, given=sealed) == plain
    assert decrypt(counterparts.age_npm("seal", public, given=plain), [ours]) == plain


def test_age_encryption_from_npm_opens_with_a_passphrase_what_we_seal_and_back() -> None:
    counterparts.need("age-npm")
    ours = Passphrase(PASSPHRASE, work_factor=10)
    sealed = encrypt(b"plain", [ours])
    assert counterparts.age_npm("open-passphrase", PASSPHRASE, given=sealed) == b"plain"
    theirs = counterparts.age_npm("seal-passphrase", PASSPHRASE, given=b"plain")
    assert decrypt(theirs, [ours]) == b"plain"


@pytest.mark.parametrize("length", [1, 47, 48, 49, 96, 1000])
def test_text_forms_are_the_same_as_from_npm(length: int) -> None:
    counterparts.need("age-npm")
    data = os.urandom(length)
    theirs = counterparts.age_npm("armor", given=data)
    assert dearmor(theirs) == data
    assert theirs.strip() == armor(data).strip()
    assert counterparts.age_npm("dearmor", given=armor(data)) == data
