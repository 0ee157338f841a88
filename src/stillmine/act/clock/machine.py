"""What can become of a letter, and in which order: a machine that never touches the world.

    draft ──► sent ──► acknowledged ──► removed ──► reappeared
               │  ▲          │            ▲             │
               │  └ silent ◄─┤            │             │
               │             ├─► partly ──┤             ▼
               │             └─► refused ─┘        any answer, or
               └──► withdrawn (the end)            sent once more

Each move is the last step of a notice. A step that was a slip is taken back and not painted over.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from stillmine.act.case.model import Notice, Step
from stillmine.errors import CannotBecome, TimeCannotBe
from stillmine.messages import translate
from stillmine.messages.clock import BEFORE_LAST, BEFORE_THAT
from stillmine.messages.clock import STATES as SAID

DRAFT = "draft"
SENT = "sent"
ACKNOWLEDGED = "acknowledged"
REMOVED = "removed"
PARTLY = "partly"
REFUSED = "refused"
SILENT = "silent"
REAPPEARED = "reappeared"
WITHDRAWN = "withdrawn"

UNDO = "undo"
STATES = (
    DRAFT,
    SENT,
    ACKNOWLEDGED,
    REMOVED,
    PARTLY,
    REFUSED,
    SILENT,
    REAPPEARED,
    WITHDRAWN,
)
# An answer is awaited, by law or by our own suggestion.
WAITING = frozenset({SENT, ACKNOWLEDGED, PARTLY})
# What was asked for is still to be seen, and the other side said or did what it would.
STUCK = frozenset({REFUSED, SILENT, REAPPEARED})

_ANSWERS = frozenset({ACKNOWLEDGED, REMOVED, PARTLY, REFUSED, SILENT})
MOVES: Mapping[str, frozenset[str]] = {
    DRAFT: frozenset({SENT, WITHDRAWN}),
    SENT: _ANSWERS | {WITHDRAWN},
    ACKNOWLEDGED: (_ANSWERS - {ACKNOWLEDGED}) | {WITHDRAWN},
    REMOVED: frozenset({PARTLY, REAPPEARED}),
    PARTLY: frozenset({SENT, REMOVED, REFUSED, SILENT, REAPPEARED, WITHDRAWN}),
    REFUSED: frozenset({SENT, ACKNOWLEDGED, REMOVED, PARTLY, WITHDRAWN}),
    SILENT: (_ANSWERS - {SILENT}) | {SENT, WITHDRAWN},
    REAPPEARED: _ANSWERS | {SENT, WITHDRAWN},
    WITHDRAWN: frozenset(),
}


def moved(notice: Notice, state: str, at: datetime, *, note: str = "", proof: str = "") -> Notice:
    """Return the notice one step further, at a moment that knows its time zone.

    Raise CannotBecome where that does not follow, TimeCannotBe where it comes before the last step.
    """
    possible = MOVES[notice.state]
    if state not in possible:
        raise CannotBecome(
            notice=notice.notice,
            now=translate(SAID[notice.state]),
            wanted=translate(SAID[state]),
            possible=", ".join(each for each in STATES if each in possible) or UNDO,
        )
    if notice.steps and at < moment(notice.steps[-1].at):
        raise TimeCannotBe(typed=at.isoformat(), why=translate(BEFORE_LAST))
    step = Step(at.isoformat(timespec="seconds"), state, note, proof)
    return replace(notice, steps=(*notice.steps, step))


def taken_back(notice: Notice) -> Notice:
    """Return the notice without its last step, which was a slip. Raise CannotBecome."""
    if not notice.steps:
        said = translate(SAID[DRAFT])
        raise CannotBecome(
            notice=notice.notice, now=said, wanted=translate(BEFORE_THAT), possible=SENT
        )
    return replace(notice, steps=notice.steps[:-1])


def moment(written: str) -> datetime:
    """Return the moment that a record of the case names."""
    return datetime.fromisoformat(written)


def since(notice: Notice, *states: str) -> datetime | None:
    """Return when the notice last came into one of these states; None if it never did."""
    found = [moment(step.at) for step in notice.steps if step.state in states]
    return found[-1] if found else None
