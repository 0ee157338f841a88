"""Every page that can be gone to, whoever wrote it: seen, judged, and left from.

Which pages those are, and how a new one comes among them, stands in `walking.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from stillmine.app.actions import Secret
from stillmine.journeys.known import JOURNEYS
from stillmine.messages.language import languages
from stillmine.web.pages.journeys import has_pages
from stillmine.web.paths import PATHS, address
from stillmine.web.routing import all_pages
from tests.pages.browsing import Person, faults, looks, settle, sticking_out
from tests.pages.conftest import PHRASE
from tests.pages.furnishing import HARD
from tests.pages.walking import (
    NO_PAGES,
    SEEN_ELSEWHERE,
    Stop,
    goes_to,
    stops,
    unknown,
    without_parts,
)

_PICTURES = f"img:not([src^='{address('mine.code')}']), picture"
"""All but the square that others scan to have one's own key: it is no picture of anybody."""
_NARROW = ((320, 256), (320, 568))
"""A window of 1280 by 1024 at 400 % zoom (WCAG 2.2, 1.4.10), and a small phone."""


def walks(person: Person, way: Iterable[Stop], *, full: bool, prefix: str = "") -> list[str]:
    """Go to every page that is one for this person, and judge it; return the names of those."""
    seen, found = [], []
    for stop in way:
        person.complaints.clear()
        if goes_to(person, stop):
            found += faults(person, f"{prefix}{stop.label}", full=full)
            found += frame_faults(person, stop.label)
            seen.append(stop.name)
    assert not found, "\n".join(found)
    return seen


def frame_faults(person: Person, label: str) -> list[str]:
    """Return what is missing of what every page has: the way out first, a person to talk to."""
    page = person.page
    first = page.locator("a[href], button, input, select, textarea, summary").first
    rules = {
        "the way out comes first": first.get_attribute("href") == address("leave"),
        "there is one button to leave": page.locator("button.leave").count() == 1,
        "there is a way to a person": page.locator(f"a[href='{address('people')}']").count() >= 1,
        "it has a neutral title": page.title() == "Notes",
        "there is at most one main button": page.locator("main button.main").count() <= 1,
        "no picture is there before it is asked for": page.locator(_PICTURES).count() == 0,
        # The policy of the pages speaks up in the console where it had to hold something back.
        f"nothing is held back {person.complaints}": not person.complaints,
    }
    return [f"{label}: not so: {rule}" for rule, is_so in rules.items() if not is_so]


def test_every_page_is_in_the_list_of_those_that_are_walked():
    """A page that nobody goes to is a page that nobody looked at."""
    names = {each.name for each in all_pages()}
    found = [unknown(each) for each in names - {*NO_PAGES, *SEEN_ELSEWHERE, "journey.step"}]
    assert not any(found), "\n".join(filter(None, found))


def test_what_is_seen_elsewhere_is_a_page_or_a_step_and_is_judged_there():
    names = {each.name for each in all_pages()}
    for seen, test in SEEN_ELSEWHERE.items():
        known = seen in names if isinstance(seen, str) else JOURNEYS[seen[0]].knows(seen[1])
        assert known, f"{seen} is no page any more"
        assert "judged(" in Path(__file__).with_name(test).read_text(encoding="utf-8")
    assert set(NO_PAGES) <= names


def test_every_page_is_whole_for_somebody_whose_vault_has_something_of_everything(owner, full):
    seen = walks(owner, stops(owner.door), full=full)
    led_on = {each.name for each in all_pages()} - {*seen, *NO_PAGES, *SEEN_ELSEWHERE}
    # With a vault that is open these lead on; they are seen below, by whoever has none.
    assert led_on <= {"make", "unlock", "recover", "restore.kind"}
    there = [each for each in JOURNEYS.values() if has_pages(each)]
    steps = {(each.name, step.name) for each in there for step in each.steps}
    assert seen.count("journey.step") == len(steps - set(SEEN_ELSEWHERE))


def test_every_page_is_whole_for_somebody_with_an_empty_vault(resident, full):
    assert len(walks(resident, without_parts(), full=full, prefix="few-")) >= 15


def test_every_page_is_whole_for_somebody_without_a_vault(newcomer, full):
    seen = walks(newcomer, without_parts(), full=full, prefix="new-")
    assert {"entry", "make", "people", "law"} <= set(seen)


def test_pages_of_a_locked_vault_are_whole_and_show_nothing_of_it(opens, house, full):
    person = opens(house)
    person.door.unlock(Secret(PHRASE))
    every = list(stops(person.door))
    person.door.lock()
    for stop in every:
        person.page.goto(person.url(stop.path))
        text = person.page.content()
        assert not any(words in text for words in ("By the lake", *HARD)), stop.label
    seen = walks(person, without_parts(), full=full, prefix="locked-")
    assert {"unlock", "recover", "people"} <= set(seen)


def test_every_page_works_without_scripts(opens, house):
    person = opens(house, java_script_enabled=False)
    person.door.unlock(Secret(PHRASE))
    for stop in stops(person.door):
        stop.ready(person.door)
        person.page.goto(person.url(stop.path))
        assert person.heading(), stop.label
        dead = person.page.locator("main button[type=button]:visible").all_inner_texts()
        assert not dead, f"{stop.label}: {dead} can be pressed and do nothing"


@pytest.mark.parametrize("language", languages()[1:])
def test_each_language_is_judged_as_well(owner, language, full):
    owner.door.language = language
    found = []
    for stop in stops(owner.door):
        if goes_to(owner, stop):
            found += faults(owner, f"{language}-{stop.label}", full=full)
            assert owner.page.evaluate("document.documentElement.lang") == language
    assert not found, "\n".join(found)


def test_at_four_hundred_percent_nothing_is_to_be_scrolled_to_the_side(owner):
    found = []
    for stop in stops(owner.door):
        for width, height in _NARROW:
            owner.page.set_viewport_size({"width": width, "height": height})
            if goes_to(owner, stop):
                settle(owner.page)
                owner.page.locator("main details").evaluate_all(
                    "all => all.map(e => e.open = true)"
                )
                found += [f"{stop.label} at {width}: {each}" for each in sticking_out(owner.page)]
    assert not found, "\n".join(found)


def test_the_looks_are_all_that_were_promised():
    assert len(list(looks(full=True))) == 6


def test_an_address_tells_nothing_of_what_its_page_is_about():
    for path in PATHS.values():
        assert all(len(part) <= 1 or part.startswith("{") for part in path.split("/")), path
