"""The step where removal is asked for: who signs, the letter field by field, that it was sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response

from stillmine.journeys.known import CASE
from stillmine.messages.clock import STATES
from stillmine.messages.pages_journeys import ASK
from stillmine.messages.pages_letters import LETTERS
from stillmine.messages.visible import visible
from stillmine.web.journeying import Trip
from stillmine.web.pages.case_keeping import keep_sender
from stillmine.web.pages.law import site_asked
from stillmine.web.pages.letters import hosts_of, track, write_letter

_SENDER = ("name", "mail", "role")


def asking(trip: Trip) -> Response:
    """Show the one thing that is next: who signs, then a letter, then whether it was sent."""
    name = trip.answers.get(CASE)
    if not name:
        return _without_a_case(trip)
    if not trip.visit.posted:
        return _overview(trip, name)
    do = "letter" if trip.visit.sent.first("agree") else trip.visit.typed("do")
    doing = _DO.get(do)
    return trip.onward() if doing is None else doing(trip, name)


def _signed(trip: Trip, name: str) -> Response:
    problem = keep_sender(trip.visit, name, {key: trip.visit.typed(key) for key in _SENDER})
    return trip.stay() if problem is None else _overview(trip, name, problem=problem)


def _sent(trip: Trip, name: str) -> Response:
    form = track(trip.visit, name, state="sent")
    if form.answer is not None:
        return trip.stay()
    return _overview(trip, name, form.wrong, form.trouble)


def _letter(trip: Trip, name: str) -> Response:
    form = write_letter(trip.visit, name)
    aside = form.aside(trip.visit)
    if aside is not None:
        return aside
    if form.answer is not None:
        return trip.page("journey_letter.html", words=ASK, answer=form.answer, case=name)
    return _overview(trip, name, form.wrong, form.trouble)


_DO: Mapping[str, Callable[[Trip, str], Response]] = {
    "sender": _signed,
    "sent": _sent,
    "letter": _letter,
}


def _overview(
    trip: Trip,
    name: str,
    wrong: Mapping[str, str] | None = None,
    problem: tuple[str, str] | None = None,
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
        "more": LETTERS,
        "case": case,
        "found": hosts_of(trip.visit, case, waiting[:1]),
        "letters": letters,
        "open": waiting,
        "open_pages": [(each.address, visible(each.url)) for each in waiting],
        "states": STATES,
        "wrong": wrong or {},
        "problem": problem,
        "typed": trip.visit.typed,
        "signs": case.sender is not None and bool(case.sender.name),
    }
    return trip.page("journey_ask.html", **facts)


def _without_a_case(trip: Trip) -> Response:
    """Say where each platform takes reports; nothing is written down."""
    if trip.visit.posted:
        return trip.onward()
    platforms, chosen, found = site_asked(trip.visit)
    facts: dict[str, Any] = {"platforms": platforms, "chosen": chosen, "found": found}
    return trip.page("journey_platforms.html", words=ASK, **facts)
