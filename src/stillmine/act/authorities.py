"""Say which authority takes a complaint at a place, where a platform did not act."""

from __future__ import annotations

from dataclasses import dataclass

from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.telling.places import facts_at
from stillmine.app.telling.saying import NotConfirmed, ToldFact
from stillmine.facts import Kind


@dataclass(frozen=True, slots=True)
class AuthoritiesRequest:
    """A place, as a code or by its English name."""

    place: str = given("The country or its part, such as FR, Germany or CA-BC.", positional=True)


@dataclass(frozen=True, slots=True)
class AuthoritiesAnswer(Answer):
    """Who takes complaints there, the nearest first, and whom nobody has confirmed yet."""

    place: str
    authorities: tuple[ToldFact, ...]
    not_confirmed: tuple[NotConfirmed, ...]

    @property
    def outcome(self) -> Outcome:
        """Return that nobody was found where no authority is confirmed."""
        return Outcome.DONE if self.authorities else Outcome.NOTHING_FOUND


@action("act.authorities")
def authorities(context: Context, request: AuthoritiesRequest) -> AuthoritiesAnswer:
    """Say which authority you can turn to when a platform does not act, with sources."""
    place, told, missing = facts_at(Kind.AUTHORITY, request.place, context.now().date())
    return AuthoritiesAnswer(place.name, told, missing)
