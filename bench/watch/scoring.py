"""Count what was found, what was told though it is not so, and what should never have been seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bench.watch.manners import Judgement, Rules, judged
from bench.watch.running import Measured
from stillmine.app.network.web.references import canonical
from tests.servers.leak_web.site import Reach
from tests.servers.leak_web.world import World

ALERT = 2  # facts
_STRANGERS_OF_PEER = 300


@dataclass(slots=True)
class Score:
    """What came of a measurement. The counters are by what was done to a copy, or kind of site."""

    wanted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    wanted_at: Counter[str] = field(default_factory=Counter)
    found_at: Counter[str] = field(default_factory=Counter)
    alerted: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)
    false_alerts: list[str] = field(default_factory=list)
    never: list[str] = field(default_factory=list)
    twice: int = 0
    untold: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Return the share of the copies that was found, in percent."""
        return 100 * sum(self.found.values()) / max(1, sum(self.wanted.values()))


def scored(measured: Measured) -> Score:
    """Count."""
    score = Score()
    told = _told(measured, score)
    for copy in measured.world.copies:
        site, change = measured.world.site_of(copy), measured.bank.change(copy)
        reach = measured.world.reach_of(copy)
        said = f"{change} at {site.kind}: {site.address(copy)}"
        if reach is not Reach.FOUND:
            score.never += [said] if copy in told else []
            continue
        score.wanted[change] += 1
        score.wanted_at[site.kind] += 1
        if copy in told:
            score.found[change] += 1
            score.found_at[site.kind] += 1
            score.alerted += told[copy]
        else:
            score.missed.append(said)
    score.untold = list(_untold(measured))
    return score


def _told(measured: Measured, score: Score) -> dict[int, bool]:
    """Return the copies that were told of, and whether loudly; note what is no copy at all."""
    told: dict[int, bool] = {}
    keys: dict[tuple[str, str], str] = {}
    for finding in measured.findings:
        alert = len(finding["facts"]) >= ALERT
        once = finding["item"], canonical(finding["page"])
        score.twice += keys.setdefault(once, finding["finding"]) != finding["finding"]
        these = _copies_of(measured, finding)
        for copy in these:
            told[copy] = told.get(copy, False) or alert
        if not these:
            line = f"{finding['page']} {finding['picture']} {finding['kind']} {finding['score']}"
            score.false.append(line)
            score.false_alerts += [line] if alert else []
    return told


def _copies_of(measured: Measured, finding: dict[str, Any]) -> set[int]:
    """Return the copies of an item that a finding means: at its picture, and open ones on its page.

    A closed one on the same page is meant only where nothing else can be.
    """
    world: World = measured.world
    item = measured.items.index(finding["item"])

    def of_item(address: str) -> set[int]:
        return {copy for copy in world.copies_at(address) if measured.bank.item(copy) == item}

    there, beside = of_item(finding["picture"]), of_item(finding["page"])
    return there | {each for each in beside if world.reach_of(each) is Reach.FOUND} or beside


def _untold(measured: Measured) -> Iterator[str]:
    """Yield the hosts where something could not be seen, and nothing was said of it."""
    said = str([answer["looked"]["problems"] for answer in measured.answers])
    for site in measured.world.sites:
        if site.reach is Reach.GAP and site.host not in said:
            yield site.host


def manners_of(measured: Measured) -> Judgement:
    """Judge the log of all looks, by what each site asks of programs."""
    rules: dict[str, Rules] = {}
    for site in measured.world.sites:
        trouble = site.robots().status >= 500
        home = site.name == "localhost"
        for host in site.hosts:
            at_home = home and host == "localhost"
            rules[host] = Rules(site.robots_txt, trouble, site.pauses, at_home)
    return judged(measured.log, rules)


def strays(measured: Measured) -> list[str]:
    """Return who was called that is not the web of leaks, as far as it can be seen."""
    allowed = f"127.0.0.1:{measured.port}"
    called: Counter[str] = Counter()
    for answer in measured.answers:
        called.update(answer["called"])
    if measured.written is not None:
        called.update(measured.written.called)
    called["somebody who may not be called answered"] = measured.baits
    return [f"{goal} ({many} times)" for goal, many in called.items() if goal != allowed and many]


def by_hash_list(measured: Measured) -> tuple[Counter[str], int]:
    """Return what a list of PDQ hashes finds of the same copies, and how often it is wrong.

    Each copy, and some hundred strangers' pictures, are compared with all own pictures.
    """
    from bench.recognise.peers import Peers  # it needs libraries that nothing else here does
    from bench.watch.bank import decoded

    bank, found, wrong = measured.bank, Counter[str](), 0
    peers = Peers([decoded(data) for data in bank.own])
    wanted = [n for n in measured.world.copies if measured.world.reach_of(n) is Reach.FOUND]
    for copy in wanted:
        near = peers.found(decoded(bank.file(copy)))[0]
        found[bank.change(copy)] += bool(near[bank.item(copy)])
        wrong += int(near.sum()) - bool(near[bank.item(copy)])
    shown = [number for site in measured.world.sites for number in site.page_of]
    strangers = [number for number in shown if not bank.is_copy(number)][:_STRANGERS_OF_PEER]
    wrong += sum(int(np.sum(peers.found(decoded(bank.file(n)))[0])) for n in strangers)
    return found, wrong
