"""Show a leak being traced: copies for three people, of which one turns up changed."""

from __future__ import annotations

from pathlib import Path

from stillmine.app.context import Context
from stillmine.errors import CannotMark, NoRecogniser
from stillmine.journeys.finding import copy_of_one
from stillmine.journeys.told import Told
from stillmine.keep.finding import ListRequest, list_items
from stillmine.share.make import MakeRequest, make
from stillmine.share.trace import TraceRequest, trace

_PEOPLE = ("Ana", "Ben", "Cem")
_LEAKED = "Ben"
_NEVER = 1e-6  # the most that the chance of naming somebody innocent may be


def trace_a_leak(context: Context, folder: Path) -> Told:
    """Make copies of one picture for three people, change one as leaks are, and ask whose it is."""
    folder.mkdir()
    try:
        item = _marked_for_all(context, folder)
        if item is None:
            return Told(good=True, instead="leak-nothing-to-mark")
        leak = _leak(folder)
        if leak is None:
            return Told(good=False, instead="leak-not")
        answer = trace(context, TraceRequest(leak))
    except NoRecogniser:
        return Told(good=True, instead="found-no-recogniser")
    named = [each.recipient for each in answer.named]
    if named != [_LEAKED]:
        return Told(good=False, instead="leak-not")
    chance = answer.named[0].false_accusation
    return Told(
        good=answer.item == item and chance <= _NEVER,
        facts={
            "people": ", ".join(_PEOPLE),
            "named": _LEAKED,
            "used": f"{answer.used:.0%}",
            "odds": f"{round(1 / chance):,}",
        },
    )


def _marked_for_all(context: Context, folder: Path) -> str | None:
    """Make a copy for each person of the first item that can be marked; return that item."""
    for item in list_items(context, ListRequest()).items:
        try:
            for name in _PEOPLE:
                make(
                    context,
                    MakeRequest((item.item,), for_=name, to=_place(folder, name), unsealed=True),
                )
        except CannotMark:
            continue
        return item.item
    return None


def _place(folder: Path, name: str) -> Path:
    place = folder / name
    place.mkdir(exist_ok=True)
    return place


def _leak(folder: Path) -> Path | None:
    """Return a screenshot of one copy, cut, mirrored and saved badly; None if it cannot be seen."""
    copy = copy_of_one(list((folder / _LEAKED).iterdir()))
    if copy is None:
        return None
    leak = folder / "leak.jpg"
    leak.write_bytes(copy.jpeg)
    return leak
