"""Join what a site asks of programs (robots.txt) to what is asked of it.

What it means here (docs/watching.md): pages and pictures are asked for only where the site allows
it to all programs. What a site offers to programs (a feed, an API), and the person named, is asked
for as they want it, unless the site names us. The pause that a site wants holds for everything.
"""

from __future__ import annotations

import json

from stillmine.app.storage.looks import Looks
from stillmine.watch.manners.robots import NOTHING, Robots, Rule
from stillmine.watch.places.kind import Ask, Role

GOOD_FOR = 24 * 3600.0
"""Seconds after which a site is asked for its rules again."""
MOST_HOPS = 5
_MOST_KEPT = 200
_MOST_WRITTEN = 128 << 10
_FOR_PROGRAMS = frozenset(
    {
        "feed", "searxng", "brave", "mojeek", "marginalia", "fourchan", "vichan", "danbooru",
        "gelbooru", "moebooru", "mastodon", "reddit", "commoncrawl", "wayback",
    }
)  # fmt: skip


class Rules:
    """The rules of all sites that were asked for them, the latest few in memory."""

    def __init__(self, looks: Looks) -> None:
        """Begin with what the database has."""
        self._looks = looks
        self._kept: dict[str, tuple[float, Robots]] = {}

    def of(self, origin: str, now: float) -> Robots | None:
        """Return the rules of a site; None where they have to be asked for."""
        if origin not in self._kept:
            found = self._looks.robots(origin)
            if found is None:
                return None
            self._keep(origin, found[0], _read(found[1]))
        at, rules = self._kept[origin]
        return rules if at <= now < at + GOOD_FOR else None

    def learn(self, origin: str, now: float, rules: Robots) -> tuple[str, float, str]:
        """Take in the rules of a site; return the row to be kept of them."""
        text = _written(rules)
        if len(text) > _MOST_WRITTEN:
            # Nobody follows so many rules by hand, and to follow some of them would be rude.
            rules, text = NOTHING, _written(NOTHING)
        self._keep(origin, now, rules)
        return origin, now, text

    def _keep(self, origin: str, at: float, rules: Robots) -> None:
        if len(self._kept) >= _MOST_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[origin] = (at, rules)


def allowed(rules: Robots, url: str, *, kind: str = "", ask: Ask | None = None) -> bool:
    """Say whether something may be asked for; without an `ask` it is a picture."""
    if ask is not None and ask.role is Role.LIST and kind in _FOR_PROGRAMS and not rules.named:
        return True
    return rules.allows(url)


def _written(rules: Robots) -> str:
    plain = [[each.pattern, each.allows] for each in rules.rules]
    return json.dumps([plain, rules.pause, rules.named], separators=(",", ":"))


def _read(text: str) -> Robots:
    plain, pause, named = json.loads(text)
    return Robots(tuple(Rule(pattern, allows) for pattern, allows in plain), pause, named)
