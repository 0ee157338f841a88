"""A feed (RSS or Atom), Google Alerts among them: its pictures, and the pages that it leads to."""

from __future__ import annotations

import re

from stillmine.app.network.web.queries import query_of
from stillmine.app.network.web.references import host_of, path_of
from stillmine.watch.places import typed
from stillmine.watch.places.answers import nothing, problem_of
from stillmine.watch.places.entries import Entry, read_feed
from stillmine.watch.places.gathering import Gathering
from stillmine.watch.places.kind import Ask, Found, Kind, Option, Place, Problem, Reply
from stillmine.watch.reading import WebPage, read_page

_NAME = "feed"
_OPTIONS = {"entries": Option("50", most=200), "pages": Option("1", most=10)}
_GOOGLE = re.compile(r"(?:www\.)?google\.(?:[a-z]{2,3}|com?\.[a-z]{2})")


def _check(target: str) -> str:
    return typed.address(target, kind=_NAME)


def _first(place: Place) -> tuple[Ask, ...]:
    return (Ask(place.target, note="1"),)


def _read(place: Place, reply: Reply) -> Found:
    problem = problem_of(reply)
    if problem is not Problem.NONE:
        return nothing(problem)
    feed = read_feed(reply)
    if not feed.is_one:
        return nothing(Problem.NOT_UNDERSTOOD)
    gathering = Gathering(reply)
    base = gathering.address(feed.base) or reply.url
    for entry in feed.entries[: typed.many(place, _OPTIONS, "entries")]:
        page = unwrapped(gathering.address(entry.page, base))
        show_entry(gathering, entry, page or reply.url, base)
        gathering.ask_page(page)
    at = int(reply.ask.note) if re.fullmatch(r"[0-9]{1,2}", reply.ask.note) else 99
    if at < typed.many(place, _OPTIONS, "pages"):
        gathering.ask(Ask(gathering.address(feed.next, base), note=str(at + 1)))
    return gathering.found()


def show_entry(gathering: Gathering, entry: Entry, page: str, base: str) -> WebPage:
    """Note the pictures of an entry, and return what it says, read as a page."""
    said = read_page("".join(entry.said).encode(), page, charset="utf-8")
    for picture in said.pictures:
        gathering.show(picture, page)
    for data in said.data:
        gathering.write(data)
    preview = next(filter(None, (gathering.address(each, base) for each in entry.previews)), "")
    for file in entry.files:
        gathering.show(gathering.address(file, base), page, preview=preview)
    if not entry.files and preview:
        gathering.show("", page, preview=preview)
    return said


def unwrapped(address: str) -> str:
    """Return where a link of Google Alerts leads: the page itself, so that Google is not asked."""
    if not _GOOGLE.fullmatch(host_of(address)) or path_of(address) != "/url":
        return address
    asked = query_of(address)
    return typed.read_address(asked.get("url") or asked.get("q", ""))


FEED = Kind(_NAME, _check, _first, _read, they_learn="feed", options=_OPTIONS)
