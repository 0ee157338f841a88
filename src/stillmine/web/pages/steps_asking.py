"""The step where removal is asked for: who signs, the letter field by field, that it was sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response

from stillmine.app.telling.saying import ToldFact
from stillmine.errors import AddressRefused, NotAWebAddress
from stillmine.journeys.known import CASE
from stillmine.journeys.where_to_ask import where_to_ask
from stillmine.messages.clock import STATES
from stillmine.messages.pages_journeys import ASK, HOSTS
from stillmine.messages.pages_letters import LETTERS
from stillmine.messages.visible import visible
from stillmine.web.journeying import Trip, place_of
from stillmine.web.pages.case_keeping import keep_sender
from stillmine.web.pages.case_proof import ask_host, found_hosts
from stillmine.web.pages.law import site_asked
from stillmine.web.pages.letters import hosts_of, track, write_letter
from stillmine.web.showing import say_text
from stillmine.web.visit import Visit

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
    """Say where each platform takes reports, or who runs another site; nothing is written down."""
    visit, wrong = trip.visit, ""
    platforms, chosen, found = site_asked(visit)
    if visit.posted:
        if not visit.sent.first("agree") and visit.typed("do") != "host":
            return trip.onward()
        found, wrong = _known(visit)
        if not found and not wrong:
            form = ask_host(visit, None, "journey.step", place_of(trip.journey, trip.step))
            wrong = " ".join(form.trouble or tuple(form.wrong.values()))
            aside = form.aside(visit)
            if aside is not None:
                return aside
    work = visit.door.works.find(visit.asked("work"))
    answer: Any = None if work is None else work.answer
    facts: dict[str, Any] = {
        "platforms": platforms,
        "chosen": chosen,
        "found": found,
        "hosts": HOSTS,
        "host": None if answer is None else (answer.site, found_hosts(answer)),
        "site": visit.typed("site"),
        "wrong": wrong,
    }
    return trip.page("journey_platforms.html", status=409 if wrong else 200, words=ASK, **facts)


def _known(visit: Visit) -> tuple[ToldFact | None, str]:
    """Return what is known of the site that was typed, and what is wrong with it."""
    if visit.sent.first("agree"):
        return None, ""
    try:
        return where_to_ask(visit.door.context(), visit.typed("site")).platform, ""
    except (NotAWebAddress, AddressRefused):
        return None, say_text(HOSTS["no_site"])
