"""The first steps of journeys: the question before all, who listens, safety, where to keep."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response

from stillmine.errors import StillmineError
from stillmine.journeys.known import CASE, KEEP, UNDER_18
from stillmine.messages.pages_entry import PEOPLE
from stillmine.messages.pages_journeys import BEGIN, CHILDREN, KEEPING, LISTEN, SAFE
from stillmine.web.journeying import Trip, let_go
from stillmine.web.pages.first_question import answer_to, question
from stillmine.web.pages.people import countries, person_of
from stillmine.web.showing import say_text, trouble

_EVERYWHERE = "INT"
_QUESTION = question(BEGIN, UNDER_18)


def under_18(trip: Trip) -> Response:
    """Ask the one question that comes before everything."""
    wrong = ""
    if trip.visit.posted:
        answer = answer_to(trip.visit, _QUESTION)
        if answer:
            if answer != "no":
                let_go(trip.visit.door, trip.journey.name)  # whatever was looked at before
            return trip.onward(**{UNDER_18: answer})
        wrong = say_text(_QUESTION.needed)
    facts: dict[str, Any] = {"words": BEGIN, "question": _QUESTION, "wrong": wrong}
    chosen = trip.answers.get(UNDER_18, "")
    return trip.page("journey_under_18.html", chosen=chosen, **facts)


def children(trip: Trip) -> Response:
    """Show who helps where somebody was under 18. Nothing is opened, copied or kept."""
    if trip.visit.posted:
        return trip.onward()
    door = trip.visit.door
    at = trip.visit.asked("at") or door.country or _EVERYWHERE
    try:
        # Answered with "unsure", this action opens nothing and tells who helps.
        answer: Any = door.do("act.case.new", country=at, under_18="unsure")
    except StillmineError:
        at = _EVERYWHERE
        answer = door.do("act.case.new", country=at, under_18="unsure")
    facts: dict[str, Any] = {
        "words": CHILDREN,
        "who": PEOPLE,
        "countries": countries(),
        "at_country": "" if at == _EVERYWHERE else at,
        "advice": answer.advice,
        "is_last": trip.journey.after(trip.step, trip.answers) is None,
        "services": [person_of(each) for each in answer.services],
    }
    return trip.page("journey_children.html", **facts)


def people(trip: Trip) -> Response:
    """Say who can be talked to, before anything else is done."""
    door, wrong = trip.visit.door, None
    at = (trip.visit.asked("at") or door.country or "").upper()
    found: Any = None
    if at:
        try:
            found = door.do("act.lines", place=at)
            door.country = at
        except StillmineError as problem:
            wrong = trouble(problem)
    if trip.visit.posted:
        return trip.onward(country=door.country)
    listed = [] if found is None else found.people
    shown = [person_of(each, found.open_now, found.closed_now) for each in listed]
    facts: dict[str, Any] = {
        "words": LISTEN,
        "who": PEOPLE,
        "wrong": wrong,
        "countries": countries(),
        "at_country": at,
        "people": sorted(shown, key=lambda each: each.closed),
    }
    return trip.page("journey_people.html", **facts)


def safe(trip: Trip) -> Response:
    """Say what to think of before proof and letters."""
    if trip.visit.posted:
        return trip.onward(threats="yes" if trip.visit.typed("threats") else "")
    at = trip.answers.get("country") or _EVERYWHERE
    answer: Any = trip.visit.door.do("act.safety", country=at, threats=True)
    facts: dict[str, Any] = {"words": SAFE, "safety": answer}
    return trip.page("journey_safe.html", threats=trip.answers.get("threats", ""), **facts)


def keep(trip: Trip) -> Response:
    """Ask where to write things down: in a vault, or nowhere."""
    door, wrong = trip.visit.door, ""
    if trip.visit.posted:
        answer = trip.visit.typed(KEEP)
        if answer == "without":
            return trip.onward(**{KEEP: answer})
        if answer == "vault" and door.is_unlocked():
            return trip.onward(**{KEEP: answer, **_case(trip)})
        wrong = say_text(BEGIN["choose_one"] if not answer else KEEPING["open_first"])
    facts: dict[str, Any] = {"words": KEEPING, "wrong": wrong, "chosen": trip.answers.get(KEEP, "")}
    return trip.page("journey_keep.html", **facts)


def _case(trip: Trip) -> dict[str, str]:
    """Return the case that the journey writes to; a new one, unless it has one already."""
    known = trip.answers.get(CASE)
    if known:
        return {CASE: known}
    country = trip.answers.get("country") or trip.visit.door.country or _EVERYWHERE
    threats = bool(trip.answers.get("threats"))
    fields: dict[str, Any] = {"country": country, "under_18": "no", "threats": threats}
    answer: Any = trip.visit.door.do("act.case.new", **fields)
    return {CASE: answer.case}


BEGINNING: Mapping[str, Callable[[Trip], Response]] = {
    "under-18": under_18,
    "children": children,
    "people": people,
    "safe": safe,
    "keep": keep,
}
