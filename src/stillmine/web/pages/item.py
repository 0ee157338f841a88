"""One item: hold to look, its words, who has a copy, take it out, forget it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from starlette.responses import Response

from stillmine.errors import StillmineError
from stillmine.journeys.known import BEFORE_SHARING, COVERED
from stillmine.journeys.known import ITEM as ITEM_PICKED
from stillmine.messages import say
from stillmine.messages.handing import SEALED
from stillmine.messages.pages_vault import ITEM, KINDS
from stillmine.web.journeying import place_of, progress_on, remember
from stillmine.web.pages.cases import title_of
from stillmine.web.pages.vault import titled, who_has_copies
from stillmine.web.pages.watching import row
from stillmine.web.paths import address
from stillmine.web.routing import Page
from stillmine.web.showing import clock, day, onward, page, say_text, size, trouble
from stillmine.web.visit import Visit

_MOST_FOUND = 20
_CAN_BE_SEEN = ("picture", "animation")


def item(visit: Visit) -> Response:
    """Show what is known of an item; the picture stays veiled until it is held."""
    name, wrong = visit.parts["item"], None
    if visit.posted and visit.typed("do") == "share":
        return _shared(visit, name)
    if visit.posted:
        try:
            _change(visit, name)
            return onward("item", item=name, saved="1")
        except StillmineError as problem:
            wrong = trouble(problem)
    shown: Any = visit.door.do("keep.show", item=name)
    copies: Any = visit.door.do("share.list", item=shown.item)
    found: Any = visit.door.do("watch.found", item=shown.item, all=True)
    albums: Any = visit.door.do("keep.albums")
    facts = {
        "item": shown.item,
        "heading": titled(shown.label, shown.kind, shown.item),
        "label": shown.label,
        "albums": shown.albums,
        "other_albums": [each.album for each in albums.albums if each.album not in shown.albums],
        "can_be_seen": shown.kind in _CAN_BE_SEEN and shown.problem is None,
        "facts": _facts(shown),
        "copies": [_copy(each) for each in copies.handovers],
        "findings": [row(each) for each in found.findings[:_MOST_FOUND]],
        "more_found": len(found.findings) > _MOST_FOUND,
        "cases": _cases(visit, {each.case for each in found.findings if each.case}),
        "can_be_shared": shown.kind == "picture" and shown.problem is None,
        "saved": bool(visit.asked("saved")),
    }
    status = 409 if wrong else 200
    return page(visit, "item.html", status=status, words=ITEM, wrong=wrong, **facts)


def _shared(visit: Visit, name: str) -> Response:
    """Begin the journey before sharing with this item, or go on with it there."""
    shown: Any = visit.door.do("keep.show", item=name)
    progress = progress_on(visit.door, BEFORE_SHARING)
    if progress.answers.get(ITEM_PICKED) != shown.item:
        progress = progress.moved("cover", **{ITEM_PICKED: shown.item, COVERED: ""})
    remember(visit.door, progress.moved("cover"))
    return onward("journey.step", **place_of(BEFORE_SHARING, "cover"))


def _cases(visit: Visit, names: set[str]) -> list[tuple[str, str]]:
    """Return the cases that hold a finding of this item: the address, and what it is called."""
    if not names:
        return []
    answer: Any = visit.door.do("act.case.list", closed=True)
    return [
        (address("case", case=each.case), title_of(each))
        for each in answer.cases
        if each.case in names
    ]


def _change(visit: Visit, name: str) -> None:
    """Change the label, or put the item into an album or take it out."""
    do = visit.typed("do")
    if do == "label":
        visit.door.do("keep.label", item=name, label=visit.typed("label"))
    elif do in ("put", "take-out") and visit.typed("album"):
        fields = {"items": (name,), "remove": do == "take-out"}
        visit.door.do("keep.album", album=visit.typed("album"), **fields)


def _facts(shown: Any) -> list[tuple[str, str]]:
    pixels = f"{shown.width} x {shown.height}" if shown.width and shown.height else ""
    length = f"{shown.seconds:.0f} s" if shown.seconds else ""
    problem = say(shown.problem, {})[0].replace("…", "").strip() if shown.problem else ""
    pairs = [
        ("kind", f"{say_text(KINDS[shown.kind])}, {shown.format}"),
        ("name", shown.name),
        ("added", clock(shown.added)),
        ("taken", clock(shown.modified)),
        ("size", size(shown.size)),
        ("pixels", pixels),
        ("length", length),
        ("problem", problem),
    ]
    return [(say_text(ITEM[key]), value) for key, value in pairs if value]


def _copy(each: Any) -> tuple[str, str, str, str]:
    """Return a copy as a row: who, when, how sealed, and what became of it."""
    became = say_text(ITEM["cut_off"]) if each.state == "cut-off" else ""
    if each.withdrawn:
        became = f"{say_text(ITEM['withdrawn'])}: {day(each.withdrawn)}"
    sealed = say_text(SEALED[each.sealed or "unsealed"])
    return each.recipient, day(each.made), sealed, became


def export(visit: Visit) -> Response:
    """Write the plain file to a folder that the person names, after saying what that means."""
    name = visit.parts["item"]
    shown: Any = visit.door.do("keep.show", item=name)
    facts: dict[str, Any] = {
        "item": shown.item,
        "folder": visit.typed("folder") or str(first_folder()),
        "wrong": {},
        "file": "",
    }
    if not visit.posted:
        return page(visit, "export.html", words=ITEM, **facts)
    if not visit.typed("yes"):
        facts["wrong"] = {"yes": say_text(ITEM["tick_first"])}
        return page(visit, "export.html", status=409, words=ITEM, **facts)
    try:
        to = Path(facts["folder"]).expanduser()
        answer: Any = visit.door.do("keep.export", items=(name,), to=to)
        if answer.skipped:
            facts["wrong"] = {"folder": " ".join(say(answer.skipped[0].code, {}))}
        else:
            facts["file"] = str(answer.exported[0].file)
    except StillmineError as problem:
        facts["wrong"] = {"folder": " ".join(trouble(problem))}
    status = 409 if facts["wrong"] else 200
    return page(visit, "export.html", status=status, words=ITEM, **facts)


def first_folder() -> Path:
    """Return the folder that is offered: where people look for what they took out."""
    downloads = Path.home() / "Downloads"
    return downloads if downloads.is_dir() else Path.home()


def forget(visit: Visit) -> Response:
    """Forget an item for good, after a tick that nobody sets by accident."""
    name = visit.parts["item"]
    if not (visit.posted and visit.typed("yes")):
        wrong = say_text(ITEM["tick_first"]) if visit.posted else ""
        visit.door.do("keep.show", item=name)
        status = 409 if wrong else 200
        return page(visit, "forget.html", status=status, words=ITEM, item=name, wrong=wrong)
    people = who_has_copies(visit, name)
    answer: Any = visit.door.do("keep.forget", items=(name,))
    with_copies = [who for names in people.values() for who in names]
    facts: dict[str, Any] = {"backups": answer.backups, "people": with_copies, "to": "vault"}
    return page(visit, "forgot.html", words=ITEM, **facts)


ROUTES = (
    Page("item", item),
    Page("export", export),
    Page("forget", forget),
)
