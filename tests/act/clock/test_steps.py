"""What to do next: the right thing first, only to whom a page is confirmed, with real commands."""

import shlex
from datetime import timedelta

import click
import pytest

from stillmine.act.case.model import Address, Proof
from stillmine.act.clock import machine
from stillmine.act.clock.authorities import authorities
from stillmine.act.clock.commands import COMMANDS
from stillmine.act.clock.steps import next_steps
from stillmine.act.clock.ways import person_to_talk_to, search_engines
from stillmine.cli.main import house
from stillmine.facts import Kind, facts_of
from stillmine.facts.places import places
from stillmine.messages.next_steps import STEPS
from tests.act.clock.cases import URL, US_LAW, at, case, notice

SENT = "2026-11-20 09:30"
SOON, LATE = at("2026-11-21 09:00"), at("2026-11-23 09:00")
GONE = (Address("a1", URL, "2026-11-20T08:00:00+00:00", state="gone"),)


def codes(*notices, now=SOON, one=None, **facts):
    return [each.step for each in next_steps(case(*notices, **facts), one, now)]


def moved(*states):
    found = notice("us-tida", sent=SENT)
    for hours, state in enumerate(states, 1):
        found = machine.moved(found, state, at(SENT) + timedelta(hours=hours))
    return found


def test_proof_comes_before_the_letter_and_the_letter_before_all_else():
    assert codes()[:3] == ["proof", "write", "hash"]


def test_with_threats_the_first_thing_is_to_talk_and_not_to_pay():
    first = next_steps(case(threats=True), None, SOON)[0]
    assert first.step == "threats"
    assert "Do not pay" in first.do


def test_without_an_address_one_is_asked_for():
    assert codes(addresses=())[0] == "address"


def test_what_is_proven_is_not_asked_for_again():
    proof = Proof("p1", "capture", "2026-11-20", "e", "ab" * 32, 10, address="a1")
    assert "proof" not in codes(proofs=(proof,))


def test_a_draft_is_to_be_sent_and_what_it_lacks_comes_first():
    assert codes(notice("us-tida"), one=notice("us-tida"))[0] == "send"
    broken = notice("us-tida", text="Please remove it.")
    first = next_steps(case(broken), broken, SOON)[0]
    assert first.step == "complete"
    assert "sign it" in first.do


def test_while_the_time_runs_one_waits():
    sent = notice("us-tida", sent=SENT)
    first = next_steps(case(sent), sent, SOON)[0]
    assert (first.step, first.do) == ("wait", "Wait for Pictures Ltd: 24 hours left.")
    assert "authority" not in codes(sent, one=sent)


def test_when_the_time_is_over_an_authority_search_and_the_host_can_be_asked():
    sent = notice("us-tida", sent=SENT)
    found = codes(sent, one=sent, now=LATE)
    assert found[:2] == ["silent", "authority"]
    assert {"search", "host", "police", "lawyer", "talk"} <= set(found)
    authority = next(
        each for each in next_steps(case(sent), sent, LATE) if each.step == "authority"
    )
    assert "Federal Trade Commission" in authority.do
    assert authority.source.startswith("https://")
    assert f"--law {US_LAW}" in authority.command


def test_without_a_law_that_names_a_time_one_asks_again():
    sent = notice("host", sent=SENT)
    found = codes(sent, one=sent, now=at("2026-11-24 10:00"))
    assert found[0] == "ask-again"
    assert "silent" not in found


@pytest.mark.parametrize("state", ["refused", "silent"])
def test_after_a_no_or_nothing_the_ladder_goes_on(state):
    found = codes(moved(state), one=moved(state))
    assert "authority" in found
    assert "search" in found


def test_what_is_back_is_proven_anew_and_the_letter_sent_once_more():
    back = moved("removed", "reappeared")
    assert codes(back, one=back)[:2] == ["proof-again", "send-again"]


def test_what_was_removed_in_part_is_asked_for_again():
    assert "rest" in codes(moved("partly"), one=moved("partly"))


def test_when_all_is_gone_the_case_can_be_closed():
    assert "close" in codes(moved("removed"), addresses=GONE)
    assert "close" not in codes(moved("removed"))


