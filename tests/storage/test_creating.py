"""Setting up: all of it or none of it, and never at the cost of somebody's files."""

import os
import shutil

import pytest

from stillmine.app.home import Home
from stillmine.app.storage import durable
from stillmine.errors import HomeNotEmpty, NoVault, StillmineError, VaultExists
from tests.storage.test_rekeying import CutOff, cut_after
from tests.storage.vaults import files, make


def test_a_vault_that_is_there_is_not_touched(kept):
    before = files(kept.home)
    with pytest.raises(VaultExists):
        make(kept.home.root)
    assert files(kept.home) == before


def test_an_attempt_that_was_cut_off_anywhere_is_no_vault_and_the_next_one_works(tmp_path):
    for steps in range(60):
        folder = tmp_path / f"{steps}"
        with pytest.MonkeyPatch.context() as patch:
            cut_after(patch, steps)
            try:
                made = make(folder)
                assert made.contents() == {}
                break
            except CutOff:
                pass
        with pytest.raises(NoVault):
            Home(folder).require_vault()
        made = make(folder)
        assert made.contents() == {}
        assert not list(made.home.unfinished.iterdir())
    else:
        pytest.fail("it never came to its end")
    assert steps > 8


@pytest.mark.parametrize(
    "theirs",
    [
        "README.txt",
        "notes.md",
        "keys/id_ed25519",
        "inbox/2026/letter.eml",
        "inbox/letter.age",
        "objects/vase.stl",
        "checkpoints/model-0042.age",
        "catalogue.db",
        "unfinished/novel.txt",
        "slots/photo.jpg",
        "slots.new/photo.jpg",
        ".hidden",
    ],
)
def test_a_folder_with_files_of_somebody_is_left_as_it_is(tmp_path, theirs):
    path = tmp_path / "home" / theirs
    path.parent.mkdir(parents=True)
    path.write_text("years of work")
    with pytest.raises(StillmineError) as caught:
        make(tmp_path / "home")
    assert isinstance(caught.value, HomeNotEmpty | VaultExists)
    assert path.read_text() == "years of work"


def test_a_file_of_somebody_beside_an_unfinished_attempt_is_left_too(tmp_path, monkeypatch):
    with pytest.MonkeyPatch.context() as patch:
        cut_after(patch, 3)
        with pytest.raises(CutOff):
            make(tmp_path / "home")
    theirs = tmp_path / "home" / "keys" / "mine.txt"
    theirs.write_text("mine")
    with pytest.raises(HomeNotEmpty):
        make(tmp_path / "home")
    assert theirs.read_text() == "mine"


def test_a_vault_that_lost_its_slots_is_not_set_up_anew(kept):
    shutil.rmtree(kept.home.slots)
    before = files(kept.home)
    with pytest.raises(HomeNotEmpty):
        make(kept.home.root)
    assert files(kept.home) == before


def test_what_is_made_is_for_its_owner_only(kept):
    assert kept.home.root.stat().st_mode & 0o077 == 0
    for path in kept.home.root.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_a_file_that_the_disk_changed_is_noticed_before_it_counts(tmp_path, monkeypatch):
    def forgetful(descriptor: int, data: bytes) -> None:
        os.write(descriptor, bytes(len(data)))

    monkeypatch.setattr(durable, "write_all", forgetful)
    from stillmine.errors import WrittenDifferently

    with pytest.raises(WrittenDifferently):
        make(tmp_path / "home")
    monkeypatch.undo()
    assert make(tmp_path / "home").contents() == {}
