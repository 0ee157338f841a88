"""How far somebody is with a service: noted, sealed, reminded of, forgotten."""

from datetime import UTC, datetime

import pytest
import vobject

from stillmine.app.storage.opening import open_vault
from stillmine.app.unlocking import root_key
from stillmine.cli.rendering import answer_lines
from stillmine.errors import InsideHome, NotEnrolled, TargetExists, WrongUsage
from stillmine.watch.enrolling.enrolment import KIND, all_enrolments
from tests.act.case.test_opening import files_of
from tests.watch.enrolling.conftest import day

NUMBER = "AB-1234-XYZ"


def test_what_was_begun_is_to_be_finished_the_next_day_and_then_looked_at(enroller):
    enroller.clock = datetime(2026, 5, 1, 12, tzinfo=UTC)
    assert enroller.service("stopncii").reminder is None
    noted = enroller.notes("stopncii", "begun")
    assert (noted.kept, noted.reminder.what, day(noted.reminder.at)) == (
        True,
        "finish",
        "2026-05-02",
    )
    noted = enroller.notes("stopncii", "done", number=f"  {NUMBER} ")
    assert (noted.reminder.what, day(noted.reminder.at)) == ("look", "2026-05-08")
    assert (noted.state, noted.has_number) == ("done", True)
    enroller.waits(days=7)
    listed = enroller.lists()
    assert (listed.due, listed.services[0].reminder.due) == (1, True)
    noted = enroller.notes("stopncii", "looked")
    assert (noted.reminder.what, day(noted.reminder.at)) == ("look", "2026-06-07")
    assert enroller.lists().due == 0


def test_what_was_noted_is_said_in_a_few_words(enroller):
    noted = enroller.notes("stopncii", "done", number=NUMBER)
    (said,) = answer_lines("watch.enrol.note", noted)[:1]
    assert said == (
        "It is noted about stopncii, sealed. Their number lies with it. "
        "You are reminded from 2026-05-08 on."
    )
    for nothing in (enroller.notes("stopncii", "ended"), enroller.notes("take-it-down", "done")):
        assert "reminded" not in "\n".join(answer_lines("watch.enrol.note", nothing))


def test_every_suggestion_is_said_to_be_ours(enroller):
    for state in ("begun", "done"):
        enroller.notes("hibp", state)
        reminder = enroller.service("hibp").reminder
        assert not reminder.theirs
        assert "Our suggestion" in reminder.said


def test_when_somebody_may_ask_again_is_said_as_theirs_because_they_say_it(enroller):
    enroller.notes("pinterest-claims", "refused")
    reminder = enroller.service("pinterest-claims").reminder
    assert (reminder.what, reminder.theirs, day(reminder.at)) == ("again", True, "2026-05-31")
    assert "They say" in reminder.said
    # Where no page says anything, nothing is made up.
    enroller.notes("stopncii", "refused")
    assert enroller.service("stopncii").reminder is None


def test_before_the_day_on_which_it_ends_we_suggest_to_look(enroller):
    enroller.notes("stopncii", "done", ends="2026-05-18")
    reminder = enroller.service("stopncii").reminder
    assert (reminder.what, day(reminder.at)) == ("ends", "2026-05-04")
    enroller.waits(days=4)
    enroller.notes("stopncii", "looked")
    reminder = enroller.service("stopncii").reminder
    assert (reminder.what, day(reminder.at)) == ("ends", "2026-05-18")
    enroller.notes("stopncii", "ended")
    assert enroller.service("stopncii").reminder is None
    assert enroller.service("stopncii").state == "ended"


def test_noted_again_it_keeps_its_number_and_its_moment(enroller):
    enroller.notes("stopncii", "done", number=NUMBER)
    enroller.waits(days=3)
    enroller.notes("stopncii", "done")
    with enroller.vault() as vault:
        (kept,) = all_enrolments(vault)
    assert (kept.number, kept.at[:10]) == (NUMBER, "2026-05-01")


def test_several_addresses_at_one_service_are_apart(enroller):
    for which in ("the old mail", "the new mail"):
        enroller.notes("hibp", "begun", which=which)
    enroller.waits(hours=1)
    enroller.notes("hibp", "done", which="The  new mail")
    listed = [each for each in enroller.lists().services if each.service == "hibp"]
    assert {(each.which, each.state) for each in listed} == {
        ("the old mail", "begun"),
        ("the new mail", "done"),
    }
    both = enroller.shows("hibp").services
    assert len(both) == 2
    # What is said to type next is about the same one.
    assert any(each.steps[-1].endswith("hibp looked --which 'the new mail'") for each in both)
    enroller.forgets("hibp", "the old mail")
    assert [each.which for each in enroller.lists().services if each.which] == ["the new mail"]


