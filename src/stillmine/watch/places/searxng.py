"""The person's own SearXNG, which asks many search engines: pictures, and pages to look at."""

from __future__ import annotations

import re

from stillmine.app.network.web.queries import asking
from stillmine.watch.places import typed
from stillmine.watch.places.answers import nothing, text
from stillmine.watch.places.gathering import Gathering, gather
from stillmine.watch.places.kind import Ask, Found, Kind, Option, Place, Problem, Reply
from stillmine.watch.places.searching import check_for, results_of, searched_words

_NAME = "searxng"
_HERE = re.compile(r"(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)")
_BOTH = "images+general"
_OPTIONS = {
    "at": Option(""),
    "look-for": Option(_BOTH, allowed=("images", "general", _BOTH)),
    "pages": Option("1", most=5),
}


def _first(place: Place) -> tuple[Ask, ...]:
    # A SearXNG of somebody else would learn the words, and most refuse: so none is ever guessed.
    if not place.options.get("at"):
        raise typed.wrong(_NAME, "own-searxng")
    at = _at(place)
    return tuple(
        Ask(_url(place, at, category, 1), note=f"{category} 1", at_home=True)
        for category in typed.chosen(place, _OPTIONS, "look-for").split("+")
    )


def _at(place: Place) -> str:
    """Return where the person's SearXNG is; on this very computer it has no certificate."""
    typed_at = place.options["at"].strip()
    here = _HERE.match(typed_at) is not None
    return typed.folder(f"http://{typed_at}" if here else typed_at, kind=_NAME)


def _url(place: Place, at: str, category: str, page: int) -> str:
    return asking(
        f"{at}search",
        q=place.target,
        format="json",
        categories=category,
        safesearch=0,
        pageno=page,
    )


def _read(place: Place, reply: Reply) -> Found:
    if reply.status == 403:
        # `search.formats` of a fresh SearXNG is HTML alone.
        return nothing(Problem.NO_JSON)
    found = gather(reply, _note)
    category, _, page = reply.ask.note.partition(" ")
    if not found.problem.value and (found.shown or found.more) and page.isdecimal():
        following = int(page[:3]) + 1
        if category in {"images", "general"} and following <= typed.many(place, _OPTIONS, "pages"):
            at = _at(place)
            note = f"{category} {following}"
            ask = Ask(_url(place, at, category, following), note=note, at_home=True)
            return found._replace(more=(*found.more, ask))
    return found


def _note(gathering: Gathering, answer: object) -> None:
    for each in results_of(answer):
        page = gathering.elsewhere(text(each.get("url")))
        picture = gathering.elsewhere(text(each.get("img_src")))
        preview = gathering.elsewhere(text(each.get("thumbnail_src")))
        preview = preview or gathering.elsewhere(text(each.get("thumbnail")))
        gathering.show(picture, page, preview=preview)
        if not picture:
            gathering.ask_page(page)


SEARXNG = Kind(
    _NAME,
    check_for(_NAME),
    _first,
    _read,
    they_learn="searxng",
    options=_OPTIONS,
    own=True,
    words=searched_words,
)
