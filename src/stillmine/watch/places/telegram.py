"""A public channel of Telegram, by the preview that everybody can open (t.me/s/NAME)."""

from __future__ import annotations

import re

from stillmine.app.network.web.queries import asking
from stillmine.watch.places import typed
from stillmine.watch.places.answers import nothing, problem_of
from stillmine.watch.places.gathering import Gathering
from stillmine.watch.places.kind import Ask, Found, Kind, Option, Place, Problem, Reply
from stillmine.watch.reading.tags import Tag, tags
from stillmine.watch.reading.web_page import MOST_PAGE, pictures_in_style

_NAME = "telegram"
_OPTIONS = {"pages": Option("3", most=50)}
_TYPED = (
    r"(?:(?:https?://)?(?:t|telegram)\.me/(?:s/)?|@)?(?P<name>[A-Za-z][A-Za-z0-9_]{3,31})"
    r"(?:/[0-9]*)?(?:\?.*)?"
)
_POST = re.compile(r"[A-Za-z0-9_]{1,64}/(?P<post>[0-9]{1,15})")
_PICTURES = {"tgme_widget_message_photo_wrap", "link_preview_image", "link_preview_right_image"}
_THUMB = "tgme_widget_message_video_thumb"


def _check(target: str) -> str:
    return typed.name(target, _TYPED, kind=_NAME, reason="channel")


def _first(place: Place) -> tuple[Ask, ...]:
    return (Ask(f"https://t.me/s/{place.target}", note="1"),)


def _read(place: Place, reply: Reply) -> Found:
    problem = problem_of(reply)
    if problem is not Problem.NONE:
        return nothing(problem)
    reader = _Reader(Gathering(reply), place.target)
    for each in tags(reply.body[:MOST_PAGE].decode("utf-8", "replace")):
        if isinstance(each, Tag):
            reader.tag(each)
    if not reader.page:
        # Where a channel has no preview, Telegram sends us to a page without a single post.
        return nothing(Problem.NO_PREVIEW)
    at = int(reply.ask.note) if re.fullmatch(r"[0-9]{1,2}", reply.ask.note) else 99
    if reader.before and at < typed.many(place, _OPTIONS, "pages"):
        url = asking(f"https://t.me/s/{place.target}", before=reader.before)
        reader.gathering.ask(Ask(url, note=str(at + 1)))
    return reader.gathering.found()


class _Reader:
    """Goes through the tags of a preview: each post begins with the number it has."""

    def __init__(self, gathering: Gathering, channel: str) -> None:
        self.gathering = gathering
        self.page = ""
        self.before = ""
        self._channel = channel
        self._thumb = ""

    def tag(self, tag: Tag) -> None:
        """Note what a tag shows, as the post it stands in."""
        post = _POST.fullmatch(tag.given.get("data-post", ""))
        if post:
            self.page, self._thumb = f"https://t.me/{self._channel}/{post['post']}", ""
        if re.fullmatch(r"[0-9]{1,15}", tag.given.get("data-before", "")):
            self.before = tag.given["data-before"]
        classes = set(tag.given.get("class", "").split())
        if self.page and classes & _PICTURES:
            self.gathering.show(self._picture(tag), self.page)
        elif self.page and _THUMB in classes:
            self._thumb = self._picture(tag)
            self.gathering.show(self._thumb, self.page)
        elif self.page and tag.name == "video":
            video = self.gathering.address(tag.given.get("src", ""))
            self.gathering.show(video, self.page, preview=self._thumb)

    def _picture(self, tag: Tag) -> str:
        return next(iter(pictures_in_style(tag.given.get("style", ""), "https://t.me/")), "")


TELEGRAM = Kind(_NAME, _check, _first, _read, they_learn="telegram", options=_OPTIONS)
