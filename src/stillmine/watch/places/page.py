"""One page of the web, or a board, by its address."""

from __future__ import annotations

from stillmine.watch.places import typed
from stillmine.watch.places.kind import Ask, Found, Kind, Place, Reply, Role
from stillmine.watch.places.pages import read_any_page

_NAME = "page"


def _check(target: str) -> str:
    return typed.address(target, kind=_NAME)


def _first(place: Place) -> tuple[Ask, ...]:
    return (Ask(place.target, Role.PAGE),)


def _read(_: Place, reply: Reply) -> Found:
    return read_any_page(reply)


PAGE = Kind(_NAME, _check, _first, _read, they_learn="page")
