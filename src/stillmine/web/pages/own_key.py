"""The own key, for others to seal to: a line, a code to scan, and eight words to read out."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from starlette.responses import Response

from stillmine.app.delivering import Delivery
from stillmine.messages.pages_passing import MINE
from stillmine.web.door import find_action
from stillmine.web.routing import Page
from stillmine.web.showing import page
from stillmine.web.visit import Visit

_MOST = 1 << 20  # bytes of a code
_FILES = {"png": "image/png", "txt": "text/plain; charset=utf-8"}


def mine(visit: Visit) -> Response:
    """Show the key; a file of it is made only when it is asked for."""
    long = bool(visit.asked("long"))
    ending = visit.asked("as")
    if ending in _FILES:
        headers = {"Content-Disposition": f'attachment; filename="contact.{ending}"'}
        content = _drawn(visit, ending, long=long)
        return Response(content, media_type=_FILES[ending], headers=headers)
    answer: Any = visit.door.do("share.key", quantum_safe=long)
    return page(visit, "mine.html", words=MINE, mine=answer, long=long)


def code(visit: Visit) -> Response:
    """Return the code to scan where an `<img>` of ours asks for it."""
    if not visit.wants_picture() or visit.posted:
        return Response(b"Not found", 404, media_type="text/plain")
    content = _drawn(visit, "svg", long=bool(visit.asked("long")))
    return Response(content, media_type="image/svg+xml")


def _drawn(visit: Visit, ending: str, *, long: bool) -> bytes:
    action, delivery = find_action("share.key"), Delivery(_MOST)
    request = action.request(quantum_safe=long, save=Path(f"contact.{ending}"))
    with closing(delivery):
        action.run(replace(visit.door.context(), delivery=delivery), request)
        return delivery.files[0].content.read()


ROUTES = (
    Page("mine", mine),
    Page("mine.code", code),
)
