"""A vault is taken away from a computer: all of ours, nothing else, and the keys before all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stillmine.app.actions import Secret
from stillmine.app.away import key_file
from stillmine.app.away.key_file import WatchKey, key_path
from stillmine.app.storage import removing
from stillmine.app.storage.writer import writer_lock
from stillmine.errors import HomeHoldsOthers, NoVault, VaultBusy, WriteFailed
from stillmine.imaging import drawn
from stillmine.keep import add, leaving, locking, rekey
from tests.keep.conftest import PHRASE


@pytest.fixture
def keeper(person, tmp_path):
    """Bring somebody whose vault holds two pictures and was used for a while."""
    for number in range(2):
        picture = tmp_path / f"{number}.jpg"
        picture.write_bytes(drawn.draw(number + 1, size=(160, 120)))
        person.keeps(picture)
    return person


def leaves(person):
    return person.does(leaving.remove_home, leaving.RemoveHomeRequest())


def everything(folder: Path) -> set[str]:
    return {each.relative_to(folder).as_posix() for each in folder.rglob("*")}


def test_all_of_the_vault_is_gone_and_the_folder_too(keeper):
    files = sum(each.is_file() for each in keeper.home.root.rglob("*"))
    answer = leaves(keeper)
    assert answer.removed >= files
    assert not keeper.home.root.exists()


def test_a_vault_with_new_keys_and_an_interrupted_writer_goes_too(keeper):
    keeper.does(rekey.rekey, rekey.RekeyRequest(Secret(PHRASE)))
    (keeper.home.unfinished / "a-writer-was-here").touch()
    (keeper.home.unfinished / f"{'0' * 32}.tmp").write_bytes(b"half")
    (keeper.home.keys / "epoch-0003.new").mkdir()
    leaves(keeper)
    assert not keeper.home.root.exists()


def test_the_open_vault_is_locked_and_the_key_for_looking_goes_as_well(keeper):
    keeper.does(locking.unlock, locking.UnlockRequest())
    key_file.write(key_path(keeper.home), WatchKey(1, bytes(32)))
    leaves(keeper)
    assert not key_path(keeper.home).exists()
    with pytest.raises(NoVault):
        keeper.does(locking.lock, locking.LockRequest())


@pytest.mark.parametrize(
    "name",
    ["letter.txt", "objects/mine.jpg", "keys/id_ed25519", "slots/1.age.old", "objects/zz", "a/b"],
)
def test_a_file_of_somebody_is_named_and_nothing_is_touched(keeper, name):
    key_file.write(key_path(keeper.home), WatchKey(1, bytes(32)))
    other = keeper.home.root / name
    other.parent.mkdir(exist_ok=True)
    other.write_text("mine")
    before = everything(keeper.home.root)
    with pytest.raises(HomeHoldsOthers) as refused:
        leaves(keeper)
    assert str(refused.value.facts["file"]).startswith(str(keeper.home.root))
    assert everything(keeper.home.root) == before
    assert key_path(keeper.home).exists()


@pytest.mark.parametrize("name", ["README.txt", "objects/ab", "watch", "slots/4.age"])
def test_a_link_in_the_place_of_ours_is_never_followed(keeper, tmp_path, name):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / f"{'a' * 32}.age").write_text("somebody's")
    link = keeper.home.root / name
    if link.is_dir():
        link.rename(tmp_path / "moved")
    else:
        link.unlink(missing_ok=True)
    link.symlink_to(outside, target_is_directory=True)
    with pytest.raises(HomeHoldsOthers):
        leaves(keeper)
    assert len(list(outside.iterdir())) == 1


def test_a_home_that_is_a_link_is_left_alone(keeper, tmp_path):
    keeper.home.root.rename(tmp_path / "moved")
    keeper.home.root.symlink_to(tmp_path / "moved")
    with pytest.raises(HomeHoldsOthers):
        leaves(keeper)
    assert (tmp_path / "moved" / "slots").is_dir()


def test_a_folder_in_the_place_of_a_file_is_not_ours(keeper):
    (keeper.home.root / "README.txt").unlink()
    (keeper.home.root / "README.txt").mkdir()
    with pytest.raises(HomeHoldsOthers):
        leaves(keeper)


def test_a_second_time_there_is_no_vault(keeper):
    leaves(keeper)
    with pytest.raises(NoVault):
        leaves(keeper)


def test_a_folder_that_never_held_a_vault_is_left_alone(newcomer):
    (newcomer.home.root / "inbox").mkdir(parents=True)
    with pytest.raises(NoVault):
        leaves(newcomer)
    assert (newcomer.home.root / "inbox").is_dir()


def test_while_somebody_writes_nothing_is_removed(keeper):
    before = everything(keeper.home.root)
    with writer_lock(keeper.home), pytest.raises(VaultBusy):
        leaves(keeper)
    assert everything(keeper.home.root) == before


@pytest.mark.parametrize("after", [1, 2, 5, 8, 12, 15])
def test_cut_off_anywhere_it_leaves_nothing_to_open_and_the_next_time_ends_it(
    keeper, monkeypatch, after
):
    real, done = removing._remove_file, []

    def cut_off(path):
        if len(done) == after:
            raise OSError(5, "the plug was pulled", os.fspath(path))
        done.append(path)
        real(path)

    monkeypatch.setattr(removing, "_remove_file", cut_off)
    with pytest.raises(WriteFailed):
        leaves(keeper)
    # The ways in go first: nothing else went while there still was one.
    ways_in = list(keeper.home.root.glob("slots/*.age*"))
    assert not ways_in or all("slots" in path.parts for path in done)
    monkeypatch.setattr(removing, "_remove_file", real)
    leaves(keeper)
    assert not keeper.home.root.exists()


def test_after_it_a_new_vault_can_be_set_up_in_the_same_place(keeper, tmp_path):
    leaves(keeper)
    keeper.sets_up()
    assert keeper.does(add.add, add.AddRequest((tmp_path / "0.jpg",))).added
