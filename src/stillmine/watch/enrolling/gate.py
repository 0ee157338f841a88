"""The question before all of it: was anybody in the pictures under 18."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.telling.gate import (
    Under18,
    asked_now,
    children_services,
    may_go_on,
    what_to_do,
)
from stillmine.app.telling.saying import ToldFact
from stillmine.app.unlocking import unlocked
from stillmine.facts.places import EVERYWHERE
from stillmine.watch.placing.store import adults_said, note_adults


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Where pictures of under-18s are in good hands: who, and what helps now."""

    helpers: tuple[ToldFact, ...] = ()
    advice: tuple[str, ...] = ()


def all_adults(context: Context, answer: Under18 | None) -> bool:
    """Return whether all were adults. It is asked only where it was never answered.

    A clear no is noted in the vault, where there is one; anything else is noted nowhere. Raises
    AgeNotKnown where nobody answers.
    """
    if answer in (None, "no") and _known(context):
        return True
    adults = may_go_on(asked_now(context) if answer is None else answer)
    if adults and Home(context.home).slots.exists():
        with unlocked(context, writing=True) as vault:
            note_adults(vault, context.now())
    return adults


def _known(context: Context) -> bool:
    if not Home(context.home).slots.exists():
        return False
    with unlocked(context) as vault:
        return adults_said(vault)


def elsewhere(country: str, today: date) -> Elsewhere:
    """Return who helps where somebody was under 18: Take It Down first, then who listens."""
    return Elsewhere(children_services(country or EVERYWHERE, today), what_to_do())
