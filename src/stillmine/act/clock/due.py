"""What is due in a case, the soonest first: by a law, or by our own suggestion, never mixed up.

A time that a law gives is shown as one only where its length, its trigger and that it is in force
were confirmed, and where the trigger came. Everything else is a suggestion of ours and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from stillmine.act.case.model import Case, Notice
from stillmine.act.clock import machine
from stillmine.act.clock.asked import HASH, goes_to_authority
from stillmine.act.clock.left import left
from stillmine.act.clock.machine import moment, since
from stillmine.act.clock.starting import (
    HASH_LOOKED,
    NotStarted,
    Start,
    last_event,
    starts,
)
from stillmine.app.telling.guides import GUIDES, STOPNCII
from stillmine.messages import fill, translate
from stillmine.messages.act import FIELDS, OLD, QUOTED
from stillmine.messages.clock import BY_LAW, DUE, NOW, STATES, THEN

# Our own suggestions, no law: a few days where an answer is quick, more where people read files.
ASK_AGAIN = timedelta(days=3)
ASK_AUTHORITY_AGAIN = timedelta(days=14)
LOOK_AGAIN = timedelta(days=7)
LOOK_LATER = timedelta(days=30)
_NOW = frozenset({"send", "go-on"})


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that is due at a time, at the latest.

    `what` is a code: `answer` and `authority` are times of a law (`legal`), with the event that
    began them (`trigger`, `began`) and where the law was read; `send`, `ask-again`, `look-again`,
    `go-on`, `hash-begun` and `hash-look` are suggestions. `at` and `began` are moments in UTC.
    """

    case: str
    notice: str
    to: str
    what: str
    at: datetime
    over: bool
    left: str
    said: str
    then: str
    legal: bool
    began: datetime
    law: str = ""
    name: str = ""
    trigger: str = ""
    source: str = ""
    checked_on: date | None = None
    quote: str = ""
    read: str = ""
    note: str = ""
    language: str = "en"
    old: bool = False
    person: str = ""

    @property
    def lines(self) -> Iterator[str]:
        """Yield the lines that a person reads; times are those of this computer."""
        at = f"{self.at.astimezone():%Y-%m-%d %H:%M}"
        whose = f", {self.person}" if self.person else ""
        yield f"{at}  {self.left}  ({self.case} {self.notice}{whose}: {self.to})"
        yield f"    {self.said}"
        if self.legal:
            yield from self._law()
        yield f"    {self.then}"
        yield f"    stillmine act next --case {self.case} --notice {self.notice}"
        yield ""

    def _law(self) -> Iterator[str]:
        began = f"{self.began.astimezone():%Y-%m-%d %H:%M}"
        yield "    " + fill(translate(BY_LAW), {"name": self.name, "began": began})
        if self.quote:
            yield "    " + fill(translate(QUOTED), {"quote": self.quote})
        yield f"    {self.read}"
        if self.note:
            yield f"    {translate(FIELDS['deadline_note'])}: {self.note}"
        if self.old:
            yield "    " + fill(translate(OLD), {"day": str(self.checked_on)})


def due(case: Case, now: datetime) -> tuple[Due, ...]:
    """Return what is due in a case, the soonest first. `now` knows its time zone."""
    found = [each for notice in case.notices for each in _of_notice(case, notice, now)]
    return tuple(sorted(found, key=lambda each: (each.at, each.notice, each.law, each.what)))


def lawful_times(case: Case, notice: Notice, now: datetime) -> tuple[Due, ...]:
    """Return the times that laws gave for a letter, whatever was answered since."""
    return tuple(_legal(case, notice, each, now) for each in starts(case, notice)[0])


def not_started(case: Case) -> tuple[NotStarted, ...]:
    """Return the times of laws that did not start for letters that wait, and why."""
    awaited = machine.WAITING | {machine.DRAFT}
    every = (starts(case, each) for each in case.notices if each.state in awaited)
    return tuple(each for _begun, waiting in every for each in waiting)


def _of_notice(case: Case, notice: Notice, now: datetime) -> Iterator[Due]:
    if notice.state == machine.WITHDRAWN:
        return
    if notice.channel == HASH:
        yield from _of_hashing(case, notice, now)
        return
    if notice.state in machine.WAITING:
        yield from lawful_times(case, notice, now) or [_asking(case, notice, now)]
    else:
        yield from _own(case, notice, now)


def _legal(case: Case, notice: Notice, start: Start, now: datetime) -> Due:
    term = start.term
    at = max(term.ends(start.began, case.country), start.not_before)
    what = "answer" if term.trigger else "authority"
    return Due(
        **_shown(case, notice, what, at, now),
        legal=True,
        began=start.began,
        law=term.law,
        name=term.name,
        trigger=term.trigger,
        source=term.source,
        checked_on=term.checked_on,
        quote=term.quote,
        read=term.read,
        note=term.note,
        language=term.language,
        old=term.old(now.date()),
    )


def _asking(case: Case, notice: Notice, now: datetime) -> Due:
    wait = ASK_AUTHORITY_AGAIN if goes_to_authority(notice) else ASK_AGAIN
    began = moment(notice.steps[-1].at)
    return _suggested(case, notice, "ask-again", began, began + wait, now)


def _own(case: Case, notice: Notice, now: datetime) -> Iterator[Due]:
    if notice.state == machine.DRAFT:
        began = moment(notice.written)
        yield _suggested(case, notice, "send", began, began, now)
    elif notice.state == machine.REMOVED:
        began = moment(notice.steps[-1].at)
        yield _suggested(case, notice, "look-again", began, _look_again(case, notice, began), now)
    else:
        began = moment(notice.steps[-1].at)
        yield _suggested(case, notice, "go-on", began, began, now)


def _look_again(case: Case, notice: Notice, removed: datetime) -> datetime:
    """Return a week after it was removed, or a month after somebody last looked."""
    seen = [
        moment(each.seen)
        for each in case.addresses
        if each.address in notice.addresses and each.seen
    ]
    looked = max(seen, default=removed)
    return removed + LOOK_AGAIN if looked < removed + LOOK_AGAIN else looked + LOOK_LATER


def _of_hashing(case: Case, notice: Notice, now: datetime) -> Iterator[Due]:
    began, pace = moment(notice.written), GUIDES[STOPNCII].pace
    if notice.state == machine.DRAFT:
        yield _suggested(case, notice, "hash-begun", began, began + pace.finish, now)
    elif sent := since(notice, machine.SENT):
        looked = last_event(case, notice, HASH_LOOKED)
        at = sent + pace.first if looked is None else looked + pace.later
        yield _suggested(case, notice, "hash-look", sent, at, now)


def _suggested(
    case: Case, notice: Notice, what: str, began: datetime, at: datetime, now: datetime
) -> Due:
    return Due(**_shown(case, notice, what, at, now), legal=False, began=began)


def _shown(case: Case, notice: Notice, what: str, at: datetime, now: datetime) -> dict[str, Any]:
    facts = {"to": notice.to, "state": translate(STATES[notice.state])}
    return {
        "case": case.case,
        "notice": notice.notice,
        "person": case.person,
        "to": notice.to,
        "what": what,
        "at": at,
        "over": now > at,
        "left": translate(NOW) if what in _NOW else left(at, now),
        "said": fill(translate(DUE[what]), facts),
        "then": translate(THEN[what]),
    }
