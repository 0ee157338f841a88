"""Look through a letter that is pasted in, for what the law asks and it does not have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.responses import Response

from stillmine.app.sources.handed import HandedFile, memory_file
from stillmine.errors import TakesNoLetter, UnknownRecipient
from stillmine.messages.pages_papers import CHECKING
from stillmine.web.asking import Form, ask
from stillmine.web.routing import Needs, Page
from stillmine.web.showing import page, say_text
from stillmine.web.visit import Visit

_SUPERSET = "superset"
_BESIDE = {UnknownRecipient.code: "to", TakesNoLetter.code: "to"}


def check(visit: Visit) -> Response:
    """Take a letter as text; then say what it lacks, and which law says so."""
    text = visit.sent.first("text")
    form: Form | None = None
    wrong: dict[str, str] = {}
    if visit.posted and not text.strip():
        wrong["text"] = say_text(CHECKING["empty"])
    elif visit.posted:
        visit.sent.files = {"text": [_in_memory(text)]}
        regimes = tuple(visit.sent.every("regimes")) or (_SUPERSET,)
        fixed: dict[str, Any] = {"file": Path("letter"), "regimes": regimes, "case": ""}
        form = ask(visit, "act.check-notice", fixed=fixed | {"notice": ""}, beside=_BESIDE)
        wrong = dict(form.wrong)
    answer: Any = form.answer if form else None
    facts: dict[str, Any] = {
        "text": text,
        "laws": _laws(),
        "chosen": visit.sent.every("regimes"),
        "to": visit.typed("to"),
        "wrong": wrong,
        "problem": form.trouble if form else None,
        "answer": answer,
        "missing": _missing(answer),
    }
    status = 409 if wrong or (form is not None and form.trouble) else 200
    return page(visit, "letter_check.html", status=status, words=CHECKING, **facts)


def _in_memory(text: str) -> HandedFile:
    content = memory_file()
    data = text.encode("utf-8", "replace")
    content.write(data)
    content.seek(0)
    return HandedFile("letter.txt", content, len(data))


def _laws() -> list[tuple[str, str]]:
    from stillmine.act.notices import regimes  # all laws are read for it

    return [(each.regime, each.title[:1].upper() + each.title[1:]) for each in regimes()]


def _missing(answer: Any) -> list[str]:
    """Return what is missing, each thing once; the words of the law stand in it."""
    return list(dict.fromkeys(each.why for each in answer.missing)) if answer is not None else []


ROUTES = (Page("letter.check", check, Needs.NOTHING),)
