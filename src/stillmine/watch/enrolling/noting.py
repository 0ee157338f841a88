"""Note how far you are with a service, and have reminders; or forget what was noted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Literal

from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.telling.gate import Under18
from stillmine.app.telling.saying import ToldFact
from stillmine.app.unlocking import unlocked
from stillmine.errors import NotEnrolled, WrongUsage
from stillmine.watch.enrolling.commands import COUNTRY, UNDER_18, guide_of
from stillmine.watch.enrolling.enrolment import (
    Enrolment,
    Noted,
    find_enrolment,
    forget_enrolment,
    keep_enrolment,
    new_enrolment,
)
from stillmine.watch.enrolling.gate import all_adults, elsewhere
from stillmine.watch.enrolling.reminding import Reminder, reminder_of, tell_locked_runs

_LONGEST = 100
_WHICH = "For which of several, such as a mail address, in words of yours."
_SERVICE = "Its name, from stillmine watch enrol list."


@dataclass(frozen=True, slots=True)
class NoteRequest:
    """How far it is."""

    service: str = given(_SERVICE, positional=True)
    state: Literal["begun", "done", "looked", "refused", "ended"] = given(
        "You began; it is done; you looked how it stands; they said no; it ended.", positional=True
    )
    which: str = given(_WHICH, default="")
    number: str = given("The number that they gave you. Never a PIN or a password.", default="")
    ends: str = given("The day on which it ends, as 2027-01-31.", default="")
    under_18: Under18 | None = given(UNDER_18, default=None)
    country: str = given(COUNTRY, default="")


@dataclass(frozen=True, slots=True)
class NoteAnswer(Answer):
    """What is noted now, and when we suggest to look again.

    Of Take It Down, and where somebody was under 18, nothing is `kept`; then `helpers` can help.
    """

    service: str
    which: str
    state: str
    kept: bool
    has_number: bool
    reminder: Reminder | None
    remind_at: str | None
    children: bool
    advice: tuple[str, ...]
    helpers: tuple[ToldFact, ...]


@action("watch.enrol.note")
def note(context: Context, request: NoteRequest) -> NoteAnswer:
    """Note how far you are with a service. It is sealed, and you are reminded of it."""
    now = context.now().astimezone(UTC)
    guide = guide_of(request.service)
    if guide.under_18 or not all_adults(context, request.under_18):
        there = elsewhere(request.country, now.date())
        return NoteAnswer(
            guide.service, "", "", False, False, None, None, True, there.advice, there.helpers
        )
    request = _checked(request)
    with unlocked(context, writing=True) as vault:
        before = find_enrolment(vault, guide.service, request.which)
        after = _after(request, guide.service, before, now)
        keep_enrolment(vault, after)
        tell_locked_runs(vault)
    reminder = reminder_of(after, now)
    day = reminder.at.astimezone().date().isoformat() if reminder else None
    return NoteAnswer(
        guide.service,
        after.which,
        after.state,
        True,
        bool(after.number),
        reminder,
        day,
        False,
        (),
        (),
    )


def _checked(request: NoteRequest) -> NoteRequest:
    """Return what was typed in one line each. Raise WrongUsage."""
    try:
        ends = request.ends and date.fromisoformat(request.ends.strip()).isoformat()
    except ValueError as problem:
        raise WrongUsage(problem="--ends takes a day, as 2027-01-31.") from problem
    which, number = (" ".join(each.split()) for each in (request.which, request.number))
    found = replace(request, which=which, number=number, ends=ends)
    if max(len(found.which), len(found.number)) > _LONGEST:
        raise WrongUsage(problem=f"--which and --number take up to {_LONGEST} signs.")
    return found


def _after(
    request: NoteRequest, service: str, before: Enrolment | None, now: datetime
) -> Enrolment:
    at = now.isoformat(timespec="seconds")
    if request.state == "looked":
        if before is None or before.state not in ("begun", "done"):
            raise NotEnrolled(service=service)
        # Who looks how it stands has been there: from then on it is done.
        since = before.at if before.state == "done" else at
        after = replace(before, state="done", at=since, looked=at)
    else:
        state: Noted = request.state
        after = before or Enrolment(new_enrolment(), service, request.which, state, at)
        if after.state != state:
            after = replace(after, state=state, at=at, looked="")
    number, ends = request.number or after.number, request.ends or after.ends
    return replace(after, number=number, ends=ends)


@dataclass(frozen=True, slots=True)
class ForgetRequest:
    """Which service."""

    service: str = given(_SERVICE, positional=True)
    which: str = given(_WHICH, default="")


@dataclass(frozen=True, slots=True)
class ForgetAnswer(Answer):
    """What was forgotten here; with the service nothing changed."""

    service: str
    which: str
    forgotten: bool = True


@action("watch.enrol.forget")
def forget(context: Context, request: ForgetRequest) -> ForgetAnswer:
    """Forget what was noted about a service, and the number with it. They are not told."""
    guide = guide_of(request.service)
    which = " ".join(request.which.split())
    with unlocked(context, writing=True) as vault:
        found = find_enrolment(vault, guide.service, which)
        if found is None:
            raise NotEnrolled(service=guide.service)
        forget_enrolment(vault, found)
        tell_locked_runs(vault)
    return ForgetAnswer(guide.service, found.which)
