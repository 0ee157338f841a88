"""A look finds copies on real sites, keeps them, says what was not to be had, and never twice."""

from __future__ import annotations

import shutil
from datetime import timedelta

import pytest

from stillmine.app import keyholder
from stillmine.app.actions import Outcome, Secret, all_actions
from stillmine.app.jobs import Job
from stillmine.app.storage import inbox
from stillmine.app.storage.looks import Looks
from stillmine.cli.rendering import answer_lines
from stillmine.errors import (
    AlreadyLooking,
    DiskFull,
    NoPassphrase,
    NoPlaces,
    NothingMayLeave,
    NothingToCompare,
    UnknownWatchPlace,
    VaultBusy,
    WordsNotProven,
)
from stillmine.keep.backup import choosing, restore, run
from stillmine.keep.forget import ForgetRequest, forget
from stillmine.keep.rekey import RekeyRequest, rekey
from stillmine.watch import running
from stillmine.watch.dismiss import DismissRequest, dismiss
from stillmine.watch.found import FoundRequest, found
from stillmine.watch.look import LookRequest, look
from stillmine.watch.looking import engine
from stillmine.watch.names.own_name import Names, OwnName, Proof, keep_names
from stillmine.watch.placing.listing import ListRequest, list_places
from stillmine.watch.preparing import looks_of
from tests.keep.conftest import _quick, newcomer  # noqa: F401  fixtures
from tests.watch.looking.looker import AGAIN, PART, FastClock, stranger
from tests.watch.watching import Watcher, finding, leak, two_pictures


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Return a vault with two pictures, known by how they look: each test has a copy of it."""
    return two_pictures(tmp_path_factory.mktemp("kept"), label="only mine")


@pytest.fixture
def watcher(kept, newcomer, monkeypatch):  # noqa: F811  the fixture of that name
    shutil.copytree(kept.folder, newcomer.folder)
    clock = FastClock()
    monkeypatch.setattr(engine, "RealPulse", lambda: clock)
    return Watcher(newcomer.folder)


def items(watcher):
    with watcher.vault() as vault:
        return {each.shown_name: each.item for each in vault.listed()}


def looks(watcher, *places, **how):
    return look(watcher.context, LookRequest(places, **how))


def test_a_copy_on_a_page_is_found_told_and_kept(watcher, new_site):
    page = leak(new_site(), PART)
    place = watcher.adds("page", page, name="the board").place
    answer = looks(watcher)
    assert answer.outcome is Outcome.DONE
    (shown,) = answer.findings
    assert (shown.page, shown.place, shown.place_name) == (page, place, "the board")
    assert (shown.item, shown.label) == (items(watcher)["0.jpg"], "only mine")
    assert shown.kind == "part-of"
    assert (answer.places, answer.found, answer.items) == (1, 1, 2)
    assert answer.pictures == 2
    kept = found(watcher.context, FoundRequest()).findings
    assert [each.finding for each in kept] == [shown.finding]
    text = "\n".join(answer_lines("watch.look", answer))
    assert "1 new copy of your pictures was found." in text
    assert page in text


def test_nothing_is_reported_twice(watcher, new_site):
    watcher.adds("page", leak(new_site(), PART))
    assert looks(watcher).found == 1
    again = looks(watcher, now=True)
    assert (again.found, again.findings, again.outcome) == (0, (), Outcome.NOTHING_FOUND)
    assert len(found(watcher.context, FoundRequest()).findings) == 1


def test_what_was_dismissed_is_not_reported_again_even_where_all_that_was_learnt_is_lost(
    watcher, new_site
):
    watcher.adds("page", leak(new_site(), PART))
    (shown,) = looks(watcher).findings
    dismiss(watcher.context, DismissRequest((shown.finding,)))
    (watcher.folder / "watch" / "looks.db").unlink()
    assert looks(watcher, now=True).found == 0
    assert found(watcher.context, FoundRequest()).findings == ()


def test_new_keys_do_not_bring_old_findings_back(watcher, new_site):
    watcher.adds("page", leak(new_site(), PART))
    assert looks(watcher).found == 1
    rekey(watcher.context, RekeyRequest(Secret(watcher.phrase)))
    assert looks(watcher, now=True).found == 0
    assert len(found(watcher.context, FoundRequest()).findings) == 1


def test_an_item_that_was_forgotten_is_not_looked_for_any_more(watcher, new_site):
    watcher.adds("page", leak(new_site(), PART))
    forget(watcher.context, ForgetRequest((items(watcher)["0.jpg"],)))
    assert looks(watcher).found == 0


def test_an_item_that_was_added_since_is_looked_for(watcher, new_site, tmp_path):
    watcher.adds("page", leak(new_site(), nobody=True))
    assert looks(watcher).outcome is Outcome.NOTHING_FOUND
    (tmp_path / "late.jpg").write_bytes(stranger(1, 92))
    watcher.keeps(tmp_path / "late.jpg")
    answer = looks(watcher, now=True)
    assert [each.name for each in answer.findings] == ["late.jpg"]


def test_only_what_is_due_is_looked_at_unless_it_is_named(watcher, new_site):
    site = new_site()
    first = watcher.adds("page", leak(site, PART), name="one")
    looks(watcher)
    asked = len(site.asked)
    answer = looks(watcher)
    assert (answer.places, len(site.asked)) == (0, asked)
    assert "No place was due." in "\n".join(answer_lines("watch.look", answer))
    assert looks(watcher, "one").places == 1
    assert looks(watcher, first.place[:5]).places == 1
    assert len(site.asked) > asked
    (listed,) = list_places(watcher.context, ListRequest()).places
    assert listed.due == listed.looked_at + timedelta(hours=24)


def test_without_a_place_or_a_yes_nothing_is_asked(watcher, new_site):
    with pytest.raises(NoPlaces):
        looks(watcher)
    site = new_site()
    watcher.adds("page", leak(site, PART))
    with pytest.raises(UnknownWatchPlace):
        looks(watcher, "nowhere")
    watcher.agrees = False
    with pytest.raises(NothingMayLeave):
        looks(watcher)
    assert site.asked == []


def test_a_vault_without_items_has_nothing_to_look_for(newcomer, new_site):  # noqa: F811  the fixture of that name
    empty = Watcher(newcomer.folder)
    empty.sets_up()
    empty.adds("page", leak(new_site(), PART))
    with pytest.raises(NothingToCompare):
        looks(empty)


def test_a_folder_is_looked_through_without_a_yes(watcher, tmp_path):
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved" / "a.jpg").write_bytes(AGAIN)
    watcher.agrees = False
    watcher.adds("folder", str(tmp_path / "saved"))
    (shown,) = looks(watcher).findings
    assert shown.page == str(tmp_path / "saved" / "a.jpg")


def test_what_cannot_be_had_is_told_by_place_and_the_rest_is_looked_at(watcher, new_site):
    site, gone = new_site(), new_site()
    watcher.adds("page", leak(site, PART))
    watcher.adds("page", gone.says("/x", b"", status=404), name="lost")
    answer = looks(watcher)
    assert answer.outcome is Outcome.GAPS
    assert answer.found == 1
    (problem,) = [each for each in answer.problems if each.place_name == "lost"]
    assert problem.code == "gone"
    assert problem.line.startswith("lost: ")
    shown = {each.name: each for each in list_places(watcher.context, ListRequest()).places}
    assert shown["lost"].problems
    assert not shown[""].problems


def test_a_site_that_wants_to_be_left_alone_is_named_with_when_it_goes_on(watcher, new_site):
    site = new_site()
    page = site.says("/t", b"", ("Retry-After", "86000"), status=429)
    watcher.adds("page", page)
    answer = looks(watcher)
    assert answer.outcome is Outcome.GAPS
    assert answer.waiting == 1
    assert answer.go_on_at is not None


def proves(watcher, text):
    name = OwnName("0001", "handle", text, "", "2026-05-01", Proof("profile", "2026-05-01"))
    with watcher.vault(writing=True) as vault:
        keep_names(vault, Names((name,)))


def test_a_place_whose_words_are_own_no_more_is_left_out_and_named(watcher, new_site):
    site = new_site()
    proves(watcher, "quiet_otter")
    watcher.adds("searxng", "quiet_otter", f"at={site.url()}", name="search")
    with watcher.vault(writing=True) as vault:
        keep_names(vault, Names())
    with pytest.raises(WordsNotProven):
        looks(watcher, "search")
    watcher.adds("page", leak(new_site(), PART))
    answer = looks(watcher)
    assert answer.found == 1
    assert [each.place_name for each in answer.problems] == ["search"]
    assert site.asked == []


def key_of(watcher):
    with watcher.vault() as vault:
        return vault.root.watch_key(vault.epoch.number), vault.epoch.number


def test_a_locked_look_needs_the_watch_key_alone_and_its_findings_come_with_the_vault(
    watcher, new_site
):
    watcher.adds("page", leak(new_site(), PART))
    key, epoch = key_of(watcher)
    for folder in ("objects", "slots", "checkpoints", "keys/epoch-0001"):
        for path in (watcher.folder / folder).rglob("*.age"):
            path.rename(path.with_suffix(".away"))
    looked = running.look_locked(watcher.home, key, epoch, Job())
    assert len(looked.findings) == 1
    assert len(inbox.waiting(watcher.home)) == 1
    for path in watcher.folder.rglob("*.away"):
        path.rename(path.with_suffix(".age"))
    answer = found(watcher.context, FoundRequest())
    assert (answer.new, len(answer.findings)) == (1, 1)
    assert looks(watcher, now=True).found == 0


def test_a_locked_look_before_any_place_or_with_old_keys_does_nothing(watcher, new_site):
    key, epoch = key_of(watcher)
    with pytest.raises(NoPlaces):
        running.look_locked(watcher.home, key, epoch, Job())
    watcher.adds("page", leak(new_site(), PART))
    rekey(watcher.context, RekeyRequest(Secret(watcher.phrase)))
    with pytest.raises(VaultBusy):
        running.look_locked(watcher.home, key, epoch, Job())


def test_findings_of_a_locked_look_are_told_as_new_by_the_next_one(watcher, new_site):
    watcher.adds("page", leak(new_site(), PART))
    running.look_locked(watcher.home, *key_of(watcher), Job())
    assert looks(watcher).found == 1


def test_two_looks_at_once_are_one(watcher, new_site):
    watcher.adds("page", leak(new_site(), PART))
    key, epoch = key_of(watcher)
    other = Looks(watcher.home, key, epoch)
    with other.alone():
        with pytest.raises(AlreadyLooking):
            looks(watcher)
        with pytest.raises(AlreadyLooking):
            running.look_locked(watcher.home, key, epoch, Job())
    other.close()
    assert looks(watcher).found == 1


def test_while_another_run_writes_to_the_vault_findings_are_told_and_wait(watcher, new_site):
    watcher.adds("page", leak(new_site(), PART))
    with watcher.vault(writing=True):
        answer = looks(watcher)
    assert (answer.found, answer.not_taken_in, len(answer.findings)) == (1, 1, 1)
    assert len(inbox.waiting(watcher.home)) == 1
    assert found(watcher.context, FoundRequest()).new == 1


def test_a_vault_that_locked_itself_meanwhile_loses_nothing(watcher, new_site, monkeypatch):
    watcher.adds("page", leak(new_site(), PART))
    held = iter([True, False])
    monkeypatch.setattr(keyholder, "seems_held", lambda _home: next(held))
    answer = looks(watcher)
    assert (answer.outcome, answer.found, answer.not_taken_in) == (Outcome.DONE, 1, 1)
    assert "until the vault is open" in "\n".join(answer_lines("watch.look", answer))
    assert len(found(watcher.context, FoundRequest()).findings) == 1


def test_where_the_passphrase_cannot_be_asked_for_again_nothing_is_lost(
    watcher, new_site, monkeypatch
):
    watcher.adds("page", leak(new_site(), PART))
    phrases = iter([watcher.phrase])

    def once() -> str:
        for phrase in phrases:
            return phrase
        raise NoPassphrase(secret="", variable="")

    monkeypatch.setattr(watcher, "passphrase", once, raising=False)
    answer = looks(watcher)
    monkeypatch.undo()
    assert (answer.found, answer.not_taken_in) == (1, 1)


def test_a_look_that_is_asked_to_stop_keeps_what_it_did_and_goes_on(watcher, new_site):
    site = new_site()
    watcher.adds("page", leak(site, PART, *(stranger(n) for n in range(2, 6)), path="/long"))
    job = watcher.job = Job()
    # At most three pictures wait to be compared, so that one was when the fourth is asked for.
    site.before("/long/3.jpg", lambda: setattr(job, "stop_asked", True))
    first = looks(watcher)
    assert first.pictures
    assert first.stopped
    assert first.outcome is Outcome.GAPS
    watcher.job = Job()
    second = looks(watcher)
    assert first.found + second.found == 1
    assert not second.stopped
    names = [each.target for each in site.asked if each.target.endswith(".jpg")]
    assert len(set(names)) == 6
    assert len(names) <= 9  # what was under way may be asked for once more


def test_a_full_disk_loses_no_finding(watcher, new_site, monkeypatch):
    watcher.adds("page", leak(new_site(), PART))

    usual = inbox.drop

    def full(*_: object) -> str:
        raise DiskFull

    monkeypatch.setattr(inbox, "drop", full)
    with pytest.raises(DiskFull):
        looks(watcher)
    monkeypatch.setattr(inbox, "drop", usual)
    assert looks(watcher).found == 1


def test_places_and_findings_come_back_with_a_backup_and_are_not_reported_again(
    watcher, new_site, tmp_path
):
    watcher.adds("page", leak(new_site(), PART), name="the board")
    (shown,) = looks(watcher).findings
    running.taking_in.drop(watcher.home, finding(7))
    stick = tmp_path / "stick"
    stick.mkdir()
    choosing.add(watcher.context, choosing.AddRequest("stick", str(stick)))
    run.run(watcher.context, run.RunRequest())
    other = Watcher(tmp_path / "other")
    restore.restore(other.context, restore.RestoreRequest(str(stick)))
    kept = found(other.context, FoundRequest()).findings
    assert {each.finding for each in kept} == {shown.finding, f"{7:016x}"}
    assert looks(other).found == 0
    assert [each.name for each in other.places] == ["the board"]


def test_sums_are_taken_once_and_go_with_their_item(watcher, new_site, monkeypatch):
    watcher.adds("page", leak(new_site(), PART))
    with watcher.vault() as vault, looks_of(vault) as known:
        before = {each.item: each for each in known.own()}
    assert set(before) == set(items(watcher).values())
    gone = items(watcher)["1.jpg"]
    forget(watcher.context, ForgetRequest((gone,)))
    opened = []
    real = type(vault).open_item
    monkeypatch.setattr(
        type(vault), "open_item", lambda self, item: opened.append(item) or real(self, item)
    )
    looks(watcher)
    assert opened == []
    with watcher.vault() as vault, looks_of(vault) as known:
        assert {each.item: each for each in known.own()} == {
            name: each for name, each in before.items() if name != gone
        }


def test_no_bytes_of_strangers_and_none_of_ours_come_to_the_disk(watcher, new_site):
    page = leak(new_site(), PART)
    watcher.adds("page", page)
    looks(watcher)
    everything = b"".join(path.read_bytes() for path in watcher.folder.rglob("*") if path.is_file())
    for data in (PART, stranger(1), page.encode()):
        assert data[:64] not in everything


def test_the_scheduler_may_look_and_a_person_hears_first_what_is_sent():
    action = next(each for each in all_actions() if each.name == "watch.look")
    assert action.repeatable
    assert action.sends is not None
