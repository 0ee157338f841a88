"""The one question before anything is opened or kept: was anybody in the pictures under 18."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from stillmine.app.telling.saying import ToldFact
from stillmine.messages import translate
from stillmine.messages.cases import UNDER_18 as WHAT_TO_DO
from stillmine.messages.pages_entry import PEOPLE
from stillmine.messages.pages_journeys import CHILDREN
from stillmine.web.pages.people import person_of
from stillmine.web.showing import page, say_text
from stillmine.web.visit import Visit

ANSWERS = ("no", "yes", "unsure")


@dataclass(frozen=True, slots=True)
class Question:
    """The question as a page asks it, in words to be said; `field` is its name in the form."""

    field: str
    legend: str
    answers: tuple[tuple[str, str], ...]
    why: str
    needed: str

    @property
    def said(self) -> list[tuple[str, str]]:
        """The answers to choose from, in the language of the visitor."""
        return [(answer, say_text(words)) for answer, words in self.answers]


def question(
    words: Mapping[str, str], field: str, *, legend: str = "", prefix: str = "", needed: str = ""
) -> Question:
    """Return the question in the words of a room, whose keys begin with `prefix`."""
    return Question(
        field,
        legend or words.get("question") or words["age"],
        tuple((each, words[prefix + each]) for each in ANSWERS),
        words["age_why" if prefix else "why_text"],
        needed or words["age_needed" if prefix else "choose_one"],
    )


def answer_to(visit: Visit, asked: Question) -> str:
    """Return what was answered: no, yes or unsure; nothing where it was not."""
    typed = visit.typed(asked.field)
    return typed if typed in ANSWERS else ""


def ask_first(
    visit: Visit, asked: Question, title: str, lede: str, back: str, *, missing: bool
) -> Response:
    """Show the page with nothing but the question; `missing` where no answer was sent."""
    facts: dict[str, Any] = {
        "question": asked,
        "heading": title,
        "lede": lede,
        "back": back,
        "wrong": say_text(asked.needed) if missing else "",
    }
    return page(visit, "first.html", status=409 if missing else 200, **facts)


def turn_away(
    visit: Visit, title: str, lede: str, back: str, services: Iterable[ToldFact] = ()
) -> Response:
    """Say that nothing goes on, what helps now, and who helps. Nothing was opened or kept."""
    facts: dict[str, Any] = {
        "heading": title,
        "lede": lede,
        "back": back,
        "advice": [translate(each) for each in WHAT_TO_DO],
        "services": [person_of(each) for each in services],
        "who": PEOPLE,
        "words": CHILDREN,
    }
    return page(visit, "young.html", **facts)
