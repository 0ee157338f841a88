"""Fingerprints: kept apart from the pictures, made anew when lost, gone when forgotten."""

from __future__ import annotations

import random
import sqlite3
from dataclasses import replace

import pytest

from stillmine.app.storage import fingerprint_rows, fingerprints, rekeying
from stillmine.app.storage.slots import WayIn
from stillmine.errors import VaultDamaged
from stillmine.imaging import Sample
from tests.storage.vaults import QUICK, Made, files, put

SECRET = b"nobody else may read what this picture is known by"


@pytest.fixture
def shown(empty) -> Made:
    """Make a vault with two pictures, a video and a document."""
    with empty.open(writing=True) as vault:
        for name, kind in (("a", "picture"), ("b", "picture"), ("c", "video"), ("d", "document")):
            put(vault, name.encode() * 3000, name.encode(), kind=kind)
    return empty


def numbers(made: Made) -> dict[str, str]:
    with made.open() as vault:
        return {item.shown_name: item.item for item in vault.items()}


def known(made: Made) -> list[tuple[str, float | None, bytes]]:
    with made.open() as vault:
        return list(vault.fingerprints.all())


def learn(made: Made) -> dict[str, str]:
    items = numbers(made)
    with made.open() as vault:
        vault.fingerprints.put(items["a"], [Sample(None, 0, SECRET)])
        vault.fingerprints.put(
            items["c"], [Sample(0.0, 0, SECRET), Sample(2.5, 60, b"later" * 9000)]
        )
    return items


def test_what_was_put_in_comes_out_again(shown):
    items = learn(shown)

    assert sorted(known(shown), key=str) == sorted(
        [
            (items["a"], None, SECRET),
            (items["c"], 0.0, SECRET),
            (items["c"], 2.5, b"later" * 9000),
        ],
        key=str,
    )
    with shown.open() as vault:
        assert vault.fingerprints.of(items["c"]) == [(0.0, SECRET), (2.5, b"later" * 9000)]
        assert vault.fingerprints.missing() == [items["b"]]


def test_a_vault_that_nobody_looked_for_likenesses_in_has_all_of_them_missing(shown):
    items = numbers(shown)
    with shown.open() as vault:
        assert set(vault.fingerprints.missing()) == {items["a"], items["b"], items["c"]}
        assert list(vault.fingerprints.all()) == []
        assert vault.fingerprints.index() is None


def test_nothing_of_them_is_readable_on_the_disk(shown):
    items = learn(shown)
    for path, data in files(shown.home).items():
        assert SECRET not in data, path
        assert b"SQLite format" not in data, path
        if path.startswith("watch/"):
            assert items["a"].encode() not in data


def test_the_key_of_the_fingerprints_opens_no_list(shown):
    assert shown.root.watch_key(1) != shown.root.catalogue_key(1)
    assert shown.root.watch_key(1) != shown.root.watch_key(2)


def test_what_is_forgotten_leaves_no_fingerprint_and_no_ready_index(shown):
    items = learn(shown)
    with shown.open(writing=True) as vault:
        vault.fingerprints.keep_index(vault.fingerprints.generation, b"an index")
        assert vault.fingerprints.index() is not None
        vault.forget([vault.item(items["c"])])
        assert vault.fingerprints.index() is None
        assert vault.fingerprints.of(items["c"]) == []

    assert {item for item, _, _ in known(shown)} == {items["a"]}


def test_what_was_forgotten_meanwhile_is_not_put_in(shown):
    items = numbers(shown)
    with shown.open() as slow:
        with shown.open(writing=True) as vault:
            vault.forget([vault.item(items["b"])])
        slow.fingerprints.put(items["b"], [Sample(None, 0, SECRET)])
        assert slow.fingerprints.of(items["b"]) == []


def test_a_file_without_a_fingerprint_is_not_tried_for_ever(shown, monkeypatch):
    items = numbers(shown)
    with shown.open() as vault:
        vault.fingerprints.put(items["a"], [], "imaging.cannot-decode")
        vault.fingerprints.put(items["b"], [], "imaging.no-recogniser")
        assert items["a"] not in vault.fingerprints.missing()
        assert items["b"] in vault.fingerprints.missing()

        for module in (fingerprint_rows, fingerprints):
            monkeypatch.setattr(module, "decoders_today", lambda: "a newer decoder")
        assert items["a"] in vault.fingerprints.missing()


def test_fingerprints_of_another_version_count_as_missing(shown, monkeypatch):
    learn(shown)
    monkeypatch.setattr(fingerprints, "VERSION", fingerprints.VERSION + 1)
    assert known(shown) == []
    with shown.open() as vault:
        assert len(vault.fingerprints.missing()) == 3


