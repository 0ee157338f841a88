"""Show how long platforms took to answer, as figures that point to nobody; and write them to give.

Nothing is sent. The person sees every line first, and hands the file on or does not.
"""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass
from pathlib import Path

from stillmine.act.case.store import all_cases
from stillmine.act.statistics.counting import rows_of
from stillmine.act.statistics.export_file import written
from stillmine.act.statistics.rows import Row
from stillmine.app import delivering
from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.unlocking import unlocked

KEPT = 0.9
"""How likely each line is in the file: so nobody can say of a letter that it has to be in it."""


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """Whether the lines are written to a file, or only shown."""

    to: Path | None = given("The file to write; without it they are only shown.", default=None)


@dataclass(frozen=True, slots=True)
class ExportAnswer(Answer):
    """The lines, all that is in the file, how many were left out by chance, and where it is."""

    rows: tuple[Row, ...]
    left_out: int
    file: Path | None

    @property
    def outcome(self) -> Outcome:
        """Return that nothing was found where no letter was sent yet."""
        return Outcome.DONE if self.rows or self.left_out else Outcome.NOTHING_FOUND


@action("act.statistics")
def export(context: Context, request: ExportRequest) -> ExportAnswer:
    """Show how long platforms took, in figures that point to nobody. Nothing is sent."""
    if request.to is not None:
        delivering.require_folder(request.to.parent, context)
    with unlocked(context) as vault:
        rows = rows_of(all_cases(vault), context.now())
    kept = by_chance(rows, secrets.SystemRandom())
    if request.to is not None and kept:
        delivering.give(request.to, [written(kept)], context)
    file = request.to if kept else None
    return ExportAnswer(tuple(kept), len(rows) - len(kept), file)


def by_chance(rows: list[Row], chance: random.Random) -> list[Row]:
    """Return nine in ten of the lines, drawn by chance."""
    return [row for row in rows if chance.random() < KEPT]
