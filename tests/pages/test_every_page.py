"""Every page that can be gone to, whoever wrote it: seen, judged, and left from."""

from __future__ import annotations

import pytest

from stillmine.app.actions import Secret
from stillmine.messages.language import languages
from stillmine.web.paths import PATHS, address
from stillmine.web.routing import all_pages
from tests.pages.browsing import Person, judged, looks
from tests.pages.conftest import PHRASE

_NO_PAGES = {"leave", "lock", "here", "strength"}
"""They do something, or answer a script."""
NAMES = sorted(
    each.name for each in all_pages() if "{" not in PATHS[each.name] and each.name not in _NO_PAGES
)


def is_there(person: Person, name: str) -> bool:
    """Go to a page; say whether it is one for this person, and not a way to another."""
    person.goes_to(name)
    return person.page.url.partition("?")[0] == person.url(address(name))


def walks_through(person: Person, *, full: bool, prefix: str = "") -> int:
    """Go to every page that is one for this person, and judge it; return how many there were."""
    seen = 0
    for name in NAMES:
        person.complaints.clear()
        if is_there(person, name):
            judged(person, f"{prefix}{name}", full=full)
            check_frame(person, name)
            seen += 1
    return seen


def test_every_page_is_whole_for_somebody_with_a_vault(resident, full):
    assert walks_through(resident, full=full) >= 5


def test_every_page_is_whole_for_somebody_without_a_vault(newcomer, full):
    assert walks_through(newcomer, full=full, prefix="new-") >= 3


def test_pages_of_a_locked_vault_show_nothing_of_it(opens, vault):
    person = opens(vault)
    for name in NAMES:
        person.goes_to(name)
        text = person.page.content()
        assert "By the lake" not in text, name
        assert "picture 0.jpg" not in text, name


def test_every_page_works_without_scripts(opens, vault):
    person = opens(vault, java_script_enabled=False)
    person.door.unlock(Secret(PHRASE))
    for name in NAMES:
        person.goes_to(name)
        assert person.heading(), name


@pytest.mark.parametrize("language", languages()[1:])
def test_each_language_is_judged_as_well(resident, language):
    resident.door.language = language
    for name in NAMES:
        if is_there(resident, name):
            judged(resident, f"{language}-{name}")
            assert resident.page.evaluate("document.documentElement.lang") == language


def check_frame(person: Person, name: str) -> None:
    """Check what every page has: the way out first, a person to talk to, and nothing refused."""
    page = person.page
    first = page.locator("a[href], button, input, select, textarea, summary").first
    assert first.get_attribute("href") == address("leave")
    assert page.locator("button.leave").count() == 1
    assert page.locator(f"a[href='{address('people')}']").count() >= 1
    assert page.title() == "Notes"
    # The policy of the pages speaks up in the console where it had to hold something back.
    assert not person.complaints, f"{name}: {person.complaints}"


def test_the_looks_are_all_that_were_promised():
    assert len(list(looks(full=True))) == 6