def test_the_number_is_sealed_and_shown_only_where_it_is_asked_for(enroller):
    enroller.notes("stopncii", "done", number=NUMBER, which="holiday")
    stored = b"".join(content or b"" for content in files_of(enroller.folder).values())
    for secret in (NUMBER, "holiday", "stopncii"):
        assert secret.encode() not in stored
    listed = enroller.lists()
    assert NUMBER not in "\n".join(answer_lines("watch.enrol.list", listed))
    assert (listed.services[0].has_number, listed.services[0].number) == (True, "")
    text = "\n".join(answer_lines("watch.enrol.show", enroller.shows("stopncii")))
    assert f"Their number: {NUMBER}" in text


def test_forgotten_it_is_gone_with_its_number(enroller):
    enroller.notes("stopncii", "done", number=NUMBER)
    answer = enroller.forgets("stopncii")
    assert "With them, nothing changed" in "\n".join(answer_lines("watch.enrol.forget", answer))
    with open_vault(enroller.home, root_key(enroller.context)) as vault:
        assert vault.records.all(KIND) == {}
    with pytest.raises(NotEnrolled):
        enroller.forgets("stopncii")


def test_nobody_looks_at_what_was_never_begun(enroller):
    with pytest.raises(NotEnrolled):
        enroller.notes("hibp", "looked")


@pytest.mark.parametrize(
    "more", [{"ends": "soon"}, {"ends": "2026-02-30"}, {"number": "1" * 101}, {"which": "x" * 101}]
)
def test_what_cannot_be_noted_is_refused_and_nothing_is_kept(enroller, more):
    with pytest.raises(WrongUsage):
        enroller.notes("hibp", "done", **more)
    with enroller.vault() as vault:
        assert all_enrolments(vault) == []


def test_a_record_that_cannot_be_read_is_let_be(enroller):
    enroller.notes("hibp", "done")
    strange = [
        {"service": "hibp"},
        {"service": "gone", "which": "", "state": "done", "at": "2026-05-01T00:00:00+00:00"},
        {"service": "hibp", "which": "", "state": "lost", "at": "2026-05-01T00:00:00+00:00"},
        {"service": "hibp", "which": "", "state": "done", "at": "yesterday"},
        {"service": "hibp", "which": "", "state": "done", "at": "2026-05-01T00:00:00"},
        ["hibp"],
    ]
    with enroller.vault(writing=True) as vault:
        for number, each in enumerate(strange):
            vault.records.put(KIND, f"{number:08x}", each)
    with enroller.vault() as vault:
        assert [each.service for each in all_enrolments(vault)] == ["hibp"]
    assert enroller.service("hibp").state == "done"


def test_reminders_go_into_a_calendar_that_says_nothing(enroller, tmp_path):
    enroller.notes("stopncii", "begun", which="holiday", number=NUMBER)
    enroller.notes("hibp", "done")
    file = tmp_path / "reminders.ics"
    assert enroller.lists(calendar=file).calendar == file
    text = file.read_bytes().decode()
    for word in ("stopncii", "StopNCII", "pwned", "hibp", "holiday", NUMBER, "stillmine", "http"):
        assert word not in text
    assert text.count("Something to look at") == 4  # a title and an alarm for each
    events = vobject.readOne(text).vevent_list
    assert {str(each.dtstart.value.date()) for each in events} == {"2026-05-02", "2026-05-31"}
    # Once more it is the same entry, in the same file; and a file of somebody else stays.
    before = {each.uid.value for each in events}
    enroller.lists(calendar=file, title="Dentist")
    again = vobject.readOne(file.read_bytes().decode()).vevent_list
    assert {each.uid.value for each in again} == before
    assert {each.summary.value for each in again} == {"Dentist"}
    (tmp_path / "mine.ics").write_text("mine")
    with pytest.raises(TargetExists):
        enroller.lists(calendar=tmp_path / "mine.ics")
    with pytest.raises(InsideHome):
        enroller.lists(calendar=enroller.folder / "reminders.ics")
