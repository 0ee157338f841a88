"""Which services there are, where they are, and that under-18 pictures lead elsewhere only."""

import dataclasses
from datetime import date

import pytest

from stillmine.app.actions import all_actions
from stillmine.app.telling.guides import GUIDES, taking_part
from stillmine.cli.plain_data import plain
from stillmine.cli.rendering import answer_lines
from stillmine.errors import AgeNotKnown, UnknownCountry, UnknownService
from stillmine.facts import OFFICIAL, Kind, facts_of
from stillmine.facts.checking import problems
from tests.act.case.test_opening import files_of

TODAY = date(2026, 11, 23)
ADULTS = [name for name, guide in GUIDES.items() if not guide.under_18]


def shown(action, answer):
    return "\n".join(answer_lines(f"watch.enrol.{action}", answer))


def test_nothing_of_it_sends_anything():
    mine = [each for each in all_actions() if each.name.startswith("watch.enrol.")]
    assert len(mine) == 4
    assert [each.sends for each in mine] == [None] * 4


def test_every_service_that_is_listed_has_an_address_that_an_official_page_confirms(enroller):
    services = enroller.lists().services
    assert [each.service for each in services] == ADULTS
    for each in services:
        value = each.about.values["url" if "url" in each.about.values else "report_url"]
        assert each.door == value.said
        assert value.kind in OFFICIAL


def test_what_is_not_confirmed_is_named_without_any_address(enroller):
    without = {each.fact for each in facts_of(Kind.SERVICE) if "url" not in each.values}
    listed = enroller.lists()
    assert {each.fact for each in listed.not_confirmed} == without
    assert not without & {guide.fact for guide in GUIDES.values()}
    assert all("https://" not in each.missing for each in listed.not_confirmed)


def test_every_fact_about_a_service_has_a_guide_or_no_address():
    guided = {guide.fact for guide in GUIDES.values()}
    for fact in facts_of(Kind.SERVICE):
        assert ("url" in fact.values) == (fact.fact in guided)


@pytest.mark.parametrize("service", ADULTS)
def test_the_way_says_what_it_needs_learns_and_can_do_with_where_that_was_read(enroller, service):
    (guided,) = enroller.shows(service).services
    about = guided.service.about
    for field in ("use_for", "leaves", "does"):
        assert about.values[field].quote, field
        assert about.values[field].kind in OFFICIAL
    assert "asks" in about.values or "asks" in about.not_confirmed
    text = shown("show", enroller.shows(service))
    assert f"Where: {guided.service.door}" in text
    assert "Read at https://" in text
    assert f"stillmine watch enrol note {service} begun" in text


def test_an_address_elsewhere_is_not_trusted():
    fact = next(each for each in facts_of(Kind.SERVICE) if each.fact.endswith("have-i-been-pwned"))
    value = fact.values["url"]._replace(said="https://haveibeenpwned.example/")
    elsewhere = dataclasses.replace(fact, values={**fact.values, "url": value})
    assert any("url lies on no domain" in each for each in problems(Kind.SERVICE, elsewhere, TODAY))


def test_only_platforms_that_an_official_page_names_are_said_to_take_part(enroller):
    names = enroller.shows("stopncii").services[0].taking_part
    assert names == taking_part("stopncii")
    assert "Facebook" in names
    assert "Google Search" not in names, "only other pages say so"
    assert enroller.shows("hibp").services[0].taking_part == ()


def test_it_can_be_read_without_a_vault(reader):
    assert [each.state for each in reader.lists().services] == ["none"] * len(ADULTS)
    assert reader.shows("hibp").services[0].steps
    assert not reader.folder.exists()


@pytest.mark.parametrize("said", ["yes", "unsure"])
def test_with_somebody_under_18_there_is_take_it_down_and_nothing_else(enroller, said):
    before = files_of(enroller.folder)
    listed = enroller.lists(under_18=said, country="GB", calendar=enroller.folder.parent / "r.ics")
    assert (listed.services, listed.not_confirmed, listed.children) == ((), (), True)
    assert "platforms/ncmec-take-it-down" in [each.fact for each in listed.helpers]
    assert "platforms/iwf-childline-report-remove" in [each.fact for each in listed.helpers]
    assert listed.advice
    for service in GUIDES:
        (guided,) = enroller.shows(service, under_18=said).services
        assert guided.service.service == "take-it-down"
        noted = enroller.notes(service, "done", under_18=said, number="123")
        assert (noted.kept, noted.children, noted.has_number) == (False, True, False)
        assert noted.helpers
    assert files_of(enroller.folder) == before
    assert not (enroller.folder.parent / "r.ics").exists()


def test_take_it_down_keeps_nothing_whoever_asks(enroller):
    enroller.lists()
    before = files_of(enroller.folder)
    answer = enroller.notes("take-it-down", "done", number="123")
    assert (answer.kept, answer.children) == (False, True)
    assert enroller.shows("take-it-down").children
    assert files_of(enroller.folder) == before
    assert "123" not in shown("note", answer)


def test_the_question_is_asked_once_and_a_no_is_remembered(enroller):
    enroller.lists()
    enroller.lists()
    enroller.notes("hibp", "begun")
    assert enroller.questions == ["under-18"]


def test_a_yes_is_asked_for_again_and_noted_nowhere(enroller):
    enroller.says = "yes"
    before = files_of(enroller.folder)
    assert enroller.lists().children
    assert enroller.lists().children
    assert enroller.questions == ["under-18", "under-18"]
    assert files_of(enroller.folder) == before


def test_a_yes_counts_also_after_a_no(enroller):
    enroller.lists()
    assert enroller.lists(under_18="yes").services == ()


def test_who_does_not_answer_sees_nothing(enroller):
    enroller.says = None
    for call in (enroller.lists, lambda: enroller.shows("hibp")):
        with pytest.raises(AgeNotKnown):
            call()


@pytest.mark.parametrize("service", ["", "pimeyes", "hibp2", "../hibp"])
def test_a_service_that_is_none_is_named(enroller, service):
    for call in (enroller.shows, lambda name: enroller.notes(name, "done"), enroller.forgets):
        with pytest.raises(UnknownService):
            call(service)


def test_what_holds_everywhere_holds_at_every_country_and_a_wrong_one_is_said(enroller):
    assert [each.service for each in enroller.lists(country="Germany").services] == ADULTS
    with pytest.raises(UnknownCountry):
        enroller.lists(country="Atlantis")


def test_the_lists_are_plain_data_for_programs(enroller):
    answer = plain(enroller.lists())
    assert answer["services"][0]["service"] == "stopncii"
    assert answer["services"][0]["about"]["values"]["use_for"]["source"].startswith("https://")
