"""Check proof that somebody handed over, without a vault: unchanged, changed, or not to be told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.responses import Response

from stillmine.messages.pages_papers import PROOF
from stillmine.web.asking import Form, ask
from stillmine.web.routing import Needs, Page
from stillmine.web.showing import clock, onward, page, say_text
from stillmine.web.visit import Visit

_MOST_LINES = 200
_KINDS = {"unchanged": "good", "changed": "care", "cannot-tell": ""}


def verify(visit: Visit) -> Response:
    """Take a proof, and check it beside the pages."""
    form: Form | None = None
    wrong = ""
    if visit.posted and not visit.sent.files.get("bundle"):
        wrong = say_text(PROOF["nothing"])
    elif visit.posted:
        # The proof comes first, whatever the order in which a browser sends them.
        visit.sent.files = {
            name: visit.sent.files[name][:1]
            for name in ("bundle", "stamp")
            if name in visit.sent.files
        }
        fixed: dict[str, Any] = {"file": Path(), "stamp": None, "root": ()}
        form = ask(visit, "act.verify", fixed=fixed, then="proof.told")
        aside = form.aside(visit)
        if aside is not None:
            return aside
    facts: dict[str, Any] = {
        "key": visit.typed("key"),
        "wrong": wrong,
        "problem": form.trouble if form else None,
    }
    return page(visit, "proof_check.html", status=409 if wrong else 200, words=PROOF, **facts)


def told(visit: Visit) -> Response:
    """Say the verdict in words, and what was found."""
    answer = visit.answer()
    if answer is None:
        return onward("proof.check")
    facts: dict[str, Any] = {
        "answer": answer,
        "kind": _KINDS[answer.verdict],
        "since": clock(answer.since) if answer.since else "",
        # One thing may be found of very many files.
        "lines": list(dict.fromkeys(each.line for each in answer.findings))[:_MOST_LINES],
    }
    return page(visit, "proof_told.html", words=PROOF, **facts)


ROUTES = (
    Page("proof.check", verify, Needs.NOTHING, uploads=True),
    Page("proof.told", told, Needs.NOTHING),
)
