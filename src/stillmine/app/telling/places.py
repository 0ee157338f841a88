"""Find the facts that hold at a place: its own, its country's, the union's, everybody's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from stillmine.app.telling.saying import NotConfirmed, ToldFact, not_confirmed, told
from stillmine.errors import UnknownCountry
from stillmine.facts import Fact, Kind, Place, facts_of, place_of, wider_places

_WAYS_TO_REACH = ("phone", "short_number", "mail", "url", "complaint_url", "post")


def _named(fact: Fact) -> bool:
    return "name" in fact.values


def _reachable(fact: Fact) -> bool:
    # A helper's name without a way to reach it would only be one more closed door.
    return _named(fact) and any(way in fact.values for way in _WAYS_TO_REACH)


def _has_door(fact: Fact) -> bool:
    # Whoever signs up somewhere hands over something: never at an address that nobody confirmed.
    return _named(fact) and "url" in fact.values


_CAN_BE_TOLD: Mapping[Kind, Callable[[Fact], bool]] = {
    Kind.LAW: _named,
    Kind.PLATFORM: _named,
    Kind.LINE: _reachable,
    Kind.AUTHORITY: _reachable,
    Kind.SERVICE: _has_door,
}


def facts_at(
    kind: Kind, typed: str, today: date
) -> tuple[Place, tuple[ToldFact, ...], tuple[NotConfirmed, ...]]:
    """Return the place somebody typed, what may be told of it, and what is not confirmed yet.

    Raises UnknownCountry.
    """
    place = place_of(typed)
    if place is None:
        raise UnknownCountry(place=typed)
    codes = wider_places(place)
    found = sorted(
        (fact for fact in facts_of(kind) if fact.place in codes),
        key=lambda fact: (codes.index(fact.place), fact.fact),
    )
    return place, *sorted_out(kind, found, today)


def sorted_out(
    kind: Kind, found: Sequence[Fact], today: date
) -> tuple[tuple[ToldFact, ...], tuple[NotConfirmed, ...]]:
    """Return what may be told of facts, and of which of them nothing may be told yet."""
    can_be_told = _CAN_BE_TOLD[kind]
    return (
        tuple(told(fact, kind, today) for fact in found if can_be_told(fact)),
        tuple(not_confirmed(fact) for fact in found if not can_be_told(fact)),
    )
