"""Where a next step leads: search engines and people to talk to, only from confirmed facts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from stillmine.act.clock.authorities import Authority
from stillmine.facts import Fact, Kind, facts_of, place_of, wider_places

_REACHED_BY = ("phone", "short_number", "url", "mail")


@dataclass(frozen=True, slots=True)
class Way:
    """Somebody who can be asked: a name, where they are reached, and the page that says so."""

    name: str
    url: str
    source: str
    checked_on: date
    law: str = ""

    @classmethod
    def of(cls, authority: Authority) -> Way:
        """Return the way to an authority."""
        return cls(
            authority.name,
            authority.url,
            authority.source,
            authority.checked_on,
            authority.law,
        )


def search_engines() -> tuple[Way, ...]:
    """Return the search engines of which it is confirmed where they take requests."""
    found = (_way(each, "report_url") for each in facts_of(Kind.PLATFORM) if _searches(each))
    return tuple(way for way in found if way is not None)


def _searches(platform: Fact) -> bool:
    return platform.said("kind") == "search"


def person_to_talk_to(country: str) -> Way | None:
    """Return somebody who listens, the nearest first, best one who helps to get things removed.

    Lines for under-18s are not among them: a case is about adults. Nor are those for despair: they
    are said where they are asked for, and not as a step among others.
    """
    place = place_of(country)
    codes = () if place is None else wider_places(place)
    near = [
        each
        for each in facts_of(Kind.LINE)
        if each.place in codes and not each.said("minors") and not each.said("crisis")
    ]
    near.sort(key=lambda each: (not each.said("helps_remove"), codes.index(each.place)))
    for line in near:
        for field in _REACHED_BY:
            way = _way(line, field)
            if way is not None:
                return way
    return None


def _way(fact: Fact, field: str) -> Way | None:
    value = fact.values.get(field)
    if value is None or fact.said("name") is None:
        return None
    return Way(str(fact.said("name")), str(value.said), value.source.url, value.checked_on)
