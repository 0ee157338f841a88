"""Read what a person typed about a place: an address, words, a number of pages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from stillmine.app.network.web.queries import asking, origin_of
from stillmine.app.network.web.references import path_of, whole_address
from stillmine.errors import WrongPlace
from stillmine.messages import translate
from stillmine.messages.places import WHY
from stillmine.watch.places.kind import Ask, KeyGoes, Option, Place

MOST_WORDS = 200
_SEEN = re.compile(r"[^\x00-\x1f\x7f]+")


def wrong(kind: str, reason: str) -> WrongPlace:
    """Return the error that says why a place of a kind cannot be looked at."""
    return WrongPlace(kind=kind, reason=reason, why=translate(WHY[reason]))


def address(typed: str, *, kind: str) -> str:
    """Return the whole address that was typed, with or without https://. Raises WrongPlace."""
    written = typed.strip()
    if "://" not in written:
        written = f"https://{written}"
    whole = whole_address("", written)
    if whole is None:
        raise wrong(kind, "address")
    return whole


def read_address(written: str) -> str:
    """Return a whole address of the web; nothing for whatever is none."""
    return whole_address("", written) or ""


def folder(typed: str, *, kind: str) -> str:
    """Return an address without its query, ending with a slash: where a site begins."""
    whole = address(typed, kind=kind)
    return f"{origin_of(whole)}{path_of(whole).rstrip('/')}/"


def words(typed: str, *, kind: str) -> str:
    """Return the words to search for, in one line. Raises WrongPlace."""
    line = " ".join(typed.split())
    if not line or len(line) > MOST_WORDS or not _SEEN.fullmatch(line):
        raise wrong(kind, "words")
    return line


def name(typed: str, pattern: str, *, kind: str, reason: str = "name") -> str:
    """Return the group `name` of a pattern that has to fit what was typed. Raises WrongPlace."""
    found = re.fullmatch(pattern, typed.strip())
    if found is None:
        raise wrong(kind, reason)
    return found["name"]


def chosen(place: Place, options: Mapping[str, Option], which: str) -> str:
    """Return what was chosen, or what is usual."""
    return place.options.get(which) or options[which].default


def many(place: Place, options: Mapping[str, Option], which: str) -> int:
    """Return a number that was chosen, or what is usual; never more than the option allows."""
    said = chosen(place, options, which)
    usual = int(options[which].default)
    return min(int(said), options[which].most) if re.fullmatch(r"[1-9][0-9]{0,5}", said) else usual


def with_key(place: Place, ask: Ask) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the address and the headers to send, with the person's key where it belongs.

    Only who sends calls this: what is kept or shown of an Ask never has the key in it.
    """
    if not place.key or ask.key_goes is KeyGoes.NOWHERE:
        return ask.url, ask.headers
    if ask.key_goes is KeyGoes.HEADER:
        return ask.url, (*ask.headers, (ask.key_name, place.key))
    if ask.key_goes is KeyGoes.QUERY:
        return asking(ask.url, **{ask.key_name: place.key}), ask.headers
    joint = "&" if "?" in ask.url else "?"
    return f"{ask.url}{joint}{place.key.strip('&?')}", ask.headers
