"""What a file says besides its picture, and copies that say none of it. Needs no vault."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from starlette.responses import Response

from stillmine.app.actions import Answer
from stillmine.app.jobs import Job
from stillmine.messages import translate
from stillmine.messages.cleaning import WHATS
from stillmine.messages.pages_inspecting import CLEAN, INSIDE
from stillmine.messages.pages_vault import ITEM
from stillmine.web.door import find_action
from stillmine.web.pages.files import gone
from stillmine.web.paths import address
from stillmine.web.routing import Needs, Page
from stillmine.web.shelf import Held
from stillmine.web.showing import onward, page, say_text, size, trouble
from stillmine.web.trying import came_of, start_trying
from stillmine.web.visit import Visit

_PREVIEW = Path("preview.jpg")
# What cannot be cleaned as it is can still be drawn anew.
_DRAW_ANEW = frozenset({"share.not-understood", "share.still-speaks", "share.shown-differs"})


def inside(visit: Visit) -> Response:
    """Take a file to look into, or some to make clean copies of."""
    files = visit.sent.files.get("files", [])
    cleans = visit.typed("do") == "clean"
    if files and (cleans or len(files) == 1):
        held = visit.door.shelf.hold(visit.sent.taken().handed())
        return _start_cleaning(visit, held) if cleans else _start_looking(visit, held)
    wrong = say_text(INSIDE["one" if files else "none"]) if visit.posted else ""
    return page(visit, "inside.html", status=409 if wrong else 200, words=INSIDE, wrong=wrong)


def _start_looking(visit: Visit, held: Held) -> Response:
    request = find_action("share.inspect").request(file=Path(), save_preview=_PREVIEW)
    return _start(visit, held, "share.inspect", request, then="inside.told")


def _start_cleaning(visit: Visit, held: Held, *, anew: bool = False) -> Response:
    request = find_action("share.clean").request(files=(), to=Path(), re_encode=anew)
    return _start(visit, held, "share.clean", request, then="inside.clean")


def _start(visit: Visit, held: Held, name: str, request: Any, *, then: str) -> Response:
    door, action = visit.door, find_action(name)

    def run(job: Job) -> Answer:
        with held.handed() as handed:
            context = replace(door.context(job=job, handed=handed), delivery=held.delivery)
            return action.run(context, request)

    return start_trying(visit, name, run, then=then, files=held.name)


def told(visit: Visit) -> Response:
    """Say what a file tells; what a hidden preview shows is veiled until it is held."""
    held, found = visit.door.shelf.find(visit.parts["files"]), came_of(visit)
    if visit.posted and held is not None:
        if visit.typed("do") == "clean":
            return _start_cleaning(visit, held)
        return _forgotten(visit, held)
    if held is None or found is None:
        return gone(visit)
    if found.problem is not None:
        wrong = " ".join(trouble(found.problem))
        return page(visit, "inside.html", status=409, words=INSIDE, wrong=wrong)
    preview = next((number for number, each in held.made if each.name == str(_PREVIEW)), None)
    facts: dict[str, Any] = {
        "answer": found.answer,
        "says": [(translate(WHATS[each.what]), each) for each in found.answer.says],
        "stays": [each.means for each in found.answer.stays],
        "picture": address("file.look", files=held.name, number=0),
        "preview": _look_at(held, preview),
    }
    return page(visit, "inside_told.html", words=INSIDE, item=ITEM, **facts)


def _look_at(held: Held, number: int | None) -> str:
    return "" if number is None else address("file.look", files=held.name, number=number)


def _forgotten(visit: Visit, held: Held) -> Response:
    """Take the files out of memory, and what was said of them."""
    visit.door.shelf.drop(held.name)
    for work in visit.door.works.all():
        if work.parts.get("files") == held.name:
            visit.door.works.seen(work)
    return onward("inside")


def cleaned(visit: Visit) -> Response:
    """Give the clean copies to the browser, and say what is gone and what was left out."""
    held, found = visit.door.shelf.find(visit.parts["files"]), came_of(visit)
    if visit.posted and held is not None:
        if visit.typed("do") == "anew":
            return _start_cleaning(visit, held, anew=True)
        return _forgotten(visit, held)
    if held is None or found is None:
        return gone(visit)
    answer = found.answer
    numbers = {each.name: number for number, each in held.made}
    skipped = answer.skipped if answer is not None else ()
    facts: dict[str, Any] = {
        "answer": answer,
        "copies": [_copy(each, held, numbers) for each in (answer.cleaned if answer else ())],
        "skipped": skipped,
        "anew": any(each.code in _DRAW_ANEW for each in skipped),
        "problem": trouble(found.problem) if found.problem is not None else None,
    }
    return page(visit, "inside_clean.html", words=CLEAN, **facts)


def _copy(copied: Any, held: Held, numbers: dict[str, int]) -> dict[str, Any]:
    number = numbers[Path(copied.copy).name]
    gone_ = ", ".join(translate(WHATS[one.what]) for one in copied.removed)
    return {
        "to": address("file", files=held.name, number=number),
        "name": Path(copied.copy).name,
        "of": copied.file,
        "size": size(held.delivery.files[number].size),
        "gone": gone_,
        "lossless": copied.lossless,
        "twice": len(copied.checked_by) > 1,
    }


ROUTES = (
    Page("inside", inside, Needs.NOTHING, uploads=True),
    Page("inside.told", told, Needs.NOTHING),
    Page("inside.clean", cleaned, Needs.NOTHING),
)
