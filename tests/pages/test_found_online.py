"""Something was found: a page on a site that nobody knows leads to whoever runs it."""

from __future__ import annotations

import json
from pathlib import Path

from stillmine.act.case.store import find_case
from stillmine.act.hosts.keeping import keep_seen
from stillmine.act.hosts.seeing import Seen
from stillmine.app.unlocking import unlocked
from stillmine.journeys.known import FOUND_ONLINE
from stillmine.messages.pages_ground import GROUND
from stillmine.messages.pages_journeys import ASK, HOSTS, JOURNEY
from stillmine.web.journeying import number_of
from tests.pages.browsing import Person, judged
from tests.pages.test_journeys import answers, goes_on, where

PAGE = "https://pictures.test/thread/1"
KNOWN = "https://cdn.discordapp.com/attachments/1/2/one.jpg"
_RECORDED = Path(__file__).parents[1] / "act" / "hosts" / "recorded"


def comes_to_the_host(person: Person, *pages: str) -> None:
    """Go to the step where one sees who runs the sites of these pages."""
    person.goes_to("journey", way=number_of(FOUND_ONLINE))
    for name, number in (("under_18", 1), ("keep", 1), ("have", 1)):
        answers(person, name, number)
    person.page.fill("#addresses", "\n".join(pages))
    person.clicks("Write them down")
    goes_on(person)
    assert where(person) == "proof"
    goes_on(person)
    assert where(person) == "host"


def somebody_was_found(person: Person) -> None:
    """Keep in the case what registries answered about the site of the page."""
    seen = Seen(
        "pictures.test",
        "2026-11-22T12:00:00+00:00",
        address="130.59.31.80",
        network=json.loads((_RECORDED / "ripe-130.59.31.80.json").read_text("utf-8")),
        network_source="https://rdap.db.ripe.net/ip/130.59.31.80",
    )
    context = person.door.context()
    name = person.door.do("act.case.list").cases[0].case
    with unlocked(context, writing=True) as vault:
        keep_seen(vault, find_case(vault, name), seen, context.now())


def test_a_page_on_an_unknown_site_leads_to_its_host_and_the_letter_goes_there(resident, full):
    comes_to_the_host(resident, PAGE)
    assert resident.sees(HOSTS["unknown"])
    judged(resident, "found-host-unknown", full=full)
    resident.clicks(HOSTS["go"])
    assert resident.heading() == GROUND["send_ask"]
    assert resident.sees("The name of the site in https://pictures.test/thread/1")
    resident.clicks(GROUND["not_now"])
    assert where(resident) == "host"
    somebody_was_found(resident)
    resident.page.reload()
    assert not resident.sees(HOSTS["unknown"])
    assert resident.sees("Rents out the space.")
    judged(resident, "found-host", full=full)
    goes_on(resident)
    assert where(resident) == "ask"
    resident.page.fill("#name", "Ada Example")
    resident.page.fill("#mail", "ada@example.org")
    resident.clicks(ASK["note"])
    assert resident.page.locator("#to_host").input_value() == "host"
    judged(resident, "found-ask-host", full=full)
    resident.clicks(ASK["write"])
    assert PAGE in resident.page.content()
    (letter,) = resident.door.do("act.case.list").cases
    assert letter.notices == 1


def test_a_known_site_is_asked_itself_and_nothing_has_to_be_looked_up(resident):
    comes_to_the_host(resident, KNOWN)
    assert resident.sees(HOSTS["known"])
    assert resident.page.get_by_role("button", name=HOSTS["go"]).count() == 0
    assert resident.page.locator("button.main").inner_text() == JOURNEY["on"]


def test_an_address_that_is_none_stands_beside_the_field_also_when_it_is_the_only_one(resident):
    resident.goes_to("journey", way=number_of(FOUND_ONLINE))
    for name, number in (("under_18", 1), ("keep", 1), ("have", 1)):
        answers(resident, name, number)
    resident.page.fill("#addresses", "not an address")
    resident.clicks("Write them down")
    said = resident.page.locator("#addresses-wrong").inner_text()
    assert said.startswith("not an address: This is no address of the web.")
    assert resident.page.locator("#addresses").input_value() == "not an address"


def test_what_was_kept_is_forgotten_when_a_child_may_be_in_it_after_all(resident):
    comes_to_the_host(resident, PAGE)
    for _ in range(5):
        resident.clicks("Back")
    assert where(resident) == "under-18"
    answers(resident, "under_18", 3)
    assert where(resident) == "children"
    resident.door.notes.clear()
    resident.goes_to("journey", way=number_of(FOUND_ONLINE))
    assert where(resident) == "under-18"


def test_without_a_vault_an_unknown_site_leads_to_its_host_as_well(newcomer, full):
    newcomer.goes_to("journey", way=number_of(FOUND_ONLINE))
    answers(newcomer, "under_18", 1)
    answers(newcomer, "keep", 2)
    assert where(newcomer) == "ask"
    newcomer.page.fill("#site", "nothing like it")
    newcomer.clicks(HOSTS["go"])
    assert newcomer.page.locator("#site-wrong").inner_text() == HOSTS["no_site"]
    judged(newcomer, "found-platforms-wrong", full=full)
    newcomer.page.fill("#site", KNOWN)
    newcomer.clicks(HOSTS["go"])
    assert newcomer.sees("https://discord.com/report")
    goes_on(newcomer)
    newcomer.clicks("Back")
    newcomer.page.fill("#site", PAGE)
    newcomer.clicks(HOSTS["go"])
    assert newcomer.heading() == GROUND["send_ask"]
    newcomer.clicks(GROUND["not_now"])
    assert where(newcomer) == "ask"
    assert not newcomer.door.home.exists()
