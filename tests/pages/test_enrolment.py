"""Services that see more, on the pages: the question first, the way there, and what is noted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from stillmine.app.actions import Secret
from stillmine.app.home import Home
from stillmine.app.storage.opening import open_vault
from stillmine.app.unlocking import root_key
from stillmine.watch.enrolling.enrolment import (
    Enrolment,
    all_enrolments,
    forget_enrolment,
    keep_enrolment,
)
from stillmine.watch.enrolling.reminding import AWAY, tell_locked_runs
from stillmine.web.door import REMINDERS
from tests.pages.browsing import Person, judged
from tests.pages.conftest import PHRASE


def presses(person: Person) -> None:
    """Press the main button of the page."""
    person.page.locator("main .main").click()


def answers(person: Person, number: int) -> None:
    """Answer the one question: 1 no, 2 yes, 3 unsure."""
    person.goes_to("enrolment").page.locator(f"#age-{number}").check()
    presses(person)


def goes_to(person: Person, service: str) -> None:
    person.goes_to("enrolment").page.get_by_role("link", name=service).first.click()


def noted(person: Person) -> dict[tuple[str, str], str]:
    found = person.door.do("watch.enrol.list").services
    return {(each.service, each.which): each.state for each in found if each.state != "none"}


def begun_long_ago(person: Person) -> None:
    """Keep in the vault that a service was begun three days ago."""
    at = (datetime.now(UTC) - timedelta(days=3)).isoformat(timespec="seconds")
    with open_vault(Home(person.door.home), root_key(person.door.context()), writing=True) as vault:
        for each in all_enrolments(vault):
            forget_enrolment(vault, each)
        keep_enrolment(vault, Enrolment("0a0a0a0a", "stopncii", "", "begun", at))
        tell_locked_runs(vault)


def test_the_way_is_shown_and_what_is_noted_comes_back_until_it_is_forgotten(resident, full):
    resident.goes_to("places").clicks("Let others look for you")
    assert resident.heading() == "One question first"
    judged(resident, "enrol-first", full=full)
    presses(resident)
    assert resident.page.locator("#age-wrong").count() == 1
    answers(resident, 1)
    assert resident.heading() == "Let others look for you"
    judged(resident, "enrol-list", full=full)
    goes_to(resident, "StopNCII")
    assert resident.sees("Your device makes the fingerprints.")
    assert not resident.sees("stillmine watch")
    door = resident.page.get_by_role("link", name="Go to their page")
    assert door.get_attribute("rel") == "noreferrer noopener"
    assert (door.get_attribute("href") or "").startswith("https://stopncii.org")
    judged(resident, "enrol-one", full=full)
    resident.page.locator("#state-2").check()
    resident.page.fill("#number", "1234-ABCD")
    presses(resident)
    assert resident.sees("It is noted, sealed in the vault.")
    assert resident.sees("Their number: 1234-ABCD")
    assert noted(resident) == {("stopncii", ""): "done"}
    judged(resident, "enrol-noted", full=full)
    resident.goes_to("enrolment")
    assert "1234-ABCD" not in resident.page.content()
    assert resident.sees("Our suggestion: look how it stands there.")
    goes_to(resident, "StopNCII")
    resident.page.get_by_role("button", name="Forget what is noted here").click()
    assert resident.sees("It is gone from here.")
    assert noted(resident) == {}


@pytest.mark.parametrize("number", [2, 3])
def test_where_somebody_may_have_been_under_18_other_people_help_and_nothing_is_kept(
    resident, number, full
):
    answers(resident, number)
    assert resident.heading() == "Then other hands are better"
    assert resident.sees("Take It Down")
    judged(resident, f"enrol-young-{number}", full=full)
    resident.goes_to("enrolment")
    assert resident.heading() == "One question first"
    resident.goes_to("enrol", number=1)
    assert resident.heading() == "One question first"
    resident.goes_to("enrol", number=2)
    assert resident.sees("This program keeps nothing about it.")
    assert resident.page.locator("#state").count() == 0


def test_several_addresses_are_kept_apart(resident, full):
    answers(resident, 1)
    for which in ("kim@mail.example", "<b>kim\u202e@other.example"):
        goes_to(resident, "Have I Been Pwned")
        resident.page.locator("#state-1").check()
        resident.page.fill("#which", which)
        presses(resident)
        assert resident.sees("It is noted")
    assert len(noted(resident)) == 2
    goes_to(resident, "Have I Been Pwned")
    judged(resident, "enrol-several", full=full)
    resident.page.get_by_role("button", name="kim@mail.example").click()
    assert [which for _, which in noted(resident)] == ["<b>kim\u202e@other.example"]


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(resident, full):
    answers(resident, 1)
    goes_to(resident, "StopNCII")
    resident.page.fill("#ends", "next year")
    resident.page.fill("#number", "77")
    presses(resident)
    assert "2027-01-31" in resident.page.locator("#ends-wrong").inner_text()
    assert resident.page.input_value("#number") == "77"
    resident.page.fill("#ends", "")
    presses(resident)
    assert resident.page.locator("#state-wrong").count() == 1
    resident.page.locator("#state-3").check()
    presses(resident)
    assert "Note first that you began" in resident.page.locator("#state-wrong").inner_text()
    assert not resident.sees("stillmine watch")
    judged(resident, "enrol-wrong", full=full)
    assert noted(resident) == {}


def test_what_waits_is_named_in_the_list_and_goes_along_as_a_calendar(resident, full):
    answers(resident, 1)
    assert resident.sees("There is nothing to be reminded of yet.")
    begun_long_ago(resident)
    resident.goes_to("enrolment")
    assert resident.page.locator("main .tag", has_text="Waits for you").count() == 1
    judged(resident, "enrol-due", full=full)
    with resident.page.expect_download() as coming:
        resident.page.get_by_role("link", name="Reminders for your calendar").click()
    assert coming.value.suggested_filename == "dates.ics"
    content = coming.value.path().read_text("utf-8")
    assert "BEGIN:VEVENT" in content
    assert "StopNCII" not in content
    assert "stopncii" not in content


def test_after_unlocking_what_waits_is_seen_at_once(opens, vault, full):
    person = opens(vault)
    person.door.unlock(Secret(PHRASE))
    answers(person, 1)
    goes_to(person, "StopNCII")
    person.page.locator("#state-1").check()
    presses(person)
    person.goes_to("vault")
    assert not person.sees("Something to look at.")
    begun_long_ago(person)
    person.door.lock()
    person.goes_to("unlock").page.fill("#passphrase", PHRASE)
    presses(person)
    assert person.sees("Something to look at.")
    judged(person, "reminder", full=full)
    person.clicks("See what waits for you")
    assert person.sees("Waits for you")
    person.goes_to("rooms")
    assert not person.sees("Something to look at.")


def test_one_can_read_without_a_vault(newcomer, full):
    answers(newcomer, 1)
    goes_to(newcomer, "StopNCII")
    assert newcomer.sees("make a vault first")
    assert newcomer.page.locator("#state").count() == 0
    judged(newcomer, "enrol-no-vault", full=full)


def test_a_number_that_names_no_service_leads_to_the_list(resident):
    answers(resident, 1)
    resident.goes_to("enrol", number=77)
    assert resident.heading() == "Let others look for you"


def test_it_all_works_without_scripts(opens, vault):
    person = opens(vault, java_script_enabled=False)
    person.door.unlock(Secret(PHRASE))
    answers(person, 1)
    goes_to(person, "StopNCII")
    person.page.locator("#state-1").check()
    presses(person)
    assert noted(person) == {("stopncii", ""): "begun"}


def test_the_first_pages_read_reminders_where_they_are_kept():
    assert REMINDERS == AWAY
