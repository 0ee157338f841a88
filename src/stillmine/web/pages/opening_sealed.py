"""Open what somebody sealed: who made it, what they wish, and the picture, veiled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from starlette.responses import Response

from stillmine.app.actions import Answer, Secret
from stillmine.errors import NoPassphrase, NoVault, StillmineError, WrongHandoverPassphrase
from stillmine.messages.pages_inspecting import OPENED, SEALED
from stillmine.messages.pages_vault import ITEM
from stillmine.messages.visible import visible
from stillmine.web.door import find_action
from stillmine.web.pages.adding import asked_first
from stillmine.web.pages.files import gone
from stillmine.web.paths import address
from stillmine.web.routing import Needs, Page
from stillmine.web.shelf import Held
from stillmine.web.showing import clock, onward, page, say_text, size, trouble
from stillmine.web.visit import Visit

_NOTE = "opened"
_WORDS = "handover-passphrase"


@dataclass(frozen=True, slots=True)
class _Opened:
    """What was opened, and what opens it, for whoever wants to keep it then."""

    answer: Any
    secrets: Mapping[str, Secret]


def sealed(visit: Visit) -> Response:
    """Take a sealed file, and what opens it."""
    door = visit.door
    if door.has_vault() and not door.is_unlocked():
        door.wanted = address("sealed")
        return onward("unlock")  # its key may be what opens the file
    held = door.shelf.find(visit.typed("held") or visit.asked("files"))
    wrong: dict[str, str] = {}
    if visit.posted:
        if visit.sent.handed():
            held = door.shelf.hold(visit.sent.taken().handed()[:1])
        elif held is not None and not held.given:
            held = door.shelf.hold([held.delivery.files[0].again()])  # it came from elsewhere
        if held is None:
            wrong["file"] = say_text(SEALED["none"])
        else:
            wrong = _open(visit, held)
            if not wrong:
                return onward("sealed.open", files=held.name)
    facts: dict[str, Any] = {"held": held.name if held else "", "has_vault": door.has_vault()}
    status = 409 if wrong else 200
    return page(visit, "sealed.html", status=status, words=SEALED, wrong=wrong, **facts)


def _open(visit: Visit, held: Held) -> dict[str, str]:
    """Open what is held; return what is wrong, by the field that it stands beside."""
    typed = Secret(visit.sent.first(_WORDS))
    secrets = {_WORDS: typed} if typed.strip() else {}
    try:
        answer = _run(visit, held, secrets, to=Path())
    except NoPassphrase:
        if secrets or (visit.door.has_vault() and not visit.door.is_unlocked()):
            raise  # it was locked meanwhile
        return {_WORDS: say_text(SEALED["needed"])}
    except NoVault:
        return {"file": say_text(SEALED["no_vault"])}
    except WrongHandoverPassphrase as problem:
        return {_WORDS: " ".join(trouble(problem))}
    except StillmineError as problem:
        return {"file": " ".join(trouble(problem))}
    visit.door.notes.setdefault(_NOTE, {})[held.name] = _Opened(answer, secrets)
    return {}


def _run(visit: Visit, held: Held, secrets: Mapping[str, Secret], **fields: Any) -> Answer:
    action = find_action("share.open")
    with held.handed() as handed:
        context = visit.door.context(secrets, handed=handed)
        request = action.request(file=Path(), **fields)
        return action.run(replace(context, delivery=held.delivery), request)


def opened(visit: Visit) -> Response:
    """Say who made it, as far as that is known; show it while held; keep it or save it."""
    held = visit.door.shelf.find(visit.parts["files"])
    known: _Opened | None = visit.door.notes.get(_NOTE, {}).get(visit.parts["files"])
    if held is None or known is None or not held.made:
        return gone(visit)
    wrong = None
    if visit.posted and visit.typed("do") == "forget":
        visit.door.shelf.drop(held.name)
        visit.door.notes[_NOTE].pop(held.name)
        return onward("sealed")
    if visit.posted:
        first = asked_first(visit)
        if first is not None:
            return first
        try:
            kept: Any = _run(visit, held, known.secrets, keep=True)
            return onward("item", item=kept.item)
        except (NoPassphrase, NoVault):
            raise
        except StillmineError as problem:
            wrong = trouble(problem)
    number, picture = held.made[-1]
    facts: dict[str, Any] = {
        "answer": known.answer,
        "facts": _facts(known.answer),
        "sender": _sender(known.answer),
        "picture": address("file.look", files=held.name, number=number),
        "save": address("file", files=held.name, number=number),
        "name": picture.name,
        "size": size(picture.size),
        "has_vault": visit.door.has_vault(),
        "wrong": wrong,
    }
    status = 409 if wrong else 200
    return page(visit, "sealed_open.html", status=status, words=OPENED, item=ITEM, **facts)


def _sender(answer: Any) -> str:
    """Return what is proven of who made it, and what is not."""
    return say_text(OPENED[answer.sender.replace("-", "_")], name=visible(answer.name or ""))


def _facts(answer: Any) -> list[tuple[str, str]]:
    pairs = [
        ("made", clock(answer.made) if answer.made else ""),
        ("wishes", "; ".join(answer.wishes)),
        ("until", answer.until or ""),
        ("views", str(answer.views) if answer.views else ""),
    ]
    return [(say_text(OPENED[key]), value) for key, value in pairs if value]


ROUTES = (
    Page("sealed", sealed, Needs.NOTHING, uploads=True),
    Page("sealed.open", opened, Needs.NOTHING),
)
