"""The whole life of a backup, the same at each kind of place."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.keep.backup import shelf
from tests.keep.backup.person import Person, inspects, pictures, sum_of
from tests.servers.places import Place

KINDS = ["folder", "s3", "sftp", "webdav", "rclone"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_backup_is_made_checked_mended_brought_back_and_practised_with(
    kind: str, person: Person, new_place: Callable[[str], Place], tmp_path: Path
) -> None:
    place = new_place(kind)
    first = pictures(tmp_path / "first", range(2))
    person.keeps(*first, label="canary label", album="canary album")

    there = _only_what_is_new_is_sent(person, place, tmp_path)
    _nothing_readable_is_there(there, [*first, *(tmp_path / "second").iterdir()])
    _what_was_lost_or_flipped_is_named_and_mended(person, place, there, tmp_path)
    _all_of_it_comes_back(person, place, tmp_path)

    practised = person.practises()
    assert practised.passed
    assert (practised.items, practised.opened, practised.failed) == (3, 3, ())
    assert person.places()[0].last_drill == practised.last_passed != ""


def _only_what_is_new_is_sent(person: Person, place: Place, tmp_path: Path) -> dict[str, bytes]:
    made = person.backs_up_to(place)
    assert made.counter == 1
    assert made.sent > 2
    before = shelf.everything(place)

    (again,) = person.backs_up().runs
    assert again.unchanged
    assert (again.sent, again.sent_size) == (0, 0)
    assert shelf.names(place) == sorted(before)

    (item,) = person.keeps(*pictures(tmp_path / "second", [7]), label="another canary")
    (more,) = person.backs_up().runs
    after = shelf.everything(place)
    new = {name for name in after if name not in before}
    assert all(after[name] == data for name, data in before.items())
    assert [name for name in new if name.startswith("objects/")] == [
        f"objects/{item[:2]}/{item}.age"
    ]
    assert not any("slots/" in name or "compartments" in name for name in new)
    assert more.sent == len(new - {"manifests/00000002.txt"})
    assert more.counter == 2
    return after


def _what_was_lost_or_flipped_is_named_and_mended(
    person: Person, place: Place, whole: dict[str, bytes], tmp_path: Path
) -> None:
    checked = person.verifies_one()
    assert (checked.damaged, checked.code) == ((), "")
    assert checked.read_back == checked.files
    objects = [name for name in whole if name.startswith("objects/")]
    keys = [name for name in whole if name.startswith("keys/")]
    slots = [name for name in whole if name.startswith("slots/")]
    lost, flipped, list_name = objects[0], [objects[1], keys[0], slots[0]], "manifests/00000002.txt"
    shelf.lose(place, lost)
    for name in flipped:
        shelf.flip(place, name)

    seen = inspects(place, tmp_path / "nobody")
    expected = {(_in_vault(name), "damaged") for name in flipped} | {(lost, "missing")}
    assert {(bad.name, bad.what) for bad in seen.damaged} == expected
    shelf.flip(place, list_name)
    bad = person.verifies_one()
    assert {(each.name, each.what) for each in bad.damaged} == {*expected, (list_name, "damaged")}
    assert all(each.mended for each in bad.damaged)
    assert shelf.everything(place) == whole


def _in_vault(name: str) -> str:
    """Return the name in the vault of what lies at a place."""
    if name.startswith("objects/"):
        return name
    folder, _, file = name.rpartition("/")
    return f"{folder}/{file[17:]}"


def _nothing_readable_is_there(everything: dict[str, bytes], files: list[Path]) -> None:
    """Only ciphertext left: no name, no label, no piece of a picture; and sizes say little."""
    all_bytes = b"\n".join([*(name.encode() for name in everything), *everything.values()])
    assert b"canary" not in all_bytes
    for path in files:
        data = path.read_bytes()
        assert not any(data[at : at + 24] in all_bytes for at in range(0, len(data) - 24, 24))
    for name, data in everything.items():
        if name.startswith("objects/"):
            assert len(data) not in {path.stat().st_size for path in files}


def _all_of_it_comes_back(person: Person, place: Place, tmp_path: Path) -> None:
    originals = {sum_of(path) for path in tmp_path.glob("*/IMG*")}
    by_phrase, answer = person.restores(place, tmp_path / "restored")
    assert answer.damaged == ()
    shutil.copytree(by_phrase.home, tmp_path / "restored-too")
    assert by_phrase.sees() == person.sees()
    held = by_phrase.holds(tmp_path / "out")
    assert set(held.values()) == originals
    assert {label for label, _albums in by_phrase.sees().values()} == {
        "canary label",
        "another canary",
    }

    by_words = Person(tmp_path / "restored-too", "nobody knows it any more", person.words)
    by_words.comes_back_by_words("a new lantern in the harbour")
    assert by_words.holds(tmp_path / "out-by-words") == held
