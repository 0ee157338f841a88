"""The letter to an authority: only what the case knows, what the law says, and what is proven."""

from dataclasses import replace

import pytest

from stillmine.act.case import adding
from stillmine.act.case.model import Address, Proof, Sender
from stillmine.act.clock import advising, complaining, machine, tracking
from stillmine.act.clock.advising import NextRequest
from stillmine.act.clock.authorities import authorities
from stillmine.act.clock.complaining import ComplainRequest
from stillmine.act.clock.complaint import complaint
from stillmine.act.clock.tracking import TrackRequest
from stillmine.errors import (
    InsideHome,
    NoAuthority,
    TargetExists,
    UnknownPartOfCase,
    WhichLetter,
    WrongUsage,
)
from tests.act.clock.cases import SENDER, URL, at, case, notice
from tests.act.clock.conftest import keep_notice, kept

SENT = "2026-11-20 09:30"
LATE = at("2026-11-23 09:00")
PROOF = Proof(
    "p1", "capture", "2026-11-20T08:00:00+00:00", "e", "ab" * 32, 4711, "a1", "covered",
    stamped=("Stamps Ltd", "Times Ltd"),
)  # fmt: skip


def written(sent=None, now=LATE, **facts):
    sent = sent or notice("us-tida", sent=SENT)
    whole = case(sent, sender=facts.pop("sender", SENDER), **facts)
    return complaint(whole, sent, authorities(whole, sent)[0], now)


def test_it_says_where_who_when_which_law_and_what_is_proven():
    text = written(proofs=(PROOF,)).whole
    for part in (
        "To: The Federal Trade Commission",
        "Date: 2026-11-23",
        "My name is Kim Example. I am the person in the pictures.",
        f"1. {URL}",
        "- 2026-11-20 09:30: sent",
        "TAKE IT DOWN Act",
        "Public Law 119-12",
        "within 48 hours of notice from a victim",
        "the time to act ended on 2026-11-22 09:30 (UTC)",
        "ab" * 32,
        "4711 bytes",
        "Stamps Ltd, Times Ltd",
        "kim@example.org",
        "The letter that was sent to Pictures Ltd:",
    ):
        assert part in text
    assert written().subject.startswith("No answer in time")


def test_before_the_time_is_over_it_does_not_say_that_it_is():
    early = written(now=at("2026-11-21 09:00"))
    assert "No answer in time" not in early.whole
    assert "ends on 2026-11-22 09:30" in early.text


def test_that_nobody_was_asked_before_is_said_and_excused_only_where_the_law_does():
    draft = notice("us-tida")
    text = written(draft).text
    assert "Pictures Ltd was not asked before.\n" in text
    assert "that is not needed" not in text
    whole = case(draft, country="AU", sender=SENDER)
    first = next(each for each in authorities(whole, draft) if each.first)
    assert "that is not needed" in complaint(whole, draft, first, LATE).text


@pytest.mark.parametrize(
    ("states", "subject"),
    [(["refused"], "They said no"), (["removed", "reappeared"], "They are back")],
)
def test_the_subject_says_what_happened(states, subject):
    sent = notice("us-tida", sent=SENT)
    for state in states:
        sent = machine.moved(sent, state, at("2026-11-20 10:00"))
    assert written(sent).subject.startswith(subject)


def test_somebody_who_acts_for_the_person_says_so():
    agent = Sender("Alex Helper", "alex@example.org", role="agent", subject="K. E.")
    text = written(sender=agent).text
    assert "My name is Alex Helper. I act for the person in the pictures" in text
    assert "K. E." in text
    assert "I am the person" not in text.partition("The letter that was sent")[0]


def test_what_is_not_known_is_left_blank_and_named():
    blank = written(sender=Sender())
    assert blank.to_fill == ("name", "contact")
    assert "____" in blank.text
    assert written().to_fill == ()


def test_what_strangers_wrote_adds_no_line():
    spoiled = replace(notice("us-tida", sent=SENT), to="Pictures\n\nTo: somebody\u202e else")
    evil = (Address("a1", URL + "\nDate: 1999", "x"),)
    text = written(spoiled, addresses=evil).text
    head = text.partition("The letter that was sent")[0]
    assert "\nTo: somebody" not in head
    assert "\nDate: 1999" not in head
    assert "\u202e" not in head


