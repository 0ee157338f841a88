"""A place that goes back in time, mixes, or is not ours: each is named, and nothing is believed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from stillmine.crypto import SigningKey
from stillmine.errors import BackupRolledBack, NotOurSignature, OtherVault, StillmineError
from stillmine.keep.backup.manifest import read_manifest, write_manifest
from tests.keep.backup import shelf as lying
from tests.keep.backup.person import Person, inspects
from tests.servers.places import Place

FIRST, SECOND = "manifests/00000001.txt", "manifests/00000002.txt"


@pytest.fixture
def two(keeper: Person, shelf: Place, tmp_path: Path) -> dict[str, bytes]:
    """Make two backups with something new between; return the place as it was after the first."""
    keeper.backs_up_to(shelf)
    before = lying.everything(shelf)
    keeper.keeps_text(tmp_path / "later.txt")
    keeper.backs_up()
    return before


def code(work: Callable[[], object]) -> str:
    with pytest.raises(StillmineError) as caught:
        work()
    return caught.value.code


def signed_anew(data: bytes, key: SigningKey, counter: int | None = None) -> bytes:
    old = read_manifest(data)
    number = counter or old.counter
    return write_manifest(old.vault, number, old.made, old.entries, key)[1]


def test_a_newest_list_that_is_gone_is_a_rollback(keeper, shelf, two) -> None:
    lying.lose(shelf, SECOND)
    checked = keeper.verifies_one()
    assert (checked.counter, checked.code) == (1, BackupRolledBack.code)
    assert keeper.prunes().skipped[0].code == BackupRolledBack.code
    assert code(keeper.practises) == BackupRolledBack.code


def test_an_older_copy_of_the_whole_place_is_a_rollback_and_the_next_run_mends_it(
    keeper, shelf, two, tmp_path
) -> None:
    lying.roll_back(shelf, two)
    assert keeper.verifies_one().code == BackupRolledBack.code
    assert inspects(shelf, tmp_path / "nobody").damaged == ()  # it is whole, only old
    (made,) = keeper.backs_up().runs
    assert (made.unchanged, made.counter) == (False, 3)
    assert keeper.verifies_one().code == ""
    assert keeper.restores(shelf, tmp_path / "back")[0].sees() == keeper.sees()


def test_an_emptied_place_is_a_rollback_and_the_next_run_fills_it(keeper, shelf, two) -> None:
    lying.roll_back(shelf, {})
    assert keeper.verifies_one().code == BackupRolledBack.code
    keeper.backs_up()
    assert keeper.verifies_one().code == ""


def test_another_list_with_the_same_number_is_a_rollback(keeper, shelf, two) -> None:
    older = lying.read(shelf, FIRST)
    key = _signing_key(keeper)
    lying.put(shelf, {SECOND: signed_anew(older, key, counter=2)})
    assert keeper.verifies_one().code == BackupRolledBack.code
    assert keeper.prunes().skipped[0].code == BackupRolledBack.code


def test_an_older_list_under_a_newer_name_is_broken_and_mended(keeper, shelf, two) -> None:
    newest = lying.read(shelf, SECOND)
    lying.put(shelf, {SECOND: lying.read(shelf, FIRST)})
    (bad,) = keeper.verifies_one().damaged
    assert (bad.name, bad.mended) == (SECOND, True)
    assert lying.read(shelf, SECOND) == newest


def test_a_list_that_somebody_else_signed_is_named(keeper, shelf, two) -> None:
    stranger = SigningKey.from_secret(b"s" * 32)
    whole = lying.read(shelf, SECOND)
    lying.put(shelf, {SECOND: signed_anew(whole, stranger)})
    assert keeper.verifies_one().code == NotOurSignature.code
    lying.put(shelf, {SECOND: whole, "manifests/00000003.txt": signed_anew(whole, stranger, 3)})
    assert keeper.verifies_one().code == NotOurSignature.code
    assert keeper.prunes().skipped[0].code == NotOurSignature.code
    assert code(keeper.practises) == NotOurSignature.code


def test_a_stranger_s_list_erases_nothing_when_pruning(keeper, shelf, two) -> None:
    old = read_manifest(lying.read(shelf, SECOND))
    stranger = SigningKey.from_secret(b"s" * 32)
    _made, data = write_manifest(old.vault, 9, old.made, (), stranger)
    lying.put(shelf, {"manifests/00000009.txt": data})
    before = lying.everything(shelf)
    assert keeper.prunes().skipped[0].code == NotOurSignature.code
    assert lying.everything(shelf) == before


def test_the_place_of_another_vault_is_named_and_left_alone(
    keeper, shelf, two, tmp_path, new_place
) -> None:
    other = Person(tmp_path / "other").sets_up()
    assert code(lambda: other.adds_place(shelf)) == OtherVault.code
    elsewhere = new_place("folder")
    other.backs_up_to(elsewhere)
    lying.roll_back(shelf, lying.everything(elsewhere))
    before = lying.everything(shelf)
    keeper.keeps_text(tmp_path / "more.txt")
    assert keeper.verifies_one().code == OtherVault.code
    assert keeper.prunes().skipped[0].code == OtherVault.code
    assert code(keeper.backs_up) == OtherVault.code
    assert code(keeper.practises) == OtherVault.code
    assert lying.everything(shelf) == before


def test_lists_mixed_with_those_of_another_vault_are_named(
    keeper, shelf, two, tmp_path, new_place
) -> None:
    other = Person(tmp_path / "other").sets_up()
    elsewhere = new_place("folder")
    other.backs_up_to(elsewhere)
    head = lying.read(elsewhere, FIRST).split(b"\n")[:2]
    own = lying.read(shelf, SECOND).split(b"\n")[2:]
    lying.put(shelf, {SECOND: b"\n".join([*head, *own])})
    assert [bad.mended for bad in keeper.verifies_one().damaged] == [True]
    lying.put(shelf, {"manifests/00000003.txt": lying.read(elsewhere, FIRST)})
    checked = keeper.verifies_one()
    assert checked.code == "backup.broken-list"
    assert [(bad.name, bad.mended) for bad in checked.damaged] == [
        ("manifests/00000003.txt", False)
    ]


def test_a_broken_list_is_said_when_restoring_from_the_one_before(
    keeper, shelf, two, tmp_path
) -> None:
    lying.flip(shelf, SECOND)
    back, answer = keeper.restores(shelf, tmp_path / "back")
    assert answer.counter == 1
    assert [(each.name, each.what) for each in answer.damaged] == [(SECOND, "damaged")]
    assert answer.outcome.value == 3
    assert len(back.sees()) == 3


def test_a_broken_list_that_cannot_be_made_again_is_replaced_by_the_next_run(
    keeper, shelf, tmp_path
) -> None:
    keeper.backs_up_to(shelf)
    lying.flip(shelf, FIRST)
    keeper.keeps_text(tmp_path / "later.txt")
    checked = keeper.verifies_one()
    assert checked.code == "backup.broken-list"
    assert [bad.mended for bad in checked.damaged] == [False]
    (made,) = keeper.backs_up().runs
    assert made.counter == 2
    assert keeper.verifies_one().code == ""


def test_new_keys_are_no_false_alarm_and_old_keys_sign_nothing_new(keeper, shelf, two) -> None:
    old_key = _signing_key(keeper)
    keeper.gets_new_keys("another phrase entirely")
    assert keeper.verifies_one().code == ""
    forged = signed_anew(lying.read(shelf, SECOND), old_key, counter=3)
    lying.put(shelf, {"manifests/00000003.txt": forged})
    assert keeper.verifies_one().code == NotOurSignature.code


def test_a_head_that_was_exchanged_is_not_called_unchanged(keeper, shelf, two) -> None:
    stranger = SigningKey.from_secret(b"s" * 32)
    lying.put(shelf, {SECOND: signed_anew(lying.read(shelf, SECOND), stranger)})
    (made,) = keeper.backs_up().runs
    assert not made.unchanged
    assert keeper.verifies_one().code == ""


def _signing_key(person: Person) -> SigningKey:
    from stillmine.app.unlocking import root_key

    return root_key(person.context).signing_key
