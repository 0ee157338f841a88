"""List what is due, the soonest first, and write it as reminders for a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from stillmine.act.case.model import OPEN, Case
from stillmine.act.case.store import all_cases, find_case
from stillmine.act.clock.calendar import entries
from stillmine.act.clock.due import Due, due, not_started
from stillmine.act.clock.starting import NotStarted
from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.calendar import keep_calendar
from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked
from stillmine.messages import translate
from stillmine.messages.clock import REMINDER


@dataclass(frozen=True, slots=True)
class ClockRequest:
    """Of which case, and whether a calendar is wanted."""

    case: str | None = given("Only this case; else every open one.", default=None)
    calendar: Path | None = given(
        "Write reminders to this file (.ics), or renew it. They name nobody and nothing.",
        default=None,
    )
    title: str | None = given("What each reminder is called.", default=None)


@dataclass(frozen=True, slots=True)
class ClockAnswer(Answer):
    """What is due, the soonest first, and the times of laws that did not start."""

    now: datetime
    due: tuple[Due, ...]
    over: int
    not_started: tuple[NotStarted, ...]
    calendar: Path | None = None

    @property
    def outcome(self) -> Outcome:
        """Return that nothing was found where nothing is due."""
        return Outcome.DONE if self.due else Outcome.NOTHING_FOUND


@action("act.clock", repeatable=True)
def clock(context: Context, request: ClockRequest) -> ClockAnswer:
    """List what is due, the soonest first: by which law, how long still, what comes next."""
    now = context.now().astimezone(UTC)
    with unlocked(context) as vault:
        if request.case is not None:
            cases = [find_case(vault, request.case)]
        else:
            cases = [each for each in all_cases(vault) if each.state == OPEN]
    awaited = tuple(sorted(_all_due(cases, now), key=lambda each: each.at))
    waiting = tuple(each for case in cases for each in not_started(case))
    over = sum(each.over and each.legal for each in awaited)
    title = request.title or translate(REMINDER)
    written = keep_calendar(context, request.calendar, entries(awaited), title, now)
    return ClockAnswer(now, awaited, over, waiting, written)


def _all_due(cases: list[Case], now: datetime) -> list[Due]:
    return [each for case in cases for each in due(case, now)]
