"""Compare the law of a place with the best one that is known: only what official pages confirm."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from stillmine.act.clock.reckoning import Unit
from stillmine.act.clock.terms import Term, term_of
from stillmine.facts import OFFICIAL, Fact, Place, Value, all_laws, place_of, wider_places

TRIGGERS = ("valid-request", "authority-notice", "statutory-answer-time")
"""What begins a time, in the order in which it helps people most."""
_IN_HOURS = {Unit.HOURS: 1, Unit.DAYS: 24, Unit.BUSINESS_DAYS: 34, Unit.MONTHS: 730}
_IN_FORCE = "in-force"


@dataclass(frozen=True, slots=True)
class Times:
    """The shortest time that one trigger begins, here and anywhere; None where none is known."""

    trigger: str
    here: Term | None
    best: Term | None

    @property
    def here_is_best(self) -> bool:
        """Whether no place is known that gives less time."""
        return self.here is not None and (self.best is None or hours(self.here) <= hours(self.best))


def laws_at(place: Place) -> tuple[Fact, ...]:
    """Return the laws that hold at a place and are confirmed to be in force."""
    codes = [code for code in wider_places(place) if code != "INT"]
    return tuple(fact for fact in _in_force() if fact.place in codes)


def compare(place: Place) -> tuple[Times, ...]:
    """Return for each trigger the shortest time here, and the shortest anywhere."""
    here, every = laws_at(place), tuple(_in_force())
    return tuple(Times(each, _shortest(here, each), _shortest(every, each)) for each in TRIGGERS)


def remedies(facts: Iterable[Fact]) -> Iterator[tuple[Fact, Value]]:
    """Yield what laws let a person get, where an official page says so."""
    for fact in facts:
        value = fact.values.get("remedy")
        if value is not None and value.source.kind in OFFICIAL and fact.said("name"):
            yield fact, value


def elsewhere(place: Place, most: int) -> tuple[tuple[Fact, Value], ...]:
    """Return what some laws of other places let a person get."""
    here = {fact.fact for fact in laws_at(place)}
    found = (each for each in remedies(_in_force()) if each[0].fact not in here)
    return tuple(each for each in found if "dmca" not in each[0].fact)[:most]


def read_last(facts: Iterable[Fact]) -> date:
    """Return the last day on which anything of these laws was read."""
    days = (value.checked_on for fact in facts for value in fact.values.values())
    return max(days, default=date(2026, 1, 1))


def hours(term: Term) -> int:
    """Return about how many hours a time is, to compare it with others."""
    return term.amount * _IN_HOURS[term.unit]


def _in_force() -> Iterator[Fact]:
    for fact in all_laws().values():
        if fact.said("status") == _IN_FORCE and fact.said("name"):
            yield fact


def _shortest(facts: Iterable[Fact], trigger: str) -> Term | None:
    found = [term for fact in facts if (term := _official(fact)) and term.trigger == trigger]
    return min(found, key=lambda each: (hours(each), each.law), default=None)


def _official(fact: Fact) -> Term | None:
    term = term_of(fact)
    kinds = {source.url: source.kind for value in fact.values.values() for source in value.sources}
    return term if term and kinds.get(term.source) in OFFICIAL else None


def place_name(code: str) -> str:
    """Return the name of a place, and what stands for the union and for the code of none."""
    place = place_of(code)
    return place.name if place else code
