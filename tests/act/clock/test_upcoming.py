"""What is due is listed over all cases, and put into calendars that say nothing of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.act.case import adding
from stillmine.act.clock import upcoming
from stillmine.act.clock.calendar import calendar_of
from stillmine.act.clock.due import due
from stillmine.act.clock.upcoming import ClockRequest
from stillmine.app.actions import Outcome
from stillmine.cli.plain_data import one_line
from stillmine.cli.rendering import answer_lines
from stillmine.errors import InsideHome, TargetExists
from tests.act.clock.cases import URL, at, case, notice
from tests.act.clock.conftest import keep_notice

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = at("2026-11-21 12:00")
SENT = "2026-11-20 09:30"


def clock(person, **more):
    return upcoming.clock(person.context, ClockRequest(**more))


def read(text):
    return vobject.readOne(text.decode())


def test_nothing_due_is_nothing_found(person):
    answer = clock(person)
    assert answer.outcome is Outcome.NOTHING_FOUND
    assert answer_lines("act.clock", answer)[0] == "Nothing is due."


def test_the_soonest_of_all_open_cases_comes_first(person, opened):
    other = person.case(country="DE")
    person.add(other, URL)
    person.clock = NOON
    keep_notice(person, other, notice("eu-gdpr", sent=SENT))
    keep_notice(person, opened, notice("us-tida", sent=SENT))
    assert [each.case for each in clock(person).due] == [opened, other]
    assert [each.case for each in clock(person, case=other).due] == [other]
    adding.close(person.context, adding.StateRequest(opened))
    assert [each.case for each in clock(person).due] == [other]
    assert [each.case for each in clock(person, case=opened).due] == [opened]


def test_a_person_reads_what_which_law_and_where_it_says_so(person, opened):
    person.clock = NOON
    keep_notice(person, opened, notice("us-tida", sent=SENT))
    shown = "\n".join(answer_lines("act.clock", clock(person)))
    assert "45 hours left" in shown
    assert "By law: TAKE IT DOWN Act." in shown
    assert "Read at https://" in shown
    assert f"stillmine act next --case {opened} --notice n1" in shown


def test_a_program_reads_the_same(person, opened):
    person.clock = NOON
    keep_notice(person, opened, notice("us-tida", sent=SENT))
    text = one_line(clock(person))
    for key in ('"what": "answer"', '"legal": true', '"at": "2026-11-22T09:30:00+00:00"'):
        assert key in text


def test_how_many_times_of_laws_are_over_is_said(person, opened):
    keep_notice(person, opened, notice("us-tida", sent=SENT))
    keep_notice(person, opened, notice("us-tida", name="n2"))
    person.clock = at("2026-11-23 12:00")
    assert clock(person).over == 1


def test_a_calendar_says_nothing_of_what_it_is_about(person, opened, tmp_path):
    person.clock = NOON
    keep_notice(person, opened, notice("us-tida", "eu-gdpr", sent=SENT))
    file = tmp_path / "reminders.ics"
    answer = clock(person, calendar=file)
    assert answer.calendar == file
    text = file.read_bytes().decode()
    for secret in ("stillmine", opened, "n1", "Pictures", "Kim", "leak", "http", "TAKE", "removal"):
        assert secret not in text
    assert "LOCATION" not in text
    assert "URL" not in text.replace("RRULE", "")


def test_another_program_reads_the_calendar_with_the_very_moments(person, opened, tmp_path):
    person.clock = NOON
    keep_notice(person, opened, notice("us-tida", sent=SENT))
    file = tmp_path / "reminders.ics"
    clock(person, calendar=file, title="Dentist")
    event = read(file.read_bytes()).vevent
    assert event.summary.value == "Dentist"
    assert event.dtstart.value == at("2026-11-22 09:30")
    assert event.dtend.value == at("2026-11-22 09:45")
    assert event.valarm.trigger.value == timedelta(0)


def test_the_same_reminder_keeps_its_number_and_different_ones_do_not():
    awaited = due(case(notice("us-tida", "eu-gdpr", sent=SENT), country="DE"), LATER)
    first, again = (
        calendar_of(awaited, "x", LATER),
        calendar_of(awaited, "x", at("2026-11-21 13:00")),
    )
    numbers = [[each.uid.value for each in read(text).vevent_list] for text in (first, again)]
    assert numbers[0] == numbers[1]
    assert len(set(numbers[0])) == 2


def test_what_is_over_reminds_now():
    awaited = due(case(notice("us-tida", sent=SENT)), at("2026-11-25 12:00"))
    event = read(calendar_of(awaited, "x", at("2026-11-25 12:00"))).vevent
    assert event.dtstart.value == at("2026-11-25 12:00")


@settings(deadline=None)
@given(st.text(min_size=1, max_size=200), st.dates(date(2020, 1, 1), date(2060, 1, 1)), st.times())
def test_any_title_and_moment_come_back_through_another_parser(title, day, time):
    title = " ".join("".join(sign for sign in title if sign.isprintable()).split()) or "x"
    now = datetime.combine(day, time, UTC).replace(microsecond=0)
    sent = notice("eu-gdpr", sent=now.strftime("%Y-%m-%d %H:%M"))
    text = calendar_of(due(case(sent, country="IE"), now), title, now)
    assert all(len(line) <= 75 for line in text.split(b"\r\n")), "RFC 5545, 3.1: lines are folded"
    event = read(text).vevent
    assert event.summary.value == title
    assert event.dtstart.value.tzinfo.utcoffset(event.dtstart.value) == timedelta(0)
    assert event.dtstart.value >= now


def test_a_calendar_takes_no_place_of_another_file_and_none_in_the_vault(person, opened, tmp_path):
    person.clock = NOON
    keep_notice(person, opened, notice("us-tida", sent=SENT))
    file = tmp_path / "reminders.ics"
    file.write_text("mine")
    with pytest.raises(TargetExists):
        clock(person, calendar=file)
    assert file.read_text() == "mine"
    with pytest.raises(InsideHome):
        clock(person, calendar=person.folder / "reminders.ics")


def test_a_calendar_of_ours_is_renewed(person, opened, tmp_path):
    person.clock = NOON
    keep_notice(person, opened, notice("us-tida", sent=SENT))
    file = tmp_path / "reminders.ics"
    clock(person, calendar=file)
    keep_notice(person, opened, notice("us-tida", name="n2", sent="2026-11-20 10:30"))
    clock(person, calendar=file)
    assert len(read(file.read_bytes()).vevent_list) == 2
    assert list(tmp_path.glob("*.tmp")) == []


def test_a_caseworker_sees_whose_case_it_is(person):
    case = person.case(country="US", person="Sam")
    person.add(case, URL)
    person.clock = NOON
    keep_notice(person, case, notice("us-tida", sent=SENT))
    shown = "\n".join(answer_lines("act.clock", clock(person)))
    assert f"({case} n1, Sam: Pictures Ltd)" in shown


def test_with_nothing_due_no_calendar_is_written(person, tmp_path):
    assert clock(person, calendar=tmp_path / "reminders.ics").calendar is None
    assert not (tmp_path / "reminders.ics").exists()
