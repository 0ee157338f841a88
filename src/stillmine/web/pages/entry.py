"""The first page."""

from __future__ import annotations

from starlette.responses import Response

from stillmine.web.routing import Needs, Page
from stillmine.web.showing import page
from stillmine.web.visit import Visit


def entry(visit: Visit) -> Response:
    """Show the first page."""
    return page(visit, "entry.html")


ROUTES = (Page("entry", entry, Needs.NOTHING),)
