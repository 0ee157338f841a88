"""What happened in a case, the oldest first, in one line each."""

from __future__ import annotations

from collections.abc import Iterator

from stillmine.act.case.model import Case
from stillmine.act.papers.report_letters import state
from stillmine.act.papers.saying import at, in_column, words
from stillmine.messages.reporting import TIMELINE


def timeline(case: Case) -> tuple[tuple[str, str], ...]:
    """Return pairs of a time and a line, in their order; what bears no time comes first."""
    lines = sorted(dict.fromkeys(_lines(case)), key=lambda each: at(each[0]))
    return tuple((in_column(when), line) for when, line in lines)


def _lines(case: Case) -> Iterator[tuple[str, str]]:
    say = words(TIMELINE)
    yield case.opened, say("opened")
    for address in case.addresses:
        yield address.added, say("address", name=address.address)
    for proof in case.proofs:
        yield proof.made, say("proof", name=proof.proof)
    for notice in case.notices:
        facts = {"name": notice.notice, "to": notice.to}
        yield notice.written, say("letter", **facts)
        for step in notice.steps:
            yield step.at, say("step", state=state(step.state), **facts)
