"""The list of all kinds of places, and the three things that a look does with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from stillmine.errors import UnknownPlaceKind
from stillmine.watch.places import typed
from stillmine.watch.places.brave import BRAVE
from stillmine.watch.places.commoncrawl import COMMONCRAWL
from stillmine.watch.places.danbooru import DANBOORU
from stillmine.watch.places.feed import FEED
from stillmine.watch.places.folder import FOLDER
from stillmine.watch.places.fourchan import FOURCHAN
from stillmine.watch.places.gelbooru import GELBOORU
from stillmine.watch.places.kind import Ask, Found, Kind, Option, Place, Reply, Role
from stillmine.watch.places.marginalia import MARGINALIA
from stillmine.watch.places.mastodon import MASTODON
from stillmine.watch.places.moebooru import MOEBOORU
from stillmine.watch.places.mojeek import MOJEEK
from stillmine.watch.places.page import PAGE
from stillmine.watch.places.pages import read_any_page, read_style
from stillmine.watch.places.reddit import REDDIT
from stillmine.watch.places.searxng import SEARXNG
from stillmine.watch.places.site import SITE
from stillmine.watch.places.telegram import TELEGRAM
from stillmine.watch.places.vichan import VICHAN
from stillmine.watch.places.wayback import WAYBACK

KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        PAGE, SITE, FEED, SEARXNG, BRAVE, MOJEEK, MARGINALIA, FOURCHAN, VICHAN, DANBOORU, GELBOORU,
        MOEBOORU, MASTODON, TELEGRAM, REDDIT, COMMONCRAWL, WAYBACK, FOLDER,
    )
}  # fmt: skip
_MOST_OPTION = 500
_KEY = re.compile(r"[\x21-\x7e]{1,500}")


def kind_of(name: str) -> Kind:
    """Return a kind by its name. Raises UnknownPlaceKind."""
    if name not in KINDS:
        raise UnknownPlaceKind(kind=name, kinds=", ".join(KINDS))
    return KINDS[name]


def checked(place: Place) -> Place:
    """Return a place as it is kept. Raises UnknownPlaceKind, WrongPlace.

    Whether somebody may look for the words of a kind that has them is decided elsewhere.
    """
    kind = kind_of(place.kind)
    for name, said in place.options.items():
        if name not in kind.options:
            raise typed.wrong(kind.name, "option")
        _check_option(kind, kind.options[name], said)
    if place.key and not _KEY.fullmatch(place.key):
        raise typed.wrong(kind.name, "key")
    if kind.needs_key and not place.key:
        raise typed.wrong(kind.name, "no-key")
    kept = replace(place, target=kind.check(place.target))
    kind.first(kept)  # what only the first question shows to be wrong is said now, not in a look
    return kept


def _check_option(kind: Kind, option: Option, said: str) -> None:
    fits = len(said) <= _MOST_OPTION
    if option.allowed:
        fits = said in option.allowed
    elif option.most:
        fits = bool(re.fullmatch(r"[1-9][0-9]{0,5}", said)) and int(said) <= option.most
    if not fits:
        raise typed.wrong(kind.name, "option")


def first(place: Place) -> tuple[Ask, ...]:
    """Return what to ask for at the beginning of a look."""
    return kind_of(place.kind).first(place)


def read(place: Place, reply: Reply) -> Found:
    """Return what an answer shows, and what to ask for next. Raises nothing, whatever it is."""
    if reply.ask.role is Role.PAGE:
        return read_any_page(reply)
    if reply.ask.role is Role.STYLE:
        return read_style(reply)
    return kind_of(place.kind).read(place, reply)
