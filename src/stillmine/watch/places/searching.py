"""What search services have in common: words go out, pages and pictures come back."""

from __future__ import annotations

from collections.abc import Callable

from stillmine.watch.places import typed
from stillmine.watch.places.answers import NoAnswer, items, record, text
from stillmine.watch.places.gathering import Gathering
from stillmine.watch.places.kind import Place, Problem


def searched_words(place: Place) -> tuple[str, ...]:
    """Return the words that leave this computer."""
    return (place.target,)


def check_for(kind: str) -> Callable[[str], str]:
    """Return what looks at the words that were typed for a kind."""
    return lambda target: typed.words(target, kind=kind)


def results_of(answer: object) -> list[dict[str, object]]:
    """Return the results that an answer holds under that name. Raises NoAnswer."""
    results = record(answer).get("results")
    if not isinstance(results, list):
        raise NoAnswer(Problem.NOT_UNDERSTOOD)
    return items(results)


def ask_pages(gathering: Gathering, results: list[dict[str, object]]) -> None:
    """Note the pages that were found, to be looked at."""
    for each in results:
        gathering.ask_page(gathering.elsewhere(text(each.get("url"))))
