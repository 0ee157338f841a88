"""Say whether a place may be looked at: only the person's own words, no search in disguise."""

from __future__ import annotations

from stillmine.errors import SearchPage, WordsNotProven, WordsRefused, WrongPlace
from stillmine.watch.names.own_name import Names
from stillmine.watch.names.requiring import require_own_among
from stillmine.watch.names.search_pages import require_place_among
from stillmine.watch.places.kind import Place
from stillmine.watch.places.kinds import kind_of

_WEB = ("https://", "http://")


def require_may_be_looked_at(names: Names, place: Place) -> None:
    """Raise WordsNotProven, WordsRefused or SearchPage for what could be a search for others."""
    require_own_among(names, kind_of(place.kind).words(place))
    if place.target.startswith(_WEB):
        require_place_among(names, place.target)


def may_be_looked_at(names: Names, place: Place) -> bool:
    """Say the same of a place that was chosen before: its words may be the person's no more."""
    try:
        require_may_be_looked_at(names, place)
    except (SearchPage, WordsNotProven, WordsRefused, WrongPlace):
        return False
    return True
