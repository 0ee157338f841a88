"""What was handed over once opens for ever: with this program, and with age and tar."""

from __future__ import annotations

import io
from dataclasses import fields
from pathlib import Path

import pytest

from stillmine.crypto import Contact, Opener, Passphrase, PersonalKey, dearmor, parse_identities
from stillmine.share import contents
from stillmine.share.contacts import Person
from stillmine.share.ledger import Entry
from stillmine.share.manifest import Manifest
from stillmine.share.names import INNER_NAMES
from stillmine.share.page import armored_part
from tests.counterparts import need, run

FOLDER = Path(__file__).parents[1] / "vectors" / "handover-v1"
PICTURE = b"Not a picture, but nobody opens it to look.\n"
SENDER, RECIPIENT = map(Contact.from_string, (FOLDER / "contact.txt").read_text().split())


def test_the_keys_are_the_ones_that_their_secrets_give() -> None:
    assert PersonalKey(bytes(range(32))).contact() == SENDER
    me = PersonalKey(bytes(range(32, 64)))
    assert me.contact() == RECIPIENT
    written = (FOLDER / "key.txt").read_text().split()
    assert [str(each) for each in me.identities] == written


@pytest.mark.parametrize("name", ["classic.age", "quantum-safe.age", "page.html"])
def test_an_old_hand_over_opens_and_is_known_to_be_by_its_sender(name: str) -> None:
    keys = [*parse_identities((FOLDER / "key.txt").read_text())]
    data = (FOLDER / name).read_bytes()
    if name == "page.html":
        data = dearmor(armored_part(data) or b"")
        keys = [Passphrase("radar olive famous upper kitten swift")]
    opener = Opener(io.BytesIO(data), keys)
    found = contents.unpack(opener)
    assert b"".join(found.read_from(opener)) == PICTURE
    assert found.manifest is not None
    assert found.manifest.sender == SENDER
    to = str(RECIPIENT.recipient)
    assert found.manifest.to == {"classic.age": to, "page.html": "passphrase"}.get(
        name, str(PersonalKey(bytes(range(32, 64))).contact(hybrid=True).recipient)
    )


def test_age_and_tar_open_it_with_the_key_alone(tmp_path: Path) -> None:
    need("age")
    need("tar")
    classic = (FOLDER / "key.txt").read_text().split()[0]
    (tmp_path / "key").write_text(f"{classic}\n")
    plain = run("age", "-d", "-i", tmp_path / "key", FOLDER / "classic.age")
    run("tar", "-x", "-C", tmp_path, given=plain)
    assert (tmp_path / "picture.jpg").read_bytes() == PICTURE


def test_the_page_about_formats_names_every_field() -> None:
    page = (Path(__file__).parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")
    chapter = page.partition("## Hand-overs")[2].partition("\n## ")[0]
    for record in (Manifest, Entry, Person):
        for field in fields(record):
            # The name of a record stands beside it, and is no field in it.
            if field.name not in ("handover", "person"):
                assert f"`{field.name}`" in chapter, field.name
    assert all(name.rpartition(".")[2] in chapter for name in INNER_NAMES)
