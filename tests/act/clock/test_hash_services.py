"""The way to services that make fingerprints: adults to one, everybody under 18 to the other."""

import pytest

from stillmine.act.clock import hash_services, upcoming
from stillmine.act.clock.hash_services import HashServiceRequest
from stillmine.act.clock.upcoming import ClockRequest
from stillmine.app.actions import all_actions
from stillmine.cli.rendering import answer_lines
from stillmine.errors import AgeNotKnown, WrongUsage
from tests.act.case.test_opening import files_of
from tests.act.clock.cases import at
from tests.act.clock.conftest import kept


def guide(person, service="stopncii", **more):
    return hash_services.hash_service(person.context, HashServiceRequest(service, **more))


def due(person):
    return [(each.what, each.left) for each in upcoming.clock(person.context, ClockRequest()).due]


def test_it_sends_nothing():
    action = next(each for each in all_actions() if each.name == "act.hash-service")
    assert action.sends is None


def test_the_way_is_said_with_the_page_that_says_it(person, opened):
    answer = guide(person, case=opened)
    shown = "\n".join(answer_lines("act.hash-service", answer))
    assert "https://stopncii.org/create-your-case/" in shown
    assert "Read at https://stopncii.org/" in shown
    assert "PIN" in shown
    assert (answer.state, answer.notice) == ("begun", "n1")


@pytest.mark.parametrize("service", ["stopncii", "take-it-down"])
def test_what_leaves_the_device_and_what_they_do_is_said_with_their_own_words(person, service):
    (about,) = guide(person, service, under_18="no").about
    for field in ("leaves", "does"):
        assert about.values[field].quote
        assert about.values[field].source.startswith("https://")
    # What nobody could read on their pages is named and not made up.
    assert "asks" in about.values or "asks" in about.not_confirmed


def test_what_was_begun_is_reminded_of_until_it_is_done(person, opened):
    guide(person, case=opened)
    assert [what for what, _left in due(person)] == ["hash-begun"]
    answer = guide(person, case=opened, number=" 1234-AB ")
    assert (answer.state, answer.number) == ("done", "1234-AB")
    assert [what for what, _left in due(person)] == ["hash-look"]
    notice = kept(person, opened).notices[0]
    assert (notice.channel, notice.state, notice.facts["number"]) == ("hash", "sent", "1234-AB")


def test_after_somebody_looked_the_next_look_is_a_month_away(person, opened):
    person.clock = at("2026-11-20 12:00")
    guide(person, case=opened, number="1")
    assert due(person) == [("hash-look", "7 days left")]
    guide(person, case=opened, looked=True)
    assert due(person) == [("hash-look", "30 days left")]


def test_asked_again_it_is_the_same_line_with_the_newest_number(person, opened):
    for number in ("1", "2"):
        guide(person, case=opened, number=number)
    (notice,) = kept(person, opened).notices
    assert notice.facts["number"] == "2"
    assert len(notice.steps) == 1


@pytest.mark.parametrize("said", ["yes", "unsure"])
@pytest.mark.parametrize("service", ["stopncii", "take-it-down"])
def test_somebody_under_18_is_led_to_the_childrens_service_and_nothing_is_kept(
    person, service, said
):
    before = files_of(person.folder)
    answer = guide(person, service, under_18=said)
    assert (answer.service, answer.children, answer.kept) == ("take-it-down", True, False)
    assert "platforms/stopncii-org" not in [each.fact for each in answer.about]
    assert answer.services
    assert answer.advice
    assert files_of(person.folder) == before


def test_under_18_counts_also_where_a_case_was_opened_before(person, opened):
    before = kept(person, opened)
    answer = guide(person, case=opened, under_18="yes", number="5")
    assert answer.service == "take-it-down"
    assert kept(person, opened) == before


def test_the_childrens_service_keeps_nothing_in_a_case(person, opened):
    before = kept(person, opened)
    answer = guide(person, "take-it-down", case=opened)
    assert (answer.service, answer.kept, answer.notice) == ("take-it-down", False, "")
    assert kept(person, opened) == before


def test_without_a_case_it_has_to_be_said_that_it_is_about_adults(person):
    with pytest.raises(AgeNotKnown):
        guide(person)
    answer = guide(person, under_18="no")
    assert (answer.service, answer.state, answer.kept) == ("stopncii", "guided", False)


def test_a_number_needs_a_case_to_be_kept_in(person):
    for more in ({"number": "1"}, {"looked": True}):
        with pytest.raises(WrongUsage):
            guide(person, under_18="no", **more)
