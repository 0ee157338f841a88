"""What a site asks of programs that look at it (robots.txt, RFC 9309).

Own code because of what the rules of a hostile site would do to a matcher made of regular
expressions: with thirty `*` in a rule it never ends. Here each part between two `*` is looked for
once. `protego` is the judge of it in the tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from stillmine.app.network.web.references import asked_of, evenly_escaped

AGENT = "stillmine"
MOST_ROBOTS = 500 << 10
"""Bytes that are read, as the RFC wants at least; what is behind them does not count."""
_MOST_RULES = 10_000
_LONGEST_PAUSE = 3600.0  # seconds; whoever asks for more is asked once an hour
_LINE = re.compile(r"\s*([A-Za-z-]{1,40})\s*:\s*([^#\r\n]*)")


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of a group: whether what begins so may be asked for."""

    pattern: str
    allows: bool

    def fits(self, asked: str) -> bool:
        """Say whether a path with its query is meant (RFC 9309, 2.2.3)."""
        whole = self.pattern.endswith("$")
        first, *others = self.pattern.removesuffix("$").split("*")
        if not asked.startswith(first):
            return False
        at = len(first)
        if not others:
            return not whole or at == len(asked)
        *between, last = others
        for part in between:
            at = asked.find(part, at)
            if at < 0:
                return False
            at += len(part)
        if whole:
            return len(asked) - len(last) >= at and asked.endswith(last)
        return asked.find(last, at) >= 0


@dataclass(frozen=True, slots=True)
class Robots:
    """What one site asks of us. `pause` is how many seconds it wants between two questions.

    `named` says that the rules are for us by name, and not for all programs.
    """

    rules: tuple[Rule, ...] = ()
    pause: float = 0.0
    named: bool = False

    def allows(self, url: str) -> bool:
        """Say whether an address may be asked for. The longest rule counts; of two, the kinder."""
        asked = evenly_escaped(asked_of(url))
        if asked == "/robots.txt":
            return True
        fitting = [each for each in self.rules if each.fits(asked)]
        best = max(fitting, key=lambda each: (len(each.pattern), each.allows), default=None)
        return best is None or best.allows


EVERYTHING = Robots()
NOTHING = Robots((Rule("/", allows=False),))


def robots_of(status: int, body: bytes) -> Robots:
    """Return what a site's answer means (RFC 9309, 2.3.1).

    Where there is no such file everything is allowed; where the site is in trouble, nothing is.
    """
    if 200 <= status < 300:
        return read_robots(body)
    return EVERYTHING if 400 <= status < 500 and status != 429 else NOTHING


def read_robots(body: bytes) -> Robots:
    """Return the rules for us: those of every group that names us, else those for all."""
    text = body[:MOST_ROBOTS].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    ours: list[tuple[str, str]] = []
    general: list[tuple[str, str]] = []
    named = False
    for agents, lines in _groups(text.splitlines()):
        if AGENT in agents:
            named = True
            ours += lines
        elif "*" in agents:
            general += lines
    return _robots(ours if named else general, named=named)


def _groups(lines: Iterable[str]) -> list[tuple[set[str], list[tuple[str, str]]]]:
    """Return the groups: who they are for, and what they say."""
    groups: list[tuple[set[str], list[tuple[str, str]]]] = []
    naming = False
    for line in lines:
        found = _LINE.match(line)
        if found is None:
            continue
        key, value = found[1].lower(), found[2].strip()
        if key == "user-agent":
            if not naming:
                groups.append((set(), []))
            naming = True
            # Only the name counts: `stillmine/1.0` means all of us.
            groups[-1][0].add(re.split(r"[/\s]", value, maxsplit=1)[0].lower())
        elif key in {"allow", "disallow", "crawl-delay", "request-rate"}:
            naming = False
            if groups and len(groups[-1][1]) < _MOST_RULES:
                groups[-1][1].append((key, value))
    return groups


def _robots(lines: list[tuple[str, str]], *, named: bool) -> Robots:
    rules, pauses = [], [0.0]
    for key, value in lines[:_MOST_RULES]:
        if key in {"allow", "disallow"}:
            if value.startswith(("/", "*")):
                rules.append(Rule(evenly_escaped(re.sub(r"\*+", "*", value)), key == "allow"))
        else:
            pauses.append(_seconds(key, value))
    return Robots(tuple(rules), min(max(pauses), _LONGEST_PAUSE), named)


def _seconds(key: str, value: str) -> float:
    """Return the pause that a line asks for; `request-rate` is so many in so many seconds."""
    number = re.match(r"([0-9]{1,9}(?:\.[0-9]{1,9})?)\s*(?:/\s*([0-9]{1,9})\s*([smh]?))?", value)
    if number is None:
        return 0.0
    if key == "crawl-delay":
        return float(number[1])
    many, span = float(number[1]), float(number[2] or 1)
    return span * {"m": 60, "h": 3600}.get(number[3] or "", 1) / many if many else _LONGEST_PAUSE
