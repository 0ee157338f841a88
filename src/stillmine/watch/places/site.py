"""A section of a site: its pages are followed, within bounds, and never beyond the section."""

from __future__ import annotations

import re

from stillmine.app.network.web.references import evenly_escaped, host_of, path_of
from stillmine.watch.places import typed
from stillmine.watch.places.answers import nothing, problem_of
from stillmine.watch.places.gathering import Gathering
from stillmine.watch.places.kind import Ask, Found, Kind, Option, Place, Problem, Reply
from stillmine.watch.places.pages import show_page

_NAME = "site"
_OPTIONS = {"depth": Option("3", most=10), "pages": Option("200", most=5000)}
_NO_PAGE = re.compile(
    r"\.(?:css|js|mjs|json|xml|txt|ico|svg|woff2?|ttf|exe|msi|dmg|apk|iso|pdf|mp3|ogg|wav|flac)$",
    re.IGNORECASE,
)


def _check(target: str) -> str:
    return typed.address(target, kind=_NAME)


def _first(place: Place) -> tuple[Ask, ...]:
    return (Ask(place.target, note="0"),)


def _read(place: Place, reply: Reply) -> Found:
    problem = problem_of(reply)
    if problem is not Problem.NONE:
        return nothing(problem)
    gathering = Gathering(reply)
    page = show_page(gathering, reply)
    depth = int(reply.ask.note) if re.fullmatch(r"[0-9]{1,2}", reply.ask.note) else 99
    # Where the site sent us elsewhere, that page is looked at, but nothing there is followed.
    if depth >= typed.many(place, _OPTIONS, "depth") or not in_section(place.target, reply.url):
        return gathering.found()
    for url in filter(None, (page.next, *page.links)):
        if in_section(place.target, url) and not _NO_PAGE.search(path_of(url)):
            gathering.ask(Ask(url, note=str(depth + 1)))
    return gathering.found()


def _pages(place: Place) -> int:
    return typed.many(place, _OPTIONS, "pages")


def in_section(target: str, url: str) -> bool:
    """Say whether an address lies in the section that another one begins: its host and folder.

    A step up that is written into the path (`..`, however it is escaped) is never in it.
    """
    path = evenly_escaped(path_of(url))
    begins = evenly_escaped(path_of(target)).rpartition("/")[0] + "/"
    # Sites send people from http to https, and from example.org to www.example.org.
    same_host = host_of(url).removeprefix("www.") == host_of(target).removeprefix("www.")
    climbs = ".." in re.split(r"/|%2F|\\|%5C", path, flags=re.IGNORECASE)
    return same_host and path.startswith(begins) and not climbs


SITE = Kind(_NAME, _check, _first, _read, they_learn="site", options=_OPTIONS, most_asks=_pages)
