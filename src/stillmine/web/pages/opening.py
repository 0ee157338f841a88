"""Make a vault, open it, and get back in when the passphrase is lost."""

from __future__ import annotations

from typing import Any

from starlette.responses import JSONResponse, Response

from stillmine.app.actions import Secret
from stillmine.errors import StillmineError, WordsDoNotMatch, WrongPassphrase
from stillmine.messages.pages_opening import (
    MAKE,
    PASSPHRASE,
    RECOVER,
    REKEY,
    UNLOCK,
    WORDS,
)
from stillmine.web.routing import Needs, Page
from stillmine.web.showing import onward, page, say_text, trouble
from stillmine.web.visit import Visit

Wrong = dict[str, str]
"""What is to be said beside a field, by the field's name."""

_WEAK, _PLACES = "weak", "words-places"


def make(visit: Visit) -> Response:
    """Ask for the passphrase of a new vault; a weak one is taken when the person wants it so."""
    if visit.door.has_vault():
        return onward("vault")
    kept: Secret | None = visit.door.notes.pop(_WEAK, None)
    if not visit.posted:
        return page(visit, "make.html", words=MAKE, wrong={})
    if visit.typed("do") == "weak" and kept is not None:
        return _made(visit, kept)
    chosen = Secret(visit.sent.first("new_passphrase"))
    wrong = _two_are_one(visit, chosen)
    if wrong:
        return page(visit, "make.html", status=409, words=MAKE, wrong=wrong)
    strength = _strength(visit, chosen)
    if strength.weak:
        # In memory until the next page, so that nobody has to type it twice more.
        visit.door.notes[_WEAK] = chosen
        said = MAKE[f"strength_{strength.score}"]
        return page(visit, "weak.html", words=MAKE, strength=strength, said=said)
    return _made(visit, chosen)


def _made(visit: Visit, chosen: Secret) -> Response:
    answer: Any = visit.door.do("keep.init", passphrase=chosen)
    visit.door.unlock(chosen)
    return _show_words(visit, answer)


def strength(visit: Visit) -> Response:
    """Say to a script, while somebody types, how strong that would be. It is kept nowhere."""
    typed = Secret(visit.sent.first("new_passphrase"))
    if not typed.strip():
        return JSONResponse({"score": -1, "said": ""})
    score = _strength(visit, typed).score
    return JSONResponse({"score": score, "said": say_text(MAKE[f"strength_{score}"])})


def _two_are_one(visit: Visit, chosen: str) -> Wrong:
    if not chosen.strip():
        return {"new_passphrase": say_text(MAKE["empty"])}
    if chosen != visit.sent.first("again"):
        return {"again": say_text(MAKE["not_the_same"])}
    return {}


def _strength(visit: Visit, chosen: Secret) -> Any:
    answer: Any = visit.door.do("keep.strength", passphrase=chosen)
    return answer.strength


def _show_words(visit: Visit, answer: Any) -> Response:
    """Show twelve words, and remember which two are to be typed back. They are shown once."""
    visit.door.notes[_PLACES] = tuple(answer.confirm)
    return page(visit, "words.html", words=WORDS, steps=MAKE["steps"], twelve=answer.words)


def words(visit: Visit) -> Response:
    """Have two of the twelve words typed back."""
    places = visit.door.notes.get(_PLACES) or _waiting(visit)
    if not places:
        return onward("vault")
    if not visit.posted:
        return _ask_two(visit, places, {})
    typed = [Secret(visit.typed(f"word_{number}")) for number in (1, 2)]
    try:
        visit.door.do("keep.confirm-words", first=typed[0], second=typed[1])
    except WordsDoNotMatch as problem:
        place = int(str(problem.facts.get("place", places[0])))
        field = f"word_{places.index(place) + 1}" if place in places else "word_1"
        return _ask_two(visit, places, {field: say_text(WORDS["wrong"], number=place)})
    visit.door.notes.pop(_PLACES, None)
    return done(visit, WORDS["done"], WORDS["done_text"], to="vault")


