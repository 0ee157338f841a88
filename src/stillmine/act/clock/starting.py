"""Which times of laws have started for a letter, with which event, and which have not, and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from stillmine.act.case.model import Case, Event, Notice
from stillmine.act.clock import machine, terms
from stillmine.act.clock.asked import COMPLAINT, HASH, lacking, laws_of
from stillmine.act.clock.machine import moment, since
from stillmine.act.clock.terms import Term, authority_term_of, term_of
from stillmine.messages import fill, translate
from stillmine.messages.act import FIELDS
from stillmine.messages.clock import NOT_STARTED

# Events of the timeline that are no answers, and move the clock.
AUTHORITY_GAVE_NOTICE = "clock.authority-notice"
COURT_ORDERED = "clock.court-order"
MORE_TIME = "clock.more-time"
HASH_LOOKED = "clock.hash-looked"

_BEFORE_ALL = datetime.min.replace(tzinfo=UTC)
_EVENTS = {
    terms.AUTHORITY_NOTICE: AUTHORITY_GAVE_NOTICE,
    terms.COURT_ORDER: COURT_ORDERED,
}
# These times start only with a letter that has all that the law asks for.
_ONLY_WHOLE = frozenset({terms.VALID_REQUEST, terms.SAFE_HARBOUR})


@dataclass(frozen=True, slots=True)
class Start:
    """A time that has started. `not_before` is what whoever has to answer said they need."""

    term: Term
    began: datetime
    not_before: datetime = _BEFORE_ALL


@dataclass(frozen=True, slots=True)
class NotStarted:
    """A time of a law that has not started for a letter, and why in a code and in words."""

    case: str
    notice: str
    law: str
    name: str
    why: str
    said: str
    lacks: tuple[str, ...] = ()

    @property
    def lines(self) -> Iterator[str]:
        """Yield the lines that a person reads."""
        yield f"{self.name}  ({self.case} {self.notice})"
        yield f"    {self.said}"


def starts(case: Case, notice: Notice) -> tuple[tuple[Start, ...], tuple[NotStarted, ...]]:
    """Return the times of laws that started for a letter, and those that did not."""
    begun: list[Start] = []
    waiting: list[NotStarted] = []
    for found in _each(case, notice):
        if isinstance(found, Start):
            begun.append(found)
        else:
            waiting.append(found)
    return tuple(begun), tuple(waiting)


def _each(case: Case, notice: Notice) -> Iterator[Start | NotStarted]:
    if notice.channel == HASH or notice.state == machine.WITHDRAWN:
        return
    for law in laws_of(notice):
        term = term_of(law)
        if term is not None and notice.channel != COMPLAINT:
            yield _begun(case, notice, term)
        asked = notice.channel == COMPLAINT or _is_asked_first(term)
        own = authority_term_of(law)
        if own is not None and asked and (sent := since(notice, machine.SENT)):
            yield Start(own, sent, _more_time(case, notice, sent))


def _is_asked_first(term: Term | None) -> bool:
    return term is not None and term.trigger == terms.AUTHORITY_NOTICE


def _begun(case: Case, notice: Notice, term: Term) -> Start | NotStarted:
    sent = since(notice, machine.SENT)
    if term.trigger in _EVENTS:
        came = last_event(case, notice, _EVENTS[term.trigger])
        if came is None:
            return _waits(case, notice, term, term.trigger)
        return Start(term, came, _more_time(case, notice, came))
    if sent is None:
        return _waits(case, notice, term, "draft")
    if term.trigger in _ONLY_WHOLE and (gaps := lacking(notice, term.law)):
        return _waits(case, notice, term, "lacks", tuple(each.element for each in gaps))
    return Start(term, sent, _more_time(case, notice, sent))


def _waits(
    case: Case, notice: Notice, term: Term, why: str, gaps: tuple[str, ...] = ()
) -> NotStarted:
    missing = (translate(FIELDS[f"elements.{gap}"]).lower() for gap in dict.fromkeys(gaps))
    said = fill(translate(NOT_STARTED[why]), {"lacks": ", ".join(missing)})
    return NotStarted(case.case, notice.notice, term.law, term.name, why, said, gaps)


def last_event(case: Case, notice: Notice, what: str) -> datetime | None:
    """Return when something of this kind was last noted for a letter; None if it never was."""
    found = [moment(each.at) for each in _events(case, notice, what)]
    return max(found, default=None)


def _more_time(case: Case, notice: Notice, began: datetime) -> datetime:
    said = (
        moment(each.facts["until"])
        for each in _events(case, notice, MORE_TIME)
        if moment(each.at) >= began
    )
    return max(said, default=_BEFORE_ALL)


def _events(case: Case, notice: Notice, what: str) -> Iterator[Event]:
    for each in case.events:
        if each.what == what and each.facts.get("notice") == notice.notice:
            yield each
