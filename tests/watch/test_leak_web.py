"""A look at a small web of leaks, with every kind of site once: all aims, judged from outside.

`python -m bench.watch` does the same at full size.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.watch.bank import COPIES, new_bank
from bench.watch.running import Measured, Wish, measured
from bench.watch.scoring import manners_of, scored, strays
from tests.servers.leak_web.site import Reach
from tests.servers.leak_web.world import KINDS, Plan, planned
from tests.servers.tools import tool

_EVERY_KIND = Plan(pages=2 * len(KINDS), pictures=2 * len(KINDS), planted=26)


@pytest.fixture(scope="module")
def looked() -> Measured:
    tool("strace")
    return measured(Wish(_EVERY_KIND, speed=200, patience=1.5, bases=6))


def test_there_are_more_than_twenty_kinds_of_site_and_a_copy_at_each() -> None:
    world = planned(_EVERY_KIND, 80, new_bank(None, 1, bases=1))
    kinds = {site.kind for site in world.sites}
    assert len(kinds) == len(KINDS) > 20
    assert {world.site_of(copy).kind for copy in world.copies} == kinds
    reaches = [world.reach_of(copy) for copy in world.copies]
    assert reaches.count(Reach.FOUND) >= len(COPIES)
    assert {Reach.GAP, Reach.NEVER} <= set(reaches)


def test_the_copies_at_every_kind_of_site_are_found(looked: Measured) -> None:
    assert scored(looked).missed == []
    assert not looked.unfinished


def test_nothing_is_taken_for_a_copy_that_is_none(looked: Measured) -> None:
    score = scored(looked)
    assert score.false == []
    assert score.false_alerts == []


def test_what_may_not_be_looked_at_is_not_seen_and_what_cannot_be_is_told(looked: Measured) -> None:
    score = scored(looked)
    assert score.never == []
    assert score.untold == []


def test_the_log_shows_good_manners_only(looked: Measured) -> None:
    judgement = manners_of(looked)
    assert [breach.line for breach in judgement.breaches] == []
    assert judgement.least_pause >= 2
    assert judgement.conditional > 30


def test_nobody_is_called_who_may_not_be(looked: Measured) -> None:
    assert strays(looked) == []
    assert looked.written is not None
    assert looked.written.called[f"127.0.0.1:{looked.port}"] > len(KINDS)


def test_nothing_of_a_stranger_s_picture_is_written_anywhere(looked: Measured) -> None:
    assert looked.written is not None
    assert looked.marks.pictures > 50
    assert sum(looked.written.pieces.values()) == 0
    assert sum(looked.scanned.values()) == 0
    assert looked.written.other_ways == []
    names = {Path(path).name for path in looked.written.files}
    assert names <= {"looks.db", "looks.db-journal", "answer.json", "findings.jsonl"}
    assert looked.strayed == []


def test_all_of_it_together_takes_little_memory(looked: Measured) -> None:
    """The aim is 512 MB; while two pictures of fifty megapixels are seen at once it is missed."""
    assert 50 < looked.memory <= 700


def test_a_look_that_is_killed_goes_on_and_reports_nothing_twice() -> None:
    kinds = ("vichan", "lazy", "opengraph", "archives", "moved", "feed")
    plan = Plan(pages=24, pictures=24, planted=12, kinds=kinds)
    came = measured(Wish(plan, speed=200, trace=False, again=False, kills=2, bases=3))
    score = scored(came)
    assert came.kills >= 1
    assert score.missed == []
    assert score.twice == 0
    assert manners_of(came).twice == 0
