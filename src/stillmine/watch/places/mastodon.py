"""A public hashtag or account of Mastodon, or of a server that speaks as Mastodon does."""

from __future__ import annotations

import re

from stillmine.app.network.web.queries import asking, escaped_name, origin_of, plain_path
from stillmine.watch.places import typed
from stillmine.watch.places.answers import NoAnswer, items, nothing, record, text
from stillmine.watch.places.gathering import Gathering, gather
from stillmine.watch.places.kind import Ask, Found, Kind, Option, Place, Problem, Reply

_NAME = "mastodon"
_OPTIONS = {"pages": Option("3", most=20)}
_TAG = re.compile(r"/tags/(?P<tag>[^\W_][\w·]{0,99})/?")
_WHO = re.compile(r"/@(?P<who>[A-Za-z0-9_.-]{1,60}(?:@[A-Za-z0-9.-]{1,253})?)(?:/media)?/?")
_ID = re.compile(r"[0-9A-Za-z]{1,40}")
_SHOWN = {"image", "video", "gifv"}
_LOOKUP, _STATUSES = "who", "page "


def _check(target: str) -> str:
    whole = typed.address(target, kind=_NAME)
    path = plain_path(whole)
    if not _TAG.fullmatch(path) and not _WHO.fullmatch(path):
        raise typed.wrong(_NAME, "fediverse")
    return whole.partition("?")[0]


def _first(place: Place) -> tuple[Ask, ...]:
    api = f"{origin_of(place.target)}/api/v1"
    who = _WHO.fullmatch(plain_path(place.target))
    if who:
        return (Ask(asking(f"{api}/accounts/lookup", acct=who["who"]), note=_LOOKUP),)
    timeline = f"{api}/timelines/tag/{escaped_name(_tag(place))}"
    return (Ask(asking(timeline, limit=40, only_media="true"), note=f"{_STATUSES}1"),)


def _tag(place: Place) -> str:
    found = _TAG.fullmatch(plain_path(place.target))
    return found["tag"] if found else ""


def _words(place: Place) -> tuple[str, ...]:
    # An account is an address, as a page is; a hashtag is a word.
    return (_tag(place),) if _tag(place) else ()


def _read(place: Place, reply: Reply) -> Found:
    if reply.status in {401, 403, 422}:
        return nothing(Problem.NEEDS_LOGIN)
    if reply.ask.note == _LOOKUP:
        return gather(reply, lambda gathering, answer: _note_account(gathering, answer, place))
    return gather(reply, lambda gathering, answer: _note_posts(gathering, answer, place, reply))


def _note_account(gathering: Gathering, answer: object, place: Place) -> None:
    account = text(record(answer).get("id"))
    if not _ID.fullmatch(account):
        raise NoAnswer(Problem.NOT_UNDERSTOOD)
    url = f"{origin_of(place.target)}/api/v1/accounts/{account}/statuses"
    gathering.ask(Ask(asking(url, limit=40, only_media="true"), note=f"{_STATUSES}1"))


def _note_posts(gathering: Gathering, answer: object, place: Place, reply: Reply) -> None:
    if not isinstance(answer, list):
        raise NoAnswer(Problem.NOT_UNDERSTOOD)
    posts = items(answer)
    for post in posts:
        for each in (post, record(post.get("reblog"))):
            _note_post(gathering, each)
    last = text(posts[-1].get("id")) if posts else ""
    page = reply.ask.note.removeprefix(_STATUSES)
    if not (page.isdecimal() and _ID.fullmatch(last)):
        return
    if int(page[:3]) < typed.many(place, _OPTIONS, "pages"):
        url = asking(reply.ask.url.partition("?")[0], limit=40, only_media="true", max_id=last)
        gathering.ask(Ask(url, note=f"{_STATUSES}{int(page[:3]) + 1}"))


def _note_post(gathering: Gathering, post: dict[str, object]) -> None:
    page = gathering.address(post.get("url")) or gathering.address(post.get("uri"))
    for file in items(post.get("media_attachments")):
        if text(file.get("type")) in _SHOWN:
            gathering.show(
                gathering.address(file.get("url")) or gathering.address(file.get("remote_url")),
                page,
                preview=gathering.address(file.get("preview_url")),
            )


MASTODON = Kind(
    _NAME,
    _check,
    _first,
    _read,
    they_learn="mastodon",
    options=_OPTIONS,
    own=True,
    words=_words,
)
