"""A board that vichan runs, by the API it has in common with 4chan."""

from __future__ import annotations

import re

from stillmine.app.network.web.references import path_of
from stillmine.watch.places import typed
from stillmine.watch.places.boards import PAUSE, THREADS, Board, read_board
from stillmine.watch.places.kind import Ask, Found, Kind, Option, Place, Reply

_NAME = "vichan"
_AS_FILE = "as-file"
# `thumb_ext` of vichan is png where nobody changed it; left empty it is that of the file.
_OPTIONS = {"previews": Option("png", allowed=("png", "jpg", "webp", "gif", _AS_FILE, "none"))}
_PAGES = re.compile(r"/(?:index\.html|catalog\.html|threads\.json|catalog\.json|[0-9]+\.html)$")


def _check(target: str) -> str:
    whole = typed.address(target, kind=_NAME)
    at = typed.folder(_PAGES.sub("/", whole.partition("?")[0]), kind=_NAME)
    if path_of(at) == "/":
        raise typed.wrong(_NAME, "board-address")
    return at


def _board(place: Place) -> Board:
    at, ending = place.target, typed.chosen(place, _OPTIONS, "previews")

    def preview(file: str, own: str) -> str:
        if ending == "none":
            return ""
        return f"{at}thumb/{file}{own if ending == _AS_FILE else f'.{ending}'}"

    return Board(
        thread=lambda post: f"{at}res/{post}.json",
        page=lambda post: f"{at}res/{post}.html",
        picture=lambda file: f"{at}src/{file}",
        preview=preview,
    )


def _first(place: Place) -> tuple[Ask, ...]:
    return (Ask(f"{place.target}threads.json", pause=PAUSE, note=THREADS),)


def _read(place: Place, reply: Reply) -> Found:
    return read_board(reply, _board(place))


VICHAN = Kind(_NAME, _check, _first, _read, they_learn="vichan", options=_OPTIONS)
