"""What the vault lost comes back from its places, whichever of them still has it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from stillmine.app.home import Home
from stillmine.keep import verify
from tests.keep.backup import shelf as lying
from tests.keep.backup.person import Person
from tests.servers.places import Place


@pytest.fixture
def places(keeper: Person, new_place) -> dict[str, Place]:
    """Back up to two places."""
    made = {name: new_place("folder") for name in ("attic", "cellar")}
    for name, place in made.items():
        keeper.backs_up_to(place, name)
    return made


def objects(person: Person) -> list[Path]:
    return sorted(Home(person.home).objects.rglob("*.age"))


def tables(person: Person) -> list[Path]:
    return sorted(Home(person.home).keys.rglob("table-*.age*"))


def spoil(path: Path) -> None:
    path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 4
    path.write_bytes(data)


def is_whole(person: Person) -> bool:
    answer = verify.verify(person.context, verify.VerifyRequest())
    return not (answer.damaged or answer.damaged_files)


def test_objects_come_back_from_whichever_place_still_has_them(
    keeper: Person, places: dict[str, Place], tmp_path: Path
) -> None:
    before = keeper.holds(tmp_path / "before")
    one, other, third = objects(keeper)
    names = [path.relative_to(keeper.home).as_posix() for path in (one, other)]
    lying.lose(places["attic"], names[0])
    lying.flip(places["cellar"], names[1])
    spoil(one)
    other.unlink()
    answer = keeper.repairs()
    assert {(each.name, each.place) for each in answer.repaired} == {
        (names[0], "cellar"),
        (names[1], "attic"),
    }
    assert answer.damaged == ()
    assert is_whole(keeper)
    assert keeper.holds(tmp_path / "after") == before
    assert stat.S_IMODE(one.stat().st_mode) == stat.S_IMODE(third.stat().st_mode)


def test_what_no_place_has_is_named_and_left_as_it_is(
    keeper: Person, places: dict[str, Place]
) -> None:
    path = objects(keeper)[0]
    name = path.relative_to(keeper.home).as_posix()
    spoil(path)
    bad = path.read_bytes()
    for place in places.values():
        lying.flip(place, name)
    answer = keeper.repairs()
    assert (answer.repaired, answer.damaged) == ((), (name,))
    assert answer.outcome.value == 3
    assert path.read_bytes() == bad


@pytest.mark.parametrize("how", ["spoilt", "gone"])
def test_a_key_table_of_which_both_copies_are_lost_comes_back(
    how: str, keeper: Person, places: dict[str, Place], tmp_path: Path
) -> None:
    keeper.keeps_text(tmp_path / "another.txt")
    keeper.backs_up()
    before = keeper.holds(tmp_path / "before")
    tables_before = {path.name: path.read_bytes() for path in tables(keeper)}
    first, twin = tables(keeper)[:2]
    assert twin.name == f"{first.name}.twin"
    lying.lose(places["attic"], *(n for n in lying.names(places["attic"]) if first.name in n))
    for path in (first, twin):
        spoil(path) if how == "spoilt" else path.unlink()
    assert not is_whole(keeper)
    answer = keeper.repairs()
    assert [(each.name.rpartition("/")[2], each.place) for each in answer.repaired] == [
        (first.name, "cellar")
    ]
    assert answer.damaged == ()
    assert is_whole(keeper)
    assert {path.name: path.read_bytes() for path in tables(keeper)} == tables_before
    assert keeper.holds(tmp_path / "after") == before


def test_a_place_that_is_away_is_named_and_the_other_mends(
    keeper: Person, places: dict[str, Place]
) -> None:
    path = objects(keeper)[0]
    spoil(path)
    Path(places["attic"].url).rename(f"{places['attic'].url}-away")
    answer = keeper.repairs()
    assert [(each.place, each.code) for each in answer.skipped] == [("attic", "backup.target-away")]
    assert [each.place for each in answer.repaired] == ["cellar"]
    assert answer.outcome.value == 0


def test_one_lost_copy_of_a_key_file_stops_no_backup(
    keeper: Person, places: dict[str, Place], tmp_path: Path
) -> None:
    tables(keeper)[1].unlink()
    next(Home(keeper.home).keys.rglob("compartments.age.twin")).unlink()
    keeper.keeps_text(tmp_path / "another.txt")
    assert [made.unchanged for made in keeper.backs_up().runs] == [False, False]
    assert all(checked.code == "" == "".join(bad.name for bad in checked.damaged)
               for checked in keeper.verifies().places)  # fmt: skip
    assert is_whole(keeper)


def test_a_restored_vault_lacking_a_key_table_gets_it_from_the_other_place(
    keeper: Person, places: dict[str, Place], tmp_path: Path
) -> None:
    keeper.keeps_text(tmp_path / "another.txt")
    keeper.backs_up()
    before = keeper.holds(tmp_path / "before")
    first = tables(keeper)[0].name
    lying.lose(places["attic"], *(n for n in lying.names(places["attic"]) if first in n))
    back, answer = keeper.restores(places["attic"], tmp_path / "back")
    assert sorted(each.name.rpartition("/")[2] for each in answer.damaged) == [
        first, f"{first}.twin"
    ]  # fmt: skip
    assert answer.outcome.value == 3
    assert len(back.sees()) == 4
    assert [each.place for each in back.repairs("cellar").repaired] == ["cellar"]
    assert back.holds(tmp_path / "after") == before


def test_without_any_way_in_or_compartments_there_is_no_restored_vault(
    keeper: Person, shelf: Place, tmp_path: Path
) -> None:
    keeper.backs_up_to(shelf)
    whole = lying.everything(shelf)
    for part in ("slots/", "compartments.age"):
        lying.lose(shelf, *(name for name in whole if part in name))
        with pytest.raises(Exception, match=r"backup\.incomplete"):
            keeper.restores(shelf, tmp_path / "back")
        assert not Home(tmp_path / "back").has_vault()
        lying.put(shelf, whole)
    back, _ = keeper.restores(shelf, tmp_path / "back")
    assert back.sees() == keeper.sees()


def test_with_the_slot_of_the_words_alone_the_words_open_what_was_restored(
    keeper: Person, shelf: Place, tmp_path: Path
) -> None:
    keeper.backs_up_to(shelf)
    lying.lose(shelf, *(name for name in lying.names(shelf) if "-1.age" in name))
    back, answer = keeper.restores(shelf, tmp_path / "back")
    assert {each.name for each in answer.damaged} == {"slots/1.age", "slots/1.age.twin"}
    back.comes_back_by_words("a phrase for a new beginning")
    assert back.sees() == keeper.sees()


def test_a_bad_sector_of_a_stick_is_named_and_mended_and_the_rest_is_read(
    keeper: Person, places: dict[str, Place], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    victim = objects(keeper)[0].relative_to(keeper.home).as_posix()
    real_open = os.open
    bad = [True]

    def open_on_a_bad_sector(path, flags, *more, **named):
        # What the system gives for this file fails with a true EIO when it is read.
        on_stick = str(path).endswith(victim) and "home" not in Path(path).parts
        if bad[0] and on_stick and flags & os.O_ACCMODE == os.O_RDONLY:
            return real_open("/proc/self/mem", os.O_RDONLY)
        return real_open(path, flags, *more, **named)

    monkeypatch.setattr(os, "open", open_on_a_bad_sector)
    found = keeper.verifies_one("attic")
    assert [(each.name, each.what) for each in found.damaged] == [(victim, "unreadable")]
    assert found.read_back == found.files
    _, answer = keeper.restores(places["attic"], tmp_path / "back")
    assert [(each.name, each.what) for each in answer.damaged] == [(victim, "unreadable")]
    bad[0] = False
    assert not keeper.verifies_one("attic").damaged
