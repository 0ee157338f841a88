"""Sealed copies in other places: the list of places, one place, adding one, and practice."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath
from typing import Any

from starlette.responses import Response

from stillmine.messages.pages_backups import ADD, BACKUPS, DRILL, FIELDS, KINDS, ONE, RESTORE
from stillmine.web.asking import Form, ask
from stillmine.web.pages.backup_fields import (
    beside,
    fields_for,
    forget_typed,
    kind_at,
    numbered_kinds,
    place_of,
    typed_before,
    with_shown_key,
)
from stillmine.web.paths import address
from stillmine.web.routing import Page
from stillmine.web.showing import clock, onward, page, say_text
from stillmine.web.visit import Visit

_OF_ALL = {"run": "keep.backup.run", "mend": "keep.backup.repair"}
_OF_ONE = {
    "run": "keep.backup.run",
    "verify": "keep.backup.verify",
    "prune": "keep.backup.prune",
}
_DONE = "backed"
SAMPLE = "100"
"""So many files are read back where not all are."""


def backups(visit: Visit) -> Response:
    """List the places of backups, bring them up to date, or mend the vault from them."""
    form: Form | None = None
    if visit.posted and visit.typed("do") in _OF_ALL:
        form = ask(visit, _OF_ALL[visit.typed("do")], then=_DONE)
        aside = form.aside(visit)
        if aside is not None:
            return aside
    facts = {"places": _places(visit), "wrong": form.trouble if form else None}
    return page(visit, "backups.html", status=409 if form else 200, words=BACKUPS, **facts)


def _places(visit: Visit) -> list[dict[str, Any]]:
    answer: Any = visit.door.do("keep.backup.list")
    return [
        {
            "number": number,
            "name": each.name,
            "where": shown_address(each.url),
            "saved": _moment(each.last_run),
            "drilled": _moment(each.last_drill),
            "has_drilled": bool(each.last_drill),
            "counter": each.backups,
        }
        for number, each in enumerate(answer.places, 1)
    ]


def shown_address(url: str) -> str:
    """Return an address without what follows its question mark, which is long and tells nobody."""
    return url if PurePath(url).is_absolute() else url.partition("?")[0]


def _moment(iso: str) -> str:
    return clock(datetime.fromisoformat(iso)) if iso else say_text(BACKUPS["never"])


def _place_at(visit: Visit) -> dict[str, Any] | None:
    """Return the place that the address names by its number, or that the form names."""
    named, number = visit.typed("place"), visit.parts["number"]
    for each in _places(visit):
        # The list may have changed since the page was made: then its name decides.
        if each["name"] == named if named else str(each["number"]) == number:
            return each
    return None


def _gone(visit: Visit) -> Response:
    wrong = (say_text(ONE["gone"]), say_text(ONE["gone_next"]))
    return page(visit, "trouble.html", status=404, wrong=wrong)


def backup(visit: Visit) -> Response:
    """Show one place, and what can be done with it."""
    found = _place_at(visit)
    if found is None:
        return _gone(visit)
    form: Form | None = None
    do = visit.typed("do")
    if visit.posted and do == "remove":
        form = ask(visit, "keep.backup.remove", fixed={"name": found["name"]})
        if form.answer is not None:
            return onward("backups")
    elif visit.posted and do in _OF_ONE:
        form = ask(visit, _OF_ONE[do], fixed={"names": (found["name"],)}, then=_DONE)
        aside = form.aside(visit)
        if aside is not None:
            return aside
    facts: dict[str, Any] = {
        "place": found,
        "list": BACKUPS,
        "samples": (("0", say_text(ONE["all"])), (SAMPLE, say_text(ONE["some"]))),
        "wrong": form.trouble if form else None,
    }
    return page(visit, "backup.html", status=409 if form else 200, words=ONE, **facts)


def drill(visit: Visit) -> Response:
    """Practise the day on which everything is lost, with the words on paper."""
    found = _place_at(visit)
    if found is None:
        return _gone(visit)
    form: Form | None = None
    if visit.posted:
        form = ask(visit, "keep.backup.drill", fixed={"name": found["name"]}, then=_DONE)
        aside = form.aside(visit)
        if aside is not None:
            return aside
    facts = {"place": found, "list": BACKUPS, "wrong": form.wrong if form else {}}
    return page(visit, "backup_drill.html", status=409 if form else 200, words=DRILL, **facts)


def kinds(visit: Visit) -> Response:
    """Ask what kind of place is to be added."""
    kinds = [(address("backup.new", kind=each[0]), *each[1:]) for each in numbered_kinds()]
    return page(visit, "backup_kinds.html", words=ADD, back="backups", kinds=kinds)


def new(visit: Visit) -> Response:
    """Add a place of a kind, after a yes where it lies away from this computer."""
    kind = kind_at(visit)
    if not kind:
        return onward("backup.kinds")
    typed, form, wrong = typed_before(visit, kind), None, {}
    if visit.posted:
        fixed: dict[str, Any] = {}
        if not visit.sent.first("agree"):
            place = place_of(visit, kind)
            fixed, wrong = {"url": place.url, "secret": place.secret}, dict(place.wrong)
        if not wrong:
            form = ask(visit, "keep.backup.add", fixed=fixed, beside=beside(kind))
            if form.answer is not None:
                forget_typed(visit)
                return onward("backups")
            aside = form.aside(visit)
            if aside is not None:
                return aside
            wrong, typed = dict(form.wrong), with_shown_key(typed, form.error)
    return place_form(visit, kind, typed, wrong, form.trouble if form else None)


def place_form(
    visit: Visit,
    kind: str,
    typed: dict[str, str],
    wrong: dict[str, str],
    problem: tuple[str, str] | None,
    *,
    restoring: bool = False,
) -> Response:
    """Return the form of a kind of place: to add it, or to bring a vault back from it."""
    facts: dict[str, Any] = {
        "about": KINDS[kind],
        "fields": fields_for(kind, typed),
        "named": None if restoring else typed.get("name", ""),
        "name_words": FIELDS["name"],
        "wrong": wrong,
        "problem": problem,
        "away": kind != "folder",
        "restoring": restoring,
        "restore": RESTORE,
    }
    status = 409 if wrong or problem else 200
    return page(visit, "backup_place.html", status=status, words=ADD, **facts)


ROUTES = (
    Page("backups", backups),
    Page("backup", backup),
    Page("backup.drill", drill),
    Page("backup.kinds", kinds),
    Page("backup.new", new),
)
