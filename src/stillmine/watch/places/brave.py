"""The image search of Brave, with the person's own key (api-dashboard.search.brave.com)."""

from __future__ import annotations

from stillmine.app.network.web.queries import asking
from stillmine.watch.places.answers import record, text
from stillmine.watch.places.gathering import Gathering, gather
from stillmine.watch.places.kind import Ask, Found, KeyGoes, Kind, Place, Reply
from stillmine.watch.places.searching import check_for, results_of, searched_words

_NAME = "brave"
_API = "https://api.search.brave.com/res/v1/images/search"


def _first(place: Place) -> tuple[Ask, ...]:
    # Strict, the usual setting, would leave out the very pictures that are looked for.
    url = asking(_API, q=place.target, count=200, safesearch="off", spellcheck="false")
    return (Ask(url, key_goes=KeyGoes.HEADER, key_name="X-Subscription-Token"),)


def _read(_: Place, reply: Reply) -> Found:
    return gather(reply, _note, by_key=True)


def _note(gathering: Gathering, answer: object) -> None:
    for each in results_of(answer):
        gathering.show(
            gathering.elsewhere(text(record(each.get("properties")).get("url"))),
            gathering.elsewhere(text(each.get("url"))),
            preview=gathering.elsewhere(text(record(each.get("thumbnail")).get("src"))),
        )


BRAVE = Kind(
    _NAME,
    check_for(_NAME),
    _first,
    _read,
    they_learn="brave",
    own=True,
    words=searched_words,
    needs_key=True,
)