def test_a_page_that_looks_gone_is_to_be_noted_for_its_letter():
    sent = notice("us-tida", sent=SENT)
    assert codes(sent, one=sent, addresses=GONE)[0] == "note-removed"
    assert "note-removed" not in codes(sent, one=sent)


def test_in_australia_the_authority_can_be_told_at_once():
    sent = notice("host", sent=SENT)
    found = next_steps(case(sent, country="AU"), sent, SOON)
    told = next(each for each in found if each.step == "authority-now")
    assert "eSafety" in told.do
    assert told.url.startswith("https://www.esafety.gov.au/")


def test_a_letter_to_an_authority_is_not_answered_with_another_to_it():
    facts = {"law": US_LAW, "about": "n1"}
    asked = notice(name="n2", sent=SENT, channel="complaint", facts=facts, text="Please act.")
    found = codes(asked, one=asked, now=at("2026-12-20 10:00"))
    assert found[0] == "ask-again"
    assert not {"authority", "authority-now", "silent"} & set(found)


def test_a_step_is_said_once_also_where_it_helps_with_several_letters():
    found = codes(moved("refused"), notice("us-tida", name="n2", sent=SENT), now=LATE)
    assert found.count("host") == 1
    assert found.count("look") <= 1


def test_nobody_is_named_whom_no_official_page_names():
    own = {
        fact.said(field)
        for kind, fields in (
            (Kind.LAW, ("enforcer",)),
            (Kind.AUTHORITY, ("name",)),
        )
        for fact in facts_of(kind)
        for field in fields
    }
    for code in places():
        for each in authorities(case(country=code), notice("us-tida", "eu-dsa", "eu-gdpr")):
            assert each.name in own
            assert each.source.startswith("http")
            assert not each.url or each.url.startswith("https://")


def test_nobody_is_sent_to_the_childrens_lines():
    """A case is about adults; a child is told who helps before there is a case."""
    for code in places():
        way = person_to_talk_to(code)
        assert way is not None
        line = next(each for each in facts_of(Kind.LINE) if each.said("name") == way.name)
        assert not line.said("minors")
        assert not str(line.said("serves")).startswith("Children")


def test_search_engines_are_those_with_a_confirmed_page():
    assert search_engines()
    assert all(way.url.startswith("https://") for way in search_engines())


def test_every_step_has_words_and_a_command_or_none_on_purpose():
    assert set(STEPS) == set(COMMANDS)
    assert [code for code, command in COMMANDS.items() if not command] == ["wait"]


FILLED = {
    "case": "3fa2b1c0",
    "notice": "n1",
    "law": US_LAW,
    "country": "US",
    "address": "a1",
    "url": URL,
    "name": "Google Search",
    "to": "Pictures Ltd",
}


@pytest.mark.parametrize("code", [code for code, command in COMMANDS.items() if command])
def test_every_command_that_is_shown_can_be_typed(code):
    """The whole line is read as the program itself reads it, up to where it would begin."""
    words = shlex.split(COMMANDS[code].format(**{k: shlex.quote(v) for k, v in FILLED.items()}))
    assert words.pop(0) == "stillmine"
    found, context = house(), None
    while isinstance(found, click.Group):
        context = click.Context(found, parent=context)
        found = found.get_command(context, words.pop(0))
        assert found is not None, COMMANDS[code]
    found.make_context(code, words, parent=context)


def test_an_authority_that_was_told_is_not_named_again():
    late = notice("us-tida", sent=SENT)
    facts = {"law": US_LAW, "about": "n1"}
    told = notice(name="n2", sent=SENT, channel="complaint", facts=facts, text="Please act.")
    assert "authority" in codes(late, one=late, now=LATE)
    assert "authority" not in codes(late, told, one=late, now=LATE)
    draft = notice(name="n2", channel="complaint", facts=facts, text="Please act.")
    assert "authority" in codes(late, draft, one=late, now=LATE)


def test_a_letter_to_an_authority_waits_longer_before_it_is_asked_again():
    asked = notice("au-esafety", sent=SENT)
    assert "ask-again" not in codes(asked, one=asked, now=at("2026-11-28 10:00"), country="AU")
    assert "authority-now" not in codes(asked, one=asked, country="AU")
    assert "ask-again" in codes(asked, one=asked, now=at("2026-12-20 10:00"), country="AU")
