"""The search engine Marginalia, with the person's own key: pages of small sites to look at."""

from __future__ import annotations

from stillmine.app.network.web.queries import asking
from stillmine.watch.places.gathering import Gathering, gather
from stillmine.watch.places.kind import Ask, Found, KeyGoes, Kind, Place, Reply
from stillmine.watch.places.searching import ask_pages, check_for, results_of, searched_words

_NAME = "marginalia"
_API = "https://api2.marginalia-search.com/search"


def _first(place: Place) -> tuple[Ask, ...]:
    url = asking(_API, query=place.target, count=100, nsfw=0)
    return (Ask(url, key_goes=KeyGoes.HEADER, key_name="API-Key"),)


def _read(_: Place, reply: Reply) -> Found:
    return gather(reply, _note, by_key=True)


def _note(gathering: Gathering, answer: object) -> None:
    ask_pages(gathering, results_of(answer))


MARGINALIA = Kind(
    _NAME,
    check_for(_NAME),
    _first,
    _read,
    they_learn="marginalia",
    own=True,
    words=searched_words,
    needs_key=True,
)
