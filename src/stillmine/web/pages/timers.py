"""Looking by itself: what the system's timer does, with which key, when, and how it went."""

from __future__ import annotations

import re
from typing import Any

from starlette.responses import Response

from stillmine.errors import StillmineError, WrongSetting
from stillmine.messages.pages_timers import ADVICE, ALSO, EVERY, SYSTEMS, TIMER
from stillmine.web.asking import Form, ask
from stillmine.web.routing import Page
from stillmine.web.showing import clock, onward, page, say_text, trouble, trouble_of
from stillmine.web.visit import Visit

_DONE = "done"
_USUAL = "12"
_OTHERS = ("yes", "no", "unsure")
_BETWEEN = re.compile(r"[,;\s]+")


def timer(visit: Visit) -> Response:
    """Show what is scheduled and how it went; switch it off, or ask before it is switched on."""
    wrong: dict[str, str] = {}
    said: tuple[str, str] | None = None
    if visit.typed("do") == "off":
        try:
            answer: Any = visit.door.do("watch.schedule.off")
            was_there = answer.removed or answer.key_removed
            return onward("timer", done="off" if was_there else "none")
        except StillmineError as problem:
            said = trouble(problem)
    elif visit.posted:
        form = ask(visit, "watch.schedule.on", fixed={"at": _times(visit)})
        if form.answer is not None:
            return onward("timer", done="on")
        if form.agreement is not None and (plan := _plan(visit, form)) is not None:
            return _agree(visit, form, plan)
        wrong, said = form.wrong, form.trouble
    return _timer(visit, wrong, said)


def _times(visit: Visit) -> tuple[str, ...]:
    return tuple(each for each in _BETWEEN.split(visit.typed("at")) if each)


def _plan(visit: Visit, form: Form) -> Any:
    """Return what a yes would come to; None where something is wrong, which is noted."""
    from stillmine.watch.scheduling.commands import planned  # it loads what looks

    waiting = visit.door.pending.get(form.agreement.token if form.agreement else "")
    plan: Any = None
    if visit.typed("others") not in _OTHERS:
        form.wrong["others"] = say_text(TIMER["others_needed"])
    try:
        plan = planned(visit.door.home, waiting.request) if waiting else None
    except WrongSetting:
        form.wrong["at"] = say_text(TIMER["at_wrong"])
    except StillmineError as problem:
        form.trouble = trouble(problem)
    if form.wrong or form.trouble:
        visit.door.forget_pending()
        return None
    return plan


def _agree(visit: Visit, form: Form, plan: Any) -> Response:
    """Say what is safer, what is sent from now on, and show every line that will be written."""
    facts: dict[str, Any] = {
        "agreement": form.agreement,
        "advice": [say_text(each) for each in ADVICE[visit.typed("others")]],
        "pieces": [(piece.place, piece.content) for piece in plan.pieces],
        "key": str(plan.key),
        "times": ", ".join(plan.times.said),
        "also": [say_text(ALSO[each][0]) for each in plan.also],
    }
    return page(visit, "watch_timer_yes.html", words=TIMER, **facts)


def _timer(visit: Visit, wrong: dict[str, str], said: tuple[str, str] | None) -> Response:
    answer: Any = visit.door.do("watch.schedule.show")
    every, at = _chosen(answer.times) if not visit.posted else (visit.typed("every"), "")
    typed = {field: visit.typed(field) for field in ("others", "at", "with_")}
    typed |= {"every": every or _USUAL, "at": typed["at"] or at}
    also = visit.sent.every("also") if visit.posted else answer.also
    facts: dict[str, Any] = {
        "is_on": bool(answer.systems),
        "pairs": _facts(answer),
        "nothing": trouble_of(answer.code) if answer.code else None,
        "written": answer.written,
        "every": [(str(hours), say_text(text)) for hours, text in sorted(EVERY.items())],
        "also": [(name, say_text(text), say_text(hint)) for name, (text, hint) in ALSO.items()],
        "chosen": also,
        "systems": [("", say_text(TIMER["with_any"]))]
        + [(name, say_text(text)) for name, text in SYSTEMS.items()],
        "others": [(each, say_text(TIMER[f"others_{each}"])) for each in _OTHERS],
        "typed": typed,
        "done": visit.asked("done") if not visit.posted else "",
        "wrong": wrong,
        "trouble": said,
    }
    status = 409 if wrong or said else 200
    return page(visit, "watch_timer.html", status=status, words=TIMER, **facts)


def _chosen(times: tuple[str, ...]) -> tuple[str, str]:
    """Return what was chosen before: how often, or else the times of the day."""
    count = len(times)
    if not count:
        return _USUAL, ""
    step = 24 // count
    first, _, minute = times[0].partition(":")
    even = tuple(f"{hour:02}:{minute}" for hour in range(int(first), 24, step))
    return (str(step), "") if even == times and step in EVERY else (_USUAL, ", ".join(times))


def _facts(answer: Any) -> list[tuple[str, str]]:
    if not answer.systems:
        return []
    by = ", ".join(say_text(SYSTEMS[each]) for each in answer.systems)
    comes = say_text(TIMER["next_about"], at=clock(answer.next)) if answer.next else ""
    pairs = [
        ("times", ", ".join(answer.times)),
        ("next", comes),
        ("last", _last(answer.last)),
        ("also", ", ".join(say_text(ALSO[each][0]) for each in answer.also if each in ALSO)),
        ("by", by),
    ]
    return [(say_text(TIMER[key]), value) for key, value in pairs]


def _last(last: Any) -> str:
    if last is None:
        return say_text(TIMER["last_none"])
    at = clock(last.began)
    if last.code == _DONE:
        return say_text(TIMER["last_done"], at=at)
    if not last.code:
        return say_text(TIMER["last_open"], at=at)
    return " ".join((say_text(TIMER["last_wrong"], at=at), *trouble_of(last.code)))


ROUTES = (Page("timer", timer),)
