"""Lead to the service that lets platforms look for the pictures themselves, and note how it is."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from stillmine.errors import NoPassphrase, NoVault, StillmineError
from stillmine.messages.pages_journeys import HASHES
from stillmine.messages.pages_letters import HASHING
from stillmine.web.pages.case import case_of
from stillmine.web.routing import Page
from stillmine.web.showing import onward, page, trouble
from stillmine.web.visit import Visit

_SERVICE = "stopncii"


def guide(visit: Visit) -> Any:
    """Return the way to the service. Nothing is noted: whoever only reads has not begun."""
    fields: dict[str, Any] = {"service": _SERVICE, "under_18": "no"}
    return visit.door.do("act.hash-service", **fields)


def note_service(visit: Visit, case: str, *, looked: bool = False) -> tuple[str, str] | None:
    """Note the case number of a form, or that somebody looked; return what is wrong, or None."""
    more: dict[str, Any] = {} if looked else {"number": visit.typed("number") or None}
    fields: dict[str, Any] = {"service": _SERVICE, "case": case, "looked": looked}
    try:
        visit.door.do("act.hash-service", **fields, **more)
    except (NoPassphrase, NoVault):
        raise  # it was locked meanwhile
    except StillmineError as problem:
        return trouble(problem)
    return None


def hashes(visit: Visit) -> Response:
    """Show the way to the service; note the case number, or that somebody looked."""
    case, wrong = case_of(visit), None
    if visit.posted:
        wrong = note_service(visit, case.case, looked=visit.typed("do") == "looked")
        if wrong is None:
            return onward("case", case=case.case, saved="1")
    way = guide(visit)
    begun = any(each.to == way.about[0].values["name"].said for each in case.notices)
    facts: dict[str, Any] = {"case": case.case, "guide": way, "begun": begun, "wrong": wrong}
    status = 409 if wrong else 200
    return page(visit, "case_hashes.html", status=status, words=HASHES, more=HASHING, **facts)


ROUTES = (Page("case.hashes", hashes),)
