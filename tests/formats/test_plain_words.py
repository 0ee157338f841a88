"""The page about what is protected and what not stays one page that anyone can read."""

from __future__ import annotations

import re
from pathlib import Path

from tests.house.test_words import readability

PAGE = (Path(__file__).parents[2] / "docs" / "protects.md").read_text("utf-8")
_HARDEST = 8.0
_ONE_PAGE = 600


def _text() -> str:
    plain = re.sub(r"\]\([^)]*\)|[#*\[\]]|^ *(?:-|\d\.) ", "", PAGE, flags=re.MULTILINE)
    return re.sub(r"(?<![.:?!])\n\n", ".\n\n", plain)


def test_it_is_easy_to_read() -> None:
    assert readability(_text()) <= _HARDEST, readability(_text())


def test_each_paragraph_is_easy_to_read() -> None:
    for part in re.split(r"\n(?=\n|- |\d\. )", PAGE):
        if len(part.split()) > 12:
            assert readability(part) <= _HARDEST, f"{readability(part):.1f}: {part}"


def test_it_is_one_page() -> None:
    assert len(PAGE.split()) <= _ONE_PAGE
