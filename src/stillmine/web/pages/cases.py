"""All cases in a list, each with what is due next; and a new one, after one question."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from stillmine.errors import StillmineError
from stillmine.messages.pages_cases import CASES, NEW
from stillmine.messages.pages_journeys import BEGIN, CHILDREN
from stillmine.messages.visible import visible
from stillmine.web.pages.first_question import answer_to, ask_first, question, turn_away
from stillmine.web.pages.people import countries
from stillmine.web.paths import address
from stillmine.web.routing import Page
from stillmine.web.showing import day, onward, page, say_counted, say_text, trouble
from stillmine.web.visit import Visit

_EVERYWHERE = "INT"
_QUESTION = question(BEGIN, "under_18")


def cases(visit: Visit) -> Response:
    """List the cases that are open, or all of them, with what is due next in each."""
    every = bool(visit.asked("all"))
    answer: Any = visit.door.do("act.case.list", closed=True)
    clock: Any = visit.door.do("act.clock")
    first: dict[str, Any] = {}
    for each in clock.due:  # the soonest first
        first.setdefault(each.case, each)
    shown = [each for each in answer.cases if every or each.state == "open"]
    facts: dict[str, Any] = {
        "cases": [(each.case, title_of(each), _lines(each, first)) for each in shown],
        "more": not every and len(shown) < len(answer.cases),
    }
    return page(visit, "cases.html", words=CASES, **facts)


def title_of(case: Any) -> str:
    """Return what a case is called on pages: whose it is, or of which day."""
    if case.person:
        return say_text(CASES["of"], person=visible(case.person))
    return say_text(CASES["your"], day=day(case.opened))


def _lines(case: Any, first: dict[str, Any]) -> list[str]:
    counts = (("pages", case.addresses), ("proofs", case.proofs), ("letters", case.notices))
    held = [say_counted(CASES[f"{name}_one"], CASES[name], count) for name, count in counts]
    lines = [say_text(CASES["opened"], day=day(case.opened)), ", ".join(held)]
    if case.state != "open":
        return [say_text(CASES["is_closed"]), *lines]
    due = first.get(case.case)
    if due is None:
        return [*lines, say_text(CASES["nothing_due"])]
    return [*lines, say_text(CASES["due"], said=due.said, left=due.left)]


def new(visit: Visit) -> Response:
    """Ask the one question first; then open a case, or show who helps where it is another's."""
    answered = answer_to(visit, _QUESTION)
    if not answered:
        title, lede, back = BEGIN["title"], BEGIN["lede"], address("cases")
        return ask_first(visit, _QUESTION, title, lede, back, missing=visit.posted)
    if answered != "no":
        return _young(visit)
    wrong_fields: dict[str, str] = {}
    if visit.typed("do") == "open":
        country = visit.typed("country")
        if country:
            fields = {"person": visit.typed("person"), "threats": bool(visit.typed("threats"))}
            try:
                made: Any = visit.door.do("act.case.new", country=country, under_18="no", **fields)
                return onward("case.where", case=made.case)
            except StillmineError as problem:
                wrong_fields["country"] = " ".join(trouble(problem))
        else:
            wrong_fields["country"] = say_text(NEW["country_needed"])
    facts: dict[str, Any] = {
        "countries": countries(),
        "at": visit.typed("country") or visit.door.country,
        "person": visit.typed("person"),
        "threats": bool(visit.typed("threats")),
    }
    status = 409 if wrong_fields else 200
    return page(visit, "case_new.html", status=status, words=NEW, wrong=wrong_fields, **facts)


def _young(visit: Visit) -> Response:
    """Show who helps where somebody was under 18. Nothing was opened, and nothing is kept."""
    fields: dict[str, Any] = {"country": visit.door.country or _EVERYWHERE, "under_18": "unsure"}
    answer: Any = visit.door.do("act.case.new", **fields)
    title, lede, back = CHILDREN["title"], CHILDREN["lede"], address("case.new")
    return turn_away(visit, title, lede, back, answer.services)


ROUTES = (
    Page("cases", cases),
    Page("case.new", new),
)
