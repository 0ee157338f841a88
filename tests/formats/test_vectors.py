"""Each format of version 1 is what docs/formats.md says, byte for byte."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stillmine.app.storage.container import Header, after_content, before_content, open_container
from stillmine.app.storage.key_table import KeyRow, KeyTable, open_table, seal_table
from stillmine.app.storage.root_key import RootKey
from stillmine.crypto import X25519Identity, decrypt, derive, encrypt, padded_size
from stillmine.errors import BrokenManifest, VaultTooNew
from stillmine.keep.backup.manifest import Entry, read_manifest, write_manifest
from tests.counterparts import need, run

VECTORS = Path(__file__).parents[1] / "vectors" / "formats-v1"
DERIVED: dict[str, str] = json.loads((VECTORS / "derivation.json").read_text())
ROOT = RootKey(bytes.fromhex(DERIVED["root"]))
ITEM = "00112233445566778899aabbccddeeff"

CONTENT = b"three lines\nof\ncontent\n"
HEADER = Header(
    item=ITEM,
    name="Büro \U0001f4f7.jpg".encode() + b"\xff",
    size=len(CONTENT),
    modified=1_780_000_000_123_456_789,
    added=1_790_000_000_000_000_000,
    label="by the sea",
    kind="picture",
    format="jpeg",
    width=96,
    height=72,
)
TABLE = KeyTable(
    number=7,
    rows=(
        KeyRow(
            item=ITEM,
            key=str(X25519Identity.from_secret(bytes(range(32)))),
            digest="ab" * 32,
            sum="cd" * 32,
            stored=7880,
            label="a 'note'\n# é",
            albums=("Summer", "Winter"),
        ),
    ),
    replaces=(3, 5),
    forgotten=("ffeeddccbbaa99887766554433221100",),
)
ENTRIES = [
    Entry(f"objects/00/{ITEM}.age", f"objects/00/{ITEM}.age", 7880, "c" * 64),
    Entry("slots/1.age", f"slots/{'a' * 16}-1.age", 336, "a" * 64),
    Entry("slots/1.age.twin", f"slots/{'a' * 16}-1.age.twin", 336, "a" * 64),
]
MADE = datetime(2026, 11, 22, tzinfo=UTC)
MANIFEST = (VECTORS / "manifest.txt").read_bytes()


def test_every_key_comes_from_the_root_key_as_openssl_derives_it() -> None:
    assert ROOT.key_check == DERIVED["key-check"]
    assert ROOT.content_key.hex() == DERIVED["content-fingerprint"]
    assert ROOT.catalogue_key(1).hex() == DERIVED["catalogue/1"]
    assert ROOT.catalogue_key(12).hex() == DERIVED["catalogue/12"]
    assert derive(ROOT.secret, "backup-signature").hex() == DERIVED["backup-signature"]
    assert ROOT.signing_key.public.hex() == DERIVED["signing-public"]


@pytest.mark.parametrize(
    ("size", "padded"), json.loads((VECTORS / "padding.json").read_text()), ids=str
)
def test_sizes_are_padded_as_the_paper_says(size: int, padded: int) -> None:
    assert padded_size(size) == padded


def test_an_item_is_the_tar_archive_it_was_in_version_1() -> None:
    plain = before_content(HEADER) + CONTENT + after_content(len(CONTENT))
    plain += bytes(padded_size(len(plain)) - len(plain))
    assert plain == (VECTORS / "container.tar").read_bytes()


def test_the_tar_archive_of_version_1_is_read() -> None:
    header, content = open_container(io.BytesIO((VECTORS / "container.tar").read_bytes()))
    assert (header, content.read()) == (HEADER, CONTENT)


def test_gnu_tar_unpacks_an_item(tmp_path: Path) -> None:
    need("tar")
    run("tar", "-x", "-f", VECTORS / "container.tar", "-C", tmp_path)
    (original,) = (tmp_path / "original").iterdir()
    assert bytes(original)[-len(HEADER.name) :] == HEADER.name
    assert original.read_bytes() == CONTENT
    assert original.stat().st_mtime_ns == HEADER.modified


def test_a_key_table_is_the_text_it_was_in_version_1() -> None:
    key = X25519Identity.generate()
    text = (VECTORS / "table.txt").read_bytes()
    assert decrypt(seal_table(TABLE, key.recipient), [key]) == text
    assert open_table(encrypt(text, [key.recipient]), key) == TABLE


def test_a_key_table_is_an_identity_file_for_age(tmp_path: Path) -> None:
    need("age")
    recipient = X25519Identity.from_string(TABLE.rows[0].key).recipient
    (tmp_path / "sealed").write_bytes(encrypt(b"content", [recipient]))
    opened = run("age", "-d", "-i", VECTORS / "table.txt", tmp_path / "sealed")
    assert opened == b"content"


def test_the_list_of_a_backup_is_what_it_was_in_version_1() -> None:
    made, data = write_manifest("5" * 32, 7, MADE, ENTRIES, ROOT.signing_key)
    assert data == MANIFEST
    assert read_manifest(MANIFEST) == made


def _tree(leaves: list[bytes]) -> bytes:
    """Return the tree hash by the recursive definition of RFC 6962, section 2.1."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + _tree(leaves[:half]) + _tree(leaves[half:])).digest()


