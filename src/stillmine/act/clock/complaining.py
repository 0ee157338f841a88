"""Write to an authority about a letter that was not answered; and say what can be done next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from stillmine.act.case.model import Case, Notice
from stillmine.act.case.store import find_case, keep_case, next_name, noted, with_notice
from stillmine.act.clock import machine
from stillmine.act.clock.asked import COMPLAINT, HASH
from stillmine.act.clock.authorities import Authority, authorities
from stillmine.act.clock.choosing import chosen_letter
from stillmine.act.clock.complaint import Complaint, complaint
from stillmine.act.clock.due import lawful_times
from stillmine.act.papers.giving import give, require_place
from stillmine.act.papers.letter import letter_document
from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked
from stillmine.errors import NoAuthority

_WRITTEN = "clock.complaint"


@dataclass(frozen=True, slots=True)
class ComplainRequest:
    """About which letter, to which authority, and where to write it."""

    case: str = given("The case.")
    notice: str | None = given("The letter, such as n1; not needed for the only one.", default=None)
    law: str | None = given(
        "By which law, such as us/take-it-down-act; else the first that fits.", default=None
    )
    write: Path | None = given("Write it to this file: .txt or .pdf.", default=None)


@dataclass(frozen=True, slots=True)
class ComplainAnswer(Answer):
    """The letter to an authority, which is kept as a draft of the case, and where it goes.

    `early` tells that the time of the law is not over, or never began. `others` are the laws whose
    authorities could be told too. `to_fill` names what only the person can add.
    """

    case: str
    notice: str
    about: str
    to: str
    how: str
    url: str
    source: str
    checked_on: date
    early: bool
    to_fill: tuple[str, ...]
    others: tuple[str, ...]
    letter: tuple[Complaint, ...]
    file: Path | None = None


@action("act.complain")
def complain(context: Context, request: ComplainRequest) -> ComplainAnswer:
    """Write to the authority about a letter that was refused or not answered. Nothing is sent."""
    now = context.now().astimezone(UTC)
    if request.write is not None:
        require_place(request.write, context)
    with unlocked(context, writing=True) as vault:
        case = find_case(vault, request.case)
        notice = chosen_letter(_letters_of(case), request.notice)
        found = authorities(case, notice)
        chosen = _chosen(case, notice, found, request.law)
        written = complaint(case, notice, chosen, now)
        draft = _draft(case, notice, chosen, written, now)
        case = noted(with_notice(case, draft), now, _WRITTEN, notice=draft.notice, to=chosen.name)
        if request.write is not None:
            give(letter_document(written, dated=now), request.write, context)
        keep_case(vault, case)
    return ComplainAnswer(
        case.case,
        draft.notice,
        notice.notice,
        chosen.name,
        chosen.how,
        chosen.url,
        chosen.source,
        chosen.checked_on,
        _is_early(case, notice, chosen, now),
        written.to_fill,
        tuple(each.law.removeprefix("law/") for each in found if each != chosen),
        (written,),
        request.write,
    )


def _letters_of(case: Case) -> Case:
    """Return the case with those letters only that somebody could be complained about."""
    letters = tuple(each for each in case.notices if each.channel not in (COMPLAINT, HASH))
    return replace(case, notices=letters)


def _chosen(case: Case, notice: Notice, found: tuple[Authority, ...], law: str | None) -> Authority:
    wanted = None if law is None else "law/" + law.strip().removeprefix("law/")
    for each in found:
        if wanted in (None, each.law):
            return each
    raise NoAuthority(case=case.case, notice=notice.notice)


def _draft(
    case: Case, notice: Notice, chosen: Authority, written: Complaint, now: datetime
) -> Notice:
    """Return the draft; one about the same letter that was not sent yet is written anew."""
    facts = {"about": notice.notice, "law": chosen.law}
    same = [
        each.notice
        for each in case.notices
        if each.channel == COMPLAINT and each.state == machine.DRAFT and each.facts == facts
    ]
    return Notice(
        same[0] if same else next_name("n", (each.notice for each in case.notices)),
        chosen.name,
        now.isoformat(timespec="seconds"),
        (),
        notice.addresses,
        channel=COMPLAINT,
        text=written.whole,
        facts=facts,
    )


def _is_early(case: Case, notice: Notice, chosen: Authority, now: datetime) -> bool:
    if chosen.first or notice.state in machine.STUCK:
        return False
    times = [each for each in lawful_times(case, notice, now) if each.law == chosen.law]
    return not times or any(not each.over for each in times)
