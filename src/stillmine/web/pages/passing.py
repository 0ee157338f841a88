"""A sealed file from computer to computer, with a code that is said by voice."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.responses import Response

from stillmine.messages.pages_passing import RECEIVE, SEND
from stillmine.web.asking import Form, ask
from stillmine.web.pages.files import gone
from stillmine.web.paths import address
from stillmine.web.routing import Needs, Page
from stillmine.web.showing import onward, page, say_text, size
from stillmine.web.visit import Visit

_BESIDE = {"share.not-a-handover": "file", "app.wrong-usage": "code"}
_SERVERS = ("mailbox", "relay")


def send(visit: Visit) -> Response:
    """Take a sealed file, ask for a yes, and tell the code while the other side is waited for."""
    held = visit.door.shelf.find(visit.typed("held") or visit.asked("files"))
    wrong: dict[str, str] = {}
    form: Form | None = None
    if visit.posted and not visit.sent.first("agree"):
        if not visit.sent.handed() and held is not None:
            # What is ready here is handed on from memory; it was never saved.
            visit.sent.files["file"] = [held.delivery.files[-1].again()]
        if not visit.sent.handed():
            wrong["file"] = say_text(SEND["none"])
    if visit.posted and not wrong:
        name = next((each.name for each in visit.sent.handed()), "")
        form = ask(visit, "share.send", fixed={"file": Path(name)}, beside=_BESIDE, then="sent")
        if (aside := form.aside(visit)) is not None:
            return aside
        wrong = form.wrong
    facts = _facts(form, wrong)
    return page(visit, "send.html", status=facts.pop("status"), words=SEND, held=held, **facts)


def _facts(form: Form | None, wrong: dict[str, str]) -> dict[str, Any]:
    typed = form.typed if form is not None else {}
    problem = form.trouble if form is not None else None
    return {
        "status": 409 if wrong or problem else 200,
        "wrong": wrong,
        "problem": problem,
        "servers": {name: typed.get(name, "") for name in _SERVERS},
        "direct": bool(typed.get("direct")),
        "code": str(typed.get("code", "")),
    }


def sent(visit: Visit) -> Response:
    """Say that the other side has all of it."""
    answer = visit.answer()
    if answer is None:
        return onward("send")
    return page(visit, "sent.html", words=SEND, size=size(answer.bytes))


def receive(visit: Visit) -> Response:
    """Take the code that somebody said, ask for a yes, and take the file into memory."""
    form: Form | None = None
    if visit.posted:
        held = visit.door.shelf.hold() if visit.sent.first("agree") else None
        form = ask(
            visit,
            "share.receive",
            fixed={"to": Path()},
            beside=_BESIDE,
            then="received",
            parts={"files": held.name} if held is not None else {},
            delivery=held.delivery if held is not None else None,
        )
        if (aside := form.aside(visit)) is not None:
            return aside
    facts = _facts(form, form.wrong if form is not None else {})
    return page(
        visit, "receive.html", status=facts.pop("status"), words=RECEIVE, send=SEND, **facts
    )


def received(visit: Visit) -> Response:
    """Say that a file came: it can be opened here, or saved as it came."""
    held = visit.door.shelf.find(visit.parts["files"])
    if held is None or not held.made:
        return gone(visit)
    number, file = held.made[0]
    facts: dict[str, Any] = {
        "open": address("sealed", files=held.name),
        "save": address("file", files=held.name, number=number),
        "name": file.name,
        "size": size(file.size),
    }
    return page(visit, "received.html", words=RECEIVE, **facts)


ROUTES = (
    Page("send", send, Needs.NOTHING, uploads=True),
    Page("sent", sent, Needs.NOTHING),
    Page("receive", receive, Needs.NOTHING),
    Page("received", received, Needs.NOTHING),
)
