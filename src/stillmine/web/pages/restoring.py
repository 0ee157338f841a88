"""Bring a vault back from a backup, on a computer that has none; or look at a backup first."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from starlette.responses import Response

from stillmine.messages.pages_backups import DONE, RESTORE
from stillmine.web.asking import ask
from stillmine.web.pages.backup_fields import (
    forget_typed,
    kind_at,
    numbered_kinds,
    place_of,
    typed_before,
    what_is_wrong,
    with_shown_key,
)
from stillmine.web.pages.backup_results import what_was_wrong
from stillmine.web.pages.backups import place_form
from stillmine.web.paths import address
from stillmine.web.routing import Needs, Page
from stillmine.web.showing import day, onward, page, say_counted, say_text, size
from stillmine.web.visit import Visit
from stillmine.web.working import State, Work

_RESTORE, _INSPECT = "keep.backup.restore", "keep.backup.inspect"
_MOST_ROWS = 100


def restore(visit: Visit) -> Response:
    """Ask where the backup is; where there is a vault already, say what can be done instead."""
    if visit.door.has_vault():
        return page(visit, "restore_there.html", words=RESTORE)
    kinds = [(address("restore.kind", kind=each[0]), *each[1:]) for each in numbered_kinds()]
    return page(visit, "backup_kinds.html", words=RESTORE, back="rooms", kinds=kinds)


def kind(visit: Visit) -> Response:
    """Take the place of the backup, and bring all of it back, or only look at it."""
    chosen = kind_at(visit)
    if not chosen or visit.door.has_vault():
        return onward("restore")
    typed, problem = typed_before(visit, chosen), None
    wrong: dict[str, str] = {}
    if visit.posted:
        fixed: dict[str, Any] = {}
        if not visit.sent.first("agree"):
            place = place_of(visit, chosen)
            fixed, wrong = {"url": place.url, "secret": place.secret}, dict(place.wrong)
        if not wrong:
            action = _INSPECT if typed.get("do") == "inspect" else _RESTORE
            form = ask(visit, action, fixed=fixed, then="restored")
            aside = form.aside(visit)
            if aside is not None:
                return aside
            wrong, problem = dict(form.wrong), form.trouble
    elif (failed := _failed(visit)) is not None:
        # Whoever comes back from work that did not get to its end sees why, beside its field.
        wrong, typed = what_is_wrong(chosen, failed.error), with_shown_key(typed, failed.error)
    return place_form(visit, chosen, typed, wrong, problem, restoring=True)


def _failed(visit: Visit) -> Work | None:
    here = [each for each in visit.door.works.all() if each.asked == visit.request.url.path]
    return here[-1] if here and here[-1].state is State.FAILED else None


def restored(visit: Visit) -> Response:
    """Say what came back, or what was seen, and lead on."""
    answer = visit.answer()
    if answer is None:
        return onward("restore")
    is_back = hasattr(answer, "restored_size")
    if is_back:
        forget_typed(visit)
    facts: dict[str, Any] = {
        "heading": _heading(is_back=is_back, whole=not answer.damaged),
        "said": _back(answer) if is_back else _seen(answer),
        "rows": [(each.name, what_was_wrong(each.what)) for each in answer.damaged[:_MOST_ROWS]],
        "heads": (say_text(DONE["file"]), say_text(DONE["what"])),
        "list": say_text(DONE["list"]),
        "is_back": is_back,
    }
    return page(visit, "restored.html", words=RESTORE, **facts)


def _heading(*, is_back: bool, whole: bool) -> str:
    if is_back:
        return "done" if whole else "part"
    return "seen" if whole else "seen_not"


def _back(answer: Any) -> str:
    facts = {"size": size(answer.restored_size), "day": _day(answer)}
    return say_counted(RESTORE["done_text_one"], RESTORE["done_text"], answer.files, **facts)


def _seen(answer: Any) -> str:
    count = answer.read_back
    return say_counted(RESTORE["seen_text_one"], RESTORE["seen_text"], count, day=_day(answer))


def _day(answer: Any) -> str:
    return day(datetime.fromisoformat(answer.made))


ROUTES = (
    Page("restore", restore, Needs.NOTHING),
    Page("restore.kind", kind, Needs.NOTHING),
    Page("restored", restored, Needs.NOTHING),
)
