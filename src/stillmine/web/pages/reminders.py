"""What is due, as a file for a calendar: with dull names, so that it says nothing of what it is."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from stillmine.messages.pages_papers import DUE
from stillmine.web.asking import Form, ask
from stillmine.web.pages.ready import delivering, dull_name, ready
from stillmine.web.paths import address
from stillmine.web.routing import Page
from stillmine.web.showing import clock, page, say_text
from stillmine.web.visit import Visit


def due(visit: Visit) -> Response:
    """Show what is due in one case or in all, and make a calendar of it."""
    case = visit.asked("case") or None
    back = address("case", case=case) if case else address("cases")
    answer: Any = visit.door.do("act.clock", case=case)
    form: Form | None = None
    if visit.posted and answer.due:
        fixed: dict[str, Any] = {"case": case, "calendar": dull_name("ics")}
        with delivering(visit) as held:
            form = ask(visit, "act.clock", fixed=fixed, delivery=held.delivery)
        if form.answer is not None:
            return ready(visit, held, back=back)
    facts: dict[str, Any] = {
        "due": [(clock(each.at), each.left, each.said) for each in answer.due],
        "called": visit.typed("title") or say_text(DUE["called_value"]),
        "back": back,
        "problem": form.trouble if form else None,
    }
    return page(visit, "due.html", status=409 if form else 200, words=DUE, **facts)


ROUTES = (Page("due", due),)
