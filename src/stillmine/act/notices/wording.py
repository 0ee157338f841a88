"""The words by which a letter says something, in each language, and what takes them back.

Which words: `phrases/`, one file a language. Which of them a statement takes: `statements.toml`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from stillmine.act.notices.composing import LANGUAGES

_PART = re.compile(r"[,:;()\u2013\u2014\n]")
_MARKS = {
    **dict.fromkeys("\u2019\u2018\u02bc\u00b4`", "'"),
    **dict.fromkeys("\u2011\u2010", "-"),
    "\u00a0": " ",
    "\u0153": "oe",
    "\u00e6": "ae",
}
# What these say has a "no" in it.
_SAY_NO = frozenset({"no-consent", "not-licensed"})
# Signs that are looked at before a phrase; a longer part of a sentence is no person's.
_LONGEST_PART = 1000


def plain(text: str) -> str:
    """Return a text in small letters, without accents, with straight apostrophes and hyphens."""
    straight = "".join(_MARKS.get(sign, sign) for sign in text.casefold())
    apart = unicodedata.normalize("NFKD", straight)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


@dataclass(frozen=True, slots=True)
class Phrases:
    """What one language has words for."""

    undone: re.Pattern[str]
    undone_after: re.Pattern[str]
    parts: re.Pattern[str]
    concepts: Mapping[str, re.Pattern[str]]
    words: Mapping[str, str]

    def says(self, concept: str, sentence: str) -> bool:
        """Tell whether a sentence says something and nothing around it takes it back."""
        return any(
            not self._is_undone(concept, found)
            for found in self.concepts[concept].finditer(sentence)
        )

    def _is_undone(self, concept: str, found: re.Match[str]) -> bool:
        """Tell whether what was found is denied: before it, in it, or right behind it."""
        inside = concept not in _SAY_NO and self.undone.search(found[0])
        before = self.undone.search(self._before(found.string, found.start()))
        return bool(inside or before or self.undone_after.match(found.string, found.end()))

    def _before(self, sentence: str, until: int) -> str:
        """Return what stands before a place in its part of the sentence."""
        before = sentence[max(0, until - _LONGEST_PART) : until]
        starts = [found.end() for found in _PART.finditer(before)]
        starts += [found.start() for found in self.parts.finditer(before)]
        return before[max(starts, default=0) :]


@cache
def phrases() -> Mapping[str, Phrases]:
    """Return the phrases of every language that letters are written in."""
    return {language: _phrases(language) for language in LANGUAGES}


def _phrases(language: str) -> Phrases:
    table = tomllib.loads((files(__package__) / "phrases" / f"{language}.toml").read_text("utf-8"))
    concepts = {name: re.compile(text) for name, text in table.pop("concepts").items()}
    undone, after, parts = (
        re.compile(table.pop(each)) for each in ("undone", "undone_after", "parts")
    )
    return Phrases(undone, after, parts, concepts, table)


@cache
def statements() -> Mapping[str, list[list[str]]]:
    """Return what sentences have to hold to say something, by the names of concepts."""
    found: Mapping[str, list[list[str]]] = tomllib.loads(
        (files(__package__) / "statements.toml").read_text("utf-8")
    )
    return found


@cache
def any_language(part: str, around: str) -> re.Pattern[str]:
    """Return a pattern with the words that all languages have for something in its middle."""
    return re.compile(around % "|".join(each.words[part] for each in phrases().values()))
