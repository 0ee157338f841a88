"""Long work that a step of a journey begins, and what came of it, said on that step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from stillmine.app.actions import Answer
from stillmine.app.jobs import Job
from stillmine.web.journeying import WORKS, Trip, place_of
from stillmine.web.showing import onward
from stillmine.web.trying import Tried, attempt, came_of

__all__ = ["Tried", "begin_work", "came_of"]


def begin_work(
    trip: Trip,
    action: str,
    run: Callable[[Job], Answer],
    close: Callable[[], None] = lambda: None,
) -> Response:
    """Begin long work that leads back to this step; `close` frees what it was given."""
    parts: dict[str, Any] = place_of(trip.journey, trip.step)
    asked = trip.visit.request.url.path
    work = trip.visit.door.works.start(
        action, attempt(run), then="journey.step", close=close, asked=asked, **parts
    )
    trip.held.setdefault(WORKS, []).append(work.name)
    return onward("work", work=work.name)
