"""What this computer has of what the program can use, what that means, and how to add the rest."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from stillmine.messages.pages_papers import COMPUTER
from stillmine.web.asking import ask
from stillmine.web.routing import Needs, Page
from stillmine.web.showing import onward, page
from stillmine.web.visit import Visit


def computer(visit: Visit) -> Response:
    """Say what is looked at, and look."""
    form = ask(visit, "doctor", then="computer.seen")
    return form.aside(visit) or page(visit, "computer.html", words=COMPUTER, wrong=form.trouble)


def seen(visit: Visit) -> Response:
    """Show what is there, the missing first."""
    answer = visit.answer()
    if answer is None:
        return onward("computer")
    facts: dict[str, Any] = {
        "needed": [each for each in answer.checks if each.essential and each.present is False],
        "missing": [each for each in answer.checks if each.present is False],
        "unknown": [each for each in answer.checks if each.present is None],
        "there": [each for each in answer.checks if each.present],
    }
    return page(visit, "computer_seen.html", words=COMPUTER, **facts)


ROUTES = (
    Page("computer", computer, Needs.NOTHING),
    Page("computer.seen", seen, Needs.NOTHING),
)
