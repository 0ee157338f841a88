"""Do something with several items at once: put them into an album, or take them out as files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.responses import Response

from stillmine.messages.pages_vault import ITEM, KINDS, SEVERAL
from stillmine.web.asking import Form, ask
from stillmine.web.pages.item import first_folder
from stillmine.web.pages.vault import titled, wished_for
from stillmine.web.routing import Page
from stillmine.web.showing import day, onward, page, say_text, trouble_of
from stillmine.web.visit import Visit

_ALBUM = ("put", "take-out")


def several(visit: Visit) -> Response:
    """Let some of the items that the vault shows be chosen, and do what is asked with them."""
    form: Form | None = None
    wrong: dict[str, str] = {}
    if visit.posted:
        wrong = _missing(visit)
        if not wrong:
            form = _done(visit)
            aside = form.aside(visit)
            if aside is not None:
                return aside
            wrong = dict(form.wrong)
    _wishes, part, answer = wished_for(visit)
    albums: Any = visit.door.do("keep.albums")
    done: Any = form.answer if form else None
    facts: dict[str, Any] = {
        "items": [
            (
                each.item,
                titled(each.label, each.kind, each.item),
                f"{say_text(KINDS[each.kind])}, {day(each.added)}",
            )
            for each in answer.items
        ],
        "chosen": visit.sent.every("items"),
        "albums": [each.album for each in albums.albums],
        "album": visit.typed("album"),
        "folder": visit.typed("to") or str(first_folder()),
        "changed": len(done.changed) if done is not None else None,
        "part": part,
        "item_words": ITEM,
        "wrong": wrong,
        "problem": form.trouble if form else None,
    }
    status = 409 if wrong or (form is not None and form.trouble) else 200
    return page(visit, "several.html", status=status, words=SEVERAL, **facts)


def _missing(visit: Visit) -> dict[str, str]:
    """Return what has to be chosen or typed first, by field."""
    if not visit.sent.every("items"):
        return {"items": say_text(SEVERAL["none"])}  # an action would take none for everything
    if visit.typed("do") in _ALBUM:
        return {} if visit.typed("album") else {"album": say_text(SEVERAL["name_needed"])}
    if not visit.typed("yes"):
        return {"yes": say_text(ITEM["tick_first"])}
    return {} if visit.typed("to") else {"to": say_text(ITEM["folder_hint"])}


def _done(visit: Visit) -> Form:
    if visit.typed("do") in _ALBUM:
        return ask(visit, "keep.album", fixed={"remove": visit.typed("do") == "take-out"})
    return ask(visit, "keep.export", then="several.out")


def out(visit: Visit) -> Response:
    """Say which files were written, and which could not be."""
    answer = visit.answer()
    if answer is None:
        return onward("several")
    written = len(answer.exported)
    heading = ("done_some" if written else "done_none") if answer.skipped else "done"
    facts: dict[str, Any] = {
        "heading": heading,
        "count": written,
        "folder": str(Path(answer.exported[0].file).parent) if written else "",
        "skipped": [" ".join(trouble_of(each.code)) for each in answer.skipped],
    }
    return page(visit, "several_out.html", words=SEVERAL, **facts)


ROUTES = (
    Page("several", several),
    Page("several.out", out),
)
