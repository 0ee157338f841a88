"""Say facts to a person: each value with where it was read, and when; never what is unconfirmed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from stillmine.facts import Fact, Kind, Value
from stillmine.facts.schemas import COPY, FRESH_DAYS, OFFICIAL, OUR_WORDS
from stillmine.messages import fill, translate
from stillmine.messages.act import (
    FIELDS,
    MEANINGS,
    OLD,
    QUOTED,
    READ_AT,
    READ_COPY,
    READ_ELSEWHERE,
    READ_STORED,
)


@dataclass(frozen=True, slots=True)
class Told:
    """One value: what is so, the address and kind of its best source, and when it was read.

    `old` tells that it was read so long ago that it should be looked up before it is relied on;
    `stored` that not the page itself was read, but what somebody had kept of it on that day.
    `said` is in English, and so it is for programs; `in_words` has it for people. The `quote` stays
    in its own `language` (a BCP 47 code).
    """

    said: str | int | bool | tuple[str, ...]
    source: str
    kind: str
    checked_on: date
    old: bool
    quote: str = ""
    stored: bool = False
    language: str = "en"


@dataclass(frozen=True, slots=True)
class ToldFact:
    """What is known of a law, a platform or a line, by the names of its fields."""

    fact: str
    place: str
    values: Mapping[str, Told]
    not_confirmed: tuple[str, ...] = field(default=())

    @property
    def lines(self) -> Iterator[str]:
        """Yield the lines that a person reads: the name, then a line for each value."""
        yield str(self.values["name"].said)
        for name, told in self.values.items():
            if name != "name":
                yield from _lines(name, told)
        for source, day, text in _sources(self.values):
            yield "  " + fill(translate(text), {"source": source, "day": day})
        yield ""


@dataclass(frozen=True, slots=True)
class NotConfirmed:
    """A fact that exists, of which nothing is shown until somebody confirms it."""

    fact: str
    place: str
    missing: str


def told(fact: Fact, kind: Kind, today: date) -> ToldFact:
    """Return what may be told of a fact today."""
    values = {name: _told(value, kind, today) for name, value in fact.values.items()}
    return ToldFact(fact.fact, fact.place, values, tuple(sorted(fact.missing)))


def not_confirmed(fact: Fact) -> NotConfirmed:
    """Return what is missing before anything of this fact may be told."""
    missing = sorted({translate(each) for each in fact.missing.values()})
    return NotConfirmed(fact.fact, fact.place, "; ".join(missing))


def _told(value: Value, kind: Kind, today: date) -> Told:
    source = value.source
    old = value.age(today) > FRESH_DAYS[kind]
    stored = source.stored is not None
    return Told(
        value.said,
        source.url,
        source.kind,
        value.checked_on,
        old,
        value.quote,
        stored,
        source.language,
    )


def where_read(value: Value, kind: Kind, today: date) -> str:
    """Return the sentence that says where a value was read, and how near to its source."""
    found = _told(value, kind, today)
    facts = {"source": found.source, "day": found.checked_on.isoformat()}
    return fill(translate(_read(found)), facts)


def _lines(name: str, value: Told) -> Iterator[str]:
    yield f"  {translate(FIELDS[name])}: {in_words(name, value.said)}"
    if value.quote:
        yield "    " + fill(translate(QUOTED), {"quote": value.quote})
    if value.old:
        yield "    " + fill(translate(OLD), {"day": value.checked_on.isoformat()})


def _read(value: Told) -> str:
    if value.stored:
        return READ_STORED
    if value.kind == COPY:
        return READ_COPY
    return READ_AT if value.kind in OFFICIAL else READ_ELSEWHERE


def in_words(name: str, said: str | int | bool | tuple[str, ...]) -> str:
    """Return the value of a field for people: what we say of it in their language, names as is."""
    if isinstance(said, tuple):
        return ", ".join(said)
    if isinstance(said, bool):
        return translate("yes") if said else translate("no")
    meaning = MEANINGS.get(f"{name}.{said}")
    return translate(meaning or str(said)) if meaning or name in OUR_WORDS else str(said)


def _sources(values: Mapping[str, Told]) -> list[tuple[str, str, str]]:
    """Return each source once, in the order in which the values name them."""
    every = ((each.source, each.checked_on.isoformat(), _read(each)) for each in values.values())
    return list(dict.fromkeys(every))
