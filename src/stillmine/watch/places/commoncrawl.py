"""The index of Common Crawl: when its visits, some weeks or months ago, saw a page."""

from __future__ import annotations

import json
import re

from stillmine.app.network.web.queries import asking
from stillmine.watch.places import typed
from stillmine.watch.places.answers import (
    MOST_ANSWER,
    NoAnswer,
    items,
    nothing,
    number,
    problem_of,
    record,
    text,
    time_of,
)
from stillmine.watch.places.gathering import Gathering, gather
from stillmine.watch.places.kind import Ask, Found, Kind, Option, Place, Problem, Reply

_NAME = "commoncrawl"
_LIST = "https://index.commoncrawl.org/collinfo.json"
_API = re.compile(r"https://index\.commoncrawl\.org/CC-MAIN-[0-9-]{1,30}-index")
_OPTIONS = {"below": Option("no", allowed=("no", "yes")), "visits": Option("3", most=30)}
_INDEX = "index"
# The index is asked by many and slow to answer: it wants to be asked seldom.
_PAUSE = 5.0
_MOST = 1000


def _check(target: str) -> str:
    return typed.address(target, kind=_NAME)


def _first(_: Place) -> tuple[Ask, ...]:
    return (Ask(_LIST, pause=_PAUSE),)


def _read(place: Place, reply: Reply) -> Found:
    if reply.ask.note == _INDEX:
        return _read_index(reply)

    def note(gathering: Gathering, answer: object) -> None:
        if not isinstance(answer, list):
            raise NoAnswer(Problem.NOT_UNDERSTOOD)
        # The newest visit stands first. Only the index itself is asked, whatever the list says.
        listed = (text(each.get("cdx-api")) for each in items(answer))
        apis = [each for each in listed if _API.fullmatch(each)]
        below = typed.chosen(place, _OPTIONS, "below") == "yes"
        for api in apis[: typed.many(place, _OPTIONS, "visits")]:
            url = asking(
                api,
                url=place.target,
                matchType="prefix" if below else "exact",
                output="json",
                fl="url,timestamp,status",
                limit=_MOST,
            )
            gathering.ask(Ask(url, pause=_PAUSE, note=_INDEX))

    return gather(reply, note)


def _read_index(reply: Reply) -> Found:
    problem = problem_of(reply)
    if reply.status == 404:
        return nothing()  # this is how the index says that it never saw the page
    if problem is not Problem.NONE:
        return nothing(problem)
    gathering = Gathering(reply)
    lines = reply.body[:MOST_ANSWER].splitlines()
    understood = 0
    for line in lines[:_MOST]:
        seen = _line(line)
        understood += bool(seen)
        page = gathering.elsewhere(text(seen.get("url")))
        gathering.exist(page, time_of(seen.get("timestamp")), status=number(seen.get("status")))
    wrong = bool(lines) and not understood
    return gathering.found(Problem.NOT_UNDERSTOOD if wrong else Problem.NONE)


def _line(line: bytes) -> dict[str, object]:
    try:
        return record(json.loads(line))
    except (ValueError, RecursionError):
        return {}


COMMONCRAWL = Kind(_NAME, _check, _first, _read, they_learn="commoncrawl", options=_OPTIONS)
