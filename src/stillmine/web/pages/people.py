"""People to talk to: right for the country, offline, and only what is confirmed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from stillmine.app.telling.saying import Told, ToldFact, in_words
from stillmine.errors import StillmineError
from stillmine.facts.places import EVERYWHERE, places
from stillmine.messages.pages_entry import LANGUAGES, PEOPLE
from stillmine.web.routing import Needs, Page
from stillmine.web.showing import page, say_text, trouble
from stillmine.web.visit import Visit

_NOTES = (("crisis", "despair"), ("minors", "under_18"), ("helps_remove", "removes"))


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who listens, as a page shows them. What is not confirmed is empty."""

    name: str
    serves: str
    phone: str
    short: str
    mail: str
    url: str
    hours: str
    languages: str
    notes: tuple[str, ...]
    open: bool
    closed: bool
    sources: tuple[tuple[str, str], ...]

    @property
    def phone_dial(self) -> str:
        """The number as a telephone takes it: digits, with a plus before them at most."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")

    @property
    def host(self) -> str:
        """The short form of the web address: its site."""
        return self.url.partition("://")[2].partition("/")[0].removeprefix("www.")


def people(visit: Visit) -> Response:
    """Show who can be talked to in a country: the chosen one, else the one of the settings."""
    door = visit.door
    at = visit.asked("at").upper() or door.country
    answer: Any = None
    wrong = None
    if at:
        try:
            answer = door.do("act.lines", place=at)
            door.country = at
        except StillmineError as error:
            wrong = trouble(error)
    found = _people(answer) if answer else ()
    facts = {"countries": countries(), "at": at, "answer": answer, "people": found}
    return page(visit, "people.html", words=PEOPLE, wrong=wrong, **facts)


def countries(none: str = PEOPLE["choose"]) -> list[tuple[str, str]]:
    """Return the countries to choose from, by their names, after the choice of none."""
    named = sorted(
        (place.name, place.code)
        for place in places().values()
        if place.code != EVERYWHERE and "-" not in place.code
    )
    return [("", say_text(none)), *((code, name) for name, code in named)]


def _people(answer: Any) -> tuple[Person, ...]:
    """Return who may be shown, those who are there now first."""
    found = [person_of(each, answer.open_now, answer.closed_now) for each in answer.people]
    return tuple(sorted(found, key=lambda each: each.closed))


def person_of(
    fact: ToldFact, open_now: Collection[str] = (), closed_now: Collection[str] = ()
) -> Person:
    """Return somebody who listens, or a service that takes pictures down, as a page shows them.

    What is not confirmed stays out.
    """

    def said(*names: str) -> str:
        values = ((name, fact.values.get(name)) for name in names)
        return next((_text(name, value) for name, value in values if value is not None), "")

    # People have an address and say whom they serve; services take reports, for something.
    url = said("url", "report_url")
    notes = (
        *(say_text(PEOPLE[key]) for name, key in _NOTES if _is_so(fact, name)),
        said("caution"),
    )

    return Person(
        name=said("name"),
        serves=said("serves", "use_for"),
        phone=said("phone"),
        short=said("short_number"),
        mail=said("mail"),
        url=url if url.startswith(("https://", "http://")) else "",
        hours=said("hours").rstrip("."),
        languages=said("languages"),
        notes=tuple(filter(None, notes)),
        open=fact.fact in open_now,
        closed=fact.fact in closed_now,
        sources=_sources(fact),
    )


def _is_so(fact: ToldFact, name: str) -> bool:
    return name in fact.values and fact.values[name].said is True


def _text(name: str, value: Told) -> str:
    if isinstance(value.said, tuple):
        return ", ".join(say_text(LANGUAGES.get(each, each)) for each in value.said)
    return in_words(name, value.said)


def _sources(fact: ToldFact) -> tuple[tuple[str, str], ...]:
    every = ((each.source, each.checked_on.isoformat()) for each in fact.values.values())
    return tuple(dict.fromkeys(every))


ROUTES = (Page("people", people, Needs.NOTHING),)
