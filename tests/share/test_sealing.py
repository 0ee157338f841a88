"""Every seal opens with three other implementations of age, and says nothing by its size."""

from __future__ import annotations

import io
import os
import tarfile
from pathlib import Path

import pytest

from stillmine.crypto import HybridIdentity, PersonalKey, X25519Identity, armor, dearmor
from stillmine.errors import WeakPassphrase
from stillmine.share.page import armored_part, build_page
from stillmine.share.seal import require_strong, seal_to_key, seal_with_passphrase
from tests.counterparts import age_npm, need, run, run_at_terminal
from tests.share.conftest import sealed

PICTURE = os.urandom(200_000)
WORDS = "radar olive famous upper kitten swift"


def picture_in(plain: bytes) -> bytes:
    """Return the picture out of what another program opened."""
    with tarfile.open(fileobj=io.BytesIO(plain)) as archive:
        assert archive.getnames() == ["manifest.json", "manifest.sig", "picture.jpg"]
        found = archive.extractfile("picture.jpg")
        assert found is not None
        return found.read()


@pytest.fixture(scope="module")
def identity() -> X25519Identity:
    return X25519Identity.generate()


def test_the_age_program_and_tar_open_a_seal_to_a_key(
    identity: X25519Identity, tmp_path: Path
) -> None:
    need("age")
    need("tar")
    file, key = tmp_path / "a.age", tmp_path / "key"
    key.write_text(f"{identity}\n")
    file.write_bytes(sealed(seal_to_key(identity.recipient), PICTURE))
    run("sh", "-c", f"age -d -i '{key}' '{file}' | tar -x -C '{tmp_path}'")
    assert (tmp_path / "picture.jpg").read_bytes() == PICTURE


def test_the_age_program_opens_a_seal_with_a_passphrase(tmp_path: Path) -> None:
    need("age")
    file, out = tmp_path / "a.age", tmp_path / "out"
    file.write_bytes(sealed(seal_with_passphrase(WORDS, page=False), PICTURE))
    command = ["age", "-d", "-o", str(out), str(file)]
    assert run_at_terminal(command, prompt=b"passphrase", answers=[WORDS]) == 0
    assert picture_in(out.read_bytes()) == PICTURE


def test_the_age_program_opens_a_page_after_sed_cut_it_out(tmp_path: Path) -> None:
    need("age")
    file, out = tmp_path / "a.html", tmp_path / "out"
    file.write_bytes(sealed(seal_with_passphrase(WORDS, page=True), PICTURE))
    cut = run("sed", "-n", "/^-----BEGIN AGE/,/^-----END AGE/p", file)
    (tmp_path / "a.age").write_bytes(cut)
    command = ["age", "-d", "-o", str(out), str(tmp_path / "a.age")]
    assert run_at_terminal(command, prompt=b"passphrase", answers=[WORDS]) == 0
    assert picture_in(out.read_bytes()) == PICTURE


def test_pyrage_opens_seals_to_a_key_and_with_a_passphrase(identity: X25519Identity) -> None:
    need("pyrage")
    from pyrage import decrypt, passphrase, x25519

    key = x25519.Identity.from_str(str(identity))
    assert picture_in(decrypt(sealed(seal_to_key(identity.recipient), PICTURE), [key])) == PICTURE
    locked = sealed(seal_with_passphrase(WORDS, page=False), PICTURE)
    assert picture_in(passphrase.decrypt(locked, WORDS)) == PICTURE


def test_the_typescript_implementation_opens_every_seal(identity: X25519Identity) -> None:
    need("age-npm")
    hybrid = HybridIdentity.generate()
    for key in (identity, hybrid):
        file = sealed(seal_to_key(key.recipient), PICTURE)
        assert picture_in(age_npm("open", str(key), given=file)) == PICTURE
    page = sealed(seal_with_passphrase(WORDS, page=True), PICTURE)
    inside = armored_part(page)
    assert inside is not None
    file = age_npm("dearmor", given=inside)
    assert picture_in(age_npm("open-passphrase", WORDS, given=file)) == PICTURE


@pytest.mark.parametrize("page", [False, True])
def test_two_pictures_of_almost_the_same_size_make_files_of_the_same_size(page: bool) -> None:
    way = seal_with_passphrase(WORDS, page=page)
    key = PersonalKey.generate()
    sizes = {len(sealed(way, bytes(size), key)) for size in (200_000, 200_100, 200_777)}
    assert len(sizes) == 1


def test_nothing_stands_outside_of_the_seal_of_a_page() -> None:
    key = PersonalKey.generate()
    way = seal_with_passphrase(WORDS, page=True)
    ours = sealed(way, PICTURE, key, wishes=("for Ada alone",))
    other = sealed(way, os.urandom(200_000), wishes=("for Bob alone",))

    def around(page: bytes) -> bytes:
        return page.replace(armored_part(page) or b"?", b"")

    assert around(ours) == around(other)
    assert b"for Ada alone" not in ours
    assert str(key.contact()).encode() not in ours


def test_the_seal_in_a_page_is_found_whatever_line_ends_it_got_on_its_way() -> None:
    file = os.urandom(1000)
    page = build_page(file)
    for changed in (page, page.replace(b"\n", b"\r\n")):
        assert dearmor(armored_part(changed) or b"") == file
    assert armored_part(armor(file)) == armor(file)


@pytest.mark.parametrize("text", [b"", b"<html>", b"-----BEGIN AGE ENCRYPTED FILE-----\n"])
def test_where_there_is_no_seal_none_is_found(text: bytes) -> None:
    assert armored_part(text) is None


@pytest.mark.parametrize("text", ["", "password", "summer 2024", "Ada 1990", "qwertyuiop"])
def test_a_passphrase_that_can_be_guessed_is_not_taken(text: str) -> None:
    with pytest.raises(WeakPassphrase):
        require_strong(text)


def test_random_words_are_strong_enough() -> None:
    assert require_strong(WORDS) == WORDS
