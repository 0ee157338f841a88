"""What happened in a case, the oldest first, in one line each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from stillmine.act.case.model import Case, Event, Notice
from stillmine.act.papers.report_letters import state
from stillmine.act.papers.saying import at, in_column, words
from stillmine.messages import fill, translate
from stillmine.messages.reporting import REPORT, TIMELINE
from stillmine.messages.timeline import EVENTS

_NOTE, _SENDER = "case.note", "case.sender"
_LETTERS = frozenset({"notice.written", "clock.complaint", "clock.hash-begun"})
_STEP = "clock.step"


def timeline(case: Case) -> tuple[tuple[str, str], ...]:
    """Return pairs of a time and a line, in their order.

    The case tells what it noted; what it holds and did not note is told from what it holds.
    """
    lines = [(each.at, _said(each)) for each in case.events if each.what != _SENDER]
    lines += _not_noted(case)
    in_order = sorted(dict.fromkeys(lines), key=lambda each: at(each[0]))
    return tuple((in_column(when), line) for when, line in in_order)


def without_notes(case: Case) -> Case:
    """Return the case without what the person noted for themselves."""
    return replace(
        case,
        addresses=tuple(replace(each, note="") for each in case.addresses),
        notices=tuple(
            replace(each, steps=tuple(replace(step, note="") for step in each.steps))
            for each in case.notices
        ),
        events=tuple(
            replace(each, facts={**each.facts, "note": ""})
            for each in case.events
            if each.what != _NOTE
        ),
    )


def _said(event: Event) -> str:
    facts = {**event.facts, "state": _state(event.facts.get("state", ""))}
    said = fill(translate(EVENTS.get(event.what, event.what)), facts)
    note = event.facts.get("note", "")
    return f"{said} {note}".strip() if note not in said else said


def _state(code: str) -> str:
    # An address is there or gone; all other states are those of letters.
    return words(REPORT)(code) if code in ("there", "gone", "unknown") else state(code)


def _not_noted(case: Case) -> Iterator[tuple[str, str]]:
    say = words(TIMELINE)
    if not any(each.what == "case.opened" for each in case.events):
        yield case.opened, say("opened")
    for address in case.addresses:
        if not _noted(case, "address", address.address, "address"):
            yield address.added, say("address", name=address.address)
    for proof in case.proofs:
        if not _noted(case, "proof-", proof.proof, "proof"):
            yield proof.made, say("proof", name=proof.proof)
    for notice in case.notices:
        yield from _of_letter(case, notice)


def _of_letter(case: Case, notice: Notice) -> Iterator[tuple[str, str]]:
    say = words(TIMELINE)
    facts = {"name": notice.notice, "to": notice.to}
    if not any(_noted(case, what, notice.notice, "notice") for what in _LETTERS):
        yield notice.written, say("letter", **facts)
    told = _steps(case)
    for step in notice.steps:
        if (step.at, notice.notice, step.state) not in told:
            yield step.at, say("step", state=state(step.state), **facts)


def _noted(case: Case, what: str, name: str, fact: str) -> bool:
    return any(each.what.startswith(what) and each.facts.get(fact) == name for each in case.events)


def _steps(case: Case) -> set[tuple[str, str, str]]:
    return {
        (each.at, each.facts.get("notice", ""), each.facts.get("state", ""))
        for each in case.events
        if each.what == _STEP
    }