def test_the_root_of_a_list_is_the_tree_hash_of_its_lines() -> None:
    head, _signature, *lines = MANIFEST.splitlines()
    assert json.loads(head)["root"] == _tree(lines).hex()


def test_openssl_checks_the_signature_of_a_list(tmp_path: Path) -> None:
    need("openssl")
    head, signature, *_lines = MANIFEST.splitlines()
    public = bytes.fromhex("302a300506032b6570032100" + json.loads(head)["key"])
    for name, data in (
        ("head", head),
        ("signature", bytes.fromhex(signature.decode())),
        ("key", public),
    ):
        (tmp_path / name).write_bytes(data)
    check = ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER",
             "-inkey", "key", "-sigfile", "signature", "-in", "head"]  # fmt: skip
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (tmp_path / "head").write_bytes(head.replace(b'"counter": 7', b'"counter": 8'))
    assert subprocess.run(check, cwd=tmp_path, capture_output=True, check=False).returncode != 0


@pytest.mark.parametrize(
    "name", ["README.txt", "../objects/x", "objects/../README.txt", "/objects/x", "catalogue.db"]
)
def test_a_list_cannot_name_a_file_that_does_not_belong_to_a_backup(name: str) -> None:
    stranger = RootKey.generate().signing_key
    _made, data = write_manifest("5" * 32, 7, MADE, [Entry(name, name, 1, "a" * 64)], stranger)
    with pytest.raises(BrokenManifest):
        read_manifest(data)


def test_what_a_newer_program_wrote_is_called_too_new_and_not_damaged() -> None:
    key = X25519Identity.generate()
    table = (VECTORS / "table.txt").read_bytes().replace(b'{"table":7', b'{"version":2,"table":7')
    with pytest.raises(VaultTooNew):
        open_table(encrypt(table, [key.recipient]), key)
    with pytest.raises(VaultTooNew):
        Header.from_json(HEADER.to_json().replace(b'"stillmine": 1', b'"stillmine": 2'))
    with pytest.raises(VaultTooNew):
        read_manifest(_signed_anew(MANIFEST.replace(b'-manifest": 1', b'-manifest": 2')))


def _signed_anew(listed: bytes) -> bytes:
    head, _signature, *rest = listed.split(b"\n")
    return b"\n".join([head, ROOT.signing_key.sign(head).hex().encode("ascii"), *rest])


def test_what_a_newer_program_may_add_is_passed_over() -> None:
    facts = json.loads(HEADER.to_json())
    assert Header.from_json(json.dumps({**facts, "taken_by": "somebody"}).encode()) == HEADER
    assert Header.from_json(json.dumps({**facts, "label": ""}).encode()) == replace(
        HEADER, label=""
    )
