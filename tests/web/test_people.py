"""Whoever is named on a page can be reached from it: nobody is left with a name alone."""

from datetime import date

import pytest

from stillmine.app.telling.gate import children_services
from stillmine.app.telling.places import facts_at
from stillmine.facts import Kind
from stillmine.facts.places import places
from stillmine.web.pages.people import person_of

TODAY = date(2026, 11, 22)
PLACES = sorted(places())


@pytest.mark.parametrize("place", PLACES)
def test_each_service_for_somebody_under_18_can_be_reached_from_the_page(place):
    shown = [person_of(each) for each in children_services(place, TODAY)]
    assert shown
    for each in shown:
        assert each.name
        assert each.serves
        assert each.url or each.phone or each.short or each.mail, each.name


@pytest.mark.parametrize("place", PLACES)
def test_each_person_to_talk_to_can_be_reached_from_the_page(place):
    _place, lines, _missing = facts_at(Kind.LINE, place, TODAY)
    for each in map(person_of, lines):
        assert each.url or each.phone or each.short or each.mail, each.name


def test_take_it_down_leads_to_its_own_page_and_says_what_not_to_do():
    (first, *_) = children_services("FR", TODAY)
    shown = person_of(first)
    assert shown.url == "https://takeitdown.ncmec.org/"
    assert any("Do not download or pass on a picture" in note for note in shown.notes)
