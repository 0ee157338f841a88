"""The step where removal is asked for: who signs, the letter field by field, that it was sent."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from stillmine.errors import StillmineError, UnknownRecipient
from stillmine.journeys.known import CASE
from stillmine.messages.clock import STATES
from stillmine.messages.pages_journeys import ASK
from stillmine.messages.visible import visible
from stillmine.web.asking import Form, ask
from stillmine.web.journeying import Trip
from stillmine.web.showing import trouble

_RECIPIENT = "to"


def asking(trip: Trip) -> Response:
    """Show the one thing that is next: who signs, then a letter, then whether it was sent."""
    name = trip.answers.get(CASE)
    if not name:
        return _without_a_case(trip)
    do = trip.visit.typed("do")
    if trip.visit.posted and do == "on":
        return trip.onward()
    wrong: dict[str, str] = {}
    problem = None
    if trip.visit.posted and do in ("sender", "sent"):
        form = _noted(trip, name, do)
        if form.answer is not None:
            return trip.stay()
        wrong, problem = form.wrong, form.trouble
    if trip.visit.posted and (do == "letter" or trip.visit.sent.first("agree")):
        form = _written(trip, name)
        aside = form.aside(trip.visit)
        if aside is not None:
            return aside
        if form.answer is not None:
            return trip.page("journey_letter.html", words=ASK, answer=form.answer, case=name)
        wrong, problem = form.wrong, form.trouble
    return _overview(trip, name, wrong, problem)


def _noted(trip: Trip, name: str, do: str) -> Form:
    if do == "sender":
        return ask(trip.visit, "act.case.sender", fixed={"case": name})
    return ask(trip.visit, "act.track", fixed={"case": name, "state": "sent"})


def _written(trip: Trip, name: str) -> Form:
    beside = {UnknownRecipient.code: _RECIPIENT}
    return ask(trip.visit, "act.notice", fixed={"case": name, "out": None}, beside=beside)


def _overview(
    trip: Trip, name: str, wrong: dict[str, str], problem: tuple[str, str] | None
) -> Response:
    case: Any = trip.visit.door.do("act.case.show", case=name)
    letters: dict[str, list[Any]] = {each.address: [] for each in case.addresses}
    # What was begun with a service for fingerprints leans on no law, and asks for no removal.
    for letter in (each for each in case.notices if each.regimes):
        for address in letter.addresses:
            letters.setdefault(address, []).append(letter)
    waiting = [each for each in case.addresses if not letters[each.address]]
    facts: dict[str, Any] = {
        "words": ASK,
        "case": case,
        "letters": letters,
        "open": waiting,
        "open_pages": [(each.address, visible(each.url)) for each in waiting],
        "states": STATES,
        "wrong": wrong,
        "problem": problem,
        "typed": trip.visit.typed,
        "signs": case.sender is not None and bool(case.sender.name),
    }
    return trip.page("journey_ask.html", **facts)


def _without_a_case(trip: Trip) -> Response:
    """Say where each platform takes reports; nothing is written down."""
    if trip.visit.posted:
        return trip.onward()
    known: Any = trip.visit.door.do("act.platforms")
    chosen, found, problem = trip.visit.asked("to"), None, None
    if chosen:
        try:
            answer: Any = trip.visit.door.do("act.platforms", name=chosen)
            found = next(iter(answer.platforms), None)
        except StillmineError as error:
            problem = trouble(error)
    names = sorted({str(each.values["name"].said) for each in known.platforms}, key=str.lower)
    facts: dict[str, Any] = {
        "words": ASK,
        "platforms": [("", ""), *((each, each) for each in names)],
    }
    return trip.page("journey_platforms.html", chosen=chosen, found=found, problem=problem, **facts)
