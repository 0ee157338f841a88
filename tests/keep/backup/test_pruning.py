"""Forgotten is forgotten at the places too, and old keys open nothing there any more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from stillmine.app.home import Home
from stillmine.app.storage.opening import open_vault, unlock
from stillmine.app.storage.root_key import RootKey
from stillmine.app.storage.slots import WayIn
from stillmine.app.unlocking import root_key
from stillmine.crypto import Identity, Passphrase, decrypt
from stillmine.errors import Damaged, NoKeyFits, WrongPassphrase, WrongWords
from tests.keep.backup import shelf as lying
from tests.keep.backup.conftest import COST
from tests.keep.backup.person import Person
from tests.servers.places import Place


def every_key(person: Person) -> list[Identity]:
    """Return the root key and the compartment keys: all that opens small files."""
    root = root_key(person.context)
    with open_vault(Home(person.home), root) as vault:
        compartments = [each.identity for each in vault.epoch.compartments.values()]
    return [root.identity, *compartments]


def opened(place: Place, keys: list[Identity]) -> Iterator[bytes]:
    """Yield the content of each small file at a place that one of these keys opens."""
    for name, data in lying.everything(place).items():
        if name.startswith(("keys/", "checkpoints/", "inbox/")):
            for key in keys:
                try:
                    yield decrypt(data, [key])
                except (NoKeyFits, Damaged):
                    continue


def slots_open_with(place: Place, text: str) -> list[RootKey]:
    found = []
    for name, data in lying.everything(place).items():
        if name.startswith("slots/") and not name.endswith(".check"):
            try:
                found.append(RootKey.from_text(decrypt(data, [Passphrase(text, work_factor=COST)])))
            except (NoKeyFits, Damaged):
                continue
    return found


def test_a_forgotten_item_cannot_be_opened_from_the_place_with_any_key(
    keeper: Person, shelf: Place
) -> None:
    keeper.backs_up_to(shelf)
    item = sorted(keeper.sees())[0]
    keys = every_key(keeper)
    assert any(item.encode() in text for text in opened(shelf, keys))
    keeper.forgets(item)
    keeper.backs_up()
    (pruned,) = keeper.prunes().places
    assert pruned.erased > 0
    assert not any(item.encode() in text for text in opened(shelf, keys))
    assert not any(item in name for name in lying.names(shelf))
    checked = keeper.verifies_one()
    assert (checked.code, checked.damaged) == ("", ())


def test_after_new_keys_the_old_passphrase_and_words_open_nothing_at_the_place(
    keeper: Person, shelf: Place, tmp_path: Path
) -> None:
    keeper.backs_up_to(shelf)
    old_phrase, old_words, old_keys = keeper.phrase, keeper.words, every_key(keeper)
    assert slots_open_with(shelf, old_phrase)
    keeper.gets_new_keys("another phrase entirely")
    keeper.backs_up()
    keeper.prunes()
    assert slots_open_with(shelf, old_phrase) == slots_open_with(shelf, old_words) == []
    assert list(opened(shelf, old_keys)) == []
    assert not any("epoch-0001" in name for name in lying.names(shelf))

    back, _ = keeper.restores(shelf, tmp_path / "back")
    with pytest.raises(WrongPassphrase):
        unlock(Home(back.home), WayIn.by_passphrase(old_phrase, COST))
    with pytest.raises(WrongWords):
        unlock(Home(back.home), WayIn.by_words(old_words.split(), COST))
    assert back.holds(tmp_path / "out") == keeper.holds(tmp_path / "own")
    assert keeper.practises().passed


def test_pruning_leaves_the_newest_backup_whole_and_is_quick_to_repeat(
    keeper: Person, shelf: Place, tmp_path: Path
) -> None:
    keeper.backs_up_to(shelf)
    for number in range(3):
        keeper.keeps_text(tmp_path / f"more-{number}.txt")
        keeper.backs_up()
    keeper.prunes()
    assert lying.names(shelf, "manifests/") == ["manifests/00000004.txt"]
    assert keeper.prunes().places[0].erased == 0
    assert keeper.verifies_one().damaged == ()
    assert keeper.restores(shelf, tmp_path / "back")[0].sees() == keeper.sees()


def test_what_others_keep_at_the_place_is_not_erased(keeper: Person, shelf: Place) -> None:
    theirs = {"holiday/list.txt": b"theirs", "note.txt": b"theirs"}
    lying.put(shelf, theirs)
    keeper.backs_up_to(shelf)
    keeper.forgets(sorted(keeper.sees())[0])
    keeper.backs_up()
    keeper.prunes()
    assert theirs.items() <= lying.everything(shelf).items()


def test_pruning_before_any_backup_is_named(keeper: Person, shelf: Place) -> None:
    keeper.adds_place(shelf)
    assert keeper.prunes().skipped[0].code == "backup.none-there"


def test_a_key_table_that_is_lost_at_home_is_never_erased_at_the_place(
    keeper: Person, shelf: Place, tmp_path: Path
) -> None:
    keeper.backs_up_to(shelf)
    held = keeper.holds(tmp_path / "before")
    for path in (keeper.home / "keys").rglob("table-*"):
        path.write_bytes(b"a bad sector")
    keeper.keeps_text(tmp_path / "later.txt")
    keeper.backs_up()
    keeper.prunes()
    answer = keeper.repairs()
    assert answer.damaged == ()
    assert len(answer.repaired) == 3  # one table for each file that was kept by itself
    assert held.items() <= keeper.holds(tmp_path / "after").items()
