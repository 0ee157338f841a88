"""Files in memory: the browser saves them where the person wants, or shows them while held."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from starlette.responses import Response, StreamingResponse

from stillmine.app.sources.handed import HandedFile
from stillmine.messages.pages_inspecting import FILES
from stillmine.web.routing import Needs, Page
from stillmine.web.showing import page, say_text
from stillmine.web.visit import Visit

SIDE = 1600
"""The longest side of what is shown, in pixels."""
_PIECE = 1 << 20
_KINDS = {
    ".csv": "text/csv",
    ".html": "application/octet-stream",  # saved, and never opened as one of our own pages
    ".pdf": "application/pdf",
    ".txt": "text/plain; charset=utf-8",
}


def file(visit: Visit) -> Response:
    """Give a file to the browser, which asks where to save it."""
    found = _found(visit)
    if found is None:
        return gone(visit)
    ending = Path(found.name).suffix
    ending = ending if ending[1:].isalnum() and ending.isascii() else ""
    stem = Path(found.name).stem
    plain = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in stem)
    headers = {
        "Content-Disposition": f'attachment; filename="{plain}{ending}"',
        "Content-Length": str(found.size),
    }
    kind = _KINDS.get(ending, "application/octet-stream")
    return StreamingResponse(_pieces(found.again()), media_type=kind, headers=headers)


def _pieces(found: HandedFile) -> Iterator[bytes]:
    with closing(found.content) as content:
        while piece := content.read(_PIECE):
            yield piece


def look(visit: Visit) -> Response:
    """Return what a file shows where an `<img>` of ours asks for it; nobody else gets a byte."""
    found = _found(visit)
    if found is None or not visit.wants_picture() or visit.posted:
        return _nothing()
    with closing(found.again().content) as content:
        # Decoded in the limited child and drawn anew: no byte of a stranger reaches the browser.
        seen = visit.door.decoder().thumbnail(content, side=SIDE)
    return Response(seen, media_type="image/jpeg") if seen is not None else _nothing()


def _found(visit: Visit) -> HandedFile | None:
    number = visit.parts["number"]
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else -1
    held = visit.door.shelf.find(visit.parts["files"])
    files = held.delivery.files if held is not None else []
    return files[at] if 0 <= at < len(files) else None


def gone(visit: Visit) -> Response:
    """Say that a file is not in memory any more."""
    wrong = (say_text(FILES["gone"]), say_text(FILES["gone_next"]))
    return page(visit, "trouble.html", status=404, wrong=wrong)


def _nothing() -> Response:
    return Response(b"Not found", 404, media_type="text/plain")


ROUTES = (
    Page("file", file, Needs.NOTHING),
    Page("file.look", look, Needs.NOTHING),
)
