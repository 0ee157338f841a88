"""What is confirmed about reporting to those who run a site, where they are among our facts."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files

from stillmine.app.telling.places import sorted_out
from stillmine.app.telling.saying import ToldFact
from stillmine.facts import Kind, facts_of


def facts_about(facts: Sequence[str], names: Iterable[str], today: date) -> tuple[ToldFact, ...]:
    """Return what may be told of these facts, and of those who go by one of these names."""
    wanted = {fact for fact in facts if fact}
    for name in names:
        wanted |= {fact for begins, fact in _known().items() if name.lower().startswith(begins)}
    found = [fact for fact in facts_of(Kind.PLATFORM) if fact.fact in wanted]
    # What was named comes first: a platform itself can do more than who hosts it.
    place = {fact: number for number, fact in enumerate(facts)}
    found.sort(key=lambda fact: place.get(fact.fact, len(place)))
    return sorted_out(Kind.PLATFORM, found, today)[0]


@cache
def _known() -> Mapping[str, str]:
    text = (files(__package__) / "fronts.toml").read_text(encoding="utf-8")
    known: dict[str, str] = tomllib.loads(text)["known"]
    return known


def platform_at(site: str) -> str | None:
    """Return the name of the fact about the platform that a site belongs to, or None."""
    from stillmine.act.notices.recipients import platform_of  # letters look up hosts in their turn

    found = platform_of(f"https://{site}/")
    return found.fact if found else None


def report_pages(facts: Iterable[str]) -> tuple[str, ...]:
    """Return the confirmed pages of these facts where one reports."""
    wanted = set(facts)
    found = (each.said("report_url") for each in facts_of(Kind.PLATFORM) if each.fact in wanted)
    return tuple(str(page) for page in found if page)
