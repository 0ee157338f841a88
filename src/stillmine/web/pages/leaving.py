"""Leave at once, lock, and say that somebody is still there."""

from __future__ import annotations

from starlette.responses import Response

from stillmine.web.routing import Needs, Page
from stillmine.web.showing import onward
from stillmine.web.visit import Visit

_FORGET = {"clear-site-data": '"cache"'}
"""Empties what a browser keeps of pages for its Back button, too."""
_BLANK = '<!doctype html><html lang="en"><meta charset="utf-8"><title>New page</title>'


def leave(visit: Visit) -> Response:
    """Lock, let nobody in any more, and answer with an empty page. The pages then end."""
    cookie = visit.door.leave()
    headers = _FORGET | {"set-cookie": cookie}
    return Response(_BLANK, media_type="text/html", headers=headers)


def lock(visit: Visit) -> Response:
    """Lock the vault; the pages stay, and show nothing of it."""
    visit.door.works.stop_all()
    visit.door.lock()
    answer = onward("entry")
    answer.headers.update(_FORGET)
    return answer


def here(_visit: Visit) -> Response:
    """Note that somebody types or reads, which a script says now and then."""
    return Response(status_code=204)


ROUTES = (
    Page("leave", leave, Needs.NOTHING, reads=False),
    Page("lock", lock, Needs.NOTHING, reads=False),
    Page("here", here, Needs.NOTHING, reads=False),
)
