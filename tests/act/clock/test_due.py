"""What is due: started by the right event, in force, confirmed; the rest says that it is ours."""

from datetime import date, timedelta

import pytest

from stillmine.act.case.model import Address, Event
from stillmine.act.clock import machine
from stillmine.act.clock.due import ASK_AGAIN, due, not_started
from stillmine.act.clock.left import left
from stillmine.act.clock.starting import AUTHORITY_GAVE_NOTICE, MORE_TIME
from stillmine.act.clock.terms import authority_term_of, term_of
from stillmine.facts import Kind, all_laws
from stillmine.facts.reading import read_fact
from tests.act.clock.cases import AU_LAW, EU_LAW, US_LAW, at, case, letter, notice

SENT = "2026-11-20 09:30"
SATURDAY = at("2026-11-21 12:00")

SOURCE = """
[sources.law]
url = "https://www.example.org/law"
kind = "official-text"
checked_on = 2026-11-01

[values.name]
said = "A law"
sources = ["law"]
"""
HOURS = '[values.deadline_hours]\nsaid = 24\nsources = ["law"]\nquote = "24 hours"\n'
TRIGGER = '[values.deadline_trigger]\nsaid = "{}"\nsources = ["law"]\nquote = "a notice"\n'
STATUS = '[values.status]\nsaid = "{}"\nsources = ["law"]\n'
AUTHORITY = '[values.authority_deadline_hours]\nsaid = 48\nsources = ["law"]\n'


def law(*parts, place="IT"):
    return read_fact(Kind.LAW, "law/test", f'place = "{place}"\n' + SOURCE + "".join(parts))


def use(monkeypatch, fact, name=US_LAW):
    """Let a law of a test stand where one of the facts stood."""
    monkeypatch.setitem(all_laws(), name, fact)


def only(*notices, now=SATURDAY, **facts):
    (found,) = due(case(*notices, **facts), now)
    return found


def test_the_hours_of_a_law_start_when_a_whole_letter_is_sent():
    found = only(notice("us-tida", sent=SENT))
    assert (found.what, found.legal, found.over) == ("answer", True, False)
    assert found.at == at("2026-11-22 09:30")
    assert found.law == US_LAW
    assert found.trigger == "valid-request"
    assert found.source.startswith("https://")
    assert found.quote
    assert found.left == "21 hours left"


def test_a_letter_that_was_not_sent_starts_nothing():
    draft = case(notice("us-tida"))
    (found,) = due(draft, SATURDAY)
    assert (found.what, found.legal) == ("send", False)
    (waits,) = not_started(draft)
    assert waits.why == "draft"


@pytest.mark.parametrize(
    ("lost", "element"),
    [
        ("Signed: Kim Example", "signature"),
        ("https://leak.example/watch/42", "locate"),
        ("E-mail: kim@example.org", "contact"),
        ("I believe in good faith", "good-faith"),
    ],
)
def test_a_letter_that_lacks_an_element_starts_no_clock_and_the_element_is_named(lost, element):
    whole = letter("us-tida")
    assert lost in whole
    sent = case(notice("us-tida", sent=SENT, text=whole.replace(lost, "")))
    (waits,) = not_started(sent)
    assert (waits.why, waits.law) == ("lacks", US_LAW)
    assert element in waits.lacks
    assert "did not start" in waits.said
    (found,) = due(sent, SATURDAY)
    assert (found.what, found.legal, found.law) == ("ask-again", False, "")


def test_an_empty_letter_starts_no_clock():
    assert [each.why for each in not_started(case(notice("us-tida", sent=SENT, text="")))] == [
        "lacks"
    ]


def test_a_month_ends_at_the_end_of_its_last_day_in_the_zone_where_that_is_last():
    found = only(notice("eu-gdpr", sent=SENT), country="DE")
    # 20 December 2026 is a Sunday; on Monday the day ends last in the Azores, at UTC-1.
    assert found.at == at("2026-12-22 00:59:59")
    assert (found.law, found.trigger) == (EU_LAW, "statutory-answer-time")


