"""Write a letter to a representative that compares the law of a place with the best one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from stillmine.act.clock.terms import Term, laws_named
from stillmine.act.papers import comparison
from stillmine.act.papers.comparison import Times, place_name
from stillmine.act.papers.document import (
    Blanks,
    Block,
    Document,
    Fields,
    Heading,
    Listing,
    Paragraph,
    Quote,
    Table,
)
from stillmine.act.papers.giving import PaperAnswer, give, require_place
from stillmine.act.papers.saying import paper_size, read_at, words
from stillmine.app.actions import action, given
from stillmine.app.context import Context
from stillmine.errors import UnknownCountry
from stillmine.facts import OFFICIAL, Fact, Place, place_of
from stillmine.messages import translate
from stillmine.messages.advocating import ADVOCACY

_MOST = 3  # laws of other places that are shown for what a person can get
# Of which field of a law the words are quoted: the first of these that has some.
_QUOTED = (
    "deadline_hours", "deadline_days", "deadline_business_days", "deadline_months",
    "remedy", "procedure", "deadline_note", "offence", "name",
)  # fmt: skip
_FIRST, _SECOND = "valid-request", "authority-notice"


@dataclass(frozen=True, slots=True)
class AdvocacyRequest:
    """Which place's law, and where the letter goes."""

    country: str = given("The country or its part, such as FR, Germany or US-CA.")
    file: Path = given("The file to write; it ends in .pdf or .txt.", positional=True)


@action("act.letter-to-representative")
def advocate(context: Context, request: AdvocacyRequest) -> PaperAnswer:
    """Write a letter that compares the law where you live with the best one, with sources."""
    place = place_of(request.country)
    if place is None:
        raise UnknownCountry(place=request.country)
    require_place(request.file, context)
    return give(letter_for(place), request.file, context)


def letter_for(place: Place) -> Document:
    """Return the letter. It bears the day on which the facts in it were last read."""
    say = words(ADVOCACY)
    times = comparison.compare(place)
    facts = _facts(place, times)
    day = comparison.read_last(facts)
    blocks: list[Block] = [
        Fields(((say("to"), say("to_blank")), (say("from"), say("from_blank")))),
        Paragraph(say("hello", place=place.name)),
        Heading(say("compared")),
        Table(
            (say("point"), say("here", place=place.name), say("best")),
            (*(_row(place, each) for each in times), _remedies(place)),
            (3, 4, 4),
        ),
        Heading(say("ask")),
        Listing(tuple(_asking(times))),
        Paragraph(say("bye")),
        Blanks(((say("sign"), say("sign_place")),)),
        Heading(say("sources")),
        Paragraph(say("careful", place=place.name), small=True),
        *_sources(facts),
    ]
    title = say("title", place=place.name)
    dated = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return Document(title, dated, tuple(blocks), paper=paper_size(place.code))


def _facts(place: Place, times: tuple[Times, ...]) -> tuple[Fact, ...]:
    """Return every law that the letter names, each once."""
    terms = [each for pair in times for each in (pair.here, pair.best) if each]
    gives = [fact.fact for fact, _ in comparison.remedies(comparison.laws_at(place))]
    gives += [fact.fact for fact, _ in comparison.elsewhere(place, _MOST)]
    vague = [fact.fact for fact in comparison.laws_at(place) if "deadline_note" in fact.values]
    return laws_named([*(each.law for each in terms), *vague, *gives])


def _row(place: Place, times: Times) -> tuple[str, str, str]:
    say = words(ADVOCACY)
    here = say("term", time=_time(times.here), law=times.here.name) if times.here else ""
    if times.here_is_best:
        best = say("same")
    elif times.best is None:
        best = say("no_rule")
    else:
        where = place_name(times.best.place)
        best = say("term_place", place=where, time=_time(times.best), law=times.best.name)
    return say(times.trigger), here or _without_hours(place, times.trigger), best


def _without_hours(place: Place, trigger: str) -> str:
    """Return what a law says that asks for speed and names no time, else that none was found."""
    say = words(ADVOCACY)
    for fact in comparison.laws_at(place) if trigger == _FIRST else ():
        note = fact.said("deadline_note")
        if note:
            return say("no_hours", law=fact.said("name"), note=translate(str(note)))
    return say("no_rule")


def _remedies(place: Place) -> tuple[str, str, str]:
    say = words(ADVOCACY)
    here = [
        say("remedy_of", law=fact.said("name"), what=translate(str(value.said)))
        for fact, value in comparison.remedies(comparison.laws_at(place))
        if "dmca" not in fact.fact
    ]
    there = [
        say(
            "remedy_place",
            place=place_name(fact.place),
            law=fact.said("name"),
            what=translate(str(value.said)),
        )
        for fact, value in comparison.elsewhere(place, _MOST)
    ]
    nothing = say("nothing")
    return say("remedy"), "\n\n".join(here) or nothing, "\n\n".join(there) or nothing


def _asking(times: tuple[Times, ...]) -> Iterator[str]:
    say = words(ADVOCACY)
    by_trigger = {each.trigger: each for each in times}
    first, second = by_trigger[_FIRST], by_trigger[_SECOND]
    if first.here is not None and first.here_is_best:
        yield say("ask_keep", time=_time(first.here))
    elif first.best is not None:
        yield say("ask_time", time=_time(first.best), place=place_name(first.best.place))
    if second.best is not None and not second.here_is_best:
        where = place_name(second.best.place)
        yield say("ask_authority", time=_time(second.best), place=where)
    yield from map(say, ("ask_copies", "ask_figures", "ask_help"))


def _time(term: Term | None) -> str:
    if term is None:
        return ""
    name = term.unit.value
    if term.amount == 1 and name == "months":
        return words(ADVOCACY)("month")
    return words(ADVOCACY)(name, count=term.amount)


def _sources(facts: tuple[Fact, ...]) -> Iterator[Block]:
    for fact in facts:
        cited = str(fact.said("citation") or "")
        name = ", ".join(each for each in (str(fact.said("name")), cited) if each)
        value = next((fact.values[each] for each in _QUOTED if _has_quote(fact, each)), None)
        value = value or fact.values["name"]
        yield Quote(value.quote or name, read_at(name, value.source))


def _has_quote(fact: Fact, field: str) -> bool:
    value = fact.values.get(field)
    return value is not None and bool(value.quote) and value.source.kind in OFFICIAL
