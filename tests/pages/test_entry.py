"""The first page, what there is to look around, and people to talk to."""

from __future__ import annotations

import pytest

from stillmine.messages.pages_entry import ENTRY, PEOPLE, ROOMS
from stillmine.messages.pages_frame import FRAME
from stillmine.web.paths import address
from tests.pages.browsing import judged


def test_the_first_page_asks_one_thing_and_says_what_leaving_cannot_do(newcomer, full):
    assert newcomer.heading() == ENTRY["title"]
    for key in ("now", "look", "leaving_how", "leaving_not", "device"):
        assert newcomer.sees(ENTRY[key])
    assert newcomer.page.locator(".choice").count() == 2
    judged(newcomer, "entry", full=full)


def test_whoever_looks_around_is_shown_only_what_is_built(newcomer, full):
    newcomer.page.get_by_text(ENTRY["look"]).click()
    assert newcomer.heading() == ROOMS["title"]
    judged(newcomer, "rooms", full=full)
    for link in newcomer.page.locator(".choice").all():
        href = link.get_attribute("href")
        answer = newcomer.page.evaluate("a => fetch(a).then(r => r.status)", href)
        assert answer == 200, href


def test_people_to_talk_to_are_on_every_page_in_one_step(resident):
    for name in ("entry", "rooms", "vault", "settings", "add", "backups"):
        resident.goes_to(name)
        assert resident.page.get_by_role("link", name=FRAME["person"]).count() == 1
    resident.page.get_by_role("link", name=FRAME["person"]).click()
    assert resident.heading() == PEOPLE["title"]


def test_people_of_a_country_are_shown_with_ways_to_reach_them(newcomer, full):
    newcomer.goes_to("people")
    judged(newcomer, "people-first", full=full)
    newcomer.page.select_option("#at", "ES")
    newcomer.clicks(PEOPLE["show"])
    assert newcomer.sees("017")
    assert newcomer.page.locator('a[href="tel:017"]').count() == 1
    assert newcomer.sees(PEOPLE["open"].rstrip(".")) or newcomer.sees(PEOPLE["closed"].rstrip("."))
    judged(newcomer, "people", full=full)
    assert newcomer.door.country == "ES"
    newcomer.goes_to("entry").goes_to("people")
    assert newcomer.sees("017")


def test_a_number_that_nobody_confirmed_is_not_shown(newcomer):
    newcomer.goes_to("people", at="US")
    answer = newcomer.door.do("act.lines", place="US")
    assert answer.not_confirmed
    shown = newcomer.page.locator(".person").count()
    assert shown == len(answer.people)
    dialled = {
        link.get_attribute("href") for link in newcomer.page.locator("a[href^='tel:']").all()
    }
    said = {
        "tel:" + str(each.values[way].said)
        for each in answer.people
        for way in ("phone", "short_number")
        if way in each.values
    }
    assert dialled == said


@pytest.mark.parametrize("typed", ["zz", "<b>x</b>", "x" * 300, "../.."])
def test_a_country_that_is_none_is_answered_calmly(newcomer, typed):
    newcomer.goes_to("people", at=typed)
    assert newcomer.heading() == PEOPLE["title"]
    assert newcomer.page.locator("[role=alert]").count() == 1
    assert newcomer.page.locator("[role=alert] b").count() == 0


def test_without_a_script_the_first_pages_work(opens):
    person = opens(java_script_enabled=False)
    person.page.get_by_text(ENTRY["look"]).click()
    assert person.page.url.endswith(address("rooms"))
    person.page.get_by_role("link", name=FRAME["person"]).click()
    person.page.select_option("#at", "GB")
    person.clicks(PEOPLE["show"])
    assert person.page.locator(".person").count() > 3
