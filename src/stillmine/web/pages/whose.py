"""Whose copy was it: a picture that turned up is read for its mark, in memory only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.responses import Response

from stillmine.messages.pages_found import WHOSE as FOUND
from stillmine.messages.pages_passing import WHOSE
from stillmine.share.trace import Finding
from stillmine.web.asking import ask
from stillmine.web.pages.vault import titled
from stillmine.web.routing import Page
from stillmine.web.showing import onward, page, say_counted, say_text
from stillmine.web.visit import Visit

_WHY = {Finding.NOT_FOUND: "not_found", Finding.NOBODY_TO_COMPARE: "nobody"}


def whose(visit: Visit) -> Response:
    """Take the picture that turned up; with an item, only its copies are compared."""
    item = visit.typed("item") or visit.asked("item")
    wrong = say_text(WHOSE["none"]) if visit.posted and not visit.sent.handed() else ""
    problem = None
    if visit.posted and not wrong:
        form = ask(visit, "share.trace", fixed={"file": Path()}, then="whose.told")
        if (aside := form.aside(visit)) is not None:
            return aside
        problem = form.trouble
    facts: dict[str, Any] = {"item": item, "called": _called(visit, item), "problem": problem}
    status = 409 if wrong or problem else 200
    return page(visit, "whose.html", status=status, words=WHOSE, found=FOUND, wrong=wrong, **facts)


def _called(visit: Visit, item: str) -> str:
    if not item:
        return ""
    shown: Any = visit.door.do("keep.show", item=item)
    return titled(shown.label, shown.kind, shown.item)


def told(visit: Visit) -> Response:
    """Say for whom the copy was made, or that it cannot be said; and what that does not prove."""
    answer = visit.answer()
    if answer is None:
        return onward("whose")
    said = say_text(WHOSE[_WHY[answer.verdict]]) if answer.verdict in _WHY else ""
    counted = say_counted(WHOSE["compared_one"], WHOSE["compared"], answer.compared)
    facts: dict[str, Any] = {
        "answer": answer,
        "said": said,
        "counted": counted if answer.compared else "",
        "share": round(100 * answer.used),
    }
    return page(visit, "whose_told.html", words=WHOSE, found=FOUND, **facts)


ROUTES = (
    Page("whose", whose, uploads=True),
    Page("whose.told", told),
)
