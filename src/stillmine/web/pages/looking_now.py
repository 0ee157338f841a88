"""A look: where, who learns what, and then what it came to."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from stillmine.messages.pages_places import LOOK, LOOKED
from stillmine.web.asking import ask
from stillmine.web.pages.watching import row
from stillmine.web.routing import Page
from stillmine.web.showing import onward, page, say_text
from stillmine.web.visit import Visit

_MOST_NAMED = 5  # places that are named before the yes
_MOST = 30  # findings and problems that are shown at once; the list has all of them


def look(visit: Visit) -> Response:
    """Ask where to look, say who learns what, and look beside the pages."""
    answer: Any = visit.door.do("watch.place.list")
    if not answer.places:
        return onward("places")
    where = visit.typed("where") or visit.asked("at") or "due"
    named = {each.place: each.name or each.target for each in answer.places}
    fixed = {"places": (where,) if where in named else (), "now": where == "all"}
    form = ask(visit, "watch.look", fixed=fixed, then="looked")
    if form.agreement is not None:
        asked = [named[where]] if where in named else list(named.values())
        form.agreement.to = say_text(LOOK["to"], places=_named(asked))
    facts: dict[str, Any] = {
        "where": where,
        "choices": [("due", say_text(LOOK["due"])), ("all", say_text(LOOK["all"])), *named.items()],
        "trouble": form.trouble,
    }
    return form.aside(visit) or page(visit, "watch_look.html", words=LOOK, **facts)


def _named(asked: list[str]) -> str:
    named = ", ".join(asked[:_MOST_NAMED])
    if len(asked) > _MOST_NAMED:
        return say_text(LOOK["to_more"], places=named, count=len(asked) - _MOST_NAMED)
    return named


def looked(visit: Visit) -> Response:
    """Say what a look came to: what was found, what was not to be had, and why."""
    answer = visit.answer()
    if answer is None:
        return onward("found")
    numbers = [(say_text(LOOKED[key]), getattr(answer, key)) for key in ("places", "pages")]
    numbers.append((say_text(LOOKED["pictures"]), answer.pictures))
    if answer.unrecognised:
        numbers.append((say_text(LOOKED["unrecognised"]), answer.unrecognised))
    findings = [row(each) for each in answer.findings[:_MOST]]
    facts: dict[str, Any] = {
        "answer": answer,
        "findings": findings,
        "numbers": numbers,
        "problems": [each.line for each in answer.problems[:_MOST]],
    }
    return page(visit, "watch_looked.html", words=LOOKED, **facts)


ROUTES = (
    Page("look", look),
    Page("looked", looked),
)
