"""Leaving in a real browser: it is blank at once, locked behind, and Back shows nothing."""

from __future__ import annotations

import contextlib
import threading

import pytest
from playwright.sync_api import Error

from stillmine.app import keyholder
from stillmine.app.actions import Secret
from stillmine.app.home import Home
from stillmine.web.connections import Connection
from stillmine.web.paths import address
from tests.pages.browsing import Person
from tests.pages.conftest import PHRASE


def is_empty(person: Person) -> bool:
    return person.page.evaluate("document.documentElement.innerText || ''").strip() == ""


def shown_at_rest(person: Person) -> str:
    """Return what is shown; the browser may still be on its way."""
    for _ in range(20):
        with contextlib.suppress(Error):
            person.page.wait_for_timeout(100)
            return person.page.evaluate("document.documentElement.innerText || ''")
    return pytest.fail("the browser never came to rest")


def three_shifts(person: Person) -> None:
    for _ in range(3):
        person.page.keyboard.press("Shift")


def button(person: Person) -> None:
    person.page.locator("button.leave").click()


def first_link(person: Person) -> None:
    """Take what a screen reader or the Tab key meets first."""
    person.page.keyboard.press("Tab")
    person.page.keyboard.press("Enter")


WAYS = (three_shifts, button, first_link)


@pytest.mark.parametrize("way", WAYS)
def test_it_is_empty_before_anybody_answered(resident, way):
    """However slow the other side is: here it does not answer at all."""
    held = []
    resident.page.route(f"**{address('leave')}", lambda route: held.append(route))
    resident.goes_to("people")
    way(resident)
    resident.page.wait_for_url("about:blank")
    assert is_empty(resident)
    for route in held:
        route.abort()


@pytest.mark.parametrize("way", WAYS)
def test_the_keys_are_gone_and_back_shows_nothing(resident, way):
    words = []
    for name in ("entry", "people", "entry", "people"):
        resident.goes_to(name)
        words.append(resident.heading())
    way(resident)
    resident.page.wait_for_url("about:blank")
    assert resident.has_ended()
    assert keyholder.root_key(Home(resident.door.home)) is None
    for _ in range(3):
        with contextlib.suppress(Error):  # the browser's own word for: nobody answers
            resident.page.go_back(wait_until="load", timeout=5_000)
        said = shown_at_rest(resident)
        assert not any(word in said for word in words), said


def test_without_scripts_the_button_and_the_link_leave_too(opens, vault):
    for way in (button, first_link):
        person = opens(vault, java_script_enabled=False)
        person.goes_to("people")
        way(person)
        person.page.wait_for_url(f"**{address('leave')}")
        assert person.page.locator("body").inner_text().strip() == ""
        assert person.has_ended()


@pytest.mark.parametrize("scripts", [True, False])
def test_after_locking_back_shows_nothing_of_the_vault(opens, vault, scripts):
    person = opens(vault, java_script_enabled=scripts)
    person.door.unlock(Secret(PHRASE))
    person.goes_to("vault")
    assert "By the lake" in person.page.content()
    person.goes_to("lock")
    assert not person.door.is_unlocked()
    for _ in range(2):
        with contextlib.suppress(Error):
            person.page.go_back(timeout=5_000)
        person.page.wait_for_timeout(300)
        assert "By the lake" not in person.page.content()


def test_a_capital_letter_is_no_wish_to_leave(newcomer):
    for _ in range(4):
        newcomer.page.keyboard.press("Shift+A")
    newcomer.page.keyboard.press("Shift")
    newcomer.page.keyboard.press("b")
    newcomer.page.keyboard.press("Shift")
    newcomer.page.keyboard.press("Shift")
    assert newcomer.heading()
    assert not newcomer.door.left.is_set()


def test_a_page_from_the_memory_of_the_browser_is_asked_for_anew(resident):
    """Chromium keeps none of our pages; Safari may, and then says so with this event."""
    resident.goes_to("people")
    resident.page.evaluate("window.marked = 1")
    answers = []
    resident.page.on("response", lambda answer: answers.append(answer.url))
    resident.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    resident.page.wait_for_function("window.marked === undefined")
    assert resident.url(address("people")) in answers
    assert resident.heading()


def test_the_page_empties_itself_when_nobody_is_there(resident):
    resident.goes_to("entry")
    after = resident.page.evaluate("Number(document.documentElement.dataset.after)")
    assert after == resident.door.settings.lock_after_minutes * 60
    resident.page.clock.install()
    heading = resident.goes_to("people").heading()
    resident.page.route("**/n/**", lambda route: route.abort())
    resident.page.clock.fast_forward((after + 4) * 1000)
    assert heading not in shown_at_rest(resident)


def test_somebody_who_types_is_not_locked_out(resident):
    resident.page.clock.install()
    resident.goes_to("people")
    with resident.page.expect_request(f"**{address('here')}"):
        resident.page.clock.fast_forward(40_000)
        resident.page.keyboard.press("a")


def test_the_title_and_the_addresses_say_nothing(resident):
    for name in ("entry", "people"):
        resident.goes_to(name)
        assert resident.page.title() == "Notes"
    for url in resident.requests:
        assert not any(word in url for word in ("still", "photo", "picture", "case", "law", "help"))


@pytest.mark.parametrize("way", WAYS)
def test_it_is_empty_while_the_whole_other_side_hangs(resident, way, monkeypatch):
    """Not only this answer: nothing at all is answered any more, and still the page goes."""
    resident.goes_to("people")
    heading = resident.heading()
    go_on = threading.Event()
    receive = Connection.data_received

    def hang(self: Connection, data: bytes) -> None:
        go_on.wait(20)
        receive(self, data)

    monkeypatch.setattr(Connection, "data_received", hang)
    way(resident)
    resident.page.wait_for_url("about:blank")
    said = shown_at_rest(resident)
    go_on.set()
    assert heading not in said
    assert said.strip() == ""
    assert resident.has_ended()  # the word that somebody left arrived, as soon as it could
