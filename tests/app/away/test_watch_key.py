"""The watch key on disk: for its owner alone, never in the home, and it opens no picture."""

# ruff: noqa: F811  fixtures are imported, and then named by those who use them

from __future__ import annotations

import os
from pathlib import Path

import pytest

from stillmine.app import away
from stillmine.app.actions import Secret
from stillmine.app.away import key_file, notes
from stillmine.app.away.key_file import WatchKey
from stillmine.app.settings import change_setting
from stillmine.app.storage.catalogue import Catalogue
from stillmine.app.storage.opening import open_vault
from stillmine.app.storage.root_key import RootKey
from stillmine.app.unlocking import unlocked
from stillmine.crypto import X25519Identity, decrypt, derive
from stillmine.errors import (
    InsideHome,
    NoKeyFits,
    NotScheduled,
    StillmineError,
    WatchKeyExposed,
    WatchKeyOutdated,
)
from stillmine.keep.rekey import RekeyRequest, rekey
from tests.keep.conftest import Person, _quick, newcomer, person, photos  # noqa: F401  fixtures

KEY = WatchKey(3, bytes(range(32)))


@pytest.fixture
def watched(person: Person, photos: Path) -> Person:
    person.keeps(photos)
    with unlocked(person.context, writing=True) as vault:
        away.keep(vault, "schedule", {"every": 12})
        away.hold(vault)
    return person


def key_of(person: Person) -> WatchKey:
    return key_file.read(away.key_path(person.home))


def labels() -> list[str]:
    """Return every purpose that the program derives a key for, and some that it does not."""
    return ["", "key-check", "content-fingerprint", "catalogue/1", "watch/1", "backup-signature"]


def test_the_key_opens_no_item_no_key_table_no_slot_and_no_checkpoint(watched: Person) -> None:
    key = key_of(watched).key
    keys = [key, *(derive(key, label) for label in labels())]
    sealed = [
        each
        for folder in ("objects", "keys", "slots", "checkpoints")
        for each in (watched.folder / folder).rglob("*.age")
    ]
    assert len(sealed) > 6
    for file in sealed:
        for each in keys:
            with pytest.raises(StillmineError):
                decrypt(file.read_bytes(), [X25519Identity.from_secret(each)])


def test_the_key_opens_neither_the_catalogue_nor_the_vault(watched: Person) -> None:
    key = key_of(watched).key
    for each in [key, *(derive(key, label) for label in labels())]:
        with pytest.raises(StillmineError):
            Catalogue(watched.home.catalogue, each).items()
        with pytest.raises(StillmineError), open_vault(watched.home, RootKey(each)):
            pass


def test_the_key_opens_what_it_is_for(watched: Person) -> None:
    choices = away.read_choices(watched.home, key_of(watched))
    assert choices.schedule == {"every": 12}


def test_the_key_lies_outside_the_home_and_says_nothing(watched: Person) -> None:
    path = away.key_path(watched.home)
    assert not path.is_relative_to(watched.folder)
    said = str(path.relative_to(Path(os.environ["XDG_CONFIG_HOME"]))) + path.read_text()
    assert "stillmine" not in said
    assert str(watched.folder) not in said
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_nothing_in_the_home_holds_the_key(watched: Person) -> None:
    key = key_of(watched).key
    for file in watched.folder.rglob("*"):
        if file.is_file():
            content = file.read_bytes()
            assert key not in content
            assert key.hex().encode() not in content


def test_a_home_around_the_folder_of_settings_is_refused(
    person: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(person.folder / "config"))
    with unlocked(person.context) as vault, pytest.raises(InsideHome):
        away.hold(vault)


@pytest.mark.skipif(os.name != "posix", reason="other systems have no such permissions")
@pytest.mark.parametrize("mode", [0o604, 0o640, 0o602, 0o610, 0o644, 0o666])
def test_a_key_that_others_can_read_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "upkeep" / "a"
    key_file.write(path, KEY)
    path.chmod(mode)
    with pytest.raises(WatchKeyExposed):
        key_file.read(path)


def test_a_folder_that_others_can_write_to_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "upkeep" / "a"
    key_file.write(path, KEY)
    path.parent.chmod(0o777)
    with pytest.raises(WatchKeyExposed):
        key_file.read(path)
    with pytest.raises(WatchKeyExposed):
        key_file.write(path, KEY)