def test_no_picture_and_nothing_unconfirmed_is_in_it():
    for country in ("AU", "DE", "AT", "GB", "CA-BC", "NZ", "IT", "ES", "IN"):
        sent = notice("eu-gdpr", "eu-dsa", "gb-gdpr", "gb-osa", "au-esafety", sent=SENT)
        whole = case(sent, country=country, sender=SENDER)
        for each in authorities(whole, sent):
            text = complaint(whole, sent, each, LATE).whole
            assert "None" not in text
            assert "…" not in text


@pytest.fixture
def waiting(person, opened):
    """Give a case whose letter was not answered in time."""
    keep_notice(person, opened, notice("us-tida", sent=SENT))
    person.clock = LATE
    return opened


def complain(person, name, **more):
    return complaining.complain(person.context, ComplainRequest(name, **more))


def test_it_is_kept_as_a_draft_that_can_be_tracked_like_any_letter(person, waiting):
    answer = complain(person, waiting)
    assert (answer.about, answer.notice, answer.early) == ("n1", "n2", False)
    assert answer.how
    assert answer.source.startswith("https://")
    draft = kept(person, waiting).notices[1]
    assert (draft.state, draft.channel) == ("draft", "complaint")
    assert draft.text == answer.letter[0].whole
    tracked = tracking.track(person.context, TrackRequest("sent", waiting, "n2"))
    assert [(each.what, each.legal) for each in tracked.due] == [("ask-again", False)]


def test_written_twice_it_is_one_draft_with_the_newest_words(person, waiting):
    complain(person, waiting)
    adding.sender(person.context, adding.SenderRequest(waiting, name="Kim B. Example"))
    complain(person, waiting)
    letters = kept(person, waiting).notices
    assert len(letters) == 2
    assert "Kim B. Example" in letters[1].text


def test_too_early_is_said_and_not_forbidden(person, waiting):
    person.clock = at("2026-11-21 09:00")
    assert complain(person, waiting).early


def test_in_australia_it_is_never_too_early(person):
    name = person.case(country="AU")
    person.add(name, URL)
    keep_notice(person, name, notice("host", sent=SENT))
    answer = complain(person, name)
    assert (answer.early, answer.to) == (False, "The eSafety Commissioner")
    assert answer.url.startswith("https://www.esafety.gov.au/")


def test_another_law_can_be_named_and_an_unknown_one_is_refused(person):
    name = person.case(country="AT")
    person.add(name, URL)
    keep_notice(person, name, notice("us-tida", "eu-gdpr", sent=SENT))
    answer = complain(person, name, law="eu/gdpr-right-to-erasure")
    assert answer.to == "Datenschutzbehörde"
    assert "us/take-it-down-act" in answer.others
    with pytest.raises(NoAuthority):
        complain(person, name, law="law/us/dmca-notice-and-takedown")


def test_where_no_authority_is_confirmed_that_is_said(person):
    name = person.case(country="KE")
    person.add(name, URL)
    keep_notice(person, name, notice("host", sent=SENT))
    with pytest.raises(NoAuthority):
        complain(person, name)
    with pytest.raises(WhichLetter):
        complain(person, person.case(country="KE"))


def test_nobody_complains_about_a_complaint_or_a_service(person, waiting):
    complain(person, waiting)
    with pytest.raises(UnknownPartOfCase):
        complain(person, waiting, notice="n2")


def test_it_is_written_as_text_and_as_a_paper(person, waiting, tmp_path):
    complain(person, waiting, write=tmp_path / "letter.txt")
    text = (tmp_path / "letter.txt").read_text("utf-8")
    assert "The Federal Trade Commission" in text
    assert "Kim Example" in text
    complain(person, waiting, write=tmp_path / "letter.pdf")
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF-")


def test_a_place_that_cannot_be_written_to_is_found_before_anything_is_kept(
    person, waiting, tmp_path
):
    taken = tmp_path / "taken.txt"
    taken.write_text("mine")
    for file, problem in (
        (taken, TargetExists),
        (person.folder / "x.txt", InsideHome),
        (tmp_path / "letter.doc", WrongUsage),
    ):
        with pytest.raises(problem):
            complain(person, waiting, write=file)
    assert len(kept(person, waiting).notices) == 1
    assert taken.read_text() == "mine"


def test_what_to_do_next_can_be_asked_for_a_case_and_for_a_letter(person, waiting):
    whole = advising.advise(person.context, NextRequest(waiting)).steps
    one = advising.advise(person.context, NextRequest(waiting, "n1")).steps
    assert one[0].step == "silent"
    assert {each.step for each in one} < {each.step for each in whole}
