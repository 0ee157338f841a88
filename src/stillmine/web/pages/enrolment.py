"""Services that see more than this program can: the list, the way to each, and how far it is."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from starlette.responses import Response

from stillmine.app.delivering import Delivery
from stillmine.app.telling.saying import in_words
from stillmine.errors import AgeNotKnown, StillmineError
from stillmine.messages.enrolling import STATES
from stillmine.messages.pages_enrolment import ENROLMENT, SERVICE
from stillmine.messages.pages_letters import LAW
from stillmine.messages.pages_vault import ADD
from stillmine.web.asking import ask
from stillmine.web.door import find_action
from stillmine.web.pages.first_question import answer_to, ask_first, question, turn_away
from stillmine.web.pages.law import shown
from stillmine.web.paths import address
from stillmine.web.routing import Needs, Page
from stillmine.web.showing import day, onward, page, say_text, trouble
from stillmine.web.visit import Visit

_QUESTION = question(ADD, "age", legend=ENROLMENT["age"], prefix="age_")
_GROWN_UP = "enrolment-nobody-under-18"
_STATES = ("begun", "done", "looked", "refused", "ended")
_LONGEST = 100
_MOST_FILE = 1 << 20
_NAME = "dates.ics"


def enrolment(visit: Visit) -> Response:
    """Ask the one question first, then list the services with how far each is."""
    missing = False
    if visit.typed("do") == "answer":
        answer = answer_to(visit, _QUESTION)
        if answer in ("yes", "unsure"):
            return _other_hands(visit, answer)
        if answer == "no":
            visit.door.notes[_GROWN_UP] = "no"
            _list(visit)  # which notes the answer, where there is a vault
            return onward("enrolment")
        missing = True
    try:
        listed = _list(visit)
    except AgeNotKnown:
        return _first(visit, missing=missing)
    if visit.asked("as") == "file":
        return _calendar(visit)
    visit.door.note_reminder_seen()
    numbers = _numbers()
    facts: dict[str, Any] = {
        "services": [_row(each, numbers[each.service]) for each in listed.services],
        "not_confirmed": ", ".join(_plain(each.fact) for each in listed.not_confirmed),
        "reminds": any(each.reminder for each in listed.services),
    }
    return page(visit, "watch_enrolment.html", words=ENROLMENT, **facts)


def _list(visit: Visit) -> Any:
    answer = visit.door.notes.get(_GROWN_UP)
    return visit.door.do("watch.enrol.list", under_18=answer, country=visit.door.country)


def _first(visit: Visit, *, missing: bool) -> Response:
    title, lede = ENROLMENT["first"], ENROLMENT["first_lede"]
    return ask_first(visit, _QUESTION, title, lede, address("rooms"), missing=missing)


def _other_hands(visit: Visit, answer: str) -> Response:
    """Say who helps where somebody was under 18. Nothing is kept, not even the answer."""
    said: Any = visit.door.do("watch.enrol.list", under_18=answer, country=visit.door.country)
    title, lede = ENROLMENT["young"], ENROLMENT["young_lede"]
    return turn_away(visit, title, lede, address("rooms"), said.helpers)


def _numbers() -> dict[str, str]:
    """Return a number for each service, which says nothing in an address."""
    from stillmine.app.telling.guides import GUIDES  # it reads the facts

    return {name: str(number) for number, name in enumerate(GUIDES, 1)}


def _row(each: Any, number: str) -> dict[str, Any]:
    reminder = each.reminder
    later = reminder is not None and not reminder.due
    at = day(reminder.at) if reminder else ""
    good_for = each.about.values.get("use_for")
    return {
        "to": address("enrol", number=number),
        "name": each.name,
        "which": each.which,
        "about": in_words("use_for", good_for.said) if good_for else "",
        "state": _state(each),
        "due": reminder.said if reminder and reminder.due else "",
        "later": say_text(ENROLMENT["later"], at=at, said=reminder.said) if later else "",
    }


def _plain(fact: str) -> str:
    """Return the name of a fact as words: what it is really called nobody could confirm."""
    return fact.rpartition("/")[2].replace("-", " ").capitalize()


def _state(each: Any) -> str:
    at = day(each.noted_at) if each.noted_at else ""
    return say_text(STATES[each.state], at=at)


def _calendar(visit: Visit) -> Response:
    """Give the reminders as a file for a calendar, made in memory; its name says nothing."""
    action, delivery = find_action("watch.enrol.list"), Delivery(_MOST_FILE)
    request = action.request(country=visit.door.country, calendar=Path(_NAME))
    with contextlib.closing(delivery):
        action.run(replace(visit.door.context(), delivery=delivery), request)
        if not delivery.files:
            return onward("enrolment")
        content = delivery.files[0].content.read()
    headers = {"Content-Disposition": f'attachment; filename="{_NAME}"'}
    return Response(content, media_type="text/calendar", headers=headers)


def service(visit: Visit) -> Response:
    """Show the way to one service, and note how far it is where that is asked for."""
    names = {number: name for name, number in _numbers().items()}
    name = names.get(visit.parts["number"])
    if name is None:
        return onward("enrolment")
    wrong: dict[str, str] = {}
    said: tuple[str, str] | None = None
    if visit.typed("do") == "forget":
        try:
            visit.door.do("watch.enrol.forget", service=name, which=visit.typed("which"))
            return onward("enrol", number=visit.parts["number"], done="forgotten")
        except StillmineError as problem:
            said = trouble(problem)
    elif visit.posted:
        wrong = _wrong(visit)
        fixed = {"service": name, "under_18": None, "country": visit.door.country}
        beside = {"watch.not-enrolled": "state"}
        form = None if wrong else ask(visit, "watch.enrol.note", fixed=fixed, beside=beside)
        if form is not None and form.answer is not None:
            return onward("enrol", number=visit.parts["number"], done="saved")
        wrong, said = (wrong, None) if form is None else (form.wrong, form.trouble)
    return _service(visit, name, wrong, said)


def _wrong(visit: Visit) -> dict[str, str]:
    wrong = {
        field: say_text(SERVICE["too_long"])
        for field in ("which", "number")
        if len(visit.typed(field)) > _LONGEST
    }
    if visit.typed("ends"):
        try:
            date.fromisoformat(visit.typed("ends"))
        except ValueError:
            wrong["ends"] = say_text(SERVICE["ends_wrong"])
    return wrong


def _service(
    visit: Visit, name: str, wrong: dict[str, str], said: tuple[str, str] | None
) -> Response:
    try:
        answer: Any = visit.door.do(
            "watch.enrol.show",
            service=name,
            under_18=visit.door.notes.get(_GROWN_UP),
            country=visit.door.country,
        )
    except AgeNotKnown:
        return onward("enrolment")
    first = answer.services[0]
    labels = {each: "looked_now" if each == "looked" else each for each in _STATES}
    facts: dict[str, Any] = {
        "name": first.service.name,
        "steps": first.steps,
        "leads_to": first.service.door,
        "part": ", ".join(first.taking_part),
        "about": shown(first.service.about),
        "standing": [_standing(each.service) for each in answer.services],
        "children": answer.children,
        "can_note": visit.door.has_vault(),
        "states": [(each, say_text(SERVICE[label])) for each, label in labels.items()],
        "typed": {field: visit.typed(field) for field in ("state", "which", "number", "ends")},
        "done": visit.asked("done") if visit.asked("done") in ("saved", "forgotten") else "",
        "law": LAW,
        "wrong": wrong,
        "trouble": said,
    }
    status = 409 if wrong or said else 200
    return page(visit, "watch_enrol.html", status=status, words=SERVICE, **facts)


def _standing(each: Any) -> dict[str, Any]:
    """Return how far it is with one address or account, as lines to read."""
    lines = [_state(each)]
    if each.looked_at:
        lines.append(say_text(SERVICE["looked"], at=day(each.looked_at)))
    if each.ends_on:
        lines.append(say_text(SERVICE["ends"], day=each.ends_on.isoformat()))
    if each.number:
        lines.append(say_text(SERVICE["number_is"], number=each.number))
    if each.reminder:
        facts = {"at": day(each.reminder.at), "said": each.reminder.said}
        due = each.reminder.due
        lines.append(each.reminder.said if due else say_text(ENROLMENT["later"], **facts))
    return {"which": each.which, "lines": lines, "noted": each.state != "none"}


ROUTES = (
    Page("enrolment", enrolment, Needs.NOTHING),
    Page("enrol", service, Needs.NOTHING),
)
