"""A board of 4chan, by its public API: exact copies are known without asking for a picture."""

from __future__ import annotations

from stillmine.watch.places import typed
from stillmine.watch.places.boards import PAUSE, THREADS, Board, read_board
from stillmine.watch.places.kind import Ask, Found, Kind, Place, Reply

_NAME = "fourchan"
_TYPED = (
    r"(?:(?:https?://)?boards\.(?:4chan|4channel)\.org/)?/?(?P<name>[a-z0-9]{1,10})"
    r"(?:/(?:catalog|archive)?)?"
)
_API, _FILES = "https://a.4cdn.org", "https://i.4cdn.org"


def _check(target: str) -> str:
    return typed.name(target, _TYPED, kind=_NAME, reason="board")


def _board(place: Place) -> Board:
    name = place.target
    return Board(
        thread=lambda post: f"{_API}/{name}/thread/{post}.json",
        page=lambda post: f"https://boards.4chan.org/{name}/thread/{post}",
        picture=lambda file: f"{_FILES}/{name}/{file}",
        preview=lambda file, _: f"{_FILES}/{name}/{file}s.jpg",
    )


def _first(place: Place) -> tuple[Ask, ...]:
    return (Ask(f"{_API}/{place.target}/threads.json", pause=PAUSE, note=THREADS),)


def _read(place: Place, reply: Reply) -> Found:
    return read_board(reply, _board(place))


FOURCHAN = Kind(_NAME, _check, _first, _read, they_learn="fourchan")
