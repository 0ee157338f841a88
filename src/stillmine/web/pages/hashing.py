"""Lead to the service that lets platforms look for the pictures themselves, and note how it is."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from stillmine.errors import StillmineError
from stillmine.messages.pages_journeys import HASHES
from stillmine.messages.pages_letters import HASHING
from stillmine.web.pages.case import case_of
from stillmine.web.routing import Page
from stillmine.web.showing import onward, page, trouble
from stillmine.web.visit import Visit


def hashes(visit: Visit) -> Response:
    """Show the way to the service; note the case number, or that somebody looked."""
    case, wrong = case_of(visit), None
    if visit.posted:
        looked = visit.typed("do") == "looked"
        more: dict[str, Any] = {} if looked else {"number": visit.typed("number") or None}
        fields: dict[str, Any] = {"service": "stopncii", "case": case.case, "looked": looked}
        try:
            visit.door.do("act.hash-service", **fields, **more)
            return onward("case", case=case.case, saved="1")
        except StillmineError as problem:
            wrong = trouble(problem)
    # Without the case nothing is noted: whoever only reads has not begun.
    fields = {"service": "stopncii", "under_18": "no"}
    guide: Any = visit.door.do("act.hash-service", **fields)
    begun = any(each.to == guide.about[0].values["name"].said for each in case.notices)
    facts: dict[str, Any] = {"case": case.case, "guide": guide, "begun": begun, "wrong": wrong}
    status = 409 if wrong else 200
    return page(visit, "case_hashes.html", status=status, words=HASHES, more=HASHING, **facts)


ROUTES = (Page("case.hashes", hashes),)
