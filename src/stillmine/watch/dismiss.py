"""Put a finding aside: it is nothing, or needs no more thought. It is never reported again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from stillmine.app.actions import Answer, action, given
from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked
from stillmine.watch.keeping import KeptFinding, chosen, note
from stillmine.watch.taking_in import taken_in


@dataclass(frozen=True, slots=True)
class DismissRequest:
    """Which findings."""

    findings: tuple[str, ...] = given("The findings' numbers, or how they begin.", positional=True)
    undo: bool = given("Show them again.", default=False)


@dataclass(frozen=True, slots=True)
class DismissAnswer(Answer):
    """The findings that are put aside now, or are shown again."""

    dismissed: tuple[str, ...]
    shown_again: tuple[str, ...]


@action("watch.dismiss")
def dismiss(context: Context, request: DismissRequest) -> DismissAnswer:
    """Put findings aside for good, or with --undo show them again."""
    with unlocked(context, writing=True) as vault:
        wanted = chosen(taken_in(vault).findings, request.findings)
        note(vault, [_put_aside(each, undo=request.undo) for each in wanted])
    names = tuple(each.finding.finding for each in wanted)
    return DismissAnswer(() if request.undo else names, names if request.undo else ())


def _put_aside(kept: KeptFinding, *, undo: bool) -> KeptFinding:
    if not undo:
        return replace(kept, state="dismissed")
    return replace(kept, state="taken-up" if kept.case else "new")
