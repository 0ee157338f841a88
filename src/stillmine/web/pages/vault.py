"""The vault as veiled tiles: what is kept, a part at a time, and how to find some of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import astuple, dataclass, fields
from datetime import date
from typing import Any

from starlette.responses import Response

from stillmine.messages.pages_vault import KINDS, VAULT
from stillmine.web.routing import Page
from stillmine.web.showing import day, onward, page, say_text
from stillmine.web.visit import Visit

PART = 60
"""So many tiles are on one page; only these are read."""
_NAMED = 2  # people who are named on a tile; more are counted
_SHORT = 8  # signs of a number that stand for what has no label
_WISHES = "vault-wishes"


@dataclass(frozen=True, slots=True)
class Wishes:
    """Which part of the vault to show. Kept in memory: an address would stay in the history."""

    words: str = ""
    album: str = ""
    kind: str = ""
    since: str = ""
    until: str = ""

    def __bool__(self) -> bool:
        """Say whether anything is left out."""
        return any(astuple(self))


@dataclass(frozen=True, slots=True)
class Tile:
    """What a tile says of an item, and never a part of the picture."""

    item: str
    title: str
    kind: str
    lines: tuple[str, ...]


def vault(visit: Visit) -> Response:
    """Show one part of what is kept, the newest first."""
    if visit.posted:
        wishes = Wishes(*(visit.typed(each.name) for each in fields(Wishes)))
        visit.door.notes[_WISHES] = wishes if visit.typed("do") != "all" else Wishes()
        return onward("vault")
    wishes, part, answer = wished_for(visit)
    albums: Any = visit.door.do("keep.albums")
    facts = {
        "wishes": wishes,
        "tiles": _tiles(answer.items, who_has_copies(visit)),
        "part": part,
        "first": (part - 1) * PART + 1,
        "last": (part - 1) * PART + len(answer.items),
        "fitting": answer.fitting,
        "parts": -(-answer.fitting // PART),
        "waiting": not getattr(answer, "words_confirmed", True),
        "empty": not getattr(answer, "kept", True),
        "albums": [(each.album, each.album) for each in albums.albums],
        "kinds": [(kind, say_text(said)) for kind, said in KINDS.items()],
    }
    return page(visit, "vault.html", words=VAULT, **facts)


def wished_for(visit: Visit) -> tuple[Wishes, int, Any]:
    """Return what was asked for, which part of it, and the items of this part."""
    wishes = visit.door.notes.get(_WISHES, Wishes())
    part = _part(visit.asked("part"))
    return wishes, part, _asked_for(visit, wishes, part)


def _part(asked: str) -> int:
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def _asked_for(visit: Visit, wishes: Wishes, part: int) -> Any:
    wanted = {"album": wishes.album, "kind": wishes.kind, **_days(wishes)}
    wanted |= {"newest": PART, "skip": (part - 1) * PART}
    if wishes.words:
        return visit.door.do("keep.find", words=tuple(wishes.words.split()), **wanted)
    return visit.door.do("keep.list", **wanted)


def _days(wishes: Wishes) -> dict[str, Any]:
    """Return the days that were typed; what is no day leaves nothing out."""
    found: dict[str, Any] = {}
    for name, typed in (("since", wishes.since), ("until", wishes.until)):
        with suppress(ValueError):
            found[name] = date.fromisoformat(typed).isoformat()
    return found


def who_has_copies(visit: Visit, item: str = "") -> dict[str, list[str]]:
    """Return, for each item that was handed over, who has a copy, each name once."""
    answer: Any = visit.door.do("share.list", item=item)
    found: dict[str, list[str]] = defaultdict(list)
    for each in reversed(answer.handovers):
        if each.recipient not in found[each.item]:
            found[each.item].append(each.recipient)
    return dict(found)


def _tiles(items: Iterable[Any], copies: dict[str, list[str]]) -> list[Tile]:
    return [
        Tile(
            each.item,
            titled(each.label, each.kind, each.item),
            say_text(KINDS[each.kind]),
            (say_text(VAULT["added"], day=day(each.added)), with_whom(copies.get(each.item, []))),
        )
        for each in items
    ]


def titled(label: str, kind: str, item: str) -> str:
    """Return what an item is called on a page: its label, never the name of its file."""
    return label or f"{say_text(KINDS[kind])} {item[:_SHORT]}"


def with_whom(people: list[str]) -> str:
    """Return the sentence that says who has a copy; nothing where nobody has."""
    if not people:
        return ""
    named = ", ".join(people[:_NAMED])
    if len(people) > _NAMED:
        return say_text(VAULT["given_more"], people=named, count=len(people) - _NAMED)
    return say_text(VAULT["given"], people=named)


ROUTES = (Page("vault", vault),)
