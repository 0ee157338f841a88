"""Sites that keep the addresses of their pictures where no plain `img` is."""

from __future__ import annotations

import base64
import json

from tests.servers.leak_web.site import NOT_FOUND, Answer, Asked, Site

_PLACEHOLDER = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="


class Lazy(Site):
    """Pictures that are fetched when they come into view, in several sizes."""

    kind = "lazy"

    def shown(self, number: int) -> str:
        url = self.address(number)
        ways = (
            f'<img src="{_PLACEHOLDER}" data-src="{url}" class="lazyload">',
            f'<img src="{_PLACEHOLDER}" data-srcset="{url}?w=2000 2000w">',
            f'<picture><source srcset="{url} 1x, {url}?x=3 3x"></picture>',
            f'<a class="lightbox" href="{url}"><img src="{_PLACEHOLDER}"></a>',
        )
        return ways[number % len(ways)]


class Background(Site):
    """Pictures as backgrounds: in a style sheet of the page, or in the page."""

    kind = "background"

    def shows(self, asked: Asked) -> Answer:
        if asked.path.startswith("/css/"):
            at = int("0" + "".join(filter(str.isdigit, asked.path)))
            if at >= len(self.pages):
                return NOT_FOUND
            rules = (f".p{n} {{ background: url('..{self._path(n)}') }}" for n in self.pages[at])
            return Answer("\n".join(rules).encode(), "text/css")
        return super().shows(asked)

    def _path(self, number: int) -> str:
        return self.picture_path.format(number=number)

    def head(self, at: int) -> str:
        return f'<link rel="stylesheet" href="/css/{at}.css">'

    def shown(self, number: int) -> str:
        if number % 2:
            return f'<div style="background-image: url({self._path(number)})"></div>'
        return f'<div class="p{number}"></div>'


class OpenGraph(Site):
    """Pages drawn by scripts, which show their picture only to those who share the link."""

    kind = "opengraph"

    def head(self, at: int) -> str:
        return "".join(
            f'<meta property="og:image" content="{self.address(number)}">'
            for number in self.pages[at]
        )

    def shown(self, number: int) -> str:
        return ""


class State(Site):
    """Pages whose whole content is JSON in a script."""

    kind = "state"

    def head(self, at: int) -> str:
        state = {"props": {"media": [{"id": n, "url": self.address(n)} for n in self.pages[at]]}}
        written = json.dumps(state).replace("/", "\\/")
        return f'<script id="__NEXT_DATA__" type="application/json">{written}</script>'

    def shown(self, number: int) -> str:
        return ""


class Poster(Site):
    """Videos that are gone, and the still that was shown before they began."""

    kind = "poster"

    def shown(self, number: int) -> str:
        return f'<video poster="{self.address(number)}"><source src="/v/{number}.mp4"></video>'


class Film(Site):
    """Short videos, and nothing that is seen before they begin."""

    kind = "film"
    share = 0.1
    picture_path = "/v/{number}.mp4"

    def picture(self, number: int) -> Answer:
        return Answer(self.bank.film(number), "video/mp4")

    def shown(self, number: int) -> str:
        return f'<video controls><source src="{self.address(number)}" type="video/mp4"></video>'


class InPage(Site):
    """Pictures that are written into the page."""

    kind = "in-page"

    def shown(self, number: int) -> str:
        written = base64.b64encode(self.bank.file(number)).decode()
        return f'<img src="data:image/jpeg;base64,{written}">'
