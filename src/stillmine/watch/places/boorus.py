"""What picture collections of the booru families have in common: posts, tags, and an MD5 each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from stillmine.watch.places import typed
from stillmine.watch.places.answers import number, text
from stillmine.watch.places.gathering import Gathering, gather
from stillmine.watch.places.kind import Ask, Found, KeyGoes, Kind, Option, Place, Reply

_BY_MD5 = "copies"
_PAGE = "page "
_MD5 = re.compile(r"[0-9a-f]{32}")
_OPTIONS: Mapping[str, Option] = {
    "tags": Option(""),
    "pages": Option("2", most=20),
    "tell-md5": Option("no", allowed=("no", "yes")),
}


class Post(NamedTuple):
    """One post: the addresses as written, what else the site tells, and its number."""

    number: int
    picture: object
    md5: object = ""
    size: object = 0
    preview: object = ""


class Family(NamedTuple):
    """How one family is asked, and how it answers.

    `lists` makes an address of where the site begins, tags, and the page (from 1 on); `page_of` of
    where it begins and the number of a post; `posts` takes an answer apart, and raises NoAnswer.
    """

    name: str
    lists: Callable[[str, str, int], str]
    page_of: Callable[[str, int], str]
    posts: Callable[[object], list[Post]]


def kind_of(family: Family) -> Kind:
    """Return the kind of place that asks the sites of a family."""

    def first(place: Place) -> tuple[Ask, ...]:
        _check_key(place)
        return (_ask(family, place, _tags(family.name, place), 1),)

    def read(place: Place, reply: Reply) -> Found:
        return _read(family, place, reply)

    def copies(place: Place, md5: str) -> tuple[Ask, ...]:
        # Whoever gets the MD5 of a picture can tell that picture when they see it.
        if typed.chosen(place, _OPTIONS, "tell-md5") != "yes" or not _MD5.fullmatch(md5):
            return ()
        return (_ask(family, place, f"md5:{md5}", 1)._replace(note=_BY_MD5),)

    return Kind(
        family.name,
        lambda target: typed.folder(target, kind=family.name),
        first,
        read,
        they_learn="booru",
        options=_OPTIONS,
        own=True,
        words=lambda place: tuple(_tags(family.name, place).split()),
        asks_for_copies=copies,
    )


def _check_key(place: Place) -> None:
    # It becomes a piece of a query, so it is looked at as one.
    if place.key and not re.fullmatch(r"&?(?:[a-z_]{1,20}=[\w.%+@~-]{1,200}&?){1,3}", place.key):
        raise typed.wrong(place.kind, "key-pairs")


def _tags(kind: str, place: Place) -> str:
    tags = place.options.get("tags", "")
    return typed.words(tags, kind=kind) if tags.strip() else ""


def _ask(family: Family, place: Place, tags: str, page: int) -> Ask:
    url = family.lists(place.target, tags, page)
    return Ask(url, note=f"{_PAGE}{page}", key_goes=KeyGoes.PAIRS)


def _read(family: Family, place: Place, reply: Reply) -> Found:
    def note(gathering: Gathering, answer: object) -> None:
        posts = family.posts(answer)
        for post in posts:
            gathering.show(
                gathering.address(post.picture),
                family.page_of(place.target, post.number) if post.number else "",
                md5=post.md5,
                size=number(post.size),
                preview=gathering.address(post.preview),
            )
        page = number(reply.ask.note.removeprefix(_PAGE))
        if posts and reply.ask.note.startswith(_PAGE) and 0 < page < _most(place):
            gathering.ask(_ask(family, place, _tags(family.name, place), page + 1))

    return gather(reply, note)


def _most(place: Place) -> int:
    return typed.many(place, _OPTIONS, "pages")


def first_text(*values: object) -> str:
    """Return the first of some values that is a text with something in it."""
    return next((text(each) for each in values if text(each)), "")
