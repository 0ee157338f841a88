"""The steps before sharing in which one chooses: a picture, a person, and how they open it."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from stillmine.errors import NoContact, PersonExists, StillmineError
from stillmine.journeys.known import COVERED, HOW, ITEM, PERSON
from stillmine.messages.pages_sharing import HOW as OPENING
from stillmine.messages.pages_sharing import PICK, WHOM
from stillmine.web.journeying import Trip
from stillmine.web.pages.vault import titled
from stillmine.web.showing import day, say_text, trouble

_SHOWN = 24
"""So many pictures are to choose from at once; others are found by words."""
_WORDS = "pick-words"
_OTHER = "other"
WAYS = ("key", "page", "passphrase", "unsealed")


def pick(trip: Trip) -> Response:
    """Ask for a picture of the vault."""
    door, wrong = trip.visit.door, ""
    if not door.has_vault():
        return trip.page("journey_pick.html", words=PICK, state="none")
    if trip.visit.posted and trip.visit.typed("do") == "find":
        # In memory: in an address, what was looked for would stay in the history.
        door.notes[_WORDS] = trip.visit.typed("words")
        return trip.stay()
    if trip.visit.posted:
        chosen = trip.visit.typed(ITEM)
        if chosen:
            item: Any = door.do("keep.show", item=chosen)
            same = item.item == trip.answers.get(ITEM)
            return trip.onward(**{ITEM: item.item} if same else {ITEM: item.item, COVERED: ""})
        wrong = say_text(PICK["choose"])
    words = door.notes.get(_WORDS, "")
    pictures, more = _pictures(trip, words)
    facts: dict[str, Any] = {
        "words": PICK,
        "state": "some" if pictures or words else "empty",
        "pictures": pictures,
        "more": more,
        "looked_for": words,
        "wrong": wrong,
    }
    return trip.page("journey_pick.html", chosen=trip.answers.get(ITEM, ""), **facts)


def _pictures(trip: Trip, words: str) -> tuple[list[tuple[str, str, str]], bool]:
    """Return pictures to choose from, as options, and whether there are more of them."""
    door = trip.visit.door
    if words:
        found: Any = door.do("keep.find", words=tuple(words.split()), newest=_SHOWN)
    else:
        found = door.do("keep.list", kind="picture", newest=_SHOWN)
    pictures = [each for each in found.items if each.kind == "picture"]
    options = [
        (each.item, titled(each.label, each.kind, each.item), _kept(each)) for each in pictures
    ]
    return options, found.fitting > len(found.items)


def _kept(item: Any) -> str:
    return say_text(PICK["kept"], day=day(item.added))


def whom(trip: Trip) -> Response:
    """Ask for the one person for whom the copy is."""
    known: Any = trip.visit.door.do("share.people.list")
    names, wrong = [each.name for each in known.people], ""
    if trip.visit.posted:
        name, other = trip.visit.typed(PERSON), trip.visit.typed("name")
        name = other if name == _OTHER or not names else name
        if name and name.isprintable() and (name in names or name == other):
            return trip.onward(**{PERSON: name})
        wrong = say_text(WHOM["choose"])
    before = trip.answers.get(PERSON, "")
    is_new = bool(before) and before not in names
    hints = {True: say_text(WHOM["compared"]), False: say_text(WHOM["not_compared"])}
    options = [(each.name, each.name, hints[each.compared is not None]) for each in known.people]
    facts: dict[str, Any] = {
        "words": WHOM,
        "wrong": wrong,
        "people": [*options, (_OTHER, say_text(WHOM["other"]))] if options else [],
        "chosen": _OTHER if is_new else before,
        "name": before if is_new else "",
    }
    return trip.page("journey_whom.html", **facts)


def how(trip: Trip) -> Response:
    """Ask what the person has to open it with; where it is a key, take it."""
    has_key, wrong, wrong_key = key_of(trip) is not None, "", ""
    way = trip.visit.typed(HOW)
    if trip.visit.posted and way in WAYS:
        if way != "key" or has_key:
            return trip.onward(**{HOW: way})
        wrong_key = _added(trip)
        if not wrong_key:
            return trip.onward(**{HOW: way})
    elif trip.visit.posted:
        wrong = say_text(OPENING["choose"])
    facts: dict[str, Any] = {
        "words": OPENING,
        "wrong": wrong,
        "wrong_key": wrong_key,
        "has_key": has_key,
        "chosen": way or trip.answers.get(HOW, "key" if has_key else "page"),
        "contact": trip.visit.typed("contact"),
    }
    return trip.page("journey_how.html", **facts)


def _added(trip: Trip) -> str:
    """Keep the key of the person; return what is wrong with it, or nothing."""
    line = trip.visit.typed("contact")
    if not line.lower().startswith(("stillmine1", "age1")):
        return say_text(OPENING["needed"])  # a line, and no name of a file: this is a page
    try:
        trip.visit.door.do("share.people.add", name=trip.answers[PERSON], key=line)
    except (NoContact, PersonExists) as problem:
        return " ".join(trouble(problem))
    return ""


def key_of(trip: Trip) -> Any:
    """Return what is known of the person and their key, or None where no key is."""
    try:
        return trip.visit.door.do("share.people.verify", name=trip.answers[PERSON])
    except StillmineError as problem:
        if problem.code != "share.unknown-person":
            raise
        return None
