"""Open a case: one question first, and then a place for everything about it."""

from __future__ import annotations

from dataclasses import dataclass

from stillmine.act.case.model import Case
from stillmine.act.case.store import keep_case, new_case_name, noted
from stillmine.act.case.typed import one_line
from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.telling.gate import Under18, children_services, may_go_on, what_to_do
from stillmine.app.telling.saying import ToldFact
from stillmine.app.unlocking import unlocked
from stillmine.errors import UnknownCountry
from stillmine.facts import place_of


@dataclass(frozen=True, slots=True)
class NewCaseRequest:
    """Where the person is, and the one thing that has to be clear first."""

    country: str = given("Where the person lives, such as FR, Germany or US-CA.")
    under_18: Under18 | None = given(
        "Whether somebody in the pictures was under 18, or may have been.",
        default=None,
        question="under-18",
    )
    person: str = given("Whose case it is, if you help several people.", default="")
    threats: bool = given("Somebody demands money, pictures or something else.", default=False)


@dataclass(frozen=True, slots=True)
class NewCaseAnswer(Answer):
    """The name of the new case; or, where somebody may have been under 18, who helps instead.

    Then `case` and `threats` are None, and nothing was opened, copied or kept.
    """

    case: str | None
    country: str
    person: str
    threats: bool | None
    advice: tuple[str, ...]
    services: tuple[ToldFact, ...]

    @property
    def outcome(self) -> Outcome:
        """Return gaps where no case was opened."""
        return Outcome.DONE if self.case else Outcome.GAPS


@action("act.case.new")
def new(context: Context, request: NewCaseRequest) -> NewCaseAnswer:
    """Open a case. First it has to be clear that nobody in the pictures was under 18."""
    adults = may_go_on(request.under_18)
    place = place_of(request.country)
    if place is None:
        raise UnknownCountry(place=request.country)
    if not adults:
        services = children_services(place.code, context.now().date())
        return NewCaseAnswer(None, place.code, "", None, what_to_do(), services)
    person = one_line(request.person, "--person")
    opened = context.now().isoformat(timespec="seconds")
    case = Case(new_case_name(), opened, place.code, person=person, threats=request.threats)
    with unlocked(context, writing=True) as vault:
        keep_case(vault, noted(case, context.now(), "case.opened"))
    return NewCaseAnswer(case.case, place.code, person, case.threats, (), ())
