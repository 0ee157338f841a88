"""The search engine Mojeek, with the person's own key: pages to look at."""

from __future__ import annotations

from stillmine.app.network.web.queries import asking
from stillmine.watch.places.answers import NoAnswer, record, text
from stillmine.watch.places.gathering import Gathering, gather
from stillmine.watch.places.kind import Ask, Found, KeyGoes, Kind, Place, Problem, Reply
from stillmine.watch.places.searching import ask_pages, check_for, results_of, searched_words

_NAME = "mojeek"
_API = "https://api.mojeek.com/search"


def _first(place: Place) -> tuple[Ask, ...]:
    url = asking(_API, q=place.target, fmt="json", t=50)
    return (Ask(url, key_goes=KeyGoes.QUERY, key_name="api_key"),)


def _read(_: Place, reply: Reply) -> Found:
    return gather(reply, _note, by_key=True)


def _note(gathering: Gathering, answer: object) -> None:
    response = record(record(answer).get("response"))
    status = text(response.get("status")).upper()
    if "LIMIT" in status:
        raise NoAnswer(Problem.SPENT)
    if status.startswith("ERROR"):
        raise NoAnswer(Problem.KEY_REFUSED if "KEY" in status else Problem.REFUSED)
    ask_pages(gathering, results_of(response))


MOJEEK = Kind(
    _NAME,
    check_for(_NAME),
    _first,
    _read,
    they_learn="mojeek",
    own=True,
    words=searched_words,
    needs_key=True,
)