def test_a_months_answer_time_starts_with_any_letter():
    found = only(notice("eu-gdpr", sent=SENT, text="Please erase it."), country="DE")
    assert found.legal


def test_the_authoritys_clock_starts_with_its_notice_and_not_with_a_letter():
    sent = notice("au-esafety", sent=SENT)
    (waits,) = not_started(case(sent, country="AU"))
    assert waits.why == "authority-notice"
    (found,) = due(case(sent, country="AU"), SATURDAY)
    assert not found.legal
    gave = Event("2026-11-21T10:00:00+00:00", AUTHORITY_GAVE_NOTICE, {"notice": "n1"})
    (found,) = due(case(sent, country="AU", events=(gave,)), SATURDAY)
    assert (found.legal, found.law, found.at) == (True, AU_LAW, at("2026-11-22 10:00"))


def test_the_notice_about_another_letter_starts_nothing():
    gave = Event("2026-11-21T10:00:00+00:00", AUTHORITY_GAVE_NOTICE, {"notice": "n2"})
    (found,) = due(case(notice("au-esafety", sent=SENT), country="AU", events=(gave,)), SATURDAY)
    assert not found.legal


def test_several_laws_in_one_letter_each_have_their_own_time_the_soonest_first():
    found = due(case(notice("us-tida", "eu-gdpr", sent=SENT), country="DE"), SATURDAY)
    assert [each.law for each in found] == [US_LAW, EU_LAW]


def test_a_law_without_a_confirmed_time_is_never_a_deadline_and_says_so():
    found = only(notice("host", sent=SENT))
    assert (found.what, found.legal, found.law, found.source) == ("ask-again", False, "", "")
    assert found.at == at(SENT) + ASK_AGAIN
    assert "Our own suggestion" in found.said
    assert all("By law" not in line for line in found.lines)


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param((HOURS, TRIGGER.format("valid-request"), STATUS.format("pending")), id="bill"),
        pytest.param((HOURS, TRIGGER.format("valid-request"), STATUS.format("in-part")), id="part"),
        pytest.param((HOURS, TRIGGER.format("valid-request")), id="nobody knows if it is in force"),
        pytest.param((HOURS, STATUS.format("in-force")), id="nobody knows when it starts"),
        pytest.param((TRIGGER.format("valid-request"), STATUS.format("in-force")), id="how long"),
    ],
)
def test_what_nobody_confirmed_is_no_deadline(monkeypatch, parts):
    assert term_of(law(*parts)) is None
    use(monkeypatch, law(*parts))
    assert not only(notice("us-tida", sent=SENT)).legal


@pytest.mark.parametrize(
    ("trigger", "starts"),
    [
        ("valid-request", True),
        ("safe-harbour-step", True),
        ("statutory-answer-time", True),
        ("platform-report-then-regulator", True),
        ("authority-notice", False),
        ("court-order", False),
    ],
)
def test_each_trigger_starts_with_its_own_event(monkeypatch, trigger, starts):
    use(monkeypatch, law(HOURS, TRIGGER.format(trigger), STATUS.format("in-force"), place="US"))
    sent = case(notice("us-tida", sent=SENT))
    (found,) = due(sent, SATURDAY)
    assert found.legal is starts
    if starts:
        assert found.at == at(SENT) + timedelta(hours=24)
    else:
        assert [each.why for each in not_started(sent)] == [trigger]


def test_the_authority_has_a_time_of_its_own_from_when_it_was_asked(monkeypatch):
    use(monkeypatch, law(AUTHORITY, STATUS.format("in-force")))
    assert authority_term_of(all_laws()[US_LAW]).amount == 48
    facts = {"law": US_LAW, "about": "n1"}
    asked = notice(sent=SENT, channel="complaint", facts=facts, text="Please act.")
    found = only(asked, country="IT")
    # The union's hours begin with the next full one.
    assert (found.what, found.legal, found.at) == ("authority", True, at("2026-11-22 10:00"))


