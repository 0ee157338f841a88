"""Alerts on the pages: one sentence, by a way and at hours that were chosen; no secret is shown."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from stillmine.app.actions import Secret
from stillmine.app.network.alerts import find_out
from stillmine.app.network.alerts.writing import write_address
from tests.pages.browsing import Person, judged
from tests.pages.conftest import PHRASE
from tests.servers.alerts import Services

TOPIC = "a-long-topic-that-nobody-guesses"
KINDS = {"desktop": 1, "mail": 2, "ntfy": 3, "gotify": 4, "matrix": 5, "signal": 6}


@pytest.fixture
def services() -> Iterator[Services]:
    """Put the services up on this computer."""
    running = Services()
    yield running
    running.close()


def presses(person: Person) -> None:
    """Press the main button of the page."""
    person.page.locator("main .main").click()


def ways(person: Person) -> list[tuple[str, str]]:
    return [(each.kind, each.host) for each in person.door.do("watch.alert.list").alerts]


def adds_ntfy(person: Person, services: Services) -> None:
    person.goes_to("alert.kind", kind=KINDS["ntfy"])
    person.page.fill("#topic", TOPIC)
    person.page.fill("#server", f"127.0.0.1:{services.port}")
    presses(person)
    presses(person)


def waits_for(person: Person, words: str) -> None:
    person.page.get_by_text(words).first.wait_for()


def test_a_way_is_added_tried_and_taken_out_and_its_secret_is_on_no_page(resident, services, full):
    resident.goes_to("places").clicks("How you hear of something")
    judged(resident, "alerts-none", full=full)
    resident.clicks("Add a way")
    judged(resident, "alert-add", full=full)
    resident.page.get_by_text("ntfy", exact=True).click()
    judged(resident, "alert-ntfy", full=full)
    resident.page.fill("#topic", TOPIC)
    resident.page.fill("#server", f"127.0.0.1:{services.port}")
    presses(resident)
    assert resident.sees("one sentence, the same each time")
    assert TOPIC not in resident.page.content()
    judged(resident, "alert-agree", full=full)
    presses(resident)
    assert resident.sees("It is added.")
    assert ways(resident) == [("ntfy", "127.0.0.1")]
    assert TOPIC not in resident.page.content()
    assert services.taken == []
    judged(resident, "alerts", full=full)
    resident.clicks("Try it now")
    assert resident.sees("Something to read.")
    assert services.taken == []
    judged(resident, "alert-try", full=full)
    presses(resident)
    waits_for(resident, "It went out. Look whether it came.")
    assert [each.said["message"] for each in services.taken] == ["Something to read."]
    judged(resident, "alert-tried", full=full)
    resident.goes_to("alerts").clicks("Take it out: ntfy 1")
    assert resident.sees("It is taken out")
    assert ways(resident) == []


def test_a_service_that_refuses_is_told_with_what_to_do(resident, services):
    adds_ntfy(resident, services)
    services.refuses = True
    resident.clicks("Try it now")
    presses(resident)
    waits_for(resident, "The alert did not get through")
    assert not resident.sees("stillmine watch")


def test_hours_and_how_often_are_chosen_and_stand_there_again(resident, full):
    resident.goes_to("alerts")
    resident.page.select_option("#from_", "18")
    resident.page.select_option("#until", "22")
    resident.page.locator("#how-2").check()
    resident.page.locator("#named-2").check()
    resident.clicks("Save")
    assert resident.sees("Saved")
    found = resident.door.do("watch.alert.list")
    assert (found.hours, found.how, found.named) == ("18:00-22:00", "at-once", True)
    resident.goes_to("alerts")
    assert resident.page.input_value("#from_") == "18"
    assert resident.page.input_value("#until") == "22"
    assert resident.page.locator("#how-2").is_checked()
    assert resident.page.locator("#named-2").is_checked()
    assert resident.sees("stillmine: something to read.")


def test_a_notice_on_this_computer_is_warned_of_first(resident, full):
    resident.goes_to("alert.kind", kind=KINDS["desktop"])
    judged(resident, "alert-desktop", full=full)
    presses(resident)
    assert resident.sees("Whoever looks at this screen can see a notice on it")
    presses(resident)
    assert ways(resident) == [("desktop", "")]


def test_what_is_missing_stands_beside_its_field_and_no_secret_comes_back(resident, full):
    resident.goes_to("alert.kind", kind=KINDS["matrix"])
    resident.page.fill("#server", "matrix.example")
    resident.page.fill("#password", "a secret word")
    presses(resident)
    assert resident.page.locator("#user-wrong").count() == 1
    assert resident.page.locator("#room-wrong").count() == 1
    assert resident.page.input_value("#server") == "matrix.example"
    assert resident.page.input_value("#password") == ""
    assert "a secret word" not in resident.page.content()
    judged(resident, "alert-wrong", full=full)


@pytest.mark.parametrize("typed", ["http://alerts.example", "alerts.example/?icon=http://x"])
def test_what_is_not_let_through_is_said_and_not_kept(resident, typed):
    resident.goes_to("alert.kind", kind=KINDS["ntfy"])
    resident.page.fill("#topic", TOPIC)
    resident.page.fill("#server", typed)
    presses(resident)
    if resident.page.locator("#server-wrong").count() == 0:
        presses(resident)
    assert resident.page.locator("main .wrong").count() == 1
    assert not ways(resident)
    assert TOPIC not in resident.page.content()


def test_a_whole_address_of_another_kind_is_refused(resident):
    resident.goes_to("alert.kind", kind=KINDS["gotify"])
    resident.page.locator("summary", has_text="whole address").click()
    resident.page.fill("#address", f"ntfys://alerts.example/{TOPIC}")
    presses(resident)
    presses(resident)
    assert resident.sees("another kind")
    assert TOPIC not in resident.page.content()


def test_every_way_has_a_form_that_looks_well(resident, full):
    for kind, number in KINDS.items():
        resident.goes_to("alert.kind", kind=number)
        assert resident.page.locator("main .main").count() == 1
        judged(resident, f"alert-kind-{kind}", full=full)
    resident.goes_to("alert.kind", kind=77)
    assert resident.heading() == "How do you want to be told?"


TYPED = {
    "mail": (
        {"server": "mail.example", "user": "kim@a.example", "password": "a/b:c@d%", "to": "k@b.c"},
        ("mail.example", 587, True),
    ),
    "ntfy": ({"topic": TOPIC, "server": ""}, ("ntfy.sh", 443, True)),
    "gotify": ({"server": "10.0.0.7:8080", "token": "AbCdEfGhIjKlMnO"}, ("10.0.0.7", 8080, False)),
    "matrix": (
        {"server": "m.example", "user": "me", "password": "wörd#?", "room": "#room:m.example"},
        ("m.example", 443, True),
    ),
    "signal": (
        {"gateway": "http://127.0.0.1:9", "from": "+15550001111", "number": "+15550002222"},
        ("127.0.0.1", 9, False),
    ),
}


@pytest.mark.parametrize("kind", TYPED)
def test_of_plain_fields_an_address_is_made_that_leads_there_and_nowhere_else(kind):
    typed, (host, port, secure) = TYPED[kind]
    found = find_out(write_address(kind, typed))
    assert (found.kind, found.host, found.port, found.secure) == (kind, host, port, secure)


def test_what_is_typed_into_a_field_does_not_become_another_part_of_the_address():
    typed = {"server": "mail.example", "user": "me", "password": "p@evil.example/?to=x&cc=y#"}
    found = find_out(write_address("mail", {**typed, "to": "kim@a.example"}))
    assert found.host == "mail.example"


def test_it_all_works_without_scripts(opens, vault, services):
    person = opens(vault, java_script_enabled=False)
    person.door.unlock(Secret(PHRASE))
    adds_ntfy(person, services)
    assert ways(person) == [("ntfy", "127.0.0.1")]
