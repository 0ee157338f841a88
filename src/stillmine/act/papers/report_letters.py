"""The letters in a report: to whom, under which law, what became of them, and until when."""

from __future__ import annotations

from collections.abc import Iterator

from stillmine.act.case.model import Case, Notice
from stillmine.act.clock.starting import NotStarted, Start, starts
from stillmine.act.notices.regime import regimes
from stillmine.act.papers.document import Block, Fields, Paragraph, Table
from stillmine.act.papers.saying import at, in_column, shortened, words
from stillmine.messages.clock import STATES
from stillmine.messages.papers import PAPER
from stillmine.messages.reporting import REPORT

_SHORT_NAMES = 26  # signs, on the one page


def letters(case: Case) -> tuple[Block, ...]:
    """Return each letter with its steps and the times of laws that run for it."""
    blocks: list[Block] = [Fields(tuple(_letter(case, each))) for each in case.notices]
    return tuple(blocks) or (Paragraph(words(PAPER)("none")),)


def short_letters(case: Case, most: int) -> tuple[Block, ...]:
    """Return the newest letters, each on a line."""
    say = words(REPORT)
    shown = case.notices[-most:]
    if not shown:
        return (Paragraph(words(PAPER)("none")),)
    heads = (say("letter"), say("letter_to"), say("written_utc"), say("stands"))
    rows = tuple(
        (each.notice, shortened(each.to, _SHORT_NAMES), in_column(each.written), state(each.state))
        for each in shown
    )
    left = len(case.notices) - len(shown)
    more = (Paragraph(say("and_more", count=left), small=True),) if left else ()
    return (Table(heads, rows, (2, 8, 4, 6)), *more)


def state(code: str) -> str:
    """Return how a letter stands, in words."""
    return words(STATES)(code) if code in STATES else code


def _letter(case: Case, notice: Notice) -> Iterator[tuple[str, str]]:
    say = words(REPORT)
    titles = {each.regime: each.title for each in regimes()}
    begun, waiting = starts(case, notice)
    rows = (
        ("letter", notice.notice),
        ("letter_to", notice.to),
        ("written", at(notice.written)),
        ("under", "\n".join(titles.get(each, each) for each in notice.regimes)),
        ("concerns", ", ".join(notice.addresses)),
        ("stands", state(notice.state)),
        ("letter_steps", "\n".join(_step_lines(notice))),
        ("deadlines", "\n".join((*_begun(case, begun), *_waiting(waiting)))),
    )
    yield from ((say(name), value) for name, value in rows if value)


def _step_lines(notice: Notice) -> Iterator[str]:
    for step in notice.steps:
        note = f" ({step.note})" if step.note else ""
        yield f"{at(step.at)}: {state(step.state)}{note}"


def _begun(case: Case, begun: tuple[Start, ...]) -> Iterator[str]:
    say = words(REPORT)
    for each in begun:
        last = max(each.term.ends(each.began, case.country), each.not_before)
        yield say(
            "due_legal" if each.term.trigger else "due_authority",
            at=at(last),
            name=each.term.name,
            began=at(each.began),
            source=each.term.source,
            day=each.term.checked_on.isoformat(),
        )


def _waiting(waiting: tuple[NotStarted, ...]) -> Iterator[str]:
    for each in waiting:
        yield words(REPORT)("not_started", name=each.name, why=each.said)
