"""Somebody notes what became of a letter; the case, its timeline and its addresses follow."""

from datetime import UTC, datetime, timedelta

import pytest

from stillmine.act.case import adding
from stillmine.act.case.model import CLOSED, OPEN
from stillmine.act.clock import tracking
from stillmine.act.clock.tracking import TrackRequest
from stillmine.errors import (
    CannotBecome,
    InsideHome,
    NoSuchFile,
    TimeCannotBe,
    UnknownCase,
    UnknownPartOfCase,
    WhichLetter,
)
from tests.act.clock.cases import notice
from tests.act.clock.conftest import keep_notice, kept

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def with_letter(person, opened):
    """Give a case with one letter that is whole and not sent."""
    person.clock = NOON
    keep_notice(person, opened, notice("us-tida"))
    return opened


def note(person, case, state, **more):
    return tracking.track(person.context, TrackRequest(state, case, **more))


def test_what_is_noted_is_kept_and_the_clock_knows(person, with_letter):
    answer = note(person, with_letter, "sent", note="by the form")
    assert (answer.state, answer.at) == ("sent", NOON)
    assert [each.what for each in answer.due] == ["answer"]
    assert answer.next[0].step == "wait"
    case = kept(person, with_letter)
    (step,) = case.notices[0].steps
    assert (step.state, step.note) == ("sent", "by the form")
    assert case.events[-1].what == "clock.step"


def test_a_whole_story_is_in_the_timeline(person, with_letter):
    for hours, state in enumerate(("sent", "acknowledged", "removed", "reappeared", "sent")):
        person.clock = NOON + timedelta(hours=hours)
        note(person, with_letter, state)
    case = kept(person, with_letter)
    assert [each.state for each in case.notices[0].steps] == [
        "sent", "acknowledged", "removed", "reappeared", "sent",
    ]  # fmt: skip
    said = [each.said for each in person.show(with_letter).timeline]
    assert "The letter n1 is now: removed." in said
    assert case.addresses[0].state == "there"


def test_what_does_not_follow_changes_nothing(person, with_letter):
    before = kept(person, with_letter)
    with pytest.raises(CannotBecome):
        note(person, with_letter, "removed")
    assert kept(person, with_letter) == before


def test_a_slip_is_taken_back_and_the_timeline_says_so(person, with_letter):
    note(person, with_letter, "sent")
    answer = note(person, with_letter, "undo")
    assert answer.state == "draft"
    assert kept(person, with_letter).events[-1].what == "clock.undone"


def test_removed_pages_are_gone_and_what_is_back_is_there(person, with_letter):
    note(person, with_letter, "sent")
    note(person, with_letter, "removed")
    assert kept(person, with_letter).addresses[0].state == "gone"
    note(person, with_letter, "reappeared")
    assert kept(person, with_letter).addresses[0].state == "there"


def test_in_part_is_said_of_the_pages_that_are_named(person, with_letter):
    person.add(with_letter, "https://leak.example/watch/43")
    keep_notice(person, with_letter, notice("us-tida", name="n2"))
    note(person, with_letter, "sent", notice="n2")
    note(person, with_letter, "partly", notice="n2", addresses=("a2",))
    states = [each.state for each in kept(person, with_letter).addresses]
    assert states == ["unknown", "gone"]


def test_in_part_without_a_name_says_nothing_of_any_page(person, with_letter):
    note(person, with_letter, "sent")
    note(person, with_letter, "partly")
    assert kept(person, with_letter).addresses[0].state == "unknown"


def test_what_is_back_opens_a_closed_case(person, with_letter):
    note(person, with_letter, "sent")
    note(person, with_letter, "removed")
    adding.close(person.context, adding.StateRequest(with_letter))
    assert kept(person, with_letter).state == CLOSED
    note(person, with_letter, "reappeared")
    case = kept(person, with_letter)
    assert case.state == OPEN
    assert "case.reopened" in [each.what for each in case.events]


