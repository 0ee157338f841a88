"""Pages of a case are looked at again; what is back opens it, and its letter says so."""

import pytest

from stillmine.act.case import adding
from stillmine.act.case.model import Proof
from stillmine.act.case.store import find_case, keep_case, with_proof
from stillmine.act.clock import rechecking, tracking
from stillmine.act.clock.rechecking import RecheckRequest
from stillmine.act.clock.tracking import TrackRequest
from stillmine.app.actions import Outcome, all_actions
from stillmine.cli.rendering import answer_lines
from stillmine.errors import NothingMayLeave, Stopped, UnknownPartOfCase
from tests.act.clock.cases import notice
from tests.act.clock.conftest import keep_notice, kept
from tests.act.clock.test_looking import HTML, page

SENT = "2026-11-20 09:30"


@pytest.fixture
def site(new_site):
    return new_site()


@pytest.fixture
def watched(person, site, no_pauses):
    """Give a case with two pages on a real site, and a letter about the first."""
    person.agrees = True
    case = person.case(country="US")
    person.add(case, site.says("/watch/1", page("Video 1"), HTML))
    person.add(case, site.says("/watch/2", page("Video 2"), HTML))
    keep_notice(person, case, notice("us-tida", sent=SENT))
    return case


def recheck(person, case, **more):
    return rechecking.recheck(person.context, RecheckRequest(case, **more))


def states(person, case):
    return [each.state for each in kept(person, case).addresses]


def test_it_is_declared_as_sending_and_may_be_repeated():
    action = next(each for each in all_actions() if each.name == "act.recheck")
    assert action.sends is not None
    assert action.repeatable
    assert "stillmine" in action.sends.they_learn


def test_each_page_is_looked_at_and_what_was_seen_is_kept(person, watched, site):
    site.says("/watch/2", b"", HTML, status=410)
    answer = recheck(person, watched)
    assert [(each.address, each.state) for each in answer.looked] == [
        ("a1", "there"),
        ("a2", "gone"),
    ]
    assert (answer.there, answer.gone, answer.unclear) == (1, 1, 0)
    assert states(person, watched) == ["there", "gone"]
    said = [each.said for each in person.show(watched).timeline]
    assert "Somebody looked at a2: gone." in said


def test_a_person_reads_it_and_is_told_to_look_themselves(person, watched):
    shown = "\n".join(answer_lines("act.recheck", recheck(person, watched)))
    assert "2 pages were looked at: 2 still there" in shown
    assert "look yourself before you rely on it" in shown


def test_what_cannot_be_told_changes_nothing(person, watched, site):
    recheck(person, watched)
    site.says("/watch/1", b"", HTML, status=403)
    answer = recheck(person, watched, addresses=("a1",))
    assert answer.unclear == 1
    assert states(person, watched)[0] == "there"


def test_what_is_gone_is_noted_by_the_person_and_not_by_itself(person, watched, site):
    site.says("/watch/1", b"", HTML, status=404)
    answer = recheck(person, watched)
    assert kept(person, watched).notices[0].state == "sent"
    assert "note-removed" in [each.step for each in answer.next]


def test_what_is_back_opens_the_case_and_its_letter_says_so(person, watched, site):
    site.says("/watch/1", b"", HTML, status=404)
    recheck(person, watched)
    tracking.track(person.context, TrackRequest("removed", watched))
    adding.close(person.context, adding.StateRequest(watched))
    site.says("/watch/1", page("Video 1"), HTML)
    answer = recheck(person, watched)
    assert (answer.returned, answer.back, answer.reopened) == (("a1",), ("n1",), True)
    case = kept(person, watched)
    assert (case.state, case.notices[0].state) == ("open", "reappeared")
    assert next(each.step for each in answer.next if each.notice == "n1") == "proof-again"
    said = [each.said for each in person.show(watched).timeline]
    assert "It is back at a1." in said


def test_what_came_back_before_its_letter_was_noted_as_answered_is_said_too(person, watched, site):
    site.says("/watch/1", b"", HTML, status=404)
    recheck(person, watched)
    site.says("/watch/1", page("Video 1"), HTML)
    answer = recheck(person, watched)
    assert (answer.returned, answer.back) == (("a1",), ())
    assert kept(person, watched).notices[0].state == "sent"
    assert "1 is back." in answer_lines("act.recheck", answer)[0]


def test_what_was_never_gone_is_not_back(person, watched):
    assert recheck(person, watched).back == ()
    assert recheck(person, watched).back == ()


def test_the_title_of_the_proof_is_what_a_page_is_compared_with(person, watched):
    proof = Proof("p1", "capture", "x", "e", "ab" * 32, 1, address="a1", title="Another video")

    def put(vault):
        keep_case(vault, with_proof(find_case(vault, watched), proof))

    person.looks(put, writing=True)
    assert recheck(person, watched).looked[0].why == "other-title"


def test_without_a_yes_nothing_is_asked(person, watched, site):
    person.agrees = False
    with pytest.raises(NothingMayLeave):
        recheck(person, watched)
    assert site.asked == []


def test_one_page_can_be_named_and_an_unknown_one_is(person, watched, site):
    recheck(person, watched, addresses=("a2",))
    assert {each.target for each in site.asked} == {"/watch/2"}
    with pytest.raises(UnknownPartOfCase):
        recheck(person, watched, addresses=("a9",))


def test_a_case_without_addresses_has_nothing_to_look_at(person):
    person.agrees = True
    assert recheck(person, person.case()).outcome is Outcome.NOTHING_FOUND


def test_somebody_who_stops_it_is_heard_between_two_pages(person, watched, site, monkeypatch):
    monkeypatch.setattr(rechecking, "_PAUSE", (60.0, 60.0))

    def stop(progress):
        person.job.stop_asked = progress.done > 0

    person.job.listener = stop
    with pytest.raises(Stopped):
        recheck(person, watched)
    assert len({each.target for each in site.asked}) == 1
    assert states(person, watched) == ["unknown", "unknown"]
