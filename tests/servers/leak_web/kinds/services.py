"""Networks and services: a Telegram channel, Mastodon, a feed, pastes, and somebody's SearXNG."""

from __future__ import annotations

import json
import re
from typing import ClassVar

from tests.servers.leak_web.site import NOT_FOUND, Answer, Asked, Site, Wanted, html

_POSTS = 20


class Telegram(Site):
    """The preview of a public channel. Its name is fixed, so that a proxy leads to it."""

    kind = "telegram"
    share = 0.5
    name = "t.me"
    _files: ClassVar[str] = "cdn4.telesco.pe"

    @property
    def hosts(self) -> tuple[str, ...]:
        return self.name, self._files

    def places(self) -> list[Wanted]:
        return [Wanted("telegram", "leakchannel", {"pages": str(len(self.pages) // _POSTS + 1)})]

    def address(self, number: int) -> str:
        return f"https://{self._files}/file/{number}.jpg"

    def page_address(self, at: int) -> str:
        return f"https://t.me/leakchannel/{at + 1}"

    def shows(self, asked: Asked) -> Answer:
        if found := re.fullmatch(r"/file/([0-9]+)\.jpg", asked.path):
            return self.picture(int(found[1]))
        if asked.path != "/s/leakchannel":
            return NOT_FOUND
        before = int(asked.said("before", str(len(self.pages) + 1)))
        first = max(1, before - _POSTS)
        posts = "".join(self._post(post) for post in range(first, before))
        more = f'<a href="/s/leakchannel?before={first}" class="tme_messages_more" '
        older = f'{more}data-before="{first}"></a>' if first > 1 else ""
        return html(
            "leakchannel", f'<section class="tgme_channel_history">{older}{posts}</section>'
        )

    def _post(self, post: int) -> str:
        shown = "".join(
            f'<a class="tgme_widget_message_photo_wrap" href="{self.page_address(post - 1)}" '
            f"style=\"width:800px;background-image:url('{self.address(number)}')\"></a>"
            for number in self.pages[post - 1]
        )
        return (
            f'<div class="tgme_widget_message js-widget_message" data-post="leakchannel/{post}">'
            f"{shown}</div>"
        )


class Mastodon(Site):
    """An account of a fediverse server, by its public API."""

    kind = "mastodon"
    share = 0.5
    page_path = "/@somebody/{at}"
    picture_path = "/media/original/{number}.jpeg"
    _a_page = 40

    def places(self) -> list[Wanted]:
        return [Wanted("mastodon", f"{self.origin}/@somebody", {"pages": "20"})]

    def addresses(self, number: int) -> tuple[str, ...]:
        return self.address(number), f"{self.origin}/media/small/{number}.jpeg"

    def shows(self, asked: Asked) -> Answer:
        if asked.path == "/api/v1/accounts/lookup":
            return Answer(b'{"id": "1", "acct": "somebody"}', "application/json")
        if asked.path == "/api/v1/accounts/1/statuses":
            last = int(asked.said("max_id", str(len(self.pages))))
            posts = [self._post(at) for at in range(last - 1, max(-1, last - 1 - self._a_page), -1)]
            return Answer(json.dumps(posts).encode(), "application/json")
        if found := re.fullmatch(r"/media/small/([0-9]+)\.jpeg", asked.path):
            return Answer(self.bank.small(int(found[1]), 400, ".jpg"), "image/jpeg")
        return self.picture_at(asked)

    def _post(self, at: int) -> dict[str, object]:
        files = [
            {
                "id": str(number),
                "type": "image",
                "url": self.address(number),
                "preview_url": f"{self.origin}/media/small/{number}.jpeg",
            }
            for number in self.pages[at]
        ]
        return {"id": str(at), "url": self.page_address(at), "media_attachments": files}


class Feed(Site):
    """An RSS feed: pictures in its entries, and pages it leads to."""

    kind = "feed"
    share = 0.5
    _a_page = 100

    def places(self) -> list[Wanted]:
        pages = str(min(10, len(self.pages) // self._a_page + 1))
        return [Wanted("feed", f"{self.origin}/feed", {"entries": "200", "pages": pages})]

    def shows(self, asked: Asked) -> Answer:
        if asked.path != "/feed":
            return super().shows(asked)
        start = int(asked.said("from", "0"))
        these = range(start, min(start + self._a_page, len(self.pages)))
        following = start + self._a_page < len(self.pages)
        link = f'<atom:link rel="next" href="{self.origin}/feed?from={start + self._a_page}"/>'
        text = (
            '<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" '
            'xmlns:media="http://search.yahoo.com/mrss/"><channel><title>x</title>'
            f"{link if following else ''}{''.join(self._entry(at) for at in these)}</channel></rss>"
        )
        return Answer(text.encode(), "application/rss+xml")

    def _entry(self, at: int) -> str:
        first, *others = self.pages[at] or (None,)
        shown = (
            "" if first is None else f'<enclosure url="{self.address(first)}" type="image/jpeg"/>'
        )
        said = "".join(f"&lt;img src='{self.address(n)}'&gt;" for n in others[: len(others) // 2])
        entry = f"<link>{self.page_address(at)}</link><description>{said}</description>"
        return f"<item><title>set {at}</title>{entry}{shown}</item>"


class Paste(Site):
    """Texts that people pass on, with addresses of pictures in them and nothing else."""

    kind = "paste"
    share = 0.5
    page_path = "/g/raw/{at}"

    def page(self, at: int) -> Answer:
        lines = [f"nr {place}: {self.address(n)}" for place, n in enumerate(self.pages[at])]
        text = "\r\n".join(["new ones", *lines, "more tomorrow"])
        if at % 2:
            return html("paste", f"<pre>{text}</pre>")
        return Answer(text.encode(), "text/plain; charset=utf-8")


class International(Site):
    """A host with letters that are not of the English alphabet."""

    kind = "international"
    share = 0.5

    def page_address(self, at: int) -> str:
        shown = self.host.encode("ascii").decode("idna") if at % 2 else self.host
        return f"http://{shown}:{self.port}/g/{at}.html"


class SearchService(Site):
    """Somebody's own SearXNG, which found pages and pictures; they are looked at as any others."""

    kind = "searxng"
    share = 0.25
    name = "localhost"

    @property
    def hosts(self) -> tuple[str, ...]:
        return self.name, self.host

    def places(self) -> list[Wanted]:
        at = f"http://localhost:{self.port}/searxng/"
        return [Wanted("searxng", "my handle", {"at": at, "pages": "5"})]

    def shows(self, asked: Asked) -> Answer:
        if asked.path != "/searxng/search":
            return super().shows(asked)
        at = int(asked.said("pageno", "1")) - 1
        pages = range(at * 20, min(at * 20 + 20, len(self.pages)))
        if asked.said("categories") == "images":
            found = [
                {"url": self.page_address(each), "img_src": self.address(number)}
                for each in pages
                for number in self.pages[each][::2]
            ]
        else:
            found = [{"url": self.page_address(each), "title": "x"} for each in pages]
        answer = {"query": asked.said("q"), "number_of_results": 0, "results": found}
        return Answer(json.dumps(answer).encode(), "application/json")
