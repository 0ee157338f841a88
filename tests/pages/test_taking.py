"""Somebody takes everything along and leaves no trace, clicked through in a real browser."""

from __future__ import annotations

import pytest

from stillmine.app.actions import Secret
from stillmine.app.context import Context
from stillmine.app.storage import removing
from stillmine.errors import CannotWriteHere, InsideHome, Stopped, WriteFailed
from stillmine.journeys.known import TAKING_ALONG
from stillmine.journeys.taking_along import take_backup, take_files
from stillmine.keep.backup.restore import RestoreRequest, restore
from stillmine.web.door import FormKeys
from stillmine.web.journeying import place_of
from tests.pages.browsing import Person, judged
from tests.pages.conftest import PHRASE
from tests.pages.test_journeys import answers, begins, goes_on, where

_PHRASE_KEYS = FormKeys({"passphrase": Secret(PHRASE)})


def removes(person: Person) -> None:
    person.page.locator("#yes").check()
    person.clicks("Remove it now")


def test_a_sealed_backup_is_taken_along_opens_elsewhere_and_the_vault_is_gone(
    resident, tmp_path, full
):
    begins(resident, TAKING_ALONG)
    judged(resident, "taking-what", full=full)
    answers(resident, "what", 1)
    judged(resident, "taking-where", full=full)
    resident.page.fill("#folder", str(tmp_path / "stick"))
    resident.clicks("Write it there")
    resident.page.get_by_role("heading", name="It is all there").wait_for()
    judged(resident, "taking-carry", full=full)
    goes_on(resident)
    assert resident.sees(str(resident.door.home))
    judged(resident, "taking-traces", full=full)
    goes_on(resident)
    judged(resident, "taking-gone", full=full)
    resident.clicks("Remove it now")
    assert resident.sees("Tick the box first.")
    assert resident.door.has_vault()
    removes(resident)
    assert resident.heading() == "The vault is gone from here"
    judged(resident, "taking-over", full=full)
    assert not resident.door.home.exists()
    assert not resident.door.is_unlocked()
    resident.clicks("Leave these pages")
    assert resident.has_ended()
    elsewhere = Context(tmp_path / "elsewhere", _PHRASE_KEYS)
    restore(elsewhere, RestoreRequest(str(tmp_path / "stick" / "sealed")))
    assert (tmp_path / "elsewhere" / "slots").is_dir()


def test_plain_files_are_taken_along_as_they_were(resident, tmp_path, full):
    begins(resident, TAKING_ALONG)
    answers(resident, "what", 2)
    judged(resident, "taking-where-plain", full=full)
    resident.page.fill("#folder", str(tmp_path / "stick"))
    resident.clicks("Write it there")
    resident.page.get_by_role("heading", name="It is all there").wait_for()
    assert resident.sees("3 files were written, read back and compared.")
    assert len(list((tmp_path / "stick" / "files").iterdir())) == 3


@pytest.mark.parametrize("typed", ["", "~nobody-of-that-name/stick"])
def test_a_folder_that_is_no_whole_path_says_so_beside_it(resident, typed, full):
    begins(resident, TAKING_ALONG)
    answers(resident, "what", 1)
    resident.page.fill("#folder", typed)
    resident.clicks("Write it there")
    assert resident.page.locator("#folder-wrong").inner_text()
    judged(resident, "taking-where-wrong", full=full)


def test_without_a_copy_it_is_said_that_all_is_lost(resident, full):
    begins(resident, TAKING_ALONG)
    answers(resident, "what", 3)
    assert where(resident) == "traces"
    goes_on(resident)
    assert resident.sees("all of it is lost for good")
    judged(resident, "taking-gone-unchecked", full=full)


def test_what_somebody_else_put_there_keeps_the_vault_and_is_named(resident, full):
    (resident.door.home / "letter.txt").write_text("mine")
    begins(resident, TAKING_ALONG)
    answers(resident, "what", 3)
    goes_on(resident)
    removes(resident)
    assert resident.sees("letter.txt")
    judged(resident, "taking-gone-not", full=full)
    assert resident.door.is_unlocked()


def test_cut_off_while_it_is_removed_the_next_time_ends_it(resident, monkeypatch):
    def cut_off(_path):
        raise WriteFailed(number=5)

    begins(resident, TAKING_ALONG)
    answers(resident, "what", 3)
    goes_on(resident)
    with monkeypatch.context() as patch:
        patch.setattr(removing, "_remove_file", cut_off)
        removes(resident)
    assert resident.page.locator("#trouble").count() == 1
    resident.door.unlock(Secret(PHRASE))
    begins(resident, TAKING_ALONG)
    resident.goes_to("journey.step", **place_of(TAKING_ALONG, "gone"))
    removes(resident)
    assert not resident.door.home.exists()


def test_without_a_vault_it_says_what_may_still_be_there(newcomer, full):
    begins(newcomer, TAKING_ALONG)
    judged(newcomer, "taking-none", full=full)
    goes_on(newcomer)
    assert newcomer.sees("There is no vault, no key and no timer")
    judged(newcomer, "taking-traces-none", full=full)
    goes_on(newcomer)
    judged(newcomer, "taking-none-left", full=full)
    newcomer.clicks("Leave these pages")
    assert newcomer.has_ended()


def test_a_locked_vault_is_opened_first(opens, vault):
    person = opens(vault)
    begins(person, TAKING_ALONG)
    assert person.page.url == person.url("/n/o")


def test_files_that_could_not_all_be_written_are_not_left_behind_unsealed(vault, tmp_path):
    context = Context(vault, _PHRASE_KEYS)
    (tmp_path / "stick").write_text("a file, and no folder")
    with pytest.raises(CannotWriteHere):
        take_files(context, tmp_path / "stick")
    for take in (take_files, take_backup):
        with pytest.raises(InsideHome):
            take(context, vault / "inside")
    context.job.stop_asked = True
    (tmp_path / "other").mkdir()
    with pytest.raises(Stopped):
        take_files(context, tmp_path / "other")
    assert not list((tmp_path / "other").iterdir())


def test_a_backup_that_is_made_twice_goes_to_the_same_place(vault, tmp_path):
    context = Context(vault, _PHRASE_KEYS)
    first, second = (take_backup(context, tmp_path / "stick") for _time in range(2))
    assert first.folder == second.folder
    assert (first.bad, second.bad) == (0, 0)
    assert second.count >= 3