def test_a_letter_to_an_authority_does_not_start_the_platforms_clock():
    facts = {"law": US_LAW, "about": "n1"}
    asked = notice(sent=SENT, channel="complaint", facts=facts, text="Please act.")
    found = only(asked)
    assert (found.what, found.legal) == ("ask-again", False)


def test_more_time_that_they_asked_for_moves_the_end_and_never_forward():
    said = {"notice": "n1", "until": "2026-12-01T00:00:00+00:00"}
    asked = Event("2026-11-21T10:00:00+00:00", MORE_TIME, said)
    found = only(notice("us-tida", sent=SENT), events=(asked,))
    assert found.at == at("2026-12-01 00:00")
    early = Event(asked.at, MORE_TIME, {**said, "until": "2026-11-21T11:00:00+00:00"})
    assert only(notice("us-tida", sent=SENT), events=(early,)).at == at("2026-11-22 09:30")


def test_a_letter_sent_once_more_starts_anew():
    again = notice("us-tida", sent=SENT)
    for state, when in (("silent", "2026-11-22 10:00"), ("sent", "2026-11-23 08:00")):
        again = machine.moved(again, state, at(when))
    assert only(again, now=at("2026-11-23 09:00")).at == at("2026-11-25 08:00")


def test_an_answer_that_they_got_it_does_not_stop_the_clock():
    found = machine.moved(notice("us-tida", sent=SENT), "acknowledged", at("2026-11-20 10:00"))
    assert only(found).at == at("2026-11-22 09:30")


@pytest.mark.parametrize("state", ["refused", "silent"])
def test_what_is_stuck_is_to_be_gone_on_with_now(state):
    found = only(machine.moved(notice("us-tida", sent=SENT), state, at("2026-11-20 10:00")))
    assert (found.what, found.left, found.legal) == ("go-on", "now", False)


def test_what_is_removed_is_looked_at_again_after_a_week_then_each_month():
    gone = machine.moved(notice("us-tida", sent=SENT), "removed", at("2026-11-21 09:00"))
    assert only(gone).at == at("2026-11-28 09:00")
    seen = "2026-11-28T10:00:00+00:00"
    looked = Address("a1", "https://leak.example/1", "x", state="gone", seen=seen)
    assert only(gone, addresses=(looked,)).at == at("2026-12-28 10:00")


def test_nothing_is_due_for_what_was_withdrawn():
    assert due(case(machine.moved(notice("us-tida"), "withdrawn", SATURDAY)), SATURDAY) == ()


def test_an_old_reading_of_a_law_is_said_to_be_old():
    found = only(notice("us-tida", sent="2028-06-01 10:00"), now=at("2028-06-01 12:00"))
    assert found.old
    assert any("Look at the source" in line for line in found.lines)


def test_the_time_is_over_only_after_its_last_moment():
    sent = notice("us-tida", sent=SENT)
    assert not only(sent, now=at("2026-11-22 09:30")).over
    assert only(sent, now=at("2026-11-22 09:30") + timedelta(seconds=1)).over


def test_every_law_in_force_with_a_time_says_where_and_when_that_was_read():
    terms = [each for each in map(term_of, all_laws().values()) if each is not None]
    assert {US_LAW, EU_LAW, AU_LAW} <= {each.law for each in terms}
    for each in terms:
        assert each.source.startswith("http")
        assert each.checked_on <= date.today()  # noqa: DTZ011  a day without a zone, as in the file
        assert each.quote
        assert each.ends(at(SENT), "US") > at(SENT)


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (timedelta(seconds=1), "1 minute left"),
        (timedelta(minutes=59, seconds=59), "59 minutes left"),
        (timedelta(hours=1), "1 hour left"),
        (timedelta(hours=47, minutes=59), "47 hours left"),
        (timedelta(days=2), "2 days left"),
        (timedelta(days=30, hours=23), "30 days left"),
        (-timedelta(seconds=30), "over since a minute"),
        (-timedelta(hours=3), "over since 3 hours"),
        (-timedelta(days=5), "over since 5 days"),
    ],
)
def test_what_is_left_is_said_in_words_and_never_more_than_is_left(apart, words):
    assert left(SATURDAY + apart, SATURDAY) == words