def test_a_receipt_becomes_proof_and_stands_beside_the_step(person, with_letter, tmp_path):
    file = tmp_path / "answer.eml"
    file.write_text("Subject: We got it\n\nTicket 42\n")
    answer = note(person, with_letter, "sent", receipt=file)
    (proof,) = kept(person, with_letter).proofs
    assert (proof.kind, proof.proof) == ("receipt", answer.receipt)
    assert kept(person, with_letter).notices[0].steps[0].proof == proof.proof
    assert proof.files[0].name == "answer.eml"
    assert file.exists()
    again = note(person, with_letter, "acknowledged", receipt=file)
    assert again.receipt == answer.receipt, "the same file was kept twice"


def test_a_receipt_that_cannot_be_kept_notes_nothing(person, with_letter, tmp_path):
    with pytest.raises(NoSuchFile):
        note(person, with_letter, "sent", receipt=tmp_path / "nowhere")
    with pytest.raises(InsideHome):
        note(person, with_letter, "sent", receipt=next(person.folder.glob("*.txt")))
    assert kept(person, with_letter).notices[0].state == "draft"


def test_a_receipt_for_a_move_that_is_refused_is_not_kept(person, with_letter, tmp_path):
    file = tmp_path / "answer.txt"
    file.write_text("gone")
    with pytest.raises(CannotBecome):
        note(person, with_letter, "removed", receipt=file)
    assert kept(person, with_letter).proofs == ()


def test_a_day_alone_is_its_end_which_is_late_and_never_early(person, with_letter):
    keep_notice(person, with_letter, notice("us-tida", name="n2"))
    person.clock = NOON + timedelta(days=2)
    answer = note(person, with_letter, "sent", notice="n2", on="2026-11-20")
    local = answer.at.astimezone()
    assert (local.date().isoformat(), local.hour, local.minute) == ("2026-11-20", 23, 59)


def test_today_is_not_later_than_now(person, with_letter):
    day = NOON.astimezone().date().isoformat()
    assert note(person, with_letter, "sent", on=day).at == NOON


@pytest.mark.parametrize(
    "typed",
    ["2026-11-21", "2026-11-20T12:00:01+00:00", "2026-11-18", "yesterday", "", "2026-13-01",
     "0001-01-01", "9999-12-31", "2026-11-20T25:00", "\x1b[31m"],
)  # fmt: skip
def test_a_time_that_cannot_be_is_refused_and_nothing_is_noted(person, with_letter, typed):
    with pytest.raises(TimeCannotBe):
        note(person, with_letter, "sent", on=typed)
    assert kept(person, with_letter).notices[0].state == "draft"


def test_a_time_with_a_zone_is_that_moment(person, with_letter):
    answer = note(person, with_letter, "sent", on="2026-11-20T19:30:00+09:00")
    assert answer.at == datetime(2026, 11, 20, 10, 30, tzinfo=UTC)


def test_the_authoritys_notice_starts_its_clock_and_changes_no_state(person):
    case = person.case(country="AU")
    person.add(case, "https://leak.example/watch/42")
    person.clock = NOON
    keep_notice(person, case, notice("au-esafety", sent="2026-11-20 09:30"))
    answer = note(person, case, "authority-notice")
    assert answer.state == "sent"
    assert [(each.what, each.legal) for each in answer.due] == [("answer", True)]
    assert answer.due[0].at == NOON + timedelta(hours=24)


def test_more_time_needs_a_day_that_comes(person, with_letter):
    note(person, with_letter, "sent")
    for until in (None, "2026-11-19", "2030-01-01"):
        with pytest.raises(TimeCannotBe):
            note(person, with_letter, "more-time", until=until)
    answer = note(person, with_letter, "more-time", until="2026-12-01")
    assert answer.due[0].at.astimezone().date().isoformat() == "2026-12-01"


def test_several_letters_need_a_name(person, with_letter):
    keep_notice(person, with_letter, notice("us-tida", name="n2"))
    with pytest.raises(WhichLetter) as refused:
        note(person, with_letter, "sent")
    assert refused.value.facts["letters"] == "n1 (Pictures Ltd), n2 (Pictures Ltd)"
    assert note(person, with_letter, "sent", notice=" n2 ").notice == "n2"


def test_what_is_not_there_is_named(person, opened):
    with pytest.raises(WhichLetter):
        note(person, opened, "sent")
    with pytest.raises(UnknownPartOfCase):
        note(person, opened, "sent", notice="n7")
    with pytest.raises(UnknownCase):
        note(person, "ffffffff", "sent")
