"""Other languages on every page: longer words, words from right to left, and no word left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from stillmine.facts.places import places as known_places
from stillmine.facts.reading import facts_of
from stillmine.facts.schemas import Kind
from stillmine.messages import language
from stillmine.web.pages.names import _CALLED
from stillmine.web.pages.settings import _NAMES
from stillmine.web.showing import TITLE, direction_of
from tests.pages.browsing import Person, keep_screenshot, settle, sticking_out
from tests.pages.furnishing import HARD, LONG, RIGHT_TO_LEFT
from tests.pages.made_up import LONGER, MIRRORED, longer, mirrored, write_languages
from tests.pages.walking import goes_to, stops

_WIDTHS = (320, 1280)
# What stands on the page outside brackets. Words that are not ours are in <bdi>, in code, or say
# by `lang` which language they are in.
_NOT_SAID = """
names => {
  const others = "bdi, code, pre, .plain, script, style, textarea, [lang], [data-theirs]";
  const found = [];
  const inline = each => getComputedStyle(each).display.startsWith("inline");
  function look(said, where) {
    let depth = 0, left = "";
    for (const sign of said) {
      if (sign === "⟦") depth += 1;
      else if (sign === "⟧") depth -= 1;
      else if (depth <= 0) left += sign;
    }
    left = left.replace(/\\S{40,}/g, " ");  // no sentence of ours has such a word
    for (const name of names) left = left.replaceAll(name, " ");
    // A list that was said as one sentence and taken apart has the letters, and no brackets.
    if (/[A-Za-z]{3}/.test(left) && !/[éöšçàîñžùý]/.test(left)) {
      found.push(`${where}: ${left.trim().slice(0, 80)}`);
    }
  }
  function read(parent) {
    let run = "";
    for (const each of parent.childNodes) {
      if (each.nodeType === Node.TEXT_NODE) run += each.data;
      else if (each.nodeType !== Node.ELEMENT_NODE || each.matches(others)) run += " ";
      else if (inline(each)) run += read(each);
      else { look(run, parent.tagName); run = ""; look(read(each), each.tagName); }
    }
    return run;
  }
  look(read(document.body), "BODY");
  const attributes = ["aria-label", "title", "placeholder", "alt", "data-done", "data-alt",
    "data-shown", "data-one", "data-many", "data-text"];
  for (const name of attributes) {
    for (const each of document.querySelectorAll(`body [${name}]`)) {
      if (!each.closest("[lang] [lang]")) look(each.getAttribute(name), `@${name}`);
    }
  }
  return [...new Set(found)];
}
"""


@pytest.fixture(scope="session")
def catalogues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the two languages that nobody speaks, once."""
    folder = tmp_path_factory.mktemp("made-up")
    write_languages(folder)
    return folder


@pytest.fixture
def foreigner(owner: Person, catalogues: Path, monkeypatch: pytest.MonkeyPatch) -> Person:
    """Bring somebody with a full vault to whom the program can speak those languages."""
    find = language._catalogue

    def found(wanted: str | None, folder: Path):
        return find(wanted, catalogues if wanted in (LONGER, MIRRORED) else folder)

    monkeypatch.setattr(language, "_catalogue", found)
    return owner


def names_of_others() -> list[str]:
    """Return names that no page translates, the longest first: of countries, sites, languages.

    And what somebody typed, where it stands in a text that cannot hold a mark of its own.
    """
    found = {each.name for each in known_places().values()} | {TITLE, *_NAMES.values()}
    found |= {
        "Face to face",
        "Kim Example",
        *HARD,
        "stick",
        LONG,
        RIGHT_TO_LEFT,
        "قصص",
        *_CALLED.values(),
    }
    found |= {str(each.said("name")) for kind in Kind for each in facts_of(kind)}
    return sorted(found, key=len, reverse=True)


def test_every_sentence_comes_by_the_door_of_translations_and_has_room(foreigner):
    foreigner.door.language = LONGER
    names = names_of_others()
    found: list[str] = []
    for stop in stops(foreigner.door):
        if goes_to(foreigner, stop):
            settle(foreigner.page)
            left = foreigner.page.evaluate(_NOT_SAID, names)
            found += [f"{stop.label} is not translated: {each}" for each in left]
            found += _without_room(foreigner, f"{stop.label}-longer")
    assert not found, "\n".join(found)


def test_from_right_to_left_nothing_sticks_out_and_the_page_is_mirrored(foreigner):
    foreigner.door.language = MIRRORED
    assert direction_of(MIRRORED) == "rtl"
    found: list[str] = []
    for stop in stops(foreigner.door):
        if goes_to(foreigner, stop):
            settle(foreigner.page)
            assert foreigner.page.evaluate("document.documentElement.dir") == "rtl"
            found += _without_room(foreigner, f"{stop.label}-mirrored")
            if not _is_mirrored(foreigner):
                found.append(f"{stop.label} is not mirrored")
    assert not found, "\n".join(found)


def _without_room(person: Person, label: str) -> list[str]:
    found = []
    for width in _WIDTHS:
        person.page.set_viewport_size({"width": width, "height": 800})
        found += [f"{label} at {width}: {each}" for each in sticking_out(person.page)]
        keep_screenshot(person.page, f"{label}-{width}")
    return found


def _is_mirrored(person: Person) -> bool:
    """Say whether the button to leave is at the left, and the heading begins at the right."""
    button = person.page.locator("button.leave").bounding_box()
    heading = person.page.locator("main").bounding_box()
    assert button
    assert heading
    aligned = person.page.locator("h1").evaluate("each => getComputedStyle(each).textAlign")
    middle = (person.page.viewport_size or {})["width"] / 2
    return button["x"] + button["width"] / 2 < middle and aligned in ("start", "right", "center")


def test_from_right_to_left_the_frame_still_lies_over_the_picture(foreigner):
    foreigner.door.language = MIRRORED
    foreigner.goes_to("finding", finding=f"{1:016x}")
    foreigner.page.locator("button.look").scroll_into_view_if_needed()
    box = foreigner.page.locator("button.look").bounding_box()
    assert box
    foreigner.page.mouse.move(box["x"] + 40, box["y"] + 40)
    foreigner.page.mouse.down()
    foreigner.page.locator(".over img").wait_for()
    foreigner.page.wait_for_function("document.querySelector('.over img').naturalWidth > 0")
    image = foreigner.page.locator(".over img").bounding_box()
    assert image == foreigner.page.locator(".over svg").bounding_box()
    corners = foreigner.page.locator("polygon").first.get_attribute("points") or ""
    # It is the right half of the picture, in whatever direction the page is read.
    assert set(corners.split()) == {"500,0", "1000,0", "1000,1000", "500,1000"}
    keep_screenshot(foreigner.page, "frame-mirrored")
    foreigner.page.mouse.up()


def test_made_up_words_are_longer_bracketed_and_keep_their_places():
    assert longer("Keep {count} files").startswith("⟦Kééþ"[:4])
    assert "{count}" in longer("Keep {count} files")
    assert mirrored("Keep {count}").startswith("⟦")
    assert "{count}" in mirrored("Keep {count}")
    assert len(longer("It is asked before any file is touched.")) > 1.4 * 39