def test_a_link_is_not_followed_and_a_second_name_is_refused(tmp_path: Path) -> None:
    real, path = tmp_path / "own" / "real", tmp_path / "upkeep" / "a"
    key_file.write(real, KEY)
    path.parent.mkdir(mode=0o700)
    path.symlink_to(real)
    with pytest.raises(WatchKeyExposed):
        key_file.read(path)
    key_file.write(path, WatchKey(4, KEY.key))
    assert not path.is_symlink()
    assert key_file.read(real) == KEY
    os.link(path, tmp_path / "second")
    with pytest.raises(WatchKeyExposed):
        key_file.read(path)


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[]", b"\xff\xfe", b'{"v":1,"n":1,"k":"00"}', b'{"v":1,"n":0,"k":"' + b"00" * 32],
)
def test_what_is_no_key_is_as_if_there_was_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(NotScheduled):
        key_file.read(path)


def test_a_pipe_does_not_keep_anybody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a", 0o600)
    with pytest.raises(WatchKeyExposed):
        key_file.read(tmp_path / "a")


def test_no_repr_holds_the_key() -> None:
    assert KEY.key.hex() not in repr(KEY)
    assert str(KEY.key) not in repr(KEY)


def test_after_new_keys_the_old_one_is_refused_and_the_new_one_is_there(watched: Person) -> None:
    old = key_of(watched)
    watched.does(rekey, RekeyRequest(Secret(watched.phrase)))
    with pytest.raises(WatchKeyOutdated):
        away.read_choices(watched.home, old)
    new = key_of(watched)
    assert new.epoch == old.epoch + 1
    assert new.key != old.key
    assert away.read_choices(watched.home, new).schedule == {"every": 12}


def test_a_way_out_is_known_to_locked_runs_before_the_vault_is_locked(watched: Person) -> None:
    with unlocked(watched.context, writing=True) as vault:
        change_setting(vault, "proxy", "tor")
    assert away.read_choices(watched.home, key_of(watched)).proxy == "tor"


def test_where_the_way_out_cannot_be_noted_no_old_one_is_left(watched: Person) -> None:
    with unlocked(watched.context, writing=True) as vault:
        change_setting(vault, "proxy", "tor")
        (watched.home.watch / "choices.age").unlink()
        # A folder of that name stands for a disk on which nothing can be written any more.
        (watched.home.watch / "choices.age").mkdir()
    with pytest.raises(NotScheduled):
        away.read_choices(watched.home, key_of(watched))


def test_without_a_key_nothing_is_written_when_the_vault_opens(person: Person) -> None:
    with unlocked(person.context):
        pass
    assert not away.key_path(person.home).exists()
    assert not (person.home.watch / "choices.age").exists()


def test_another_vault_at_the_same_place_gives_no_key_away(person: Person) -> None:
    path = away.key_path(person.home)
    key_file.write(path, KEY)
    with unlocked(person.context):
        pass
    assert key_file.read(path) == KEY
    assert not (person.home.watch / "choices.age").exists()


@pytest.mark.parametrize("damage", ["flip", "cut", "empty", "other-key", "huge"])
def test_a_damaged_note_is_as_if_there_was_none(watched: Person, damage: str) -> None:
    path, key = watched.home.watch / "choices.age", key_of(watched)
    content = path.read_bytes()
    if damage == "other-key":
        with pytest.raises(NoKeyFits):
            decrypt(content, [X25519Identity.generate()])
        key = WatchKey(key.epoch, bytes(32))
    else:
        path.write_bytes(
            {
                "flip": content[:-1] + bytes([content[-1] ^ 1]),
                "cut": content[: len(content) // 2],
                "empty": b"",
                "huge": content + bytes(300 << 10),
            }[damage]
        )
    with pytest.raises(NotScheduled):
        away.read_choices(watched.home, key)


def test_removing_the_key_leaves_no_folder_and_no_foreign_file_is_touched(tmp_path: Path) -> None:
    path = tmp_path / "upkeep" / "a"
    key_file.write(path, KEY)
    assert key_file.remove(path)
    assert not path.parent.exists()
    assert not key_file.remove(path)
    key_file.write(path, KEY)
    (path.parent / "other").write_text("not ours")
    key_file.remove(path)
    assert (path.parent / "other").read_text() == "not ours"


def test_notes_survive_a_draft_that_a_crash_left(watched: Person) -> None:
    key = key_of(watched)
    draft = watched.home.watch / ("0" * 32 + ".tmp")
    draft.write_bytes(b"half")
    os.utime(draft, (0, 0))
    notes.put(watched.home, key.key, "last", {"a": 1})
    assert notes.get(watched.home, key.key, "last") == {"a": 1}
    assert not draft.exists()
