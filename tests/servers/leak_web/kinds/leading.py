"""Sites that send whoever asks elsewhere: where they moved, or into private networks."""

from __future__ import annotations

import re

from tests.servers.leak_web.site import NOT_FOUND, Answer, Asked, Reach, Site

# What a page may lead a careless program to: this computer, the home, the cloud, in odd spellings.
BAITS = (
    "http://127.0.0.1:{bait}/", "http://localhost:{bait}/", "http://[::1]:{bait}/",
    "http://169.254.169.254/latest/meta-data/iam/x.jpg", "http://100.64.0.1/x.jpg",
    "http://10.0.0.1/x.jpg", "http://192.168.1.1/x.jpg", "http://[::ffff:10.0.0.1]/x.jpg",
    "http://[::ffff:127.0.0.1]:{bait}/x.jpg", "http://2130706433:{bait}/x.jpg",
    "http://0x7f.1:{bait}/x.jpg", "http://0177.0.0.1:{bait}/x.jpg", "http://127.1:{bait}/x.jpg",
    "http://0.0.0.0:{bait}/x.jpg", "http://[fe80::1]/x.jpg", "http://[64:ff9b::a00:1]/x.jpg",
    "http://printer.local/x.jpg", "http://inside.leak.test/x.jpg", "file:///etc/passwd",
)  # fmt: skip
_STATUSES = (301, 302, 303, 307, 308)


class Moved(Site):
    """Every picture has moved: to another path, to another name, some of them twice."""

    kind = "moved"

    @property
    def hosts(self) -> tuple[str, ...]:
        return self.host, f"files.{self.host}"

    def address(self, number: int) -> str:
        return f"http://files.{self.host}:{self.port}/p/{number}.jpg"

    def addresses(self, number: int) -> tuple[str, ...]:
        ways = (f"{self.origin}/{old}/{number}.jpg" for old in ("old", "older"))
        return self.address(number), *ways

    def shown(self, number: int) -> str:
        return f'<img src="/old/{number}.jpg">'

    def shows(self, asked: Asked) -> Answer:
        if found := re.fullmatch(r"/(old|older)/([0-9]+)\.jpg", asked.path):
            number = int(found[2])
            twice = found[1] == "old" and number % 3 == 0
            goal = f"/older/{number}.jpg" if twice else self.address(number)
            return _to(goal, _STATUSES[number % len(_STATUSES)])
        if asked.path == "/g/":
            return super().front(int(asked.said("from", "0")))
        return super().shows(asked)


class Baits(Site):
    """A page full of ways into private networks: pictures, frames, styles, and redirects."""

    kind = "baits"
    share = 0.0
    bait = 0  # the port of loopback on which somebody listens who is never to be called

    def page(self, at: int) -> Answer:
        if at:
            return super().page(at)
        goals = [goal.format(bait=self.bait) for goal in BAITS]
        redirected = "".join(f'<img src="/to/{n}.jpg"><a href="/g/to/{n}">x</a>' for n in _all())
        direct = "".join(f'<img src="{g}"><iframe src="{g}"></iframe>' for g in goals)
        style = f'<link rel="stylesheet" href="{goals[0]}style.css">'
        page = super().page(at)
        return Answer(page.body.replace(b"</body>", f"{redirected}{direct}{style}</body>".encode()))

    def shows(self, asked: Asked) -> Answer:
        if found := re.fullmatch(r"/(?:g/)?to/([0-9]+)(?:\.jpg)?", asked.path):
            return _to(BAITS[int(found[1]) % len(BAITS)].format(bait=self.bait), 302)
        if asked.path == "/g/circle":
            return _to("/g/circle", 302)
        return super().shows(asked)


class Rebinding(Site):
    """A name that leads here first, and to a private network afterwards (DNS rebinding).

    `names` of the look decides what the name leads to; see `World.resolver`.
    """

    kind = "rebinding"
    share = 0.0
    reach = Reach.GAP


class WithoutEnd(Site):
    """Each page leads to a next one, for ever, with pictures that nobody saw before."""

    kind = "without-end"

    def front(self, start: int) -> Answer:
        page = super().front(start)
        trap = '<a rel="next" href="/g/trap/1">later</a><a href="/g/day?d=1">calendar</a></body>'
        return Answer(page.body.replace(b"</body>", trap.encode()))

    def shows(self, asked: Asked) -> Answer:
        if found := re.fullmatch(r"/g/(trap/|day)([0-9]*)", asked.path):
            at = int(found[2] or asked.said("d", "1")) + 1
            shown = self.shown(self.pages[0][0]) if self.pages else ""
            links = f'<a rel="next" href="/g/trap/{at}">x</a><a href="/g/day?d={at}&amp;v=2">y</a>'
            return Answer(f"<html><body>{shown}{links}</body></html>".encode())
        return super().shows(asked)


def _all() -> range:
    return range(len(BAITS))


def _to(goal: str, status: int) -> Answer:
    if not goal:
        return NOT_FOUND
    return Answer(b"", status=status, headers=(("Location", goal),))
