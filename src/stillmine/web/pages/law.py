"""Laws, authorities and platforms: only what was confirmed, with where and when it was read."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from starlette.responses import Response

from stillmine.app.telling.saying import Told, ToldFact, in_words
from stillmine.errors import StillmineError
from stillmine.messages import translate
from stillmine.messages.act import FIELDS
from stillmine.messages.pages_entry import LANGUAGES
from stillmine.messages.pages_letters import LAW
from stillmine.web.pages.people import countries
from stillmine.web.routing import Needs, Page
from stillmine.web.showing import page, say_text, trouble
from stillmine.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Line:
    """One value of a fact: what it is about, what is so, its address if it is one, its words.

    The `quote` is in its own `language`.
    """

    name: str
    said: str
    url: str
    quote: str
    language: str
    old: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A fact as a page shows it. What is not confirmed is not there; `more`: it is cut."""

    name: str
    lines: tuple[Line, ...]
    sources: tuple[tuple[str, str], ...]
    more: bool = False


# What is said of a law in the list; the rest stands on a page of its own, because there is much.
_BRIEF = frozenset(
    {
        "deadline_business_days",
        "deadline_days",
        "deadline_hours",
        "deadline_months",
        "name",
        "offence",
        "report_url",
        "status",
    }
)


def law(visit: Visit) -> Response:
    """Show the laws and authorities of a country, and where a platform takes reports."""
    door, wrong = visit.door, None
    at = visit.asked("at").upper() or door.country
    laws: Any = None
    told: Any = None
    if at:
        try:
            laws, told = door.do("act.law", place=at), door.do("act.authorities", place=at)
            door.country = at
        except StillmineError as error:
            wrong = trouble(error)
    facts: dict[str, Any] = {
        "countries": countries(),
        "at": at,
        "wrong": wrong,
        "place": laws.place if laws else "",
        "one": _one(visit, laws),
        "laws": [_brief(each) for each in laws.laws] if laws else [],
        "authorities": [shown(each) for each in told.authorities] if told else [],
        "missing": len(laws.not_confirmed) + len(told.not_confirmed) if told else 0,
    }
    return page(visit, "law.html", words=LAW, **facts)


def sites(visit: Visit) -> Response:
    """Show where a platform takes reports."""
    platforms, chosen, found = site_asked(visit)
    facts: dict[str, Any] = {"platforms": platforms, "chosen": chosen}
    facts["platform"] = shown(found) if found else None
    return page(visit, "law_sites.html", words=LAW, **facts)


def site_asked(visit: Visit) -> tuple[list[tuple[str, str]], str, ToldFact | None]:
    """Return the sites to choose from, the number of the chosen one, and what is known of it."""
    known: Any = visit.door.do("act.platforms")
    chosen = visit.asked("to")
    found = (each for each in known.platforms if _number(known, each) == chosen)
    return _names(known), chosen, next(found, None)


def _one(visit: Visit, laws: Any) -> Shown | None:
    """Return the one law that is shown whole, where the address says its place in the list."""
    number = visit.asked("one")
    known = laws.laws if laws else ()
    at = int(number) - 1 if number.isascii() and number.isdigit() and len(number) < 4 else -1
    return shown(known[at]) if 0 <= at < len(known) else None


def _brief(fact: ToldFact) -> Shown:
    values = {name: replace(value, quote="") for name, value in fact.values.items()}
    kept = {name: value for name, value in values.items() if name in _BRIEF}
    whole = shown(replace(fact, values=kept))
    return replace(whole, sources=whole.sources[:1], more=True)


def _number(known: Any, fact: ToldFact) -> str:
    # Which site somebody asks about does not stand in an address.
    return str(known.platforms.index(fact) + 1)


def _names(known: Any) -> list[tuple[str, str]]:
    named = [(_number(known, each), str(each.values["name"].said)) for each in known.platforms]
    return [("", say_text(LAW["choose"])), *sorted(named, key=lambda each: each[1].casefold())]


def shown(fact: ToldFact) -> Shown:
    """Return a fact as a page shows it."""
    lines = (_line(name, value) for name, value in fact.values.items() if name != "name")
    every = ((each.source, each.checked_on.isoformat()) for each in fact.values.values())
    return Shown(str(fact.values["name"].said), tuple(lines), tuple(dict.fromkeys(every)))


def _line(name: str, value: Told) -> Line:
    said = _words(name, value.said)
    url = said if said.startswith(("https://", "http://")) else ""
    old = say_text(LAW["old"], day=value.checked_on.isoformat()) if value.old else ""
    return Line(translate(FIELDS[name]), said, url, value.quote, value.language, old)


def _words(name: str, said: str | int | bool | tuple[str, ...]) -> str:
    if isinstance(said, tuple):
        return ", ".join(say_text(LANGUAGES.get(each, each)) for each in said)
    return in_words(name, said)


ROUTES = (
    Page("law", law, Needs.NOTHING),
    Page("law.sites", sites, Needs.NOTHING),
)
