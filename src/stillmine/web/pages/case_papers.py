"""Papers of a case and its proof as files: made in memory, and saved where the person wants."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.responses import Response

from stillmine.app.delivering import Delivery
from stillmine.messages.pages_cases import PAPERS
from stillmine.web.asking import Form, ask
from stillmine.web.pages.case import case_of
from stillmine.web.pages.ready import delivering, dull_name, ready
from stillmine.web.paths import address
from stillmine.web.routing import Page
from stillmine.web.shelf import Held
from stillmine.web.showing import page
from stillmine.web.visit import Visit

_ACTIONS = {
    "report": "act.report",
    "summary": "act.report",
    "authorise": "act.authorise",
    "certify": "act.certify",
}


def papers(visit: Visit) -> Response:
    """Make a report, its summary, a paper for a helper, or the draft of a statement."""
    case = case_of(visit)
    form: Form | None = None
    if visit.posted:
        with delivering(visit) as held:
            form = _made(visit, case.case, held.delivery)
        done = _done(visit, form, held)
        if done is not None:
            return done
    # The question for a yes is a page without these fields: it names the paper itself.
    facts: dict[str, Any] = {
        "case": case,
        "typed": visit.typed,
        "wrong": form.wrong if form else {},
        "problem": form.trouble if form else None,
    }
    return page(visit, "case_papers.html", status=409 if form else 200, words=PAPERS, **facts)


def _made(visit: Visit, case: str, delivery: Delivery) -> Form:
    # With the question for a yes only the report comes back; what was asked is held meanwhile.
    which = "report" if visit.sent.first("agree") else visit.typed("which")
    ending = "txt" if visit.typed("ending") == "txt" else "pdf"
    fixed: dict[str, Any] = {"case": case, "file": dull_name(ending)}
    if _ACTIONS.get(which) == "act.report":
        fixed["summary"] = which == "summary"
        if which == "summary":
            fixed["with_screenshots"] = False
    if which == "certify":
        fixed["form"] = None
    return ask(visit, _ACTIONS.get(which, "act.report"), fixed=fixed, delivery=delivery)


def out(visit: Visit) -> Response:
    """Make a file of a proof, after the warning that it is not sealed."""
    name, proof = visit.parts["case"], visit.parts["proof"]
    case = case_of(visit)
    problem = None
    if visit.posted:
        fixed = {"case": name, "proof": proof, "to": Path()}
        with delivering(visit) as held:
            form = ask(visit, "act.hand-out", fixed=fixed, delivery=held.delivery)
        done = _done(visit, form, held)
        if done is not None:
            return done
        problem = form.trouble
    found = [each for each in case.proofs if each.proof == proof]
    facts: dict[str, Any] = {"case": name, "proof": proof, "found": found, "problem": problem}
    return page(visit, "case_out.html", status=409 if problem else 200, words=PAPERS, **facts)


def _done(visit: Visit, form: Form, held: Held) -> Response | None:
    """Return the page that comes next: the question for a yes, or the files that are ready."""
    aside = form.aside(visit)
    if aside is not None or form.answer is None:
        return aside
    back = address("case", case=visit.parts["case"])
    return ready(visit, held, back=back, not_drawn=bool(getattr(form.answer, "not_drawn", ())))


ROUTES = (
    Page("case.papers", papers),
    Page("case.out", out),
)
