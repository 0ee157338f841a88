"""Show a leaked copy being found by looking: on a small web on this computer, put up for this."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from stillmine.app.context import Context
from stillmine.app.network.practice import Pages, practice_site
from stillmine.errors import NoRecogniser
from stillmine.imaging.drawn import draw
from stillmine.journeys.finding import copy_of_one
from stillmine.journeys.told import Told
from stillmine.watch.found import FoundRequest, found
from stillmine.watch.look import LookRequest, look
from stillmine.watch.placing.adding import AddRequest, add

_HTML = "text/html"
_STRANGER = 9006
_SIZE = (800, 600)
_FRONT = b"<title>Board</title><a href=/thread/1>one</a> <a href=/closed/2>two</a>"
_THREAD = b"<title>Thread</title><p>look<p><img src=/files/1.jpg><img src=/files/2.jpg>"
_CLOSED = b"<title>Closed</title><img src=/files/1.jpg>"
_RULES = b"User-agent: *\nDisallow: /closed/\n"


def find_by_looking(context: Context, pictures: Sequence[Path]) -> Told:
    """Put up a board with a changed copy in it, name it as a place, and look there twice.

    The page that the board closes to programs shows the copy too: nothing may be found there.
    """
    copy = copy_of_one(pictures)
    if copy is None:
        return Told(good=True, instead="found-nothing-to-see")
    # The yes is for pages on this computer, which live as long as this step. Nothing leaves it, and
    # what is answered here is thrown away with the vault.
    agreed = replace(context, agreed_to_send=True)
    with practice_site(_board(copy.jpeg)) as site:
        add(agreed, AddRequest("site", f"{site}/", ("depth=2",), name="a board", under_18="no"))
        try:
            first = look(agreed, LookRequest())
        except NoRecogniser:
            return Told(good=True, instead="found-no-recogniser")
        second = look(agreed, LookRequest(now=True))
    kept = found(context, FoundRequest()).findings
    pages = [each.page.removeprefix(site) for each in kept]
    facts: dict[str, object] = {
        "pages": first.pages,
        "pictures": first.pictures,
        "found": ", ".join(pages),
        "again": second.found,
    }
    good = pages == ["/thread/1"] and first.found == 1 and second.found == 0
    return Told(good, facts, instead="" if pages else "looked-not")


def _board(copy: bytes) -> Pages:
    return {
        "/robots.txt": ("text/plain", _RULES),
        "/": (_HTML, _FRONT),
        "/thread/1": (_HTML, _THREAD),
        "/closed/2": (_HTML, _CLOSED),
        "/files/1.jpg": ("image/jpeg", copy),
        "/files/2.jpg": ("image/jpeg", draw(_STRANGER, size=_SIZE)),
    }
