"""Put sentences together from the lists of words and the facts of the moment."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sized
from typing import Any

from stillmine.messages.answers import ANSWERS
from stillmine.messages.counted import Counted
from stillmine.messages.errors import ERRORS
from stillmine.messages.language import translate, translate_counted
from stillmine.messages.progress import DOING

_PLACE = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_UNKNOWN = "…"


def fill(template: str, facts: Mapping[str, object]) -> str:
    """Put facts in their places; a fact that is missing leaves "…", never an error."""

    def value(place: re.Match[str]) -> str:
        fact = facts.get(place[1])
        return _UNKNOWN if fact is None else str(fact)

    return _PLACE.sub(value, template)


def say(code: str, facts: Mapping[str, object], language: str | None = None) -> tuple[str, str]:
    """Return what happened and what to do next, for an error code."""
    happened, then = ERRORS.get(code) or ERRORS["app.unexpected"]
    facts = {name: _worded(fact, language) for name, fact in facts.items()}
    return fill(translate(happened, language), facts), fill(translate(then, language), facts)


def _worded(fact: object, language: str | None) -> object:
    """Say a fact that is a code, such as why a file cannot be read, in its own words."""
    found = ERRORS.get(fact) if isinstance(fact, str) else None
    return translate(found[0], language).rstrip(".") if found else fact


def label(doing: str, language: str | None = None) -> str:
    """Return the words for a stretch of work; an unknown one is called by its key."""
    return translate(DOING.get(doing, doing), language)


def _count(fact: Any) -> int:
    if isinstance(fact, int):
        return int(fact)
    return len(fact) if isinstance(fact, Sized) and not isinstance(fact, str) else fact is not None


def _fact(facts: Mapping[str, Any], by: str) -> Any:
    name, _, part = by.partition(".")
    return getattr(facts.get(name), part, None) if part else facts.get(name)


def _part(part: str | Counted, facts: Mapping[str, Any], language: str | None) -> str:
    if isinstance(part, str):
        return translate(part, language)
    count = _count(_fact(facts, part.by))
    if not count:
        return translate(part.none, language)
    if not part.many:
        return translate(part.one, language) if count == 1 else ""
    return translate_counted(part.one, part.many, count, language)


def said_after(action: str, facts: Mapping[str, Any], language: str | None = None) -> str:
    """Return the sentences that sum up an answer; lists in the facts stand for their length."""
    shown = {
        name: len(fact) if isinstance(fact, Sized) and not isinstance(fact, str) else fact
        for name, fact in facts.items()
    }
    parts = (_part(part, facts, language) for part in ANSWERS.get(action, ()))
    return " ".join(fill(part, shown) for part in parts if part)


def told_after(action: str) -> frozenset[str]:
    """Return the names of the facts that the sentences about an answer tell already."""
    told: set[str] = set()
    for part in ANSWERS.get(action, ()):
        texts = (part,) if isinstance(part, str) else (part.one, part.many, part.none)
        told.update(place for text in texts for place in _PLACE.findall(text))
        if isinstance(part, Counted):
            told.add(part.by.partition(".")[0])
    return frozenset(told)
