"""Refuse what leads to a search: no redirect, link or feed may ask one that nobody may type."""

from __future__ import annotations

from stillmine.app.network.web.queries import origin_of
from stillmine.watch.names.search_pages import known_search

SEARCH = "search"
"""The code of why something is not asked for."""


def is_search(goal: str, came_from: str) -> bool:
    """Say whether `goal` is a page of a search engine, of people, or of faces, or shows one.

    Whoever may type no such page could else have a page of their own lead there. A service that the
    person chose, such as the search of their own SearXNG, may lead on within itself.
    """
    return bool(known_search(goal)) and not (
        origin_of(goal) == origin_of(came_from) and known_search(came_from)
    )
