"""Read a page of the web for any kind of place: what it shows, its frames and its styles."""

from __future__ import annotations

import re

from stillmine.watch.places.answers import nothing, problem_of
from stillmine.watch.places.gathering import Gathering
from stillmine.watch.places.kind import Ask, Found, Problem, Reply, Role
from stillmine.watch.reading import WebPage, read_page
from stillmine.watch.reading.web_page import MOST_PAGE, pictures_in_style

_MOST_FRAMES = 10
_MOST_STYLES = 5
_FRAME = "frame"
_CHARSET = re.compile(r"charset=\"?([\w.:-]{1,40})", re.IGNORECASE)
_SEEN = ("image/", "video/")


def read_any_page(reply: Reply) -> Found:
    """Return what a page shows. A picture in place of a page is what the place shows."""
    problem = problem_of(reply)
    if problem is not Problem.NONE:
        return nothing(problem)
    gathering = Gathering(reply)
    show_page(gathering, reply)
    return gathering.found()


def show_page(gathering: Gathering, reply: Reply) -> WebPage:
    """Note what a page shows, and return it; what is no page at all shows nothing else."""
    if reply.content_type.lower().startswith(_SEEN):
        gathering.show(reply.url, reply.url)
        return WebPage()
    page = read_page(reply.body, reply.url, charset=charset_of(reply))
    for each in page.pictures:
        gathering.show(each, reply.url)
    for data in page.data:
        gathering.write(data)
    for url in page.styles[:_MOST_STYLES]:
        gathering.ask(Ask(url, Role.STYLE))
    # A frame in a frame in a frame is seldom for people: one is looked into.
    if reply.ask.note != _FRAME:
        for url in page.frames[:_MOST_FRAMES]:
            gathering.ask_page(url, note=_FRAME)
    if page.cut:
        gathering.cut()
    return page


def read_style(reply: Reply) -> Found:
    """Return the pictures that a style sheet names."""
    problem = problem_of(reply)
    if problem is not Problem.NONE:
        return nothing(problem)
    gathering = Gathering(reply)
    text = reply.body[:MOST_PAGE].decode("utf-8", "replace")
    for each in pictures_in_style(text, reply.url):
        gathering.show(each, reply.url)
    return gathering.found()


def charset_of(reply: Reply) -> str:
    """Return how the server says that the text is written, if it does."""
    said = _CHARSET.search(reply.content_type[:500])
    return said[1] if said else ""
