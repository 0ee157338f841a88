"""Journeys, clicked through in a real browser to their end, and gone on with at the same step."""

from __future__ import annotations

import pytest

from stillmine.app.actions import Secret
from stillmine.app.network.practice import practice_site
from stillmine.imaging import drawn
from stillmine.journeys.known import FIRST_HOUR, FOUND_ONLINE, JOURNEYS, WAS_UNDER_18
from stillmine.web.journeying import number_of, place_of
from stillmine.web.pages.journeys import has_pages
from tests.pages.browsing import Person, judged
from tests.pages.conftest import PHRASE

SITE = {
    "/gallery": ("text/html", b"<title>A gallery</title><h1>A gallery</h1><img src='/one.jpg'>"),
    "/one.jpg": ("image/jpeg", drawn.draw(5, size=(320, 240))),
}
WITHOUT = ("people", "safe", "keep", "hashes", "ask", "next")


def answers(person: Person, name: str, number: int) -> None:
    """Choose one of several, and go on."""
    person.page.locator(f"#{name}-{number}").check()
    person.page.locator("main form[method=post] button.main").click()


def goes_on(person: Person) -> None:
    person.page.locator("main > form[method=post] button").last.click()


def begins(person: Person, journey=FIRST_HOUR) -> None:
    person.goes_to("journey", way=number_of(journey))


def where(person: Person) -> str:
    """Return the name of the step on the page."""
    way, step = person.page.url.partition("?")[0].rsplit("/", 2)[-2:]
    journey = next(each for each in JOURNEYS.values() if number_of(each) == way)
    return journey.steps[int(step) - 1].name


def test_the_first_hour_from_the_first_page_to_the_end_with_proof_and_a_letter(resident, full):
    person: Person = resident
    person.complaints.clear()  # the page that lets somebody in has no icon
    with practice_site(SITE) as site:
        person.goes_to("entry").page.get_by_text("It is happening now").click()
        judged(person, "first-hour-under-18", full=full)
        answers(person, "under_18", 1)
        person.page.select_option("#at", "GB")
        person.clicks("Show")
        assert person.sees("Revenge Porn Helpline")
        judged(person, "first-hour-people", full=full)
        goes_on(person)
        judged(person, "first-hour-safe", full=full)
        goes_on(person)
        judged(person, "first-hour-keep", full=full)
        answers(person, "keep", 1)
        person.page.fill("#addresses", f"{site}/gallery\nnot an address")
        person.clicks("Write them down")
        assert person.sees("not an address: This is no address of the web.")
        judged(person, "first-hour-where", full=full)
        person.page.fill("#addresses", "")
        goes_on(person)
        judged(person, "first-hour-proof", full=full)
        person.page.locator("#no_stamp").check()
        person.clicks("Keep proof of this page")
        assert person.sees(f"A visit to {site}/gallery")
        judged(person, "first-hour-agree", full=full)
        person.page.locator("main button.main").click()
        person.page.get_by_text("Proof of every page is kept").wait_for()
        judged(person, "first-hour-proven", full=full)
        goes_on(person)
        judged(person, "first-hour-hashes", full=full)
        person.page.fill("#number", "1234567")
        person.clicks("Note it")
        assert person.sees("The number is noted.")
        goes_on(person)
        judged(person, "first-hour-ask", full=full)
        _writes_a_letter(person, full=full)
        goes_on(person)
        assert person.heading() == "What comes next"
        judged(person, "first-hour-next", full=full)
        goes_on(person)
    assert person.heading() == "Look around"
    assert not person.sees("Go on where you were")
    assert person.complaints == []


def _writes_a_letter(person: Person, *, full: bool) -> None:
    person.page.fill("#name", "Ada Example")
    person.page.fill("#mail", "ada@example.org")
    person.clicks("Keep this")
    person.clicks("Write the letter")
    assert person.page.locator("#to-wrong").inner_text()
    judged(person, "first-hour-recipient", full=full)
    person.page.fill("#to", "Discord")
    person.clicks("Write the letter")
    assert person.heading() == "Your letter to Discord"
    assert person.sees("Ada Example")
    judged(person, "first-hour-letter", full=full)
    person.clicks("I have sent it")
    assert person.sees("Letter to Discord: sent")


@pytest.mark.parametrize("number", [2, 3])
def test_where_somebody_was_under_18_nothing_is_kept_and_those_who_help_are_named(
    resident, number, full
):
    begins(resident)
    answers(resident, "under_18", number)
    assert where(resident) == "children"
    assert resident.sees("Take It Down")
    judged(resident, "first-hour-children", full=full)
    assert resident.door.do("act.case.list").cases == ()
    for step in ("where", "proof", "ask"):
        resident.goes_to("journey.step", **place_of(FIRST_HOUR, step))
        assert where(resident) == "children"
    resident.door.lock()
    resident.door.unlock(Secret(PHRASE))
    begins(resident)
    assert where(resident) == "under-18"


