"""Note what became of a letter: it was sent, answered, refused, or nothing came."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from stillmine.act.case.model import OPEN, Address, Case, Notice
from stillmine.act.case.store import find_case, keep_case, noted, with_address, with_notice
from stillmine.act.case.typed import several_lines
from stillmine.act.clock import machine, starting
from stillmine.act.clock.choosing import chosen_letter
from stillmine.act.clock.due import Due, due
from stillmine.act.clock.machine import moment, moved, taken_back
from stillmine.act.clock.receipts import keep_receipt
from stillmine.act.clock.steps import NextStep, next_steps
from stillmine.act.clock.typed_time import coming_time, past_time
from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.sources.finding import one_source
from stillmine.app.unlocking import unlocked
from stillmine.errors import TimeCannotBe
from stillmine.messages import translate
from stillmine.messages.clock import NO_UNTIL, STATES

_EVENTS = {
    "authority-notice": starting.AUTHORITY_GAVE_NOTICE,
    "court-order": starting.COURT_ORDERED,
    "more-time": starting.MORE_TIME,
}
_GONE, _THERE = "gone", "there"
_STEP = "clock.step"
_UNDONE = "clock.undone"


@dataclass(frozen=True, slots=True)
class TrackRequest:
    """What became of which letter, and when."""

    state: Literal[
        "sent",
        "acknowledged",
        "removed",
        "partly",
        "refused",
        "silent",
        "reappeared",
        "withdrawn",
        "authority-notice",
        "court-order",
        "more-time",
        "undo",
    ] = given("What happened; undo takes the last note back.", positional=True)
    case: str = given("The case.")
    notice: str | None = given("The letter, such as n1; not needed for the only one.", default=None)
    on: str | None = given(
        "When: a day like 2026-05-31, or a time like 2026-05-31T18:30. Else now.", default=None
    )
    note: str = given("A note of your own.", default="")
    receipt: Path | None = given("A file that shows it, such as their answer.", default=None)
    addresses: tuple[str, ...] = given(
        "Which addresses it is about, such as a1; else all of the letter.", default=()
    )
    until: str | None = given("Until when they asked for more time.", default=None)


@dataclass(frozen=True, slots=True)
class TrackAnswer(Answer):
    """How the letter stands now, what is due, and what can be done next."""

    case: str
    notice: str
    state: str
    stands: str
    at: datetime
    receipt: str
    due: tuple[Due, ...]
    next: tuple[NextStep, ...]


@action("act.track")
def track(context: Context, request: TrackRequest) -> TrackAnswer:
    """Note what became of a letter, so that the clock knows. Nothing is sent."""
    now = context.now().astimezone(UTC)
    request = replace(request, note=several_lines(request.note, "--note"))
    with unlocked(context, writing=True) as vault:
        case = find_case(vault, request.case)
        notice = chosen_letter(case, request.notice)
        at = _when(request, notice, now)
        changed = _noted(case, notice, request, at, now)  # a slip is refused before a file is kept
        proof = ""
        receipt = one_source(request.receipt, context)
        if receipt is not None:
            case, proof = keep_receipt(context, vault, case, receipt, notice.notice, now)
            changed = _noted(case, notice, request, at, now, proof)
        keep_case(vault, changed)
    return _answer(changed, notice, at, proof, now)


def _when(request: TrackRequest, notice: Notice, now: datetime) -> datetime:
    if request.on is None:
        return now
    written = moment(notice.written).replace(hour=0, minute=0, second=0)
    return past_time(request.on, now, written)


def _noted(
    case: Case, notice: Notice, request: TrackRequest, at: datetime, now: datetime, proof: str = ""
) -> Case:
    if request.state == machine.UNDO:
        last = notice.state
        case = with_notice(case, taken_back(notice))
        return noted(case, now, _UNDONE, notice=notice.notice, state=last)
    if request.state in _EVENTS:
        facts = {"notice": notice.notice, "note": request.note, "proof": proof}
        if request.state == "more-time":
            facts["until"] = _until(request, now)
        return noted(case, at, _EVENTS[request.state], **_filled(facts))
    return stepped(
        case, notice, request.state, at, note=request.note, proof=proof, about=request.addresses
    )


def _until(request: TrackRequest, now: datetime) -> str:
    if request.until is None:
        raise TimeCannotBe(typed="", why=translate(NO_UNTIL))
    return coming_time(request.until, now).isoformat(timespec="seconds")


def stepped(
    case: Case,
    notice: Notice,
    state: str,
    at: datetime,
    *,
    note: str = "",
    proof: str = "",
    about: tuple[str, ...] = (),
) -> Case:
    """Return the case with the notice one step further, its addresses and its timeline in step.

    A picture that is back opens a closed case. Raise CannotBecome, TimeCannotBe.
    """
    after = moved(notice, state, at, note=note, proof=proof)
    case = with_notice(case, after)
    facts = {"notice": notice.notice, "state": state, "note": note, "proof": proof}
    case = noted(case, at, _STEP, **_filled(facts))
    # "In part" says of no page which one it is, unless somebody names it.
    meant = about or (() if state == machine.PARTLY else notice.addresses)
    for address in case.addresses:
        if address.address in meant:
            case = with_address(case, _seen(address, state, at))
    if state == machine.REAPPEARED and case.state != OPEN:
        case = noted(replace(case, state=OPEN), at, "case.reopened")
    return case


def _filled(facts: dict[str, str]) -> dict[str, str]:
    return {name: said for name, said in facts.items() if said}


def _seen(address: Address, state: str, at: datetime) -> Address:
    become = {machine.REMOVED: _GONE, machine.PARTLY: _GONE, machine.REAPPEARED: _THERE}.get(state)
    if become is None:
        return address
    return replace(address, state=become, seen=at.isoformat(timespec="seconds"))


def _answer(case: Case, before: Notice, at: datetime, proof: str, now: datetime) -> TrackAnswer:
    notice = next(each for each in case.notices if each.notice == before.notice)
    awaited = tuple(each for each in due(case, now) if each.notice == notice.notice)
    return TrackAnswer(
        case.case,
        notice.notice,
        notice.state,
        translate(STATES[notice.state]),
        at,
        proof,
        awaited,
        next_steps(case, notice, now),
    )
