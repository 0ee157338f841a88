"""The steps that take everything along: what, where to, checked, which traces, and gone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from starlette.responses import Response

from stillmine.app.jobs import Job
from stillmine.app.settings import Settings
from stillmine.errors import StillmineError
from stillmine.journeys.known import FOLDER, WHAT_ALONG
from stillmine.journeys.taking_along import TakenAlong, take_away, take_backup, take_files
from stillmine.messages.pages_journeys import BEGIN
from stillmine.messages.pages_taking import CARRY, GONE, OVER, TRACES, WHAT, WHERE_TO
from stillmine.web.journeying import Trip, place_of
from stillmine.web.showing import onward, say_text, trouble

_NOTE = "taken-along"
_RESTORE = "stillmine keep backup restore {place}"
_OFF = "stillmine watch schedule off"
_OURSELVES = ("browser", "files", "program", "shell", "backups", "people", "disk", "watched")


def what(trip: Trip) -> Response:
    """Ask what to take along: sealed, plain, or nothing."""
    door, wrong = trip.visit.door, ""
    if not door.has_vault():
        if trip.visit.posted:
            return trip.onward(**{WHAT_ALONG: "nothing"})
        return trip.page("taking_none.html", words=WHAT)
    if not door.is_unlocked():
        return onward("unlock")
    if trip.visit.posted:
        answer = trip.visit.typed(WHAT_ALONG)
        if answer in ("backup", "files", "nothing"):
            return trip.onward(**{WHAT_ALONG: answer})
        wrong = say_text(BEGIN["choose_one"])
    listed: Any = door.do("keep.list", newest=1)
    facts: dict[str, Any] = {"words": WHAT, "wrong": wrong, "confirmed": listed.words_confirmed}
    return trip.page("taking_what.html", chosen=trip.answers.get(WHAT_ALONG, ""), **facts)


def where_to(trip: Trip) -> Response:
    """Ask for a folder, and write everything there beside the pages."""
    if not trip.visit.door.is_unlocked():
        return onward("unlock")
    typed, wrong = trip.answers.get(FOLDER, ""), ""
    if trip.visit.posted:
        typed = trip.visit.typed("folder")
        folder = _whole(typed)
        if folder is not None:
            return _written(trip, folder)
        wrong = say_text(WHERE_TO["whole_path"])
    facts: dict[str, Any] = {"words": WHERE_TO, "typed": typed, "wrong": wrong}
    status = 409 if wrong else 200
    plain = trip.answers.get(WHAT_ALONG) == "files"
    return trip.page("taking_where.html", status=status, plain=plain, **facts)


def _whole(typed: str) -> Path | None:
    """Return the folder; nothing where it would depend on where the program was started."""
    with suppress(RuntimeError):  # `~name` of somebody who is not there
        folder = Path(typed).expanduser()
        return folder if typed and "\0" not in typed and folder.is_absolute() else None
    return None


def _written(trip: Trip, folder: Path) -> Response:
    door = trip.visit.door
    take = take_files if trip.answers.get(WHAT_ALONG) == "files" else take_backup

    def run(job: Job) -> TakenAlong:
        return take(door.context(job=job), folder)

    door.notes.pop(_NOTE, None)
    trip.onward(**{FOLDER: str(folder)})
    there = place_of(trip.journey, "carry")
    way, step = there["way"], there["step"]
    work = door.works.start(_NOTE, run, then="journey.step", way=way, step=step)
    return onward("work", work=work.name)


def carry(trip: Trip) -> Response:
    """Say what was written and whether all of it is whole."""
    taken = _taken(trip)
    if trip.visit.posted:
        return trip.onward()
    again = place_of(trip.journey, "where-to")
    facts: dict[str, Any] = {"words": CARRY, "taken": taken, "again": again}
    restore = _RESTORE.format(place=taken.folder) if taken and taken.what == "backup" else ""
    return trip.page("taking_carry.html", restore=restore, **facts)


def _taken(trip: Trip) -> TakenAlong | None:
    """Return what was written: by this very work, or by the last one in this visit."""
    door = trip.visit.door
    work = door.works.find(trip.visit.asked("work"))
    if work is not None and isinstance(work.answer, TakenAlong):
        door.notes[_NOTE] = work.answer
    found: TakenAlong | None = door.notes.get(_NOTE)
    return found


def traces(trip: Trip) -> Response:
    """Name what this program has on this computer, and what it cannot reach."""
    if trip.visit.posted:
        return trip.onward()
    yours = [TRACES[key] for key in _OURSELVES]
    return trip.page("taking_traces.html", words=TRACES, ours=_ours(trip), yours=yours)


def _ours(trip: Trip) -> list[str]:
    door = trip.visit.door
    found = [say_text(TRACES["home"], place=str(door.home))] if door.has_vault() else []
    with suppress(StillmineError):
        shown: Any = door.do("watch.schedule.show")
        if shown.systems:
            *timers, key = shown.written
            found += [say_text(TRACES["key"], place=key)]
            found += [say_text(TRACES["timer"], place=each) for each in timers]
    return found


def gone(trip: Trip) -> Response:
    """Remove the vault, after a tick that nobody sets by accident."""
    door = trip.visit.door
    wrong, problem = "", None
    if not door.has_vault():
        return trip.page("taking_none_left.html", words=GONE)
    if not door.is_unlocked():
        return onward("unlock")
    if trip.visit.posted:
        if trip.visit.typed("yes"):
            try:
                return _removed(trip)
            except StillmineError as error:
                problem = trouble(error)
        else:
            wrong = say_text(GONE["tick_first"])
    taken = _taken(trip)
    good = str(taken.folder) if taken is not None and not taken.bad else ""
    facts: dict[str, Any] = {"words": GONE, "wrong": wrong, "problem": problem, "place": good}
    return trip.page("taking_gone.html", status=409 if wrong or problem else 200, **facts)


def _removed(trip: Trip) -> Response:
    door = trip.visit.door
    door.works.stop_all()
    answer = take_away(door.context())
    door.lock()  # what the pages knew of it goes as well
    door.settings, door.wanted = Settings(), ""
    yours = [TRACES[key] for key in _OURSELVES]
    return trip.page("taking_over.html", words=OVER, answer=answer, yours=yours, off=_OFF)


TAKING: Mapping[str, Callable[[Trip], Response]] = {
    "what": what,
    "where-to": where_to,
    "carry": carry,
    "traces": traces,
    "gone": gone,
}
