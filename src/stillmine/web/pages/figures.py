"""Figures of how long sites took, which a person can give; and a letter to whoever makes laws."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from stillmine.messages import translate
from stillmine.messages.pages_papers import READY
from stillmine.messages.pages_statistics import COLUMNS, FIGURES, LETTER
from stillmine.web.asking import Form, ask
from stillmine.web.pages.people import countries
from stillmine.web.pages.ready import delivering, dull_name, files_on, ready
from stillmine.web.paths import address
from stillmine.web.routing import Needs, Page
from stillmine.web.showing import page, say_text
from stillmine.web.visit import Visit


def figures(visit: Visit) -> Response:
    """Say what figures are; then show each line of the file, which is not sent anywhere."""
    form: Form | None = None
    facts: dict[str, Any] = {"answer": None, "rows": [], "files": [], "ready": READY}
    if visit.posted:
        with delivering(visit) as held:
            fixed = {"to": dull_name("json")}
            form = ask(visit, "act.statistics", fixed=fixed, delivery=held.delivery)
            facts["files"] = files_on(held)
        answer: Any = form.answer
        if answer is not None:
            # What is shown is what was written: the lines that chance left in.
            rows = [tuple(map(_said, each.plain.values())) for each in answer.rows]
            facts |= {"answer": answer, "rows": rows}
    wrong = form.trouble if form else None
    heads = [say_text(each) for each in COLUMNS.values()]
    status = 409 if wrong else 200
    facts |= {"wrong": wrong, "heads": heads}
    return page(visit, "figures.html", status=status, words=FIGURES, **facts)


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return translate("yes") if value else translate("no")
    return "" if value is None else str(value)


def letter(visit: Visit) -> Response:
    """Write the letter that compares laws, as a file to save."""
    form: Form | None = None
    wrong = ""
    if visit.posted and not visit.typed("country"):
        wrong = say_text(LETTER["country_needed"])
    elif visit.posted:
        ending = "txt" if visit.typed("ending") == "txt" else "pdf"
        with delivering(visit) as held:
            fixed = {"file": dull_name(ending)}
            form = ask(visit, "act.letter-to-representative", fixed=fixed, delivery=held.delivery)
        answer: Any = form.answer
        if answer is not None:
            back = address("law.letter")
            return ready(visit, held, back=back, not_drawn=bool(answer.not_drawn))
    facts: dict[str, Any] = {
        "countries": countries(),
        "at": visit.typed("country") or visit.door.country,
        "ending": visit.typed("ending") or "pdf",
        "wrong": wrong,
        "problem": form.trouble if form else None,
    }
    status = 409 if wrong or form else 200
    return page(visit, "figures_letter.html", status=status, words=LETTER, **facts)


ROUTES = (
    Page("figures", figures),
    Page("law.letter", letter, Needs.NOTHING),
)
