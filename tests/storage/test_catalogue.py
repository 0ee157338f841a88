"""The catalogue and its sealed checkpoints: damage is named, and the list outlives it."""

import contextlib
import random
import sqlite3
import subprocess

import pytest

from stillmine.app.storage import checkpoint
from stillmine.app.storage.catalogue import Catalogue
from stillmine.app.storage.opening import rebuild
from stillmine.crypto import decrypt
from stillmine.errors import VaultBusy, VaultDamaged, VaultTooNew
from tests.counterparts import need
from tests.storage.vaults import files, put


def catalogue(made, key: bytes | None = None) -> Catalogue:
    return Catalogue(made.home.catalogue, key or made.root.catalogue_key(1))


def test_another_key_is_not_let_in(kept):
    with pytest.raises(VaultDamaged):
        catalogue(kept, bytes(32))


@pytest.mark.parametrize("name", ["label 1", "1.jpg", "item_digest", "CREATE TABLE", "SQLite"])
def test_nothing_of_it_can_be_read_on_the_disk(kept, name):
    for path, data in files(kept.home).items():
        assert name.encode() not in data or path == "README.txt"


def test_a_damaged_page_anywhere_is_noticed_and_the_list_made_anew(kept):
    with kept.open(writing=True) as vault:
        vault.set_record("setting", "country", "ES")
    before = {item.item: item for item in items(kept)}
    good = kept.home.catalogue.read_bytes()
    chance = random.Random(2)
    for _ in range(12):
        data = bytearray(good)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        kept.home.catalogue.write_bytes(data)
        try:
            opened = catalogue(kept)
        except VaultDamaged:
            continue  # the first page: whoever opens it makes it anew
        try:
            assert opened.check()
        except VaultDamaged:
            pass
        finally:
            opened.close()
        rebuild(kept.home, kept.root)
        assert {
            item.item: item._replace(table=before[item.item].table) for item in items(kept)
        } == before
        with kept.open() as vault:
            assert vault.catalogue.record("setting", "country") == "ES"


def items(made):
    with made.open() as vault:
        return vault.items()


@pytest.mark.parametrize(
    "left",
    [None, b"", b"x", bytes(100), b"SQLite format 3\0" + bytes(4080), b"\xff" * 9000],
    ids=["gone", "empty", "one", "zeros", "plain", "ones"],
)
def test_a_list_that_is_gone_or_garbage_is_made_anew_by_whoever_opens_next(kept, left):
    before = kept.contents()
    kept.home.catalogue.unlink()
    if left is not None:
        kept.home.catalogue.write_bytes(left)
    assert kept.contents() == before


def test_a_cut_list_is_made_anew(kept):
    before = kept.contents()
    good = kept.home.catalogue.read_bytes()
    for end in (1, 15, 16, 1024, 4095, 4096, 4097, len(good) // 2, len(good) - 1):
        kept.home.catalogue.write_bytes(good[:end])
        try:
            assert kept.contents() == before
        except VaultDamaged:
            rebuild(kept.home, kept.root)  # as `keep verify` does
            assert kept.contents() == before


def test_a_newer_list_is_refused_and_stays_as_it_is(kept):
    opened = catalogue(kept)
    opened.database.rows("PRAGMA user_version = 99")
    opened.close()
    before = kept.home.catalogue.read_bytes()
    for writing in (False, True):
        with pytest.raises(VaultTooNew), kept.open(writing=writing):
            pass
    assert kept.home.catalogue.read_bytes() == before


def test_records_come_back_and_go(empty):
    with empty.open(writing=True) as vault:
        vault.set_record("place", "usb", {"url": "/media", "n": [1, None, "ñ"]})
        vault.set_record("place", "nas", 1)
    with empty.open(writing=True) as vault:
        assert vault.catalogue.records("place") == {
            "nas": 1,
            "usb": {"url": "/media", "n": [1, None, "ñ"]},
        }
        vault.remove_record("place", "nas")
        assert vault.catalogue.record("place", "nas") is None
    empty.home.catalogue.unlink()
    with empty.open() as vault:
        assert set(vault.catalogue.records("place")) == {"usb"}


def test_what_fails_half_way_leaves_nothing(kept):
    before = items(kept)
    with kept.open(writing=True) as vault:
        with contextlib.suppress(ZeroDivisionError), vault.catalogue.change():
            vault.catalogue.remove([before[0].item])
            raise ZeroDivisionError
        assert vault.items() == before


@pytest.mark.parametrize("modified", [-(1 << 70), -(1 << 63) - 1, 1 << 63, 1 << 70])
def test_a_time_that_the_list_cannot_hold_is_still_exact_in_the_item(empty, modified):
    with empty.open(writing=True) as vault:
        item = put(vault, b"x", modified=modified)
    empty.home.catalogue.unlink()
    with empty.open() as vault, vault.open_item(vault.item(item.item)) as (header, _):
        assert header.modified == modified


def test_a_checkpoint_opens_with_age_and_sqlite3_alone(kept, tmp_path):
    need("age")
    need("sqlite3")
    (tmp_path / "root.txt").write_bytes(kept.root.to_text())
    newest = checkpoint.path_of(
        kept.home.checkpoints, checkpoint.numbers(kept.home.checkpoints)[-1]
    )
    subprocess.run(
        ["age", "-d", "-i", tmp_path / "root.txt", "-o", tmp_path / "list.db", newest], check=True
    )
    said = subprocess.run(
        ["sqlite3", tmp_path / "list.db", "SELECT name, label FROM item ORDER BY label"],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert said.stdout.splitlines() == [f"{n}.jpg|label {n}" for n in range(3)]


def test_a_damaged_newest_checkpoint_gives_way_to_the_older_one(kept):
    with kept.open(writing=True) as vault:
        vault.set_record("setting", "country", "GB")
        vault.write_checkpoint()
        vault.write_checkpoint()
    numbers = checkpoint.numbers(kept.home.checkpoints)
    assert len(numbers) == 2
    before = kept.contents()
    path = checkpoint.path_of(kept.home.checkpoints, numbers[-1])
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    kept.home.catalogue.unlink()
    assert kept.contents() == before
    with kept.open() as vault:
        assert vault.catalogue.record("setting", "country") == "GB"


def test_a_newer_checkpoint_is_refused_and_not_misread(kept):
    (number,) = checkpoint.numbers(kept.home.checkpoints)[-1:]
    path = checkpoint.path_of(kept.home.checkpoints, number)
    image = sqlite3.connect(":memory:")
    image.deserialize(decrypt(path.read_bytes(), [kept.root.identity]))
    image.execute("PRAGMA user_version = 99")
    from stillmine.crypto import encrypt

    path.write_bytes(encrypt(image.serialize(), [kept.root.identity.recipient]))
    image.close()
    kept.home.catalogue.unlink()
    with pytest.raises(VaultTooNew), kept.open(writing=True):
        pass


def test_somebody_who_holds_the_database_is_waited_for_and_then_named(kept, monkeypatch):
    monkeypatch.setattr("stillmine.app.storage.database._BUSY_SECONDS", 0.05)
    first, second = catalogue(kept), catalogue(kept)
    with first.change(), pytest.raises(VaultBusy), second.change():
        pass
    first.close()
    second.close()


def test_a_few_items_are_listed_by_their_names_and_nothing_else(kept):
    with kept.open() as vault:
        first, *_others = vault.listed()
        found = vault.catalogue.listed_by_name({first.item, "0" * 32})
        assert found == {first.item: first._replace(albums=())}
        assert vault.catalogue.listed_by_name(()) == {}
