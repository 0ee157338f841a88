"""Long work on a page: how far it is, stop it, go on with it, and then its answer."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from stillmine.messages import fill, label, translate
from stillmine.messages.pages_frame import FRAME
from stillmine.messages.questions import QUESTIONS
from stillmine.messages.visible import visible
from stillmine.web.routing import Needs, Page
from stillmine.web.showing import onward, page, say_counted, say_text, size, trouble
from stillmine.web.visit import Visit
from stillmine.web.working import State, Work


def work(visit: Visit) -> Response:
    """Show how far a piece of work is; once it is done, go to the page that shows its answer."""
    found = visit.door.works.find(visit.parts["work"])
    if found is None:
        return onward("entry")
    if visit.posted:
        if visit.typed("do") == "stop":
            found.stop()
        elif visit.typed("do") == "again":
            visit.door.works.again(found)
        return onward("work", work=found.name)
    if found.state is State.DONE:
        return onward(found.then, **found.parts)
    return page(visit, "work.html", work=found, **told(found))


def state(visit: Visit) -> Response:
    """Say how far a piece of work is, for the script on its page."""
    found = visit.door.works.find(visit.parts["work"])
    return JSONResponse({"over": True} if found is None else told(found))


def told(work: Work) -> dict[str, Any]:
    """Return what is said of a piece of work. `share` is between 0 and 1, or None."""
    progress = work.progress
    heading = say_text(FRAME[f"work_{work.state.value}"]) if work.state is not State.DONE else ""
    doing, counted, left, share = "", "", "", None
    if progress is not None and not work.is_over:
        doing = label(progress.doing)
        left = time_left(progress.seconds_left)
        shown = size if progress.unit == "bytes" else str
        if progress.total:
            share = min(1.0, progress.done / progress.total)
            facts = {"done": shown(progress.done), "total": shown(progress.total)}
            counted = say_text(FRAME["work_of"], **facts)
        elif progress.done:
            counted = say_text(FRAME["work_done_so_far"], done=shown(progress.done))
    return {
        "over": work.is_over,
        "heading": heading,
        "doing": doing,
        "counted": counted,
        "left": left,
        "share": share,
        "stopping": work.job.stop_asked,
        "said": [said(key, facts) for key, facts in work.said],
        "wrong": trouble(work.error) if work.error and work.state is State.FAILED else None,
    }


def said(key: str, facts: Any) -> str:
    """Return what work announced, with its facts made plain."""
    return fill(translate(QUESTIONS[key]), {name: visible(fact) for name, fact in facts.items()})


def time_left(seconds: float | None) -> str:
    """Return how long work will still take, in words; nothing where nobody knows."""
    if seconds is None:
        return ""
    if seconds < 60:
        return say_text(FRAME["seconds_left"])
    minutes = round(seconds / 60)
    if minutes < 60:
        return say_counted(FRAME["minutes_left_one"], FRAME["minutes_left"], minutes)
    hours = round(minutes / 60)
    return say_counted(FRAME["hours_left_one"], FRAME["hours_left"], hours)


ROUTES = (
    Page("work", work, Needs.NOTHING),
    Page("work.state", state, Needs.NOTHING, uses=False),
)
