"""Long work that a step of a journey begins, and what came of it, said on that step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from stillmine.app.actions import Answer
from stillmine.app.jobs import Job
from stillmine.errors import NoPassphrase, NoVault, StillmineError, Stopped
from stillmine.web.journeying import WORKS, Trip, place_of
from stillmine.web.showing import onward
from stillmine.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Tried(Answer):
    """What came of work: its answer, or what stood in its way, to be said on the step itself."""

    answer: Any = None
    problem: StillmineError | None = None


def begin_work(
    trip: Trip,
    action: str,
    run: Callable[[Job], Answer],
    close: Callable[[], None] = lambda: None,
) -> Response:
    """Begin long work that leads back to this step; `close` frees what it was given."""

    def tried(job: Job) -> Answer:
        try:
            return Tried(run(job))
        except (NoPassphrase, NoVault, Stopped):
            raise
        except StillmineError as problem:
            return Tried(problem=problem)

    parts: dict[str, Any] = place_of(trip.journey, trip.step)
    asked = trip.visit.request.url.path
    work = trip.visit.door.works.start(
        action, tried, then="journey.step", close=close, asked=asked, **parts
    )
    trip.held.setdefault(WORKS, []).append(work.name)
    return onward("work", work=work.name)


def came_of(visit: Visit) -> Tried | None:
    """Return what came of the work that leads here, if the person comes from there."""
    work = visit.door.works.find(visit.asked("work"))
    return work.answer if work is not None and isinstance(work.answer, Tried) else None
