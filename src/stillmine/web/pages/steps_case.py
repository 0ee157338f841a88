"""The steps that write to a case: where it is, proof, letting platforms look, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response

from stillmine.journeys.known import CASE
from stillmine.journeys.where_to_ask import is_known
from stillmine.messages.pages_journeys import HASHES, HOSTS, NEXT, PROOF, WHERE
from stillmine.web.journeying import Trip, place_of
from stillmine.web.pages.case_keeping import write_down
from stillmine.web.pages.case_proof import ask_host, found_hosts, keep_proof
from stillmine.web.pages.hashing import guide, note_service


def where(trip: Trip) -> Response:
    """Take the addresses where the pictures are. Nothing is fetched, and nobody is told."""
    visit, typed, wrong = trip.visit, "", ""
    if visit.posted:
        if visit.typed("do") == "on" and not visit.typed("addresses"):
            return trip.onward()
        typed, wrong = write_down(visit, trip.answers[CASE])
        if not wrong:
            return trip.stay()
    facts: dict[str, Any] = {"words": WHERE, "wrong": wrong, "typed": typed}
    return trip.page("journey_where.html", addresses=_shown(trip).addresses, **facts)


def proof(trip: Trip) -> Response:
    """Keep proof of each page before it changes: its address, or the page with pictures covered."""
    if trip.visit.posted and trip.visit.typed("do") == "on":
        return trip.onward()
    case: Any = _shown(trip)
    kept = {each.address for each in case.proofs}
    waiting = [each for each in case.addresses if each.address not in kept]
    wrong = None
    if trip.visit.posted and (trip.visit.typed("do") == "proof" or trip.visit.sent.first("agree")):
        parts = place_of(trip.journey, trip.step)
        form = keep_proof(trip.visit, case, "journey.step", parts)
        aside = form.aside(trip.visit)
        if aside is not None:
            return aside
        wrong = form.trouble
    facts: dict[str, Any] = {"words": PROOF, "wrong": wrong, "waiting": waiting, "case": case}
    return trip.page("journey_proof.html", kept=kept, last=_last(trip), **facts)


def host(trip: Trip) -> Response:
    """Find out who runs the sites that are not known here, one after the other, after a yes."""
    visit, problem = trip.visit, None
    if visit.posted and visit.typed("do") == "on":
        return trip.onward()
    case = _shown(trip)
    if visit.posted:
        form = ask_host(visit, case, "journey.step", place_of(trip.journey, trip.step))
        aside = form.aside(visit)
        if aside is not None:
            return aside
        problem = form.trouble or (" ".join(form.wrong.values()), "")
    seen = {
        each.address: visit.door.do("act.host", site=each.address, case=case.case, kept=True)
        for each in case.addresses
        if not is_known(each.url)
    }
    told = [(each, _hosts(seen.get(each.address))) for each in case.addresses]
    facts: dict[str, Any] = {
        "words": HOSTS,
        "told": told,
        "waiting": [each for each, found in told if found is not None and not found[0]],
        "problem": problem,
    }
    return trip.page("journey_host.html", **facts)


def _hosts(answer: Any) -> tuple[bool, list[tuple[Any, str]]] | None:
    """Return whether a site was looked up, and whom to ask; None for a site that is known."""
    return None if answer is None else (bool(answer.looked_at), found_hosts(answer))


def _last(trip: Trip) -> Any:
    """Return what came of the proof that was just made, if the person comes from there."""
    work = trip.visit.door.works.find(trip.visit.asked("work"))
    return None if work is None else work.answer


def hashes(trip: Trip) -> Response:
    """Lead to the service that lets platforms look for the pictures themselves."""
    case, wrong = trip.answers.get(CASE), None
    if trip.visit.posted:
        if trip.visit.typed("do") != "number" or not case:
            return trip.onward()
        wrong = note_service(trip.visit, case)
        if wrong is None:
            return trip.stay(hashes="done")
    facts: dict[str, Any] = {"guide": guide(trip.visit), "wrong": wrong, "case": case}
    facts["words"] = HASHES
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
    "host": host,
    "hashes": hashes,
    "next": following,
}
