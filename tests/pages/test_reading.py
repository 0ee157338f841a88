"""How hard the pages are to read, whole and as they are shown; and that no word blames anybody."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest

from stillmine.app.actions import Secret
from stillmine.web.door import Door
from tests.house.test_words import _BLAME, readability
from tests.pages.furnishing import PHRASE
from tests.pages.walking import stops
from tests.web.server import Visitor

_HARDEST = 7.0  # automated readability index: about the seventh school year
_LEAST = 40  # words; of fewer the index says nothing
_THEIRS = re.compile(r"https?://\S+|\u2068.*?\u2069|\S{60,}")
"""An address, a name inside a sentence, and what no sentence of ours has."""
_NOT_OURS = {"bdi", "code", "pre", "q", "blockquote", "option", "textarea", "script", "title"}
_INLINE = {"a", "b", "bdi", "code", "em", "i", "kbd", "small", "span", "strong", "button"}
_EMPTY = {"br", "hr", "img", "input", "link", "meta"}


class Shown(HTMLParser):
    """What a page says in its main part, a block at a time, without words that are not ours."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[str] = []
        self._open: list[tuple[str, bool]] = []
        self._now = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self._end()
        if tag not in _EMPTY:
            theirs = tag in _NOT_OURS or any(name in ("lang", "data-theirs") for name, _ in attrs)
            self._open.append((tag, theirs and tag != "html"))

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self._end()
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        names = [name for name, _theirs in self._open]
        if "main" in names:
            self._now += "this" if any(theirs for _name, theirs in self._open) else data

    def _end(self) -> None:
        if said := " ".join(self._now.split()):
            self.blocks.append(said if said[-1] in ".?!:;" else f"{said}.")
        self._now = ""


@pytest.fixture
def pages(house) -> Iterator[list[tuple[str, str]]]:
    """Return what each page says, with its name."""
    door = Door(house)
    door.language = "en"
    door.unlock(Secret(PHRASE))
    visitor = Visitor(door).comes_in()
    said = []
    for stop in stops(door):
        stop.ready(door)
        answer = visitor.asks(stop.path)
        if answer.status == 200:
            shown = Shown()
            shown.feed(answer.text)
            said.append((stop.label, _THEIRS.sub("this", " ".join(shown.blocks))))
    yield said
    visitor.close()


def test_every_page_is_easy_to_read_as_a_whole_and_blames_nobody(pages):
    found = []
    for label, said in pages:
        words = len(re.findall(r"\w+", said))
        if words >= _LEAST and (hard := readability(said)) > _HARDEST:
            found.append(f"{label}: {hard:.1f} of {words} words: {said}")
        if blame := _BLAME.search(said):
            found.append(f"{label} says {blame[0]!r}: {said[max(0, blame.start() - 40) :][:90]}")
    assert len(pages) > 80
    assert not found, "\n\n".join(found)


def test_what_is_read_are_our_own_words_and_nobody_elses():
    shown = Shown()
    shown.feed('<h1>x</h1><main><p>Read <b>this</b> <bdi>name</bdi>.<p lang="fr">non</p><hr>')
    shown.feed("<ul><li>One<li>Two</ul></main><p>Foot")
    assert shown.blocks == ["Read this this.", "this.", "One.", "Two."]
