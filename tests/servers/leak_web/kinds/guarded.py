"""Sites that do not show everything to everybody, or not at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.utils import formatdate

from tests.servers.leak_web.site import Answer, Asked, Bank, Reach, Site


class HotLink(Site):
    """Pictures only for who says from which page they come; a look never says that."""

    kind = "hot-link"
    reach = Reach.GAP
    share = 0.5

    def picture_at(self, asked: Asked) -> Answer:
        found = super().picture_at(asked)
        if found.status == 200 and not asked.headers.get("referer"):
            return Answer(b"no hot-linking", "text/plain", 403)
        return found


class Login(Site):
    """A forum that wants a login."""

    kind = "login"
    reach = Reach.GAP
    share = 0.5

    def page(self, at: int) -> Answer:
        return Answer(b"please log in", status=401, headers=(("WWW-Authenticate", "Basic"),))


class Busy(Site):
    """A site that often wants us to come back later, and says when: in seconds, or by a date."""

    kind = "busy"
    share = 0.5
    _often = 7

    def __init__(self, host: str, port: int, pages: Sequence[tuple[int, ...]], bank: Bank) -> None:
        super().__init__(host, port, pages, bank)
        self._put_off: set[str] = set()
        self._asked = 0

    def answer(self, asked: Asked) -> Answer:
        self._asked += 1
        late = asked.path not in self._put_off and asked.path != "/robots.txt"
        if late and self._asked % self._often == 0:
            self._put_off.add(asked.path)
            if len(self._put_off) % 2:
                return Answer(b"slow down", "text/plain", 429, (("Retry-After", "180"),))
            when = formatdate(asked.at + 300, usegmt=True)
            return Answer(b"back soon", "text/plain", 503, (("Retry-After", when),))
        return super().answer(asked)


class Robots(Site):
    """A site with a part where programs are not wanted, and a pace of its own."""

    kind = "robots"
    robots_txt = (
        "User-agent: *\nDisallow: /\n\n"
        "User-agent: stillmine\nUser-agent: otherbot\nCrawl-delay: 7\n"
        "Disallow: /g/hidden/\nDisallow: /*.php$\nAllow: /g/hidden/open\nDisallow: /p/*9.jpg\n"
    )
    pauses = ((r".*", 7.0),)

    hides = True

    def reach_of(self, number: int) -> Reach:
        return Reach.FOUND if self.is_open(number, self.page_of[number]) else Reach.NEVER

    @classmethod
    def is_open(cls, number: int, at: int) -> bool:
        return number % 10 != 9 and at % 4 != 3

    def page_address(self, at: int) -> str:
        hidden = "hidden/" if at % 4 == 3 else ""
        return f"{self.origin}/g/{hidden}{at}.html"

    def shows(self, asked: Asked) -> Answer:
        found = re.fullmatch(r"/g/(?:hidden/)?([0-9]+)\.html", asked.path)
        if found and int(found[1]) < len(self.pages):
            return self.page(int(found[1]))
        return super().shows(asked)

    def front(self, start: int) -> Answer:
        page = super().front(start)
        links = b'<a href="/g/index.php">x</a><a href="/g/%68idden/3.html">y</a></body>'
        return Answer(page.body.replace(b"</body>", links))


class NoRobots(Site):
    """A site that is in trouble when it is asked what it wants: then nothing else is asked."""

    kind = "robots-in-trouble"
    reach = Reach.NEVER
    share = 0.0

    def robots(self) -> Answer:
        return Answer(b"broken", "text/plain", 500)
