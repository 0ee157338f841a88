"""Look at a picture that turned up: is it one of the person's own, and whose copy was it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from stillmine.app.actions import Answer, Outcome
from stillmine.app.context import Context
from stillmine.errors import CannotTrace, NoRecogniser
from stillmine.share.trace import TraceAnswer, TraceRequest, trace
from stillmine.watch.compare import CompareAnswer, CompareRequest, compare


@dataclass(frozen=True, slots=True)
class LookedUp(Answer):
    """What a picture turned out to be; `whose` is None where none of its marks could be read."""

    compared: CompareAnswer
    whose: TraceAnswer | None

    @property
    def outcome(self) -> Outcome:
        """Return whether it is one of the person's own."""
        return self.compared.outcome


def look_up(context: Context) -> LookedUp:
    """Compare what was handed over with the vault, and read the mark in it.

    Raises what `watch.compare` raises. Nothing of the picture is kept.
    """
    compared = compare(context, CompareRequest(()))
    if not compared.matches or len(context.handed) != 1:
        return LookedUp(compared, None)
    with suppress(CannotTrace, NoRecogniser):
        return LookedUp(compared, trace(context, TraceRequest(Path(context.handed[0].name))))
    return LookedUp(compared, None)
