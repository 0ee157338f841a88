"""Which sites there are, which pictures each of their pages shows, and where the copies lie."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.servers.leak_web.kinds.archives import Archives
from tests.servers.leak_web.kinds.danbooru import Danbooru
from tests.servers.leak_web.kinds.forums import PhpBb, XenForo, without_session
from tests.servers.leak_web.kinds.guarded import Busy, HotLink, Login, NoRobots, Robots
from tests.servers.leak_web.kinds.hidden import (
    Background,
    Film,
    InPage,
    Lazy,
    OpenGraph,
    Poster,
    State,
)
from tests.servers.leak_web.kinds.hostile import Bombs, Gzipped, Mislabelled, SlowLoris, TarPit
from tests.servers.leak_web.kinds.leading import Baits, Moved, Rebinding, WithoutEnd
from tests.servers.leak_web.kinds.services import (
    Feed,
    International,
    Mastodon,
    Paste,
    SearchService,
    Telegram,
)
from tests.servers.leak_web.kinds.vichan import Vichan
from tests.servers.leak_web.site import Bank, Reach, Site

KINDS: tuple[type[Site], ...] = (
    Vichan, Danbooru, XenForo, PhpBb, Lazy, Background, OpenGraph, State, Poster, Film, InPage,
    Archives, HotLink, Login, Busy, Robots, NoRobots, Moved, Baits, Rebinding, WithoutEnd, Bombs,
    Mislabelled, Gzipped, TarPit, SlowLoris, Telegram, Mastodon, Feed, Paste, International,
    SearchService,
)  # fmt: skip
_A_HOST = 190
"""Pages of one host, so that a look at it stays within what may be asked of one host in a day."""
_MOST = {"telegram": 900, "mastodon": 190, "searxng": 100}
HIDDEN = 10_000
"""Numbers after those of the copies that can be found: copies where nobody may look."""
_SMALL = 2  # pages of a site that stays small


@dataclass(frozen=True, slots=True)
class Plan:
    """How large the web is. Copies lie among the pictures, and a few more where nobody may look."""

    pages: int
    pictures: int
    planted: int
    seed: int = 1
    kinds: tuple[str, ...] = ()


@dataclass(slots=True)
class World:
    """All sites, by host, and where each copy lies.

    `copies` are the numbers of pictures that are copies; `reach` says of each what becomes of it.
    """

    sites: list[Site]
    copies: list[int]
    by_host: dict[str, Site] = field(default_factory=dict)
    _at: dict[str, frozenset[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Note which addresses show which pictures."""
        copies = set(self.copies)
        for site in self.sites:
            self.by_host.update(dict.fromkeys(site.hosts, site))
            for at, page in enumerate(site.pages):
                these = frozenset(copies.intersection(page))
                self._at[site.page_address(at)] = these
                for number in these:
                    self._at.update(dict.fromkeys(site.addresses(number), frozenset({number})))

    def site_of(self, number: int) -> Site:
        """Return the site that shows a picture."""
        return next(site for site in self.sites if number in site.page_of)

    def reach_of(self, number: int) -> Reach:
        """Return what becomes of a copy."""
        return self.site_of(number).reach_of(number)

    def copies_at(self, address: str) -> frozenset[int]:
        """Return the copies that a page or a picture of an address is or shows."""
        plain = without_session(address)
        return self._at.get(plain) or self._at.get(plain.partition("?")[0], frozenset())


def planned(plan: Plan, port: int, bank: Bank) -> World:
    """Make the web of a plan; the same plan gives the same web.

    Pictures are numbered from 0 on. The first `planted` of them are the copies that can be found,
    spread evenly over all kinds of sites that show them; each site where a copy cannot be seen, or
    may not be looked for, gets one more.
    """
    chance = random.Random(plan.seed)
    kinds = [kind for kind in KINDS if not plan.kinds or kind.kind in plan.kinds]
    shapes = _shapes(kinds, plan)
    fillers = iter(range(plan.planted + HIDDEN, 1 << 40))
    each = max(1, round(plan.pictures / max(1, plan.pages)))
    rooms = [[[next(fillers) for _ in range(each)] for _ in range(many)] for _, _, many in shapes]
    sites: list[Site] = []
    copies = list(range(plan.planted))
    seen = [at for at, (kind, _, _) in enumerate(shapes) if kind.reach is Reach.FOUND]
    for number in copies:
        # What would lie where nobody may look lies at one of the next sites instead.
        turns = (seen[(number + turn) % len(seen)] for turn in range(len(seen)))
        pages = (_open(shapes[at][0], number, rooms[at]) for at in turns)
        _put(number, next(filter(None, pages)), chance)
    for at, (kind, _, _) in enumerate(shapes):
        if kind.reach is not Reach.FOUND or kind.hides:
            number = (plan.planted // 10 + 1 + at) * 10 + 9
            copies.append(number)
            _put(number, rooms[at], chance)
    for (kind, name, _), pages in zip(shapes, rooms, strict=True):
        sites.append(kind(name, port, [tuple(page) for page in pages], bank))
    return World(sites, copies)


def _open(kind: type[Site], number: int, pages: Sequence[list[int]]) -> list[list[int]]:
    """Return the pages of a site on which a picture may be looked at."""
    return [page for at, page in enumerate(pages) if kind.is_open(number, at)]


def _put(number: int, pages: Sequence[list[int]], chance: random.Random) -> None:
    page = chance.choice(pages)
    page.insert(chance.randrange(len(page) + 1), number)


def _shapes(kinds: Sequence[type[Site]], plan: Plan) -> list[tuple[type[Site], str, int]]:
    """Return each host: its kind, its name, and how many pages it has."""
    small = sum(_SMALL for kind in kinds if not kind.share)
    parts = sum(kind.share for kind in kinds) or 1.0
    found = []
    for kind in kinds:
        left = max(2, round((plan.pages - small) * kind.share / parts)) if kind.share else _SMALL
        most = _MOST.get(kind.kind, _A_HOST)
        left = min(left, most) if kind.name else left  # there is only one of that name
        while left > 0:
            found.append((kind, _host(kind, len(found)), min(left, most)))
            left -= most
    return found


def _host(kind: type[Site], at: int) -> str:
    if kind.kind == "international":
        return f"b\u00fccher{at}.leak.test".encode("idna").decode()
    return f"{kind.kind}{at}.leak.test"
