"""The places to look at: the list, one place, and adding one."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from stillmine.errors import StillmineError
from stillmine.messages.pages_places import (
    EVERY,
    HOURS,
    KINDS,
    OPTIONS,
    PLACE,
    PLACE_ADD,
    PLACES,
)
from stillmine.messages.pages_vault import ADD
from stillmine.messages.places import THEY_LEARN
from stillmine.web.asking import Form, ask
from stillmine.web.pages.first_question import answer_to, ask_first, question
from stillmine.web.pages.place_fields import (
    chosen_options,
    fields_for,
    learns,
    named_kinds,
    needs_key,
    number_of,
    sends_words,
    typed_before,
)
from stillmine.web.pages.watch_doors import doors
from stillmine.web.pages.watching import part_of, young
from stillmine.web.paths import address
from stillmine.web.routing import Page
from stillmine.web.showing import clock, onward, page, say_counted, say_text, trouble
from stillmine.web.visit import Visit

PART = 30
"""So many places are on one page."""
_GROWN_UP = "looking-nobody-under-18"
_QUESTION = question(ADD, "age", legend=PLACE_ADD["age"], prefix="age_")
_MOST_NAME = 60
_BESIDE = {
    "watch.wrong-place": "target",
    "watch.words-not-proven": "target",
    "watch.words-refused": "target",
    "watch.search-page": "target",
    "app.no-such-file": "target",
    "keep.inside-home": "target",
}


def places(visit: Visit) -> Response:
    """List the places: when each was looked at, when the next look is due, what went wrong."""
    answer: Any = visit.door.do("watch.place.list")
    part, parts = part_of(visit, len(answer.places), PART)
    first = (part - 1) * PART
    shown = [_row(each) for each in answer.places[first : first + PART]]
    facts: dict[str, Any] = {
        "places": shown,
        "count": len(answer.places),
        "part": part,
        "parts": parts,
        "first": first + 1,
        "last": first + len(shown),
        "doors": doors(),
    }
    return page(visit, "watch_places.html", words=PLACES, **facts)


def _row(each: Any) -> dict[str, Any]:
    said = [_when(each)]
    if each.problems:
        count = len(each.problems)
        said.append(say_counted(PLACES["problems_one"], PLACES["problems"], count))
    return {
        "place": each.place,
        "called": each.name or each.target,
        "kind": say_text(KINDS[each.kind][0]),
        "target": each.target if each.name else "",
        "said": said,
    }


def _when(each: Any) -> str:
    key = "looked" if each.looked_at else "never"
    said = [say_text(PLACES[key], at=clock(each.looked_at) if each.looked_at else "")]
    if each.waiting:
        said.append(say_text(PLACES["goes_on"]))
    elif each.due and each.looked_at:
        said.append(say_text(PLACES["due"], at=clock(each.due)))
    if each.has_key:
        said.append(say_text(PLACES["key"]))
    return " ".join(said)


def place(visit: Visit) -> Response:
    """Show one place, and take it out where that is asked for."""
    name, wrong = visit.parts["place"], None
    if visit.posted:
        try:
            visit.door.do("watch.place.remove", place=name)
            return onward("places")
        except StillmineError as problem:
            wrong = trouble(problem)
    answer: Any = visit.door.do("watch.place.list")
    each = next((one for one in answer.places if one.place == name), None)
    if each is None:
        return onward("places")
    chosen = ", ".join(f"{say_text(OPTIONS[key])}: {value}" for key, value in each.options.items())
    often = say_text(HOURS.get(each.every, EVERY), hours=each.every)
    pairs = [
        ("target", each.target),
        ("kind", say_text(KINDS[each.kind][0])),
        ("when", _when(each)),
        ("every", often),
        ("options", chosen),
        ("learn", say_text(THEY_LEARN[learns(each.kind)])),
    ]
    facts: dict[str, Any] = {
        "place": name,
        "called": each.name or each.target,
        "facts": [(say_text(PLACE[key]), value) for key, value in pairs],
        "problems": each.problems,
        "saved": visit.asked("saved"),
        "wrong": wrong,
    }
    return page(visit, "watch_place.html", status=409 if wrong else 200, words=PLACE, **facts)


def add(visit: Visit) -> Response:
    """Ask the one question that comes before all, then which kind of place it is."""
    if visit.typed("do") == "answer":
        answer = answer_to(visit, _QUESTION)
        if not answer:
            return _first(visit, missing=True)
        if answer != "no":
            return young(visit, address("places"))
        visit.door.notes[_GROWN_UP] = True
        return onward("place.add")
    if not _answered(visit):
        return _first(visit, missing=False)
    kinds = [
        (address("place.kind", kind=number_of(name)), KINDS[name][0], KINDS[name][1])
        for name in named_kinds()
    ]
    return page(visit, "watch_kinds.html", words=PLACE_ADD, kinds=kinds)


def _answered(visit: Visit) -> bool:
    """Say whether it was answered: now, or before the places that are there were kept."""
    if visit.door.notes.get(_GROWN_UP):
        return True
    answer: Any = visit.door.do("watch.place.list")
    return bool(answer.places)


def _first(visit: Visit, *, missing: bool) -> Response:
    title, lede, back = PLACE_ADD["first"], PLACE_ADD["first_lede"], address("places")
    return ask_first(visit, _QUESTION, title, lede, back, missing=missing)


def kind(visit: Visit) -> Response:
    """Take what a place of a kind needs; say who learns what before it is kept."""
    names = named_kinds()
    asked = visit.parts["kind"]
    name = next((each for each in names if number_of(each) == asked), None)
    if name is None or not _answered(visit):
        return onward("place.add")
    before = typed_before(visit, name)
    wrong: dict[str, str] = {}
    said: tuple[str, str] | None = None
    if visit.posted and not visit.sent.first("agree"):
        wrong = _missing(visit, name)
    if not wrong:
        form = ask(visit, "watch.place.add", fixed=_fixed(visit, name), beside=_BESIDE)
        if (done := _done(visit, form)) is not None:
            return done
        wrong, said = dict(form.wrong), form.trouble
    return _kind(visit, name, before, wrong, said)


def _fixed(visit: Visit, name: str) -> dict[str, Any]:
    adults = "no" if visit.door.notes.get(_GROWN_UP) else None
    return {
        "kind": name,
        "options": chosen_options(visit, name),
        "key": needs_key(name),
        "under_18": adults,
        "country": visit.door.country,
    }


def _missing(visit: Visit, name: str) -> dict[str, str]:
    wrong = {}
    if needs_key(name) and not visit.typed("place-key"):
        wrong["place-key"] = say_text(PLACE_ADD["key_needed"])
    if len(visit.typed("name")) > _MOST_NAME:
        wrong["name"] = say_text(PLACE_ADD["name_long"])
    return wrong


def _done(visit: Visit, form: Form) -> Response | None:
    """Return the page after the form: the question for a yes, or the place; None for neither."""
    answer: Any = form.answer
    if answer is None:
        return form.aside(visit)
    if answer.place is None:
        return young(visit, address("places"))
    return onward("place", place=answer.place, saved="2" if answer.changed else "1")


def _kind(
    visit: Visit,
    name: str,
    before: dict[str, str],
    wrong: dict[str, str],
    said: tuple[str, str] | None,
) -> Response:
    facts: dict[str, Any] = {
        "heading": KINDS[name][0],
        "about": KINDS[name][1],
        "target": KINDS[name][2],
        "learn": THEY_LEARN[learns(name)],
        "own_words": sends_words(name),
        "key": needs_key(name),
        "hours": [(str(hours), say_text(text)) for hours, text in HOURS.items()],
        "fields": fields_for(name, before),
        "typed": before,
        "wrong": wrong,
        "trouble": said,
    }
    status = 409 if wrong or said else 200
    return page(visit, "watch_kind.html", status=status, words=PLACE_ADD, **facts)


ROUTES = (
    Page("places", places),
    Page("place", place),
    Page("place.add", add),
    Page("place.kind", kind),
)
