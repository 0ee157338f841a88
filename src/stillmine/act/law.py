"""Say which laws help at a place, each value with its source and the day it was read."""

from __future__ import annotations

from dataclasses import dataclass

from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.telling.places import facts_at
from stillmine.app.telling.saying import NotConfirmed, ToldFact
from stillmine.facts import Kind


@dataclass(frozen=True, slots=True)
class LawRequest:
    """A place, as a code or by its English name."""

    place: str = given("The country or its part, such as FR, Germany or US-CA.", positional=True)


@dataclass(frozen=True, slots=True)
class LawAnswer(Answer):
    """The laws that hold there, the nearest first, and those that nobody has confirmed yet."""

    place: str
    laws: tuple[ToldFact, ...]
    not_confirmed: tuple[NotConfirmed, ...]

    @property
    def outcome(self) -> Outcome:
        """Return that nothing was found where no law is confirmed."""
        return Outcome.DONE if self.laws else Outcome.NOTHING_FOUND


@action("act.law")
def law(context: Context, request: LawRequest) -> LawAnswer:
    """Say which laws help where you are, with sources. No legal advice."""
    place, told, missing = facts_at(Kind.LAW, request.place, context.now().date())
    return LawAnswer(place.name, told, missing)
