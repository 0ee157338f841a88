"""What is written down in a case: pages, who signs, notes; close it, and forget it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.responses import Response

from stillmine.errors import NoPassphrase, NoVault, StillmineError
from stillmine.messages import say
from stillmine.messages.pages_cases import KEEPING
from stillmine.messages.pages_journeys import ASK, WHERE
from stillmine.web.asking import ask
from stillmine.web.pages.case import case_of
from stillmine.web.routing import Page
from stillmine.web.showing import clock, onward, page, say_text, trouble
from stillmine.web.visit import Visit

_MOST_LINES = 200
_MOST_TYPED = 100_000  # letters


def where(visit: Visit) -> Response:
    """Take the addresses where the pictures are. Nothing is fetched, and nobody is told."""
    name, typed, wrong = visit.parts["case"], "", ""
    if visit.posted:
        typed, wrong = write_down(visit, name)
        if not wrong:
            return onward("case", case=name, saved="1")
    facts: dict[str, Any] = {"case": case_of(visit), "typed": typed, "wrong": wrong}
    status = 409 if wrong else 200
    return page(visit, "case_where.html", status=status, words=WHERE, keeping=KEEPING, **facts)


def write_down(visit: Visit, name: str) -> tuple[str, str]:
    """Write the lines of a form down in a case; return what is left to mend, and what is wrong."""
    typed = visit.sent.first("addresses")[:_MOST_TYPED]
    lines = [line.strip() for line in typed.splitlines() if line.strip()][:_MOST_LINES]
    if not lines:
        return typed, say_text(WHERE["none"])
    try:
        answer: Any = visit.door.do("act.case.add", case=name, addresses=tuple(lines))
    except (NoPassphrase, NoVault):
        raise  # it was locked meanwhile
    except StillmineError as problem:
        return typed, " ".join((f"{lines[0]}:", *trouble(problem)))
    wrong = " ".join(f"{each.url}: {say(each.code, {})[0]}" for each in answer.skipped)
    return "\n".join(each.url for each in answer.skipped), wrong


def keep_sender(visit: Visit, name: str, fields: Mapping[str, str]) -> tuple[str, str] | None:
    """Note in a case who signs, as a form has it; return what is wrong with that, or None."""
    try:
        visit.door.do(
            "act.case.sender", case=name, **dict(fields) | {"role": fields["role"] or None}
        )
    except (NoPassphrase, NoVault):
        raise  # it was locked meanwhile
    except StillmineError as error:
        return trouble(error)
    return None


def signs(visit: Visit) -> Response:
    """Say who signs the letters, and how they are answered."""
    name = visit.parts["case"]
    problem = None
    known: Any = visit.door.do("act.case.sender", case=name)
    typed = {field: getattr(known, field) for field in _SENDER}
    if visit.posted:
        typed = {field: visit.typed(field) for field in _SENDER}
        problem = keep_sender(visit, name, typed)
        if problem is None:
            return onward("case", case=name, saved="1")
    facts: dict[str, Any] = {"case": name, "typed": typed, "problem": problem, "keeping": KEEPING}
    return page(visit, "case_signs.html", status=409 if problem else 200, words=ASK, **facts)


_SENDER = ("name", "mail", "phone", "postal", "role", "subject")


def story(visit: Visit) -> Response:
    """Show what happened, and take notes."""
    name, wrong = visit.parts["case"], ""
    if visit.posted:
        form = ask(visit, "act.case.note", fixed={"case": name})
        if form.answer is not None:
            return onward("case.story", case=name)
        wrong = say_text(KEEPING["note_needed"])
        if form.trouble and visit.typed("text"):
            wrong = " ".join(form.trouble)
    shown = case_of(visit)
    lines = [(clock(each.at), " ".join(each.said.split())) for each in shown.timeline]
    facts: dict[str, Any] = {
        "case": name,
        "lines": lines,
        "wrong": wrong,
        "text": visit.typed("text"),
    }
    return page(visit, "case_story.html", status=409 if wrong else 200, words=KEEPING, **facts)


def close(visit: Visit) -> Response:
    """Close a case; all of it stays."""
    name = visit.parts["case"]
    if visit.posted:
        visit.door.do("act.case.close", case=name, note=visit.typed("note"))
        return onward("case", case=name)
    case_of(visit)
    return page(visit, "case_close.html", words=KEEPING, case=name)


def forget(visit: Visit) -> Response:
    """Forget a case for good, after a tick that nobody sets by accident."""
    name = visit.parts["case"]
    if not (visit.posted and visit.typed("yes")):
        case_of(visit)
        wrong = say_text(KEEPING["tick_first"]) if visit.posted else ""
        status = 409 if wrong else 200
        return page(visit, "case_forget.html", status=status, words=KEEPING, case=name, wrong=wrong)
    answer: Any = visit.door.do("act.case.forget", case=name)
    facts: dict[str, Any] = {"backups": answer.backups, "people": (), "to": "cases"}
    return page(visit, "forgot.html", words=KEEPING, **facts)


ROUTES = (
    Page("case.where", where),
    Page("case.signs", signs),
    Page("case.story", story),
    Page("case.close", close),
    Page("case.forget", forget),
)