def test_a_damaged_or_lost_database_is_nobodys_error(shown):
    items = learn(shown)
    path = shown.home.watch / "fingerprints.db"
    good = path.read_bytes()
    chance = random.Random(5)
    for _ in range(10):
        data = bytearray(good)
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        with shown.open(writing=True) as vault:
            try:
                found = list(vault.fingerprints.all())
            except VaultDamaged:
                found = list(vault.fingerprints.all())
                assert found == []
                assert len(vault.fingerprints.missing()) == 3
            assert set(found) <= {
                (items["a"], None, SECRET),
                (items["c"], 0.0, SECRET),
                (items["c"], 2.5, b"later" * 9000),
            }
            vault.fingerprints.put(items["b"], [Sample(None, 0, b"new")])
            assert vault.fingerprints.of(items["b"]) == [(None, b"new")]
            vault.fingerprints.forget([items["b"]])
    path.unlink()
    assert known(shown) == []
    path.write_bytes(b"no database at all" * 400)
    with shown.open() as vault:
        assert len(vault.fingerprints.missing()) == 3


def test_damage_there_keeps_nobody_from_forgetting(shown):
    items = learn(shown)
    path = shown.home.watch / "fingerprints.db"
    path.write_bytes(bytes(path.stat().st_size))
    with shown.open(writing=True) as vault:
        vault.forget([vault.item(items["a"])])
    assert known(shown) == []


def test_new_keys_take_them_along_under_a_new_key(shown):
    learn(shown)
    before, old = known(shown), (shown.home.watch / "fingerprints.db").read_bytes()
    with shown.open(writing=True) as vault:
        root = rekeying.rekey(vault, [WayIn.by_passphrase("another", QUICK)])
        assert sorted(vault.fingerprints.all(), key=str) == sorted(before, key=str)

    assert (shown.home.watch / "fingerprints.db").read_bytes()[:64] != old[:64]
    assert sorted(known(replace(shown, root=root)), key=str) == sorted(before, key=str)


def test_damaged_ones_do_not_keep_anybody_from_new_keys(shown):
    learn(shown)
    (shown.home.watch / "fingerprints.db").write_bytes(b"x" * 8192)
    with shown.open(writing=True) as vault:
        root = rekeying.rekey(vault, [WayIn.by_passphrase("another", QUICK)])
    assert known(replace(shown, root=root)) == []


def test_whoever_still_holds_old_keys_does_not_throw_the_new_ones_away(shown):
    learn(shown)
    with shown.open() as late:
        with shown.open(writing=True) as vault:
            root = rekeying.rekey(vault, [WayIn.by_passphrase("another", QUICK)])
        assert list(late.fingerprints.all()) == []
        late.fingerprints.put(numbers(replace(shown, root=root))["b"], [Sample(None, 0, SECRET)])
    assert len(known(replace(shown, root=root))) == 3


def test_a_ready_index_is_kept_only_if_nothing_changed_since(shown, monkeypatch):
    monkeypatch.setattr(fingerprint_rows, "_PART", 1000)
    items = learn(shown)
    with shown.open() as vault:
        first = vault.fingerprints.generation
        vault.fingerprints.keep_index(first, b"ready" * 777)
        assert vault.fingerprints.index() == (first, b"ready" * 777)

        vault.fingerprints.put(items["b"], [Sample(None, 0, b"new")])
        assert vault.fingerprints.generation != first
        vault.fingerprints.keep_index(first, b"too late")
        assert vault.fingerprints.index() == (first, b"ready" * 777)


def test_what_cannot_be_written_serves_until_the_vault_is_closed(shown):
    items = learn(shown)
    with shown.open() as vault:
        vault.fingerprints._base.opened().rows("PRAGMA query_only = ON")
        vault.fingerprints.put(items["b"], [Sample(None, 0, b"unsaved")])
        assert (items["b"], None, b"unsaved") in list(vault.fingerprints.all())
        assert vault.fingerprints.missing() == []
    assert items["b"] not in {item for item, _, _ in known(shown)}


def test_backups_and_checkpoints_do_not_hold_them(shown):
    learn(shown)
    with shown.open(writing=True) as vault:
        vault.write_checkpoint()
        tables = {name for name, _rows in vault.catalogue.dump()}
    assert "sample" not in tables


def test_it_is_no_plain_database(shown):
    learn(shown)
    plain = sqlite3.connect(shown.home.watch / "fingerprints.db")
    with pytest.raises(sqlite3.DatabaseError):
        plain.execute("SELECT * FROM sample").fetchall()
    plain.close()
