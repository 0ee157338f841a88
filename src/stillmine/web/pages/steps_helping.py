"""The steps for two: ask before each look, look, hand over, and keep nothing unless both agree."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from starlette.responses import Response

from stillmine.errors import UnknownCase
from stillmine.journeys.consenting import LASTS, LOOKS, Together
from stillmine.journeys.known import AGREED_AT, CASE, KEEP, LOOK
from stillmine.messages.pages_helping import BEFORE, CONSENT, OVER, TOLD, WISH
from stillmine.messages.pages_journeys import BEGIN
from stillmine.web.journeying import Trip
from stillmine.web.showing import say_text

_TOGETHER = "together"
_NOTHING = "nothing"


def together(trip: Trip) -> Together:
    """Return what the two did in this visit."""
    found: Together = trip.held.setdefault(_TOGETHER, Together())
    return found


def kept_case(trip: Trip) -> str | None:
    """Return the case that both agreed to keep; None without one, or where it was forgotten."""
    name = trip.answers.get(CASE) if trip.answers.get(KEEP) == "vault" else None
    if name is None:
        return None
    try:
        trip.visit.door.do("act.case.show", case=name)
    except UnknownCase:
        trip.take(**{KEEP: "", CASE: "", AGREED_AT: ""})
        return None
    return name


def before(trip: Trip) -> Response:
    """Say what will happen, what the helper sees, and what not."""
    if trip.visit.posted:
        return trip.onward()
    return trip.page("helping_before.html", words=BEFORE)


def wish(trip: Trip) -> Response:
    """Ask what to look at next, or whether it is enough."""
    both, wrong = together(trip), ""
    if trip.visit.posted:
        answer = trip.visit.typed(LOOK)
        if answer in LOOKS:
            both.choose()
            return trip.onward(**{LOOK: answer})
        if answer == _NOTHING:
            both.choose()
            return trip.onward(**{LOOK: ""})
        wrong = say_text(BEGIN["choose_one"])
    facts: dict[str, Any] = {
        "looks": [(each, say_text(WISH[each]), say_text(WISH[f"{each}_hint"])) for each in LOOKS],
        "done": [say_text(TOLD[each.yes.look]) for each in both.looked],
        "refused": both.refused,
        "wrong": wrong,
    }
    status = 409 if wrong else 200
    return trip.page("helping_wish.html", status=status, words=WISH, **facts)


def consent(trip: Trip) -> Response:
    """Ask the person who is helped whether this one look is all right."""
    both, look, wrong = together(trip), trip.answers[LOOK], ""
    if trip.visit.posted:
        answer = trip.visit.typed("yes")
        if answer == "yes":
            both.agree(look, trip.visit.door.context().now())
            return trip.onward()
        if answer == "no":
            both.refuse()
            return trip.to("wish", **{LOOK: ""})
        wrong = say_text(CONSENT["choose"])
    facts: dict[str, Any] = {
        "what": CONSENT[f"{look}_what"],
        "sees": CONSENT[f"{look}_sees"],
        "not_": CONSENT["site_not" if look == "site" else "local_not"],
        "once": say_text(CONSENT["once"], minutes=LASTS // timedelta(minutes=1)),
        "wrong": wrong,
    }
    status = 409 if wrong else 200
    return trip.page("helping_consent.html", status=status, words=CONSENT, **facts)


def over(trip: Trip) -> Response:
    """Say what may still be on this computer, which nobody but the two can remove."""
    if trip.visit.posted:
        return trip.onward()
    case = trip.answers.get(CASE) if trip.answers.get(KEEP) == "vault" else None
    still = ("browser", "saved", "files", "stick", "copied", "memory", *(("case",) if case else ()))
    facts: dict[str, Any] = {"case": case, "still": [OVER[each] for each in still]}
    return trip.page("helping_over.html", words=OVER, **facts)


BEGINNING: Mapping[str, Callable[[Trip], Response]] = {
    "before": before,
    "wish": wish,
    "consent": consent,
    "over": over,
}
