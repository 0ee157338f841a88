"""Without a mouse: every page by Tab, in order, always seeing where one is; and a whole journey."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from playwright.sync_api import Locator

from stillmine.journeys.known import FIRST_HOUR
from stillmine.messages.pages_frame import FRAME
from stillmine.web.journeying import number_of
from tests.pages.browsing import Person, settle
from tests.pages.walking import Stop, goes_to, stops, without_parts

_MOST_TABS = 400
# Notes each element that gets the focus: which one, whether the focus is seen, what lies over it.
_WATCH = """
(() => {
  const can = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const shown = each => each.checkVisibility({visibilityProperty: true})
    && !each.disabled && each.type !== "hidden";
  const chosen = each => each.type !== "radio" || each.checked || !document.querySelector(
    `input[name="${each.name}"]:checked`) && each === document.querySelector(
    `input[name="${each.name}"]`);
  const wanted = [...document.querySelectorAll(can)].filter(each => shown(each) && chosen(each));
  window.reached = [];
  window.faults = [];
  // A field for a date has a stop for each of its parts, and one for its calendar.
  window.wanted = wanted.reduce((sum, each) => sum + (each.type === "date" ? 4 : 1), 0);
  const called = each => `${each.tagName} ${(each.innerText || each.name || "").slice(0, 40)}`;
  window.missing = () => wanted.filter(each => !window.reached.includes(each)).map(called);
  addEventListener("focusin", event => {
    const each = event.target;
    if (window.reached.includes(each)) return;
    const before = window.reached.at(-1);
    if (before && before.compareDocumentPosition(each) & Node.DOCUMENT_POSITION_PRECEDING) {
      window.faults.push(`${called(each)} comes before ${called(before)}`);
    }
    window.reached.push(each);
    const look = getComputedStyle(each);
    if (look.outlineStyle === "none" || parseFloat(look.outlineWidth) < 2) {
      window.faults.push(`${called(each)} does not show that it has the focus`);
    }
    const at = each.getBoundingClientRect();
    const y = (Math.max(at.top, 0) + Math.min(at.bottom, innerHeight)) / 2;
    const over = document.elementFromPoint(at.left + at.width / 2, y);
    if (over && !each.contains(over) && !over.contains(each)) {
      window.faults.push(`${called(each)} lies under ${called(over)}`);
    }
  });
})()
"""


def tabs_through(person: Person, stop: Stop) -> list[str]:
    """Press Tab until everything had the focus; return what is wrong."""
    page = person.page
    page.evaluate(_WATCH)
    for _ in range(min(_MOST_TABS, page.evaluate("window.wanted") + 1)):
        page.keyboard.press("Tab")
    missing = [f"{each} is not reached" for each in page.evaluate("window.missing()")]
    return [f"{stop.label}: {each}" for each in (*page.evaluate("window.faults"), *missing)]


def walks(person: Person, way: Iterable[Stop]) -> list[str]:
    found = []
    for stop in way:
        if goes_to(person, stop):
            settle(person.page)
            found += tabs_through(person, stop)
    return found


def test_tab_reaches_everything_on_every_page_in_order_and_shows_where_it_is(owner):
    found = walks(owner, stops(owner.door))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [320, 1280])
def test_without_a_vault_too_in_narrow_and_in_wide(newcomer, width):
    newcomer.page.set_viewport_size({"width": width, "height": 568})
    found = walks(newcomer, without_parts())
    assert not found, "\n".join(found)


def comes_to(person: Person, wanted: Locator) -> None:
    """Press Tab until something has the focus."""
    assert wanted.count(), f"{wanted} is not on the page {person.heading()!r}"
    for _ in range(_MOST_TABS):
        person.page.keyboard.press("Tab")
        if wanted.evaluate("each => each === document.activeElement"):
            return
    pytest.fail(f"Tab never came to {wanted} on the page {person.heading()!r}")


def takes(person: Person, words: str) -> None:
    """Come to a button or a link by Tab, press Enter, and wait for the next page."""
    page = person.page
    button = page.get_by_role("button", name=words, exact=True)
    link = page.get_by_role("link", name=words, exact=True)
    comes_to(person, button.or_(link).first)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    settle(page)


def answers(person: Person, name: str) -> None:
    """Choose the first answer with the space bar, and press Enter where one is: that goes on."""
    comes_to(person, person.page.locator(f"#{name}-1"))
    person.page.keyboard.press("Space")
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
    settle(person.page)


def goes_on(person: Person) -> None:
    """Come to the last button of the step by Tab, which goes on, and press Enter."""
    comes_to(person, person.page.locator("main form[method=post] button:visible").last)
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")
    settle(person.page)


def test_the_first_hour_from_its_first_page_to_its_end_by_keys_alone(resident):
    person: Person = resident
    person.goes_to("journey", way=number_of(FIRST_HOUR))
    headings = [person.heading()]
    answers(person, "under_18")
    for _ in range(2):
        headings.append(person.heading())
        goes_on(person)
    headings.append(person.heading())
    answers(person, "keep")
    headings.append(person.heading())
    comes_to(person, person.page.locator("#addresses"))
    person.page.keyboard.type("https://www.reddit.com/r/place/comments/1")
    takes(person, "Write them down")
    while person.heading() != "What comes next":
        assert person.heading() not in headings[:-1], "it goes on, and never back"
        headings.append(person.heading())
        goes_on(person)
    takes(person, "Done for now")
    assert person.heading() == "Look around"
    assert len(set(headings)) == 8
    case = person.door.do("act.case.list").cases[0]
    assert case.addresses == 1


def test_the_first_thing_that_tab_comes_to_leaves_and_the_second_skips_to_the_page(resident):
    person: Person = resident
    person.goes_to("people")
    person.page.keyboard.press("Tab")
    assert person.page.evaluate("document.activeElement.innerText") == FRAME["leave_now"]
    person.page.keyboard.press("Tab")
    person.page.keyboard.press("Enter")
    assert person.page.evaluate("document.activeElement.id") == "main"


def test_a_picture_is_shown_while_a_key_is_held_and_veiled_when_it_is_let_go(resident):
    person: Person = resident
    item = person.door.do("keep.list").items[0].item
    person.goes_to("item", item=item)
    comes_to(person, person.page.locator("button.look"))
    for key in ("Space", "Enter"):
        person.page.keyboard.down(key)
        person.page.locator(".look img").wait_for()
        person.page.keyboard.up(key)
        assert person.page.locator(".look img").count() == 0
