"""The steps that write to a case: where it is, proof, letting platforms look, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response

from stillmine.errors import StillmineError
from stillmine.journeys.known import CASE
from stillmine.messages import say
from stillmine.messages.pages_journeys import HASHES, NEXT, PROOF, WHERE
from stillmine.web.asking import ask
from stillmine.web.journeying import Trip, place_of
from stillmine.web.showing import say_text, trouble

_MOST_LINES = 200
_MOST_TYPED = 100_000  # letters


def where(trip: Trip) -> Response:
    """Take the addresses where the pictures are. Nothing is fetched, and nobody is told."""
    wrong: list[str] = []
    typed = trip.visit.sent.first("addresses")[:_MOST_TYPED]
    if trip.visit.posted:
        lines = [line.strip() for line in typed.splitlines() if line.strip()]
        if trip.visit.typed("do") == "on" and not lines:
            return trip.onward()
        skipped = _added(trip, lines[:_MOST_LINES])
        wrong = [f"{each.url}: {say(each.code, {})[0]}" for each in skipped]
        if not lines:
            wrong = [say_text(WHERE["none"])]
        if not wrong:
            return trip.stay()
        typed = "\n".join(each.url for each in skipped)
    case: Any = _shown(trip)
    facts: dict[str, Any] = {"words": WHERE, "wrong": wrong, "typed": typed}
    return trip.page("journey_where.html", addresses=case.addresses, **facts)


def _added(trip: Trip, lines: list[str]) -> tuple[Any, ...]:
    if not lines:
        return ()
    name = trip.answers[CASE]
    answer: Any = trip.visit.door.do("act.case.add", case=name, addresses=tuple(lines))
    skipped: tuple[Any, ...] = answer.skipped
    return skipped


def proof(trip: Trip) -> Response:
    """Keep proof of each page before it changes: its address, or the page with pictures covered."""
    if trip.visit.posted and trip.visit.typed("do") == "on":
        return trip.onward()
    case: Any = _shown(trip)
    kept = {each.address for each in case.proofs}
    waiting = [each for each in case.addresses if each.address not in kept]
    wrong = None
    if trip.visit.posted and (trip.visit.typed("do") == "proof" or trip.visit.sent.first("agree")):
        wanted = trip.visit.typed("address")
        url = next((each.url for each in case.addresses if each.address == wanted), "")
        form = ask(
            trip.visit,
            "act.capture",
            fixed={"case": case.case, "url": url},
            then="journey.step",
            parts=place_of(trip.journey, trip.step),
        )
        aside = form.aside(trip.visit)
        if aside is not None:
            return aside
        wrong = form.trouble
    facts: dict[str, Any] = {"words": PROOF, "wrong": wrong, "waiting": waiting, "case": case}
    return trip.page("journey_proof.html", kept=kept, last=_last(trip), **facts)


def _last(trip: Trip) -> Any:
    """Return what came of the proof that was just made, if the person comes from there."""
    work = trip.visit.door.works.find(trip.visit.asked("work"))
    return None if work is None else work.answer


def hashes(trip: Trip) -> Response:
    """Lead to the service that lets platforms look for the pictures themselves."""
    case, wrong = trip.answers.get(CASE), None
    if trip.visit.posted:
        if trip.visit.typed("do") == "number" and case:
            try:
                number = trip.visit.typed("number")
                noted: dict[str, Any] = {"service": "stopncii", "case": case, "number": number}
                trip.visit.door.do("act.hash-service", **noted)
                return trip.stay(hashes="done")
            except StillmineError as problem:
                wrong = trouble(problem)
        else:
            return trip.onward()
    fields: dict[str, Any] = {"service": "stopncii", "under_18": "no"}
    answer: Any = trip.visit.door.do("act.hash-service", **fields)
    facts: dict[str, Any] = {"words": HASHES, "wrong": wrong, "guide": answer, "case": case}
    return trip.page("journey_hashes.html", done=trip.answers.get("hashes"), **facts)


def following(trip: Trip) -> Response:
    """Say what comes next, and when; the journey ends, and the case goes on."""
    if trip.visit.posted:
        return trip.onward()
    steps: tuple[Any, ...] = ()
    name = trip.answers.get(CASE)
    if name:
        answer: Any = trip.visit.door.do("act.next", case=name)
        steps = answer.steps
    return trip.page("journey_next.html", words=NEXT, steps=steps, case=name)


def _shown(trip: Trip) -> Any:
    return trip.visit.door.do("act.case.show", case=trip.answers[CASE])


OF_CASE: Mapping[str, Callable[[Trip], Response]] = {
    "where": where,
    "proof": proof,
    "hashes": hashes,
    "next": following,
}
