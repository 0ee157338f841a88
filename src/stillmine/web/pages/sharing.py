"""People you share with: their keys, comparing words, and who was given what."""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from starlette.responses import Response

from stillmine.app.delivering import Delivery
from stillmine.errors import NoContact, PersonExists, StillmineError
from stillmine.journeys.known import BEFORE_SHARING
from stillmine.messages.handing import SEALED
from stillmine.messages.pages_ground import GROUND
from stillmine.messages.pages_sharing import GIVEN, KNOWN, PERSON
from stillmine.web.asking import ask
from stillmine.web.door import find_action
from stillmine.web.journeying import number_of
from stillmine.web.pages.vault import titled
from stillmine.web.paths import address
from stillmine.web.routing import Page
from stillmine.web.showing import day, onward, page, say_text
from stillmine.web.visit import Visit

PART = 20
"""So many copies are on one page."""
_DIGITS = 16
_EXPORTS = {"csv": "text/csv", "json": "application/json", "txt": "text/plain; charset=utf-8"}
_MOST_LIST = 1 << 26  # bytes of a list


def known(visit: Visit) -> Response:
    """Show the people whose keys are kept; take a new one."""
    typed: dict[str, str] = {"name": "", "key": ""}
    wrong: dict[str, str] = {}
    problem = None
    if visit.posted:
        typed = {"name": visit.typed("name"), "key": visit.typed("key")}
        wrong = _wrong_line(typed["key"])
        if not wrong:
            beside = {NoContact.code: "key", PersonExists.code: "name"}
            form = ask(visit, "share.people.add", beside=beside)
            if form.answer is not None:
                added: Any = form.answer
                return onward("known.person", person=number(added))
            wrong, problem = form.wrong, form.trouble
    answer: Any = visit.door.do("share.people.list")
    facts: dict[str, Any] = {
        "people": [(_way_to(each), each.name, _compared(each)) for each in answer.people],
        "typed": typed,
        "wrong": wrong,
        "problem": problem,
    }
    status = 409 if wrong or problem else 200
    return page(visit, "known.html", status=status, words=KNOWN, **facts)


def _wrong_line(line: str) -> dict[str, str]:
    """Return what is wrong with a line. The action takes a file too, and a page does not."""
    if not line:
        return {"key": say_text(GROUND["field_needed"])}
    if not line.lower().startswith(("stillmine1", "age1")):
        return {"key": say_text(KNOWN["key_hint"])}
    return {}


def number(person: Any) -> str:
    """Return the number that stands for somebody in an address: made of their key, says nothing."""
    return hashlib.sha256(person.fingerprint.encode()).hexdigest()[:_DIGITS]


def _way_to(person: Any) -> str:
    return address("known.person", person=number(person))


def _compared(person: Any) -> str:
    if person.compared is None:
        return say_text(KNOWN["not_compared"])
    return say_text(KNOWN["compared"], day=day(person.compared))


def person(visit: Visit) -> Response:
    """Show one person: the words to compare, what they were given, and forget them."""
    answer: Any = visit.door.do("share.people.list")
    found = next((each for each in answer.people if number(each) == visit.parts["person"]), None)
    if found is None:
        return onward("known")
    wrong = ""
    if visit.posted and visit.typed("do") == "same":
        visit.door.do("share.people.verify", name=found.name, same=True)
        return onward("known.person", person=number(found))
    if visit.posted and visit.typed("do") == "forget":
        if visit.typed("yes"):
            visit.door.do("share.people.forget", name=found.name)
            return onward("known")
        wrong = say_text(PERSON["tick"])
    shown: Any = visit.door.do("share.people.verify", name=found.name)
    copies: Any = visit.door.do("share.list", for_=found.name)
    facts: dict[str, Any] = {
        "person": shown,
        "compared": day(shown.compared) if shown.compared else "",
        "copies": [_copy(visit, each) for each in copies.handovers[:PART]],
        "share": address("journey", way=number_of(BEFORE_SHARING)),
        "wrong": wrong,
    }
    return page(visit, "known_person.html", status=409 if wrong else 200, words=PERSON, **facts)


def given(visit: Visit) -> Response:
    """Show who was given what, and write letters that ask to delete it."""
    if visit.asked("as") in _EXPORTS:
        return _exported(visit, visit.asked("as"))
    held = visit.door.shelf.hold() if visit.posted else None
    delivery = held.delivery if held is not None else None
    form = ask(visit, "share.withdraw", fixed={"to": Path()}, delivery=delivery)
    if form.answer is not None and held is not None:
        written: Any = form.answer
        letters = [
            (each.recipient, address("file", files=held.name, number=number))
            for each, (number, _file) in zip(written.letters, held.made, strict=True)
        ]
        return page(visit, "given_written.html", words=GIVEN, letters=letters)
    answer: Any = visit.door.do("share.list")
    asked = visit.asked("part")
    part = max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    shown = answer.handovers[(part - 1) * PART : part * PART]
    wrong = {**form.wrong}
    if "handovers" in wrong:
        wrong["handovers"] = say_text(GIVEN["choose"])
    facts: dict[str, Any] = {
        "copies": [(each.handover, *_copy(visit, each, named=True)) for each in shown],
        "chosen": form.typed.get("handovers") or (),
        "mail": bool(form.typed.get("mail")),
        "part": part,
        "parts": -(-len(answer.handovers) // PART),
        "wrong": wrong,
        "problem": form.trouble,
    }
    return page(visit, "given.html", status=409 if wrong else 200, words=GIVEN, **facts)


def _exported(visit: Visit, ending: str) -> Response:
    """Give the whole list as a file, say for a lawyer; its name says nothing."""
    action, delivery = find_action("share.list"), Delivery(_MOST_LIST)
    now = datetime.now().astimezone()
    request = action.request(export=Path(f"notes-{now:%Y-%m-%d}.{ending}"))
    with contextlib.closing(delivery):
        action.run(replace(visit.door.context(), delivery=delivery), request)
        made = delivery.files[0]
        headers = {"Content-Disposition": f'attachment; filename="{made.name}"'}
        content = made.content.read()
    return Response(content, media_type=_EXPORTS[ending], headers=headers)


def _copy(visit: Visit, each: Any, *, named: bool = False) -> tuple[str, str]:
    """Return a copy as its name, and a sentence about it."""
    title = each.item_name
    with contextlib.suppress(StillmineError):  # forgotten since: its name is still in the list
        item: Any = visit.door.do("keep.show", item=each.item)
        title = titled(item.label, item.kind, item.item)
    how = say_text(SEALED[each.sealed or "unsealed"])
    said = [say_text(GIVEN["made"], day=day(each.made), how=how)]
    if not each.marked:
        said.append(say_text(GIVEN["unmarked"]))
    if each.state == "cut-off":
        said.append(say_text(GIVEN["cut_off"]))
    if each.withdrawn:
        said.append(say_text(GIVEN["asked"], day=day(each.withdrawn)))
    line = say_text(GIVEN["line"], name=each.recipient, item=title) if named else title
    return line, " ".join(said)


ROUTES = (
    Page("known", known),
    Page("known.person", person),
    Page("given", given),
)
