"""Say where each platform takes reports, each value with its source and the day it was read."""

from __future__ import annotations

from dataclasses import dataclass

from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.telling.places import sorted_out
from stillmine.app.telling.saying import NotConfirmed, ToldFact
from stillmine.errors import UnknownPlatform
from stillmine.facts import Fact, Kind, facts_of


@dataclass(frozen=True, slots=True)
class PlatformsRequest:
    """The name of a platform, or of none for all of them."""

    name: str = given(
        "A part of its name; without it, all are listed.", default="", positional=True
    )


@dataclass(frozen=True, slots=True)
class PlatformsAnswer(Answer):
    """The platforms by name, and those of which nobody has confirmed anything yet."""

    platforms: tuple[ToldFact, ...]
    not_confirmed: tuple[NotConfirmed, ...]

    @property
    def outcome(self) -> Outcome:
        """Return that nothing was found where no platform is confirmed."""
        return Outcome.DONE if self.platforms else Outcome.NOTHING_FOUND


@action("act.platforms")
def platforms(context: Context, request: PlatformsRequest) -> PlatformsAnswer:
    """Say where a platform takes reports of pictures, with sources."""
    wanted = " ".join(request.name.split()).casefold()
    found = [fact for fact in facts_of(Kind.PLATFORM) if wanted in _names(fact)]
    if not found:
        raise UnknownPlatform(name=request.name)
    return PlatformsAnswer(*sorted_out(Kind.PLATFORM, found, context.now().date()))


def _names(fact: Fact) -> str:
    """Return what a person may call it: its name, and the words its file is called by."""
    return f"{fact.said('name') or ''} {fact.fact.rpartition('/')[2].replace('-', ' ')}".casefold()
