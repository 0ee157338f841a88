"""The question before anything is opened or kept: was somebody in the pictures under 18."""

from __future__ import annotations

from datetime import date
from typing import Literal

from stillmine.app.context import Context
from stillmine.app.telling.places import facts_at
from stillmine.app.telling.saying import ToldFact, told
from stillmine.errors import AgeNotKnown
from stillmine.facts import Kind, facts_of
from stillmine.messages import translate
from stillmine.messages.cases import UNDER_18

Under18 = Literal["no", "yes", "unsure"]
_ANSWERS: tuple[Under18, ...] = ("no", "yes", "unsure")
_EVERYWHERE = ("platforms/ncmec-take-it-down",)
_AT_HOME = {"GB": ("platforms/iwf-childline-report-remove",)}


def asked_now(context: Context) -> Under18 | None:
    """Ask whoever sits at the keyboard; None where nobody can be asked."""
    chosen = context.choose("under-18", _ANSWERS)
    return next((each for each in _ANSWERS if each == chosen), None)


def may_go_on(answer: Under18 | None) -> bool:
    """Return whether a case may be opened: only after a clear no. Raise AgeNotKnown without one."""
    if answer is None:
        raise AgeNotKnown
    return answer == "no"


def children_services(typed: str, today: date) -> tuple[ToldFact, ...]:
    """Return who helps at a place where somebody under 18 is in a picture, the nearest first.

    Only what is confirmed; what takes pictures down comes before who listens. Raise UnknownCountry.
    """
    place, lines, _missing = facts_at(Kind.LINE, typed, today)
    country = place.code.partition("-")[0]
    wanted = (*_AT_HOME.get(country, ()), *_EVERYWHERE)
    known = {fact.fact: fact for fact in facts_of(Kind.PLATFORM) if "name" in fact.values}
    services = [told(known[name], Kind.PLATFORM, today) for name in wanted if name in known]
    return (*services, *(each for each in lines if "minors" in each.values))


def what_to_do() -> tuple[str, ...]:
    """Return what helps now and what does harm, in plain words."""
    return tuple(translate(each) for each in UNDER_18)