def test_without_a_vault_the_way_is_shorter_and_nothing_is_written(newcomer, full):
    begins(newcomer)
    answers(newcomer, "under_18", 1)
    seen = []
    while newcomer.page.url.count("/j/"):
        seen.append(where(newcomer))
        if seen[-1] == "keep":
            judged(newcomer, "first-hour-keep-without", full=full)
            answers(newcomer, "keep", 2)
            continue
        if seen[-1] == "ask":
            newcomer.page.select_option("#to", "Reddit")
            newcomer.clicks("Show")
            assert newcomer.page.locator("h2", has_text="Reddit").count() == 1
            judged(newcomer, "first-hour-platforms", full=full)
        goes_on(newcomer)
    assert tuple(seen) == WITHOUT
    assert not newcomer.door.home.exists()


def test_a_journey_goes_on_at_the_same_step_after_leaving(vault, opens):
    first = opens(vault)
    first.door.unlock(Secret(PHRASE))
    begins(first)
    answers(first, "under_18", 1)
    goes_on(first)
    goes_on(first)
    answers(first, "keep", 1)
    first.page.fill("#addresses", "https://example.org/a")
    first.clicks("Write them down")
    first.page.locator("button.leave").click()
    assert first.has_ended()
    again = opens(vault)
    assert not again.sees("Go on where you were")
    again.door.unlock(Secret(PHRASE))
    again.goes_to("entry").clicks("The first hour")
    assert where(again) == "where"
    assert again.sees("https://example.org/a")


def test_a_journey_without_a_vault_is_forgotten_on_leaving(newcomer):
    begins(newcomer)
    answers(newcomer, "under_18", 1)
    newcomer.door.lock()
    begins(newcomer)
    assert where(newcomer) == "under-18"


def test_back_leads_to_what_was_answered_and_another_answer_leads_another_way(resident):
    begins(resident)
    answers(resident, "under_18", 1)
    resident.clicks("Back")
    assert resident.page.locator("#under_18-1").is_checked()
    answers(resident, "under_18", 2)
    assert where(resident) == "children"


def test_a_question_that_was_not_answered_says_so_beside_it(newcomer, full):
    begins(newcomer)
    newcomer.page.locator("main button.main").click()
    assert newcomer.page.locator("#under_18-wrong").inner_text() == "Choose one of these."
    judged(newcomer, "first-hour-not-answered", full=full)


def test_whoever_was_under_18_gets_to_help_without_a_question(newcomer, full):
    begins(newcomer, WAS_UNDER_18)
    assert where(newcomer) == "children"
    judged(newcomer, "was-under-18", full=full)
    goes_on(newcomer)
    assert where(newcomer) == "people"
    goes_on(newcomer)
    assert newcomer.heading() == "What do you need now?"


def test_only_journeys_with_all_their_pages_have_a_door(newcomer):
    newcomer.goes_to("rooms")
    built = [journey for journey in JOURNEYS.values() if has_pages(journey)]
    assert newcomer.page.locator("a[href*='/n/j/']").count() == len(built)
    for journey in JOURNEYS.values():
        begins(newcomer, journey)
        assert ("/j/" in newcomer.page.url) == (journey in built)


@pytest.mark.parametrize(
    "path", ["/n/j/0", "/n/j/99", "/n/j/x/1", "/n/j/1/0", "/n/j/1/99", "/n/j/1/²"]
)
def test_an_address_of_no_step_leads_to_the_first_page(newcomer, path):
    newcomer.page.goto(newcomer.url(path))
    assert newcomer.heading() == "What do you need now?"


def _comes_with_a_picture(person: Person) -> None:
    begins(person, FOUND_ONLINE)
    answers(person, "under_18", 1)
    answers(person, "keep", 1)
    judged(person, "found-have")
    answers(person, "have", 2)
    assert where(person) == "picture"


def test_a_picture_that_was_found_is_known_again_and_its_copy_is_traced(resident, tmp_path, full):
    (tmp_path / "large.jpg").write_bytes(drawn.draw(9, size=(1200, 900)))
    added = resident.door.do("keep.add", paths=(tmp_path / "large.jpg",), label="On the hill").added
    made = resident.door.do(
        "share.make", items=(added[0].item,), for_="Sam", to=tmp_path / "out", unsealed=True
    ).made
    _comes_with_a_picture(resident)
    judged(resident, "found-picture", full=full)
    resident.page.set_input_files("#file", made[0].file)
    resident.clicks("Compare it")
    resident.page.get_by_text("It looks like one of yours.").wait_for()
    assert resident.sees("On the hill")
    judged(resident, "found-match", full=full)
    answers(resident, "mine", 1)
    assert resident.sees("Sam")
    judged(resident, "found-whose", full=full)
    goes_on(resident)
    assert where(resident) == "where"
    goes_on(resident)


def test_a_stranger_s_picture_is_not_called_one_s_own(resident, tmp_path, full):
    (tmp_path / "stranger.jpg").write_bytes(drawn.draw(77, size=(320, 240)))
    _comes_with_a_picture(resident)
    resident.clicks("Compare it")
    assert resident.page.locator("#file-wrong").inner_text() == "Choose a file first."
    resident.page.set_input_files("#file", tmp_path / "stranger.jpg")
    resident.clicks("Compare it")
    resident.page.get_by_text("None of your pictures was found in it.").wait_for()
    judged(resident, "found-no-match", full=full)
    answers(resident, "mine", 2)
    assert where(resident) == "where"
