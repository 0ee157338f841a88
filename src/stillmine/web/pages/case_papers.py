"""Papers of a case and its proof as files: made in memory, and saved where the person wants."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.responses import Response

from stillmine.app.delivering import Delivery
from stillmine.messages.pages_cases import PAPERS
from stillmine.web.asking import Form, ask
from stillmine.web.pages.case import case_of
from stillmine.web.reading import MOST_UPLOAD
from stillmine.web.routing import Page
from stillmine.web.showing import page, say_text
from stillmine.web.visit import Visit

_NOTE = "files"
_ACTIONS = {
    "report": "act.report",
    "summary": "act.report",
    "authorise": "act.authorise",
    "certify": "act.certify",
}
_KINDS = {".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8"}


def papers(visit: Visit) -> Response:
    """Make a report, its summary, a paper for a helper, or the draft of a statement."""
    case = case_of(visit)
    form: Form | None = None
    if visit.posted:
        delivery = Delivery(MOST_UPLOAD)
        form = _made(visit, case.case, delivery)
        done = _done(visit, form, delivery)
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
    fixed: dict[str, Any] = {
        "case": case,
        "file": Path(f"notes-{datetime.now().astimezone():%Y-%m-%d}.{ending}"),
    }
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
        delivery = Delivery(MOST_UPLOAD)
        fixed = {"case": name, "proof": proof, "to": Path()}
        form = ask(visit, "act.hand-out", fixed=fixed, delivery=delivery)
        done = _done(visit, form, delivery)
        if done is not None:
            return done
        problem = form.trouble
    found = [each for each in case.proofs if each.proof == proof]
    facts: dict[str, Any] = {"case": name, "proof": proof, "found": found, "problem": problem}
    return page(visit, "case_out.html", status=409 if problem else 200, words=PAPERS, **facts)


def _done(visit: Visit, form: Form, delivery: Delivery) -> Response | None:
    """Return the page that comes next: the question for a yes, or the files that are ready."""
    aside = form.aside(visit)
    if aside is not None or form.answer is None:
        delivery.close()
        return aside
    # Kept until the next one, or until it is locked: then nothing is left of them.
    first = Path(delivery.files[0].name)
    ready = [
        # What a stranger called a file stays out of the name that others may see.
        (
            f"{first.stem}-{number}{Path(each.name).suffix}" if number else first.name,
            each.content.read(),
        )
        for number, each in enumerate(delivery.files)
    ]
    delivery.close()
    visit.door.notes[_NOTE] = ready
    facts: dict[str, Any] = {
        "case": visit.parts["case"],
        "files": [(name, len(content)) for name, content in ready],
        "not_drawn": bool(getattr(form.answer, "not_drawn", ())),
    }
    return page(visit, "case_ready.html", words=PAPERS, **facts)


def file(visit: Visit) -> Response:
    """Give a file that is ready to the browser, which asks where to save it."""
    ready: list[tuple[str, bytes]] = visit.door.notes.get(_NOTE, [])
    number = visit.parts["number"]
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 4 else -1
    if not 0 <= at < len(ready):
        wrong = (say_text(PAPERS["gone"]), say_text(PAPERS["gone_next"]))
        return page(visit, "trouble.html", status=404, wrong=wrong)
    name, content = ready[at]
    plain = "".join(sign if sign.isalnum() and sign.isascii() else "-" for sign in Path(name).stem)
    ending = Path(name).suffix if Path(name).suffix[1:].isalnum() else ""
    headers = {"Content-Disposition": f'attachment; filename="{plain}{ending}"'}
    return Response(
        content, media_type=_KINDS.get(ending, "application/octet-stream"), headers=headers
    )


ROUTES = (
    Page("case.papers", papers),
    Page("case.out", out),
    Page("case.file", file),
)
