"""The steps after looking together: what the person takes along, and whether anything is kept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from starlette.responses import Response

from stillmine.errors import NotAWebAddress, StillmineError, UnknownCountry, WrongUsage
from stillmine.journeys.consenting import Looked
from stillmine.journeys.known import AGREED_AT, CASE, KEEP, LOOK
from stillmine.journeys.where_to_ask import WhereToAsk
from stillmine.messages.pages_helping import AGREED, HAND_OVER, TOLD
from stillmine.web.journeying import Trip, let_go
from stillmine.web.pages.helping_told import as_text, part_of
from stillmine.web.pages.people import Person, countries, person_of
from stillmine.web.pages.steps_helping import kept_case, together
from stillmine.web.showing import clock, day, say_text, trouble

Wrong = dict[str, str]
_MOST_NOTED = 10_000  # signs of a note


def hand_over(trip: Trip) -> Response:
    """Show what came of it as text, and give it as a file with a name that says nothing."""
    if trip.visit.posted:
        return trip.onward()
    both, door, wrong = together(trip), trip.visit.door, None
    at = (trip.visit.asked("at") or door.country).upper()
    people: tuple[Person, ...] = ()
    if at:
        try:
            people = _people(trip, at)
            door.country = at
        except StillmineError as problem:
            wrong = trouble(problem)
    now = door.context().now()
    text = as_text(both.looked, people, now)
    if trip.visit.asked("file"):
        return _file(text, now)
    parts = [part_of(each) for each in both.looked]
    facts: dict[str, Any] = {
        "text": text,
        "done": [part.title for part in parts],
        "letters": any(part.letters for part in parts),
        "was_kept": KEEP in trip.answers,
        "countries": countries(),
        "at_country": at,
        "wrong": wrong,
    }
    return trip.page("helping_hand_over.html", words=HAND_OVER, **facts)


def _people(trip: Trip, at: str) -> tuple[Person, ...]:
    answer: Any = trip.visit.door.do("act.lines", place=at)
    return tuple(person_of(each) for each in answer.people)


def _file(text: str, now: datetime) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="notes-{day(now)}.txt"'}
    return Response(text, media_type="text/plain; charset=utf-8", headers=headers)


def agreed(trip: Trip) -> Response:
    """Ask both whether anything is kept; without two clear yeses, nothing is."""
    visit, kept = trip.visit, kept_case(trip)
    if visit.posted and kept:
        return _end(trip)
    if visit.posted and visit.typed(KEEP) == "nothing":
        return _end(trip, **{KEEP: "without"})
    wrong = _missing(trip) if visit.posted else {}
    problem = None
    if visit.posted and not wrong:
        try:
            name = _open(trip)
        except (UnknownCountry, WrongUsage) as error:
            problem = trouble(error)
        else:
            now = visit.door.context().now().isoformat(timespec="seconds")
            return _end(trip, **{KEEP: "vault", CASE: name, AGREED_AT: now})
    since = trip.answers.get(AGREED_AT, trip.progress.began)
    facts: dict[str, Any] = {
        "kept": kept,
        "since": clock(datetime.fromisoformat(since)),
        "countries": countries(),
        "typed": visit.typed,
        "at_country": visit.typed("country") or visit.door.country,
        "wrong": wrong,
        "problem": problem,
    }
    status = 409 if wrong or problem else 200
    return trip.page("helping_agreed.html", status=status, words=AGREED, **facts)


def _end(trip: Trip, **answers: str) -> Response:
    """Take all that was looked at out of memory, and go on."""
    let_go(trip.visit.door, trip.journey.name)
    return trip.onward(**answers, **{LOOK: ""})


def _missing(trip: Trip) -> Wrong:
    typed = trip.visit.typed
    if typed(KEEP) != "case":
        return {KEEP: say_text(AGREED["choose"])}
    if not trip.visit.door.is_unlocked():
        return {KEEP: say_text(AGREED["open_first"])}
    wrong = {}
    if not (typed("person_yes") and typed("helper_yes")):
        wrong["both"] = say_text(AGREED["both_needed"])
    if not typed("label"):
        wrong["label"] = say_text(AGREED["label_needed"])
    if not typed("country"):
        wrong["country"] = say_text(AGREED["country_needed"])
    return wrong


def _open(trip: Trip) -> str:
    """Open the case, and write down in it that both said yes, and what was looked at with a yes."""
    visit, looks = trip.visit, together(trip).looked
    notes = [say_text(AGREED["note"]), *map(_noted, looks)]
    fields: dict[str, Any] = {"country": visit.typed("country"), "person": visit.typed("label")}
    made: Any = visit.door.do("act.case.new", under_18="no", **fields)
    for each in notes:
        visit.door.do("act.case.note", case=made.case, text=each)
    for page in _pages(looks):
        try:
            visit.door.do("act.case.add", case=made.case, addresses=(page,))
        except NotAWebAddress:
            continue
    visit.door.country = visit.typed("country")
    return str(made.case)


def _noted(looked: Looked) -> str:
    title = say_text(TOLD[looked.yes.look])
    said = say_text(AGREED["note_look"], time=clock(looked.yes.said_at), title=title)
    return "\n".join((said, *part_of(looked).lines))[:_MOST_NOTED]


def _pages(looks: Sequence[Looked]) -> tuple[str, ...]:
    """Return the exact addresses that were asked about, once each."""
    found = (each.answer.page for each in looks if isinstance(each.answer, WhereToAsk))
    return tuple(dict.fromkeys(page for page in found if page))


HANDING: Mapping[str, Callable[[Trip], Response]] = {"hand-over": hand_over, "agreed": agreed}
