"""Say what to do now in a case, and why: the first thing first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC

from stillmine.act.case.store import find_case, notice_of
from stillmine.act.clock.steps import NextStep, next_steps
from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked


@dataclass(frozen=True, slots=True)
class NextRequest:
    """Of which case, or of which of its letters."""

    case: str = given("The case.")
    notice: str | None = given("Only this letter, such as n1.", default=None)


@dataclass(frozen=True, slots=True)
class NextAnswer(Answer):
    """What can be done now, the first thing first."""

    case: str
    steps: tuple[NextStep, ...]


@action("act.next")
def advise(context: Context, request: NextRequest) -> NextAnswer:
    """Say what you can do now, the first thing first, and why. You decide."""
    with unlocked(context) as vault:
        case = find_case(vault, request.case)
    notice = None if request.notice is None else notice_of(case, request.notice)
    return NextAnswer(case.case, next_steps(case, notice, context.now().astimezone(UTC)))
