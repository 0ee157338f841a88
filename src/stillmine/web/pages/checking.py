"""Check that all is whole: read everything back, and say what is not."""

from __future__ import annotations

from starlette.responses import Response

from stillmine.messages.pages_vault import CHECK
from stillmine.web.asking import ask
from stillmine.web.routing import Page
from stillmine.web.showing import onward, page, say_text
from stillmine.web.visit import Visit


def check(visit: Visit) -> Response:
    """Read everything back, beside the pages."""
    form = ask(visit, "keep.verify", then="checked")
    return form.aside(visit) or page(visit, "check.html", words=CHECK, wrong=form.trouble)


def checked(visit: Visit) -> Response:
    """Say whether all is whole, and what is not."""
    answer = visit.answer()
    if answer is None:
        return onward("check")
    damaged = [(each.item, say_text(_what(each.what))) for each in answer.damaged]
    return page(visit, "checked.html", words=CHECK, answer=answer, damaged=damaged)


def _what(what: str) -> str:
    return CHECK.get(what.replace("-", "_"), what)


ROUTES = (
    Page("check", check),
    Page("checked", checked),
)
