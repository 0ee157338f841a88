"""Check that all is whole, and keep sealed copies in other places."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from starlette.responses import Response

from stillmine.messages.pages_vault import BACKUPS, CHECK
from stillmine.web.asking import Form, ask
from stillmine.web.routing import Page
from stillmine.web.showing import clock, onward, page, say_text
from stillmine.web.visit import Visit

_BESIDE = {
    "backup.wrong-place-name": "name",
    "backup.place-exists": "name",
    "backup.target-away": "url",
    "keep.inside-home": "url",
}
"""Beside which field an error stands, by its code."""


def check(visit: Visit) -> Response:
    """Read everything back, beside the pages."""
    form = ask(visit, "keep.verify", then="checked")
    return form.aside(visit) or page(visit, "check.html", words=CHECK, wrong=form.trouble)


def checked(visit: Visit) -> Response:
    """Say whether all is whole, and what is not."""
    work = visit.door.works.find(visit.parts["work"])
    answer: Any = work.answer if work is not None else None
    if answer is None:
        return onward("check")
    damaged = [(each.item, say_text(_what(each.what))) for each in answer.damaged]
    return page(visit, "checked.html", words=CHECK, answer=answer, damaged=damaged)


def _what(what: str) -> str:
    return CHECK.get(what.replace("-", "_"), what)


def backups(visit: Visit) -> Response:
    """List the places of backups, bring one up to date, or add one."""
    if visit.typed("do") == "run":
        form = ask(visit, "keep.backup.run", then="backed")
    else:
        form = ask(visit, "keep.backup.add", beside=_BESIDE)
    if form.answer is not None:
        return onward("backups")
    return form.aside(visit) or _backups(visit, form)


def _backups(visit: Visit, form: Form) -> Response:
    answer: Any = visit.door.do("keep.backup.list")
    places = [
        {"name": each.name, "where": each.url, "last": _moment(each.last_run)}
        for each in answer.places
    ]
    facts = {"places": places, "typed": form.typed, "wrong": form.wrong, "trouble": form.trouble}
    status = 409 if form.wrong or form.trouble else 200
    return page(visit, "backups.html", status=status, words=BACKUPS, **facts)


def _moment(iso: str) -> str:
    return clock(datetime.fromisoformat(iso)) if iso else say_text(BACKUPS["never"])


def backed(visit: Visit) -> Response:
    """Say what was written to the places."""
    work = visit.door.works.find(visit.parts["work"])
    answer: Any = work.answer if work is not None else None
    if answer is None:
        return onward("backups")
    return page(visit, "backed.html", words=BACKUPS, answer=answer)


ROUTES = (
    Page("check", check),
    Page("checked", checked),
    Page("backups", backups),
    Page("backed", backed),
)
