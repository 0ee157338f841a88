"""Judge from a server's log how whoever looked behaved; nothing here asks or serves anything."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import pairwise

from protego import Protego

from tests.servers.leak_web.log import Entry

LEAST_PAUSE = 2.0
MOST_A_DAY = 3000
_AGENT = re.compile(r"stillmine/[0-9][0-9A-Za-z.+-]* \(\+https://[^ ()]+\)")
_HEADERS = {
    "host", "user-agent", "accept-encoding", "connection", "accept", "if-none-match",
    "if-modified-since",
}  # fmt: skip
_VALIDATORS = (("etag", "if-none-match"), ("last-modified", "if-modified-since"))
# Clocks are numbers with a fraction: what is as long as it should be may look a little shorter.
_CLOSE = 0.001
_DAY = 86400.0


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for one host beyond what holds for all.

    `robots` is its robots.txt, None where it has none, "unreachable" where it is in trouble;
    `pauses` are patterns of paths and the seconds until the next request after such a one.
    """

    robots: str | None = None
    in_trouble: bool = False
    pauses: Sequence[tuple[str, float]] = ()
    at_home: bool = False


@dataclass(frozen=True, slots=True)
class Breach:
    """One request that should not have been sent as it was."""

    rule: str
    entry: Entry
    detail: str = ""

    @property
    def line(self) -> str:
        """The breach in one line."""
        return f"{self.rule}: {self.entry.host}{self.entry.target} {self.detail}".strip()


@dataclass(slots=True)
class Judgement:
    """All breaches, and what was counted beside them."""

    requests: int = 0
    breaches: list[Breach] = field(default_factory=list)
    least_pause: float = float("inf")
    conditional: int = 0
    could_be_conditional: int = 0
    twice: int = 0

    def by_rule(self) -> Counter[str]:
        """Return how often each rule was broken."""
        return Counter(breach.rule for breach in self.breaches)


def judged(entries: Iterable[Entry], rules: Mapping[str, Rules]) -> Judgement:
    """Judge a log; hosts without rules of their own are judged by those for all.

    An answer that was not heard to its end, because it was too long or too slow, is none that could
    be known when the same is asked for again.
    """
    judgement = Judgement()
    by_host: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        judgement.requests += 1
        judgement.breaches += _one(entry)
        by_host[entry.host].append(entry)
    for host, asked in by_host.items():
        asked.sort(key=lambda entry: entry.began)
        own = rules.get(host, Rules())
        if own.at_home:
            continue  # what a person runs on this computer is theirs to ask as they like
        _paces(asked, own, judgement)
        _budget(asked, judgement)
        judgement.breaches += _robots(asked, own)
        _again(asked, judgement)
    return judgement


def _one(entry: Entry) -> list[Breach]:
    """Judge what each request says of who asks."""
    found = []
    if not _AGENT.fullmatch(entry.headers.get("user-agent", "")):
        found.append(Breach("agent", entry, entry.headers.get("user-agent", "")))
    found += [Breach("header", entry, name) for name in sorted(set(entry.headers) - _HEADERS)]
    if entry.method not in {"GET", "HEAD"}:
        found.append(Breach("method", entry, entry.method))
    return found


def _paces(asked: Sequence[Entry], rules: Rules, judgement: Judgement) -> None:
    """Judge the time between two requests, and that the first was answered before the second."""
    not_before = 0.0
    for before, entry in pairwise(asked):
        pause = entry.began - before.began
        judgement.least_pause = min(judgement.least_pause, pause)
        wanted = max([LEAST_PAUSE, *(s for p, s in rules.pauses if re.fullmatch(p, before.target))])
        if pause < wanted - _CLOSE:
            judgement.breaches.append(Breach("pause", entry, f"{pause:.2f} of {wanted:g} s"))
        if entry.began < before.ended:
            late = before.ended - entry.began
            if before.heard:
                judgement.breaches.append(Breach("two at once", entry, f"{late:.2f} s"))
        if before.status in {429, 503}:
            not_before = max(not_before, _retry_at(before))
        if entry.began < not_before - _CLOSE:
            early = not_before - entry.began
            judgement.breaches.append(Breach("retry-after", entry, f"{early:.1f} s early"))


def _retry_at(entry: Entry) -> float:
    said = entry.answered.get("retry-after", "0")
    if said.isdigit():
        return entry.began + float(said)
    return parsedate_to_datetime(said).timestamp()


def _budget(asked: Sequence[Entry], judgement: Judgement) -> None:
    days: Counter[str] = Counter()
    for entry in asked:
        day = datetime.fromtimestamp(entry.began, UTC).date().isoformat()
        days[day] += 1
        if days[day] > MOST_A_DAY:
            judgement.breaches.append(Breach("budget", entry, f"{days[day]} on {day}"))


def _robots(asked: Sequence[Entry], rules: Rules) -> list[Breach]:
    """Judge whether the site was asked what it wants, and whether that was heeded."""
    found = []
    told_at: float | None = None
    # The judge is another program than the one that is judged.
    wishes = None if rules.robots is None else Protego.parse(rules.robots)
    for entry in asked:
        if entry.target == "/robots.txt":
            told_at = entry.began
            continue
        if told_at is None or entry.began - told_at > _DAY + 600:
            found.append(Breach("robots not asked", entry))
        if rules.in_trouble:
            found.append(Breach("robots in trouble", entry))
        elif wishes is not None and not wishes.can_fetch(entry.target, "stillmine"):
            found.append(Breach("disallowed", entry))
    return found


def _again(asked: Sequence[Entry], judgement: Judgement) -> None:
    """Judge what is asked for once more: it has to say what is known of it already."""
    known: dict[str, dict[str, str]] = {}
    for entry in asked:
        if entry.target != "/robots.txt" and entry.target in known:
            given = known[entry.target]
            wanted = [(has, says) for has, says in _VALIDATORS if has in given]
            if wanted:
                judgement.could_be_conditional += 1
                if any(entry.headers.get(says) == given[has] for has, says in wanted):
                    judgement.conditional += 1
                else:
                    judgement.breaches.append(Breach("not conditional", entry))
            else:
                judgement.twice += 1
        if entry.status == 200 and entry.heard:
            known[entry.target] = entry.answered
