"""The index of the Internet Archive: when a page existed, and where its copies are shown."""

from __future__ import annotations

import re

from stillmine.app.network.web.queries import asking
from stillmine.watch.places import typed
from stillmine.watch.places.answers import NoAnswer, number, text, time_of
from stillmine.watch.places.gathering import Gathering, gather
from stillmine.watch.places.kind import Ask, Found, Kind, Option, Place, Problem, Reply

_NAME = "wayback"
_API = "https://web.archive.org/cdx/search/cdx"
_OPTIONS = {"below": Option("no", allowed=("no", "yes")), "pages": Option("2", most=20)}
_MOST = 1000
_RESUME = re.compile(r"[\x21-\x7e]{1,2000}")
_FIELDS = ["timestamp", "original", "statuscode"]


def _check(target: str) -> str:
    return typed.address(target, kind=_NAME)


def _first(place: Place) -> tuple[Ask, ...]:
    return (_ask(place, 1, ""),)


def _ask(place: Place, page: int, goes_on: str) -> Ask:
    url = asking(
        _API,
        url=place.target,
        matchType="prefix" if typed.chosen(place, _OPTIONS, "below") == "yes" else "exact",
        output="json",
        fl=",".join(_FIELDS),
        collapse="digest",
        limit=_MOST,
        showResumeKey="true",
        resumeKey=goes_on,
    )
    return Ask(url, note=str(page))


def _read(place: Place, reply: Reply) -> Found:
    def note(gathering: Gathering, answer: object) -> None:
        if not isinstance(answer, list):
            raise NoAnswer(Problem.NOT_UNDERSTOOD)
        for row in answer[: _MOST + 1]:
            if isinstance(row, list) and len(row) == len(_FIELDS) and row != _FIELDS:
                _note(gathering, row)
        goes_on = _goes_on(answer)
        page = number(reply.ask.note)
        if goes_on and 0 < page < typed.many(place, _OPTIONS, "pages"):
            gathering.ask(_ask(place, page + 1, goes_on))

    return gather(reply, note)


def _note(gathering: Gathering, row: list[object]) -> None:
    page = gathering.elsewhere(text(row[1]))
    at = time_of(row[0])
    copy = f"https://web.archive.org/web/{text(row[0])}/{page}" if page and at else ""
    gathering.exist(page, at, status=number(row[2]), copy=copy)


def _goes_on(rows: list[object]) -> str:
    """Return what to go on with, which stands behind an empty row."""
    last = rows[-1] if len(rows) > 2 and rows[-2] == [] else None
    key = text(last[0]) if isinstance(last, list) and len(last) == 1 else ""
    return key if _RESUME.fullmatch(key) else ""


WAYBACK = Kind(_NAME, _check, _first, _read, they_learn="wayback", options=_OPTIONS)