def _ask_two(visit: Visit, places: tuple[int, ...], wrong: Wrong) -> Response:
    facts: dict[str, Any] = {"words": WORDS, "steps": MAKE["steps"], "places": places}
    return page(visit, "words_check.html", status=409 if wrong else 200, wrong=wrong, **facts)


def _waiting(visit: Visit) -> tuple[int, ...]:
    answer: Any = visit.door.do("keep.list", newest=1)
    waiting: tuple[int, ...] = answer.words_to_confirm
    return waiting


def unlock(visit: Visit) -> Response:
    """Ask for the passphrase, and go on to what was asked for before."""
    door = visit.door
    if not door.has_vault():
        return onward("make")
    if not visit.posted:
        if door.is_unlocked():
            return onward("vault")
        return page(visit, "unlock.html", words=UNLOCK, wrong=None)
    try:
        door.unlock(Secret(visit.sent.first("passphrase")))
    except StillmineError as problem:
        wrong = trouble(problem)
        return page(visit, "unlock.html", status=409, words=UNLOCK, wrong=wrong)
    return onward("vault")


def recover(visit: Visit) -> Response:
    """Take the twelve words and a new passphrase."""
    return _new_passphrase(visit, "recover.html", RECOVER, "keep.recover", "words")


def passphrase(visit: Visit) -> Response:
    """Change the passphrase."""
    return _new_passphrase(visit, "passphrase.html", PASSPHRASE, "keep.passphrase", "passphrase")


def _new_passphrase(
    visit: Visit, template: str, said: dict[str, str], action: str, way_in: str
) -> Response:
    facts: dict[str, Any] = {"words": said, "make": MAKE, "wrong": {}}
    if not visit.posted:
        return page(visit, template, **facts)
    chosen = Secret(visit.sent.first("new_passphrase"))
    wrong = _two_are_one(visit, chosen)
    if not wrong:
        try:
            fields = {way_in: Secret(visit.sent.first(way_in)), "new_passphrase": chosen}
            answer: Any = visit.door.do(action, **fields)
            visit.door.lock()
            care = MAKE["weak_next"] if answer.strength.weak else ""
            return done(visit, said["done"], said["done_text"], to="unlock", care=care)
        except StillmineError as problem:
            wrong = {way_in: " ".join(trouble(problem))}
    return page(visit, template, status=409, **(facts | {"wrong": wrong}))


def done(visit: Visit, heading: str, text: str, *, to: str, care: str = "") -> Response:
    """Say that something is done, what to think of, and lead on."""
    return page(visit, "done.html", heading=heading, text=text, care=care, to=to)


def rekey(visit: Visit) -> Response:
    """Make new keys and twelve new words."""
    facts: dict[str, Any] = {"words": REKEY, "make": MAKE, "wrong": {}}
    if not visit.posted:
        return page(visit, "passphrase.html", **facts)
    chosen = Secret(visit.sent.first("new_passphrase"))
    wrong = _two_are_one(visit, chosen)
    if not wrong:
        old = Secret(visit.sent.first("passphrase"))
        try:
            answer = visit.door.do("keep.rekey", passphrase=old, new_passphrase=chosen)
            visit.door.unlock(chosen)
            return _show_words(visit, answer)
        except WrongPassphrase as problem:
            wrong = {"passphrase": " ".join(trouble(problem))}
    return page(visit, "passphrase.html", status=409, **(facts | {"wrong": wrong}))


ROUTES = (
    Page("make", make, Needs.NOTHING),
    Page("strength", strength, Needs.NOTHING),
    Page("words", words),
    Page("unlock", unlock, Needs.NOTHING),
    Page("recover", recover, Needs.VAULT),
    Page("passphrase", passphrase),
    Page("rekey", rekey),
)
