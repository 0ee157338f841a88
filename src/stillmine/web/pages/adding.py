"""Add files: one question first, then the files, then what became of each of them."""

from __future__ import annotations

from pathlib import Path

from starlette.responses import Response

from stillmine.messages import say
from stillmine.messages.pages_vault import ADD
from stillmine.web.asking import ask
from stillmine.web.pages.first_question import answer_to, ask_first, question, turn_away
from stillmine.web.paths import address
from stillmine.web.routing import Page
from stillmine.web.showing import onward, page, say_text
from stillmine.web.visit import Visit

_GROWN_UP = "nobody-under-18"
_QUESTION = question(ADD, "age", prefix="age_")


def add(visit: Visit) -> Response:
    """Ask the one question before any file is touched; then take files and keep them."""
    if (first := asked_first(visit)) is not None:
        return first
    if visit.posted and not any(visit.sent.files.values()):
        facts = {"label": visit.typed("label"), "album": visit.typed("album")}
        return page(
            visit, "add.html", status=409, words=ADD, wrong=say_text(ADD["nothing"]), **facts
        )
    form = ask(visit, "keep.add", fixed={"paths": ()}, then="added")
    if (aside := form.aside(visit)) is not None:
        return aside
    wrong = " ".join(form.trouble or ()) or " ".join(form.wrong.values())
    facts = {name: str(form.typed.get(name, "")) for name in ("label", "album")}
    status = 409 if wrong else 200
    return page(visit, "add.html", status=status, words=ADD, wrong=wrong, **facts)


def asked_first(visit: Visit) -> Response | None:
    """Return the page with the one question that comes before a file is kept, until it is answered.

    Where the answer is anything but a no, that is the page with who helps.
    """
    if visit.typed("do") == "answer":
        return _answered(visit)
    if not visit.door.notes.get(_GROWN_UP):
        return _first(visit, missing=False)
    return None


def _first(visit: Visit, *, missing: bool) -> Response:
    title, lede, back = ADD["first"], ADD["first_lede"], address("vault")
    return ask_first(visit, _QUESTION, title, lede, back, missing=missing)


def _answered(visit: Visit) -> Response:
    answer = answer_to(visit, _QUESTION)
    if not answer:
        return _first(visit, missing=True)
    if answer != "no":
        return turn_away(visit, ADD["young"], ADD["young_text"], address("add"))
    visit.door.notes[_GROWN_UP] = True
    return onward(visit.page, **visit.parts)


def added(visit: Visit) -> Response:
    """Say what is safe now, what was safe before, and what was left out and why."""
    answer = visit.answer()
    if answer is None:
        return onward("vault")
    skipped = [(_name(each.file), _why(each.code)) for each in answer.skipped]
    facts = {
        "answer": answer,
        "skipped": skipped,
        "unseen": [(_name(each.file), _why(each.code)) for each in answer.unseen],
        "already": [_name(each.file) for each in answer.already],
    }
    return page(visit, "added.html", words=ADD, **facts)


def _name(file: Path) -> str:
    return file.name or str(file)


def _why(code: str) -> str:
    return say(code, {})[0].replace("…", "").strip()


ROUTES = (
    Page("add", add, uploads=True),
    Page("added", added),
)
