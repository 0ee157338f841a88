"""Long work whose trouble is told where its answer would be: the page that it leads to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from stillmine.app.actions import Answer
from stillmine.app.jobs import Job
from stillmine.errors import NoPassphrase, NoVault, StillmineError, Stopped
from stillmine.web.showing import onward
from stillmine.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Tried(Answer):
    """What came of work: its answer, or what stood in its way."""

    answer: Any = None
    problem: StillmineError | None = None


def start_trying(
    visit: Visit,
    action: str,
    run: Callable[[Job], Answer],
    *,
    then: str,
    close: Callable[[], None] = lambda: None,
    **parts: str,
) -> Response:
    """Begin long work and lead to how far it is; `then` finds what came of it with `came_of`."""
    asked = visit.request.url.path
    work = visit.door.works.start(
        action, attempt(run), then=then, close=close, asked=asked, **parts
    )
    return onward("work", work=work.name)


def attempt(run: Callable[[Job], Answer]) -> Callable[[Job], Answer]:
    """Return work that tells what stood in its way as its answer."""

    def attempted(job: Job) -> Answer:
        try:
            return Tried(run(job))
        except (NoPassphrase, NoVault, Stopped):
            raise
        except StillmineError as problem:
            return Tried(problem=problem)

    return attempted


def came_of(visit: Visit) -> Tried | None:
    """Return what came of the work that leads here, if the person comes from there."""
    name = visit.parts.get("work") or visit.asked("work")
    work = visit.door.works.find(name)
    return work.answer if work is not None and isinstance(work.answer, Tried) else None
