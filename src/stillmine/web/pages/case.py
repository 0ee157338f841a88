"""One case: what can be done now, its pages, letters and proof, and what each of them stands at."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from stillmine.messages.clock import STATES
from stillmine.messages.pages_cases import CASE, CASES
from stillmine.web.pages.cases import title_of
from stillmine.web.paths import address
from stillmine.web.routing import Page
from stillmine.web.showing import day, onward, page, say_text
from stillmine.web.visit import Visit

_FIRST = 3  # things to do that are shown at once; more at a time is too much

# Where each next step leads.
_OF_CASE = {
    "address": "case.where",
    "close": "case.close",
    "hash": "case.hashes",
    "hash-finish": "case.hashes",
    "host": "case.host",
    "lawyer": "case.papers",
    "look": "case.look",
    "police": "case.papers",
    "proof": "case.proof",
    "proof-again": "case.proof",
    "rest": "letter.new",
    "search": "letter.new",
    "search-gone": "letter.new",
    "write": "letter.new",
}
_OF_LETTER = {"authority": "letter.complain", "authority-now": "letter.complain"}
_TO_PEOPLE = frozenset({"talk", "threats"})


def case_of(visit: Visit) -> Any:
    """Return the case of the address of the page, as `act.case.show` tells it."""
    return visit.door.do("act.case.show", case=visit.parts["case"])


def case(visit: Visit) -> Response:
    """Show all that a case holds; what can be done now comes first."""
    if visit.posted:
        visit.door.do("act.case.reopen", case=visit.parts["case"])
        return onward("case", case=visit.parts["case"], saved="1")
    shown = case_of(visit)
    advice: Any = visit.door.do("act.next", case=shown.case)
    clock: Any = visit.door.do("act.clock", case=shown.case)
    steps = [(each, leads_to(shown.case, each, number)) for number, each in enumerate(advice.steps)]
    times: dict[str, list[Any]] = {}
    for each in clock.due:
        times.setdefault(each.notice, []).append(each)
    facts: dict[str, Any] = {
        "case": shown,
        "heading": title_of(shown),
        "first": steps[:_FIRST],
        "then": steps[_FIRST:],
        "pages": [_page(shown, each) for each in shown.addresses],
        "letters": [(each, say_text(STATES[each.state])) for each in shown.notices],
        "times": times,
        "has_law": any(each.legal for each in clock.due),
        "proofs": [_proof(each) for each in shown.proofs],
        "saved": bool(visit.asked("saved")),
    }
    return page(visit, "case.html", words=CASE, list=CASES, **facts)


def leads_to(case: str, step: Any, number: int) -> str:
    """Return the address of the page where a next step is taken. `number` is its place."""
    if step.step in _TO_PEOPLE:
        return address("people")
    if step.step in _OF_LETTER:
        return address(_OF_LETTER[step.step], case=case, letter=step.notice, at=number)
    name = _OF_CASE.get(step.step)
    if name is None:
        return address("letter", case=case, letter=step.notice)
    # What a step is about is told by its place in the list, so that no address says more.
    return address(name, case=case, at=number)


def step_at(visit: Visit) -> Any:
    """Return the next step by which the person came to a page, or None."""
    at = visit.asked("at")
    if not (at.isascii() and at.isdigit() and len(at) < 4):
        return None
    answer: Any = visit.door.do("act.next", case=visit.parts["case"])
    return answer.steps[int(at)] if int(at) < len(answer.steps) else None


def _page(shown: Any, each: Any) -> dict[str, Any]:
    names = [proof.proof for proof in shown.proofs if proof.address == each.address]
    key = each.state if each.state in ("there", "gone") else "unknown"
    return {
        "name": each.address,
        "url": each.url,
        "state": say_text(CASE[key], day=day(each.seen) if each.seen else ""),
        "proof": say_text(CASE["proof_kept"], names=", ".join(names))
        if names
        else say_text(CASE["no_proof"]),
        "note": each.note,
    }


def _proof(each: Any) -> dict[str, Any]:
    kind = say_text(CASE[each.kind]) if each.kind in CASE else each.kind
    facts: dict[str, Any] = {"name": each.proof, "kind": kind, "day": day(each.made)}
    stamped = say_text(CASE["stamped"], who=", ".join(each.stamped))
    return {
        "name": each.proof,
        "line": say_text(CASE["proof_line"], **facts),
        "title": each.title,
        "stamped": stamped if each.stamped else say_text(CASE["not_stamped"]),
    }


ROUTES = (Page("case", case),)
