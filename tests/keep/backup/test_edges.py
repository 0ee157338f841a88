"""Places in the wrong place, full, away, twice; and homes that belong to somebody."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stillmine.app.home import Home
from stillmine.app.storage.writer import writer_lock
from stillmine.errors import (
    HomeNotEmpty,
    InsideHome,
    NotABackupPlace,
    PlaceExists,
    StillmineError,
    TargetAway,
    TargetFull,
    UnknownPlace,
    VaultBusy,
    VaultExists,
    WrongPlaceName,
)
from stillmine.keep.backup import choosing
from tests.keep.backup import shelf as lying
from tests.keep.backup.person import Person
from tests.servers.places import Place


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("where", ["{home}", "{home}/backup", "{above}", "{home}/../home/objects"])
@pytest.mark.parametrize("spelling", ["{}", "file://{}", "{}/."])
def test_a_place_in_the_vault_or_around_it_is_refused(
    where: str, spelling: str, keeper: Person
) -> None:
    path = where.format(home=keeper.home, above=keeper.home.parent)
    with pytest.raises(InsideHome):
        keeper.adds_place(Place(spelling.format(path)))
    assert keeper.places() == ()


def test_a_link_or_an_escaped_sign_hides_no_vault(keeper: Person, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(keeper.home)
    escaped = str(keeper.home).replace("home", "%68ome")
    for url in (str(tmp_path / "link"), f"file://{escaped}"):
        with pytest.raises(InsideHome):
            keeper.adds_place(Place(url))


def test_a_vault_is_not_restored_into_its_own_backup(keeper: Person, shelf: Place) -> None:
    keeper.backs_up_to(shelf)
    with pytest.raises(InsideHome):
        keeper.restores(shelf, Path(shelf.url) / "home")


def test_a_place_means_the_same_from_wherever_the_program_is_started(
    keeper: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "stick").mkdir()
    monkeypatch.chdir(tmp_path)
    assert keeper.adds_place(Place("stick")).url == str(tmp_path / "stick")
    monkeypatch.chdir("/")
    assert keeper.backs_up().runs[0].sent > 0


@pytest.mark.parametrize("name", ["Ünï cödé", "a'b\"c $x `y`", "100%41 #?", "-dash", "two\nlines"])
def test_a_folder_with_an_odd_name_is_a_place_like_any_other(
    name: str, keeper: Person, tmp_path: Path
) -> None:
    (tmp_path / name).mkdir()
    place = Place(str(tmp_path / name))
    keeper.backs_up_to(place)
    assert keeper.verifies_one().damaged == ()
    assert keeper.restores(place, tmp_path / "back")[0].sees() == keeper.sees()


@pytest.mark.parametrize("name", ["", "a b", "../x", "ä", "-x", "x" * 41, "a\n", "a/b"])
def test_a_name_that_is_no_name_is_refused(name: str, keeper: Person, shelf: Place) -> None:
    with pytest.raises(WrongPlaceName):
        keeper.adds_place(shelf, name)


def test_a_place_is_added_once_and_taken_off_the_list_without_being_touched(
    keeper: Person, shelf: Place
) -> None:
    keeper.backs_up_to(shelf)
    with pytest.raises(PlaceExists):
        keeper.adds_place(shelf)
    before = lying.everything(shelf)
    choosing.remove(keeper.context, choosing.RemoveRequest("shelf"))
    assert keeper.places() == ()
    assert lying.everything(shelf) == before
    keeper.adds_place(shelf, "again")  # the backup there is its own, so it goes on
    (made,) = keeper.backs_up().runs
    assert made.counter == 2
    assert not any(name.startswith("objects/") for name in set(lying.names(shelf)) - set(before))


def test_an_unknown_place_is_named_everywhere(keeper: Person, shelf: Place) -> None:
    works = (keeper.backs_up, keeper.verifies, keeper.prunes, keeper.repairs, keeper.practises)
    for work in works:
        with pytest.raises(UnknownPlace):
            work("nowhere")
    for work in works[:4]:
        with pytest.raises(UnknownPlace):
            work()
    with pytest.raises(UnknownPlace):
        choosing.remove(keeper.context, choosing.RemoveRequest("nowhere"))


def test_a_place_that_is_not_there_or_no_folder_is_named(keeper: Person, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for url, kind in ((tmp_path / "gone", TargetAway), (tmp_path / "file", NotABackupPlace)):
        with pytest.raises(kind):
            keeper.adds_place(Place(str(url)))
    assert keeper.places() == ()


def test_a_stick_that_was_pulled_out_is_named_and_the_other_place_gets_its_backup(
    keeper: Person, new_place
) -> None:
    stick, shelf = new_place("folder"), new_place("folder")
    keeper.backs_up_to(stick, "stick")
    keeper.adds_place(shelf, "shelf")
    Path(stick.url).rename(f"{stick.url}-pulled")
    answer = keeper.backs_up()
    assert [made.place for made in answer.runs] == ["shelf"]
    assert [(each.place, each.code) for each in answer.skipped] == [("stick", TargetAway.code)]
    assert answer.outcome.value == 3
    checked = keeper.verifies()
    assert {each.place: each.code for each in checked.places} == {
        "stick": TargetAway.code, "shelf": ""
    }  # fmt: skip
    assert checked.outcome.value == 3
    with pytest.raises(TargetAway):
        keeper.backs_up("stick")
    Path(f"{stick.url}-pulled").rename(stick.url)
    assert keeper.backs_up().skipped == ()


@pytest.mark.parametrize("tiny_place", ["sftp", "webdav"], indirect=True)
def test_a_full_place_is_named_and_holds_no_backup(
    tiny_place: Place, keeper: Person, tmp_path: Path
) -> None:
    (tmp_path / "large.bin").write_bytes(os.urandom(3 << 20))
    keeper.keeps(tmp_path / "large.bin")
    keeper.adds_place(tiny_place)
    with pytest.raises(TargetFull):
        keeper.backs_up()
    assert lying.names(tiny_place, "manifests/") == []
    keeper.forgets(*(item for item, size in _sizes(keeper).items() if size > 1 << 20))
    lying.wait_for_room(tiny_place, 1 << 19)
    assert keeper.backs_up().runs[0].counter == 1
    assert keeper.verifies_one().damaged == ()


def test_an_empty_vault_is_backed_up_restored_and_practised_with(
    person: Person, shelf: Place, tmp_path: Path
) -> None:
    person.backs_up_to(shelf)
    assert person.backs_up().runs[0].unchanged
    assert person.verifies_one().damaged == ()
    practised = person.practises()
    assert (practised.passed, practised.items) == (True, 0)
    back, answer = person.restores(shelf, tmp_path / "back")
    assert (answer.damaged, back.sees()) == ((), {})


def test_a_busy_vault_says_so(keeper: Person, shelf: Place, new_place, tmp_path: Path) -> None:
    keeper.backs_up_to(shelf)
    keeper.keeps_text(tmp_path / "later.txt")
    with writer_lock(Home(keeper.home)):
        for work in (keeper.backs_up, keeper.repairs, keeper.practises):
            with pytest.raises(VaultBusy):
                work()
        with pytest.raises(VaultBusy):
            keeper.adds_place(new_place("folder"), "other")
        assert keeper.verifies_one().code == ""  # looking needs no turn
    assert keeper.backs_up().runs[0].counter == 2


def test_an_empty_folder_holds_no_backup(keeper: Person, shelf: Place, tmp_path: Path) -> None:
    keeper.adds_place(shelf)
    assert keeper.verifies_one().code == "backup.none-there"
    for work in (lambda: keeper.restores(shelf, tmp_path / "back"), keeper.practises):
        with pytest.raises(StillmineError) as caught:
            work()
        assert caught.value.code == "backup.none-there"
    assert not (tmp_path / "back").exists()


@pytest.mark.parametrize(
    "theirs",
    ["keys/mine.pem", "keys/old/id_ed25519", "README.txt", "inbox/letter.eml", "notes.txt",
     "objects/aa/bird.jpg", "checkpoints/1.txt"],
)  # fmt: skip
def test_restoring_never_clears_away_what_is_somebody_s(
    theirs: str, keeper: Person, shelf: Place, tmp_path: Path
) -> None:
    keeper.backs_up_to(shelf)
    folder = tmp_path / "back"
    (folder / theirs).parent.mkdir(parents=True)
    (folder / theirs).write_text("mine")
    with pytest.raises(HomeNotEmpty):
        keeper.restores(shelf, folder)
    assert {k: v for k, v in files_below(folder).items() if k != "lock"} == {theirs: b"mine"}


def test_restoring_never_touches_a_vault_that_is_there(
    keeper: Person, shelf: Place, tmp_path: Path
) -> None:
    keeper.backs_up_to(shelf)
    before = files_below(keeper.home)
    with pytest.raises(VaultExists):
        keeper.restores(shelf, keeper.home)
    assert files_below(keeper.home) == before


def _sizes(person: Person) -> dict[str, int]:
    folder = Home(person.home).objects
    return {path.stem: path.stat().st_size for path in folder.rglob("*.age")}
