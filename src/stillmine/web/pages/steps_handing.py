"""The steps before sharing in which something is made: cover, look once more, the sealed copy."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from starlette.responses import Response

from stillmine.app.actions import Answer
from stillmine.app.jobs import Job
from stillmine.journeys.known import COVERED, FILE, HOW, ITEM, PERSON
from stillmine.messages.pages_sharing import CHECK, COVER, DONE
from stillmine.messages.pages_sharing import HOW as OPENING
from stillmine.messages.questions import QUESTIONS
from stillmine.web.door import find_action
from stillmine.web.journeying import Trip, place_of
from stillmine.web.pages.steps_sharing import how, key_of, pick, whom
from stillmine.web.pages.steps_working import begin_work, came_of
from stillmine.web.pages.vault import titled
from stillmine.web.paths import address
from stillmine.web.showing import onward, say_text, trouble

_SIDES = ("left", "top", "width", "height")
_MOST_BOXES = 200
_WORDS, _FILES = "opening-words", "files"
Typed = list[tuple[str, ...]]


def cover(trip: Trip) -> Response:
    """Ask what to cover, and cover it in a copy that the vault keeps."""
    boxes, wrong = _typed(trip), ""
    do = trip.visit.typed("do")
    if trip.visit.posted and do == "on":
        return trip.onward()
    if trip.visit.posted and do == "anew":
        return trip.stay(**{COVERED: ""})
    if trip.visit.posted:
        parts = _numbers(boxes)
        if parts:
            return _begin_to_cover(trip, parts)
        wrong = say_text(COVER["none" if not boxes else "numbers_wrong"])
    tried = came_of(trip.visit)
    if tried is not None and tried.answer is not None and not trip.visit.posted:
        trip.take(**{COVERED: tried.answer.item})
    facts: dict[str, Any] = {
        "words": COVER,
        "item": trip.answers[ITEM],
        "covered": trip.answers.get(COVERED, ""),
        "boxes": [*boxes, ("", "", "", "")],
        "count": len(boxes),
        "wrong": wrong,
        "problem": trouble(tried.problem) if tried is not None and tried.problem else None,
    }
    return trip.page("journey_cover.html", **facts)


def _typed(trip: Trip) -> Typed:
    """Return the boxes that were typed or dragged, without those that are empty."""
    columns = [trip.visit.sent.every(side)[:_MOST_BOXES] for side in _SIDES]
    rows = zip(*columns, strict=False)
    return [tuple(text.strip() for text in row) for row in rows if any(map(str.strip, row))]


def _numbers(boxes: Typed) -> list[tuple[float, ...]]:
    """Return the boxes as numbers; none at all where one of them is no box."""
    try:
        rows = [tuple(float(text.replace(",", ".")) for text in box) for box in boxes]
    except ValueError:
        return []
    return rows if all(map(_is_box, rows)) else []


def _is_box(row: tuple[float, ...]) -> bool:
    left, top, width, height = row
    inside = all(math.isfinite(each) and 0 <= each <= 100 for each in row)
    return inside and left < 100 and top < 100 and width > 0 and height > 0


def _begin_to_cover(trip: Trip, boxes: list[tuple[float, ...]]) -> Response:
    from stillmine.imaging.cover import Part  # it loads what decodes pictures
    from stillmine.journeys.covering import cover_item

    door, item = trip.visit.door, trip.answers[ITEM]
    shown: Any = door.do("keep.show", item=item)
    label = say_text(COVER["label"], label=titled(shown.label, shown.kind, shown.item))
    parts = [Part(*box) for box in boxes]

    def run(job: Job) -> Answer:
        return cover_item(door.context(job=job), item, parts, label)

    return begin_work(trip, "share.cover", run)


def check(trip: Trip) -> Response:
    """Show all that was chosen, take the last wishes, and make the sealed copy."""
    tried, door = came_of(trip.visit), trip.visit.door
    unsealed, wrong = trip.answers[HOW] == "unsealed", ""
    if trip.visit.posted:
        if not unsealed or trip.visit.typed("plain"):
            return _begin_to_make(trip)
        wrong = say_text(CHECK["tick"])
    elif tried is not None and tried.answer is not None:
        trip.held[_WORDS] = tried.answer.passphrase
        return trip.onward(**{FILE: tried.answer.made[0].file.name})
    shown: Any = door.do("keep.show", item=trip.answers[ITEM])
    advice: Any = door.do("share.channels")
    person = key_of(trip) if trip.answers[HOW] == "key" else None
    covered = say_text(CHECK["yes" if trip.answers.get(COVERED) else "no"])
    facts: dict[str, Any] = {
        "words": CHECK,
        "cover": COVER,
        "seen": trip.answers.get(COVERED) or trip.answers[ITEM],
        "facts": [
            (say_text(CHECK["picture"]), titled(shown.label, shown.kind, shown.item)),
            (say_text(CHECK["covered"]), covered),
            (say_text(CHECK["for_"]), trip.answers[PERSON]),
            (say_text(CHECK["how"]), say_text(OPENING[trip.answers[HOW]])),
        ],
        "to_compare": person if person is not None and person.compared is None else None,
        "advice": _by_way(advice.advice),
        "unsure": ", ".join(advice.not_confirmed),
        "problem": trouble(tried.problem) if tried is not None and tried.problem else None,
        "warning": say_text(QUESTIONS["handing-unsealed"]) if unsealed else "",
        "wish": trip.visit.typed("wish"),
        "unmarked": bool(trip.visit.typed("unmarked")),
        "wrong": wrong,
    }
    return trip.page("journey_check.html", status=409 if wrong else 200, **facts)


def _by_way(advice: tuple[Any, ...]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for each in advice:
        found.setdefault(each.channel, []).append(each)
    return found


def _begin_to_make(trip: Trip) -> Response:
    door, answers = trip.visit.door, trip.answers
    making = find_action("share.make")
    wish = trip.visit.typed("wish")
    held = door.shelf.hold()
    trip.held[_FILES] = held.name
    request = making.request(
        items=(answers.get(COVERED) or answers[ITEM],),
        for_=answers[PERSON],
        to=Path(),
        passphrase=answers[HOW] == "passphrase",
        page=answers[HOW] == "page",
        unsealed=answers[HOW] == "unsealed",
        unmarked=bool(trip.visit.typed("unmarked")),
        wish=(wish,) if wish else (),
    )

    def run(job: Job) -> Answer:
        return making.run(replace(door.context(job=job), delivery=held.delivery), request)

    return begin_work(trip, making.name, run)


def done(trip: Trip) -> Response:
    """Give the copy to the browser, and the words that open it, until the person goes on."""
    shelf, files = trip.visit.door.shelf, trip.held.get(_FILES, "")
    if trip.visit.posted:
        shelf.drop(files)
        return trip.onward()
    held = shelf.find(files)
    facts: dict[str, Any] = {
        "words": DONE,
        "name": trip.answers[PERSON],
        "file": trip.answers[FILE],
        "save": address("file", files=files, number=0) if held and held.made else "",
        "send": address("send", files=files),
        "how": trip.answers[HOW],
        "opening": trip.held.get(_WORDS),
    }
    return trip.page("journey_handed.html", **facts)


def _after(*needed: str) -> Callable[[Callable[[Trip], Response]], Callable[[Trip], Response]]:
    """Let a step be shown only when what it builds on was answered; else begin with that."""

    def around(show: Callable[[Trip], Response]) -> Callable[[Trip], Response]:
        def checked(trip: Trip) -> Response:
            for answer, step in _ASKED:
                if answer in needed and not trip.answers.get(answer):
                    return onward("journey.step", **place_of(trip.journey, step))
            return show(trip)

        return checked

    return around


_ASKED = ((ITEM, "pick"), (PERSON, "whom"), (HOW, "how"), (FILE, "again"))

SHARING: Mapping[str, Callable[[Trip], Response]] = {
    "pick": pick,
    "cover": _after(ITEM)(cover),
    "whom": _after(ITEM)(whom),
    "how": _after(ITEM, PERSON)(how),
    "again": _after(ITEM, PERSON, HOW)(check),
    "done": _after(ITEM, PERSON, HOW, FILE)(done),
}
