"""Say who can be talked to at a place: only numbers and pages that an official source confirms."""

from __future__ import annotations

from dataclasses import dataclass

from stillmine.act.hours import Hours, open_at
from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.telling.places import facts_at
from stillmine.app.telling.saying import NotConfirmed, ToldFact
from stillmine.facts import Kind


@dataclass(frozen=True, slots=True)
class LinesRequest:
    """A place, as a code or by its English name."""

    place: str = given("The country or its part, such as FR, Germany or US-CA.", positional=True)


@dataclass(frozen=True, slots=True)
class LinesAnswer(Answer):
    """Whom to call or write to there, the nearest first, and whom nobody has confirmed yet.

    `open_now` and `closed_now` name the facts whose hours leave no doubt about this moment.
    """

    place: str
    people: tuple[ToldFact, ...]
    not_confirmed: tuple[NotConfirmed, ...]
    open_now: tuple[str, ...] = ()
    closed_now: tuple[str, ...] = ()

    @property
    def outcome(self) -> Outcome:
        """Return that nobody was found where no line is confirmed."""
        return Outcome.DONE if self.people else Outcome.NOTHING_FOUND


@action("act.lines")
def lines(context: Context, request: LinesRequest) -> LinesAnswer:
    """Say whom you can talk to where you are. It works without a network."""
    place, told, missing = facts_at(Kind.LINE, request.place, context.now().date())
    return LinesAnswer(
        place.name,
        told,
        missing,
        _with(Hours.OPEN, told, context),
        _with(Hours.CLOSED, told, context),
    )


def _with(hours: Hours, people: tuple[ToldFact, ...], context: Context) -> tuple[str, ...]:
    return tuple(
        each.fact
        for each in people
        if "hours" in each.values
        and open_at(str(each.values["hours"].said), each.place, context.now()) is hours
    )
