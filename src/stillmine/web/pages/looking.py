"""The picture itself, while its veil is held: only bytes for an `<img>` of our own page."""

from __future__ import annotations

from starlette.responses import Response

from stillmine.errors import StillmineError
from stillmine.web.routing import Page
from stillmine.web.visit import Visit


def picture(visit: Visit) -> Response:
    """Return the picture where an `<img>` of ours asks for it; nobody else gets a byte."""
    from stillmine.keep.look import look_at  # it loads what decodes pictures

    if not visit.wants_picture() or visit.posted:
        return _nothing()
    try:
        seen = look_at(visit.door.context(), visit.parts["item"], visit.door.decoder())
    except StillmineError:
        seen = None  # an image can say nothing; the page of the item does
    if seen is None:
        return _nothing()
    # Nothing of it may be kept: the guard puts `no-store` on this as on everything.
    return Response(seen, media_type="image/jpeg")


def _nothing() -> Response:
    return Response(b"Not found", 404, media_type="text/plain")


ROUTES = (Page("picture", picture),)
