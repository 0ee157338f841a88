"""The steps for what turned up: an address or a picture, is it mine, and whose copy was it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response

from stillmine.app.jobs import Job
from stillmine.journeys.known import HAVE, MINE
from stillmine.journeys.looking_up import LookedUp, look_up
from stillmine.messages.pages_found import HAVING, PICTURE, WHOSE
from stillmine.messages.pages_journeys import BEGIN
from stillmine.web.journeying import Trip
from stillmine.web.pages.steps_working import begin_work, came_of
from stillmine.web.showing import say_text, trouble

_NOTE = "looked-up"


def have(trip: Trip) -> Response:
    """Ask what somebody has: the address of a page, or a picture."""
    wrong = ""
    if trip.visit.posted:
        answer = trip.visit.typed(HAVE)
        if answer in ("address", "picture"):
            return trip.onward(**{HAVE: answer})
        wrong = say_text(BEGIN["choose_one"])
    facts: dict[str, Any] = {"words": HAVING, "wrong": wrong}
    return trip.page("journey_have.html", chosen=trip.answers.get(HAVE, ""), **facts)


def picture(trip: Trip) -> Response:
    """Look at a picture, in memory only; then ask the person whether it is theirs."""
    wrong = ""
    if trip.visit.posted and trip.visit.typed("do") == "look":
        if trip.visit.sent.handed():
            return _looked_at(trip)
        wrong = say_text(PICTURE["none"])
    elif trip.visit.posted:
        answer = trip.visit.typed(MINE)
        if answer in ("yes", "no", "unsure"):
            return trip.onward(**{MINE: answer})
        wrong = say_text(BEGIN["choose_one"])
    found, tried = _found(trip), came_of(trip.visit)
    problem = trouble(tried.problem) if tried is not None and tried.problem else None
    facts: dict[str, Any] = {"words": PICTURE, "wrong": wrong, "found": found}
    facts |= {"problem": problem, "chosen": trip.answers.get(MINE, "")}
    return trip.page("journey_picture.html", **facts)


def _looked_at(trip: Trip) -> Response:
    door, files = trip.visit.door, trip.visit.sent.taken()

    def run(job: Job) -> LookedUp:
        return look_up(door.context(job=job, handed=files.handed()))

    return begin_work(trip, "watch.compare", run, files.close)


def _found(trip: Trip) -> LookedUp | None:
    """Return what came of looking: of this very work, or of the last one on this journey."""
    tried = came_of(trip.visit)
    if tried is not None and isinstance(tried.answer, LookedUp):
        trip.held[_NOTE] = tried.answer
    found: LookedUp | None = trip.held.get(_NOTE)
    return found


def whose(trip: Trip) -> Response:
    """Say for whom the copy was made, as far as its mark can be read."""
    if trip.visit.posted:
        return trip.onward()
    found = _found(trip)
    facts: dict[str, Any] = {"words": WHOSE, "whose": found.whose if found else None}
    return trip.page("journey_whose.html", looked=found is not None, **facts)


FOUND: Mapping[str, Callable[[Trip], Response]] = {
    "have": have,
    "picture": picture,
    "whose": whose,
}
