"""Sealed records: durable, replaceable, forgettable, and not lost along with the list."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from stillmine.app.storage import checkpoint, objects, rekeying
from stillmine.app.storage.opening import open_vault, rebuild
from stillmine.app.storage.records import KIND
from stillmine.app.storage.slots import WayIn
from tests.storage.vaults import QUICK, Made
from tests.storage.vaults import put as put_file

HARD = {"a": [1, None, True, 2.5, "ñ\n# {"], "b": {"": "\ud800"}}


@pytest.fixture
def kept(empty):
    with empty.open(writing=True) as vault:
        put_file(vault, b"a picture", b"picture.jpg")
    return empty


def notes(made: Made, kind: str = "person"):
    with open_vault(made.home, made.root) as vault:
        return vault.records.all(kind)


def put(made: Made, name: str, value: object, kind: str = "person") -> None:
    with open_vault(made.home, made.root, writing=True) as vault:
        vault.records.put(kind, name, value)


def objects_of(made: Made) -> set[str]:
    return {name for name, _size in objects.objects_on_disk(made.home.objects)}


def test_what_is_noted_is_read_again(kept):
    put(kept, "ines", HARD)
    put(kept, "ßö\x00", None, kind="case")

    assert notes(kept) == {"ines": HARD}
    with open_vault(kept.home, kept.root) as vault:
        assert vault.records.get("person", "ines") == HARD
        assert vault.records.get("person", "nobody") is None
        assert vault.records.all("case") == {"ßö\x00": None}
        assert vault.records.all("") == {}


def test_what_json_cannot_say_is_refused_and_nothing_is_written(kept):
    before = objects_of(kept)
    with open_vault(kept.home, kept.root, writing=True) as vault:
        for value in (float("nan"), object(), {1, 2}):
            with pytest.raises((ValueError, TypeError)):
                vault.records.put("person", "ines", value)
        with pytest.raises(ValueError, match="kind"):
            vault.records.put("", "ines", 1)
    assert objects_of(kept) == before


def test_a_record_is_no_item(kept):
    put(kept, "ines", HARD)
    with open_vault(kept.home, kept.root) as vault:
        assert [item.shown_name for item in vault.items()] == ["picture.jpg"]
        assert [item.shown_name for item in vault.listed()] == ["picture.jpg"]
        assert vault.catalogue.count() == 1
        assert len(vault.catalogue.kept()) == 2


def test_a_newer_value_takes_the_place_of_the_older_whose_object_goes(kept):
    put(kept, "ines", 1)
    first = objects_of(kept)
    put(kept, "ines", 2)

    assert notes(kept) == {"ines": 2}
    assert len(objects_of(kept)) == len(first)
    assert objects_of(kept) != first
    with open_vault(kept.home, kept.root) as vault:
        assert {row.item for _c, _t, row in vault.epoch.rows()} == objects_of(kept)
        assert vault.epoch.forgotten() == set()


def test_the_same_value_again_writes_nothing(kept):
    put(kept, "ines", HARD)
    before = objects_of(kept)
    put(kept, "ines", HARD)
    assert objects_of(kept) == before


def test_a_value_put_back_after_another_is_a_record_like_any_other(kept):
    for value in (1, 2, 1):
        put(kept, "ines", value)
    assert notes(kept) == {"ines": 1}


def test_many_values_are_kept_at_once_and_what_did_not_change_is_let_be(kept):
    put(kept, "ines", 1)
    before = objects_of(kept)
    with kept.open(writing=True) as vault:
        vault.records.put_all("person", {"ines": 1, "ada": HARD, "kim": None})
        assert len(objects_of(kept) - before) == 2
        vault.records.put_all("person", {"ada": 2})
        vault.records.put_all("person", {})
        with pytest.raises(ValueError, match="kind"):
            vault.records.put_all("", {"ines": 1})
    assert notes(kept) == {"ada": 2, "ines": 1, "kim": None}
    assert len(objects_of(kept)) == len(before) + 2


def test_a_clock_set_back_does_not_bring_an_older_value_back(kept, monkeypatch):
    put(kept, "ines", "older")
    monkeypatch.setattr("stillmine.app.storage.records.time.time_ns", lambda: 1)
    put(kept, "ines", "newer")
    lose_the_list(kept)
    assert notes(kept) == {"ines": "newer"}


def lose_the_list(made: Made) -> None:
    made.home.catalogue.unlink()
    shutil.rmtree(made.home.checkpoints)


def test_records_outlive_the_list_and_its_sealed_copies(kept):
    put(kept, "ines", HARD)
    put(kept, "omar", 2)
    put(kept, "1", {"a": 1}, kind="case")
    lose_the_list(kept)

    assert notes(kept) == {"ines": HARD, "omar": 2}
    assert notes(kept, "case") == {"1": {"a": 1}}
    with open_vault(kept.home, kept.root) as vault:
        assert [item.shown_name for item in vault.items()] == ["picture.jpg"]


def put_twice_and_be_cut_off(made: Made) -> None:
    with made.open(writing=True) as vault:
        vault.records.put("person", "ines", "older")
        vault.records.put("person", "ines", "newer")
        raise RuntimeError("cut off")


def test_of_two_revisions_that_a_crash_left_the_newer_counts_and_the_older_goes(kept):
    with pytest.raises(RuntimeError, match="cut off"):
        put_twice_and_be_cut_off(kept)
    assert len(objects_of(kept)) == 3
    lose_the_list(kept)

    assert notes(kept) == {"ines": "newer"}
    assert len(objects_of(kept)) == 2


def test_a_stale_list_does_not_bring_a_forgotten_record_back(kept):
    put(kept, "ines", 1)
    old = [
        checkpoint.path_of(kept.home.checkpoints, n)
        for n in checkpoint.numbers(kept.home.checkpoints)
    ]
    saved = {path: path.read_bytes() for path in old}
    with open_vault(kept.home, kept.root, writing=True) as vault:
        vault.records.forget("person", "ines")
        vault.records.forget("person", "nobody")
    lose_the_list(kept)
    kept.home.checkpoints.mkdir()
    for path, data in saved.items():
        path.write_bytes(data)

    assert notes(kept) == {}


def test_forgetting_leaves_nothing_of_any_value(kept):
    put(kept, "ines", "one value")
    with open_vault(kept.home, kept.root, writing=True) as vault:
        vault.records.put("person", "ines", "another")
        vault.records.forget("person", "ines")

    assert notes(kept) == {}
    assert len(objects_of(kept)) == 1
    assert len(checkpoint.numbers(kept.home.checkpoints)) == 1
    lose_the_list(kept)
    assert notes(kept) == {}


def test_records_are_there_after_new_keys(kept):
    put(kept, "ines", HARD)
    with open_vault(kept.home, kept.root, writing=True) as vault:
        root = rekeying.rekey(vault, [WayIn.by_passphrase("another", QUICK)])
        assert vault.records.all("person") == {"ines": HARD}
    new = replace(kept, root=root)
    lose_the_list(new)
    assert notes(new) == {"ines": HARD}


def test_a_damaged_record_is_not_taken_for_an_item_and_is_read_once_it_is_mended(kept):
    put(kept, "ines", HARD)
    with open_vault(kept.home, kept.root) as vault:
        (item,) = [row.item for _c, _t, row in vault.epoch.rows() if row.record]
    path = objects.object_path(kept.home.objects, item)
    good = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(good[:-700] + bytes([good[-700] ^ 1]) + good[-699:])
    damaged = path.read_bytes()
    path.write_bytes(damaged[:400] + bytes(100) + damaged[500:])
    lose_the_list(kept)

    assert notes(kept) == {}
    with open_vault(kept.home, kept.root) as vault:
        assert [each.shown_name for each in vault.items()] == ["picture.jpg"]
        assert item in {each.item for each in vault.catalogue.kept()}

    path.write_bytes(good)
    with open_vault(kept.home, kept.root, writing=True):
        pass
    assert notes(kept) == {"ines": HARD}


def test_the_sealed_header_says_what_it_is(kept):
    put(kept, "ines", HARD)
    with open_vault(kept.home, kept.root) as vault:
        (record,) = vault.catalogue.sealed()
        (each,) = [each for each in vault.catalogue.kept() if each.item == record.item]
        with vault.open_kept(each) as (header, content):
            assert header.kind == KIND
            assert b'"stillmine_record": 1' in content.read()


def test_many_changes_of_one_record_leave_a_handful_of_files(kept):
    with open_vault(kept.home, kept.root, writing=True) as vault:
        for number in range(30):
            vault.records.put("person", "ines", number)
    assert notes(kept) == {"ines": 29}
    assert len(objects_of(kept)) == 2
    with open_vault(kept.home, kept.root, writing=True):
        pass
    assert len(list(kept.home.keys.rglob("table-*.age"))) < 20


def test_rebuilding_by_hand_keeps_records(kept):
    put(kept, "ines", HARD)
    rebuild(kept.home, kept.root)
    assert notes(kept) == {"ines": HARD}
