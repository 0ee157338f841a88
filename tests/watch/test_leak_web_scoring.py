"""What counts the findings: a copy missed, a false alarm, and a look too far are all seen."""

from __future__ import annotations

from typing import Any

import pytest

from bench.watch.bank import PictureBank, new_bank
from bench.watch.running import Measured
from bench.watch.scoring import scored, strays
from bench.watch.writes import Marks
from tests.servers.leak_web.site import Reach
from tests.servers.leak_web.world import Plan, World, planned

_PLAN = Plan(pages=24, pictures=48, planted=6, kinds=("lazy", "robots", "hot-link"))
_PORT = 4711


@pytest.fixture(scope="module")
def bank() -> PictureBank:
    return new_bank(None, 24, bases=1)


@pytest.fixture
def measured(bank: PictureBank) -> Measured:
    world = planned(_PLAN, _PORT, bank)
    items = [f"item {number}" for number in range(len(bank.own))]
    return Measured(world, bank, items, [], Marks(), _PORT)


def _finding(measured: Measured, copy: int, **more: Any) -> dict[str, Any]:
    site = measured.world.site_of(copy)
    item = measured.items[measured.bank.item(copy)]
    page = site.page_address(site.page_of[copy])
    usual = {
        "finding": f"{item} {page}",
        "item": item,
        "page": page,
        "picture": site.address(copy),
        "kind": "edited",
        "score": 50.0,
        "facts": ["looks-alike"],
    }
    return usual | more


def _told(world: World) -> list[int]:
    return [copy for copy in world.copies if world.reach_of(copy) is Reach.FOUND]


def test_all_is_well_where_each_copy_was_told_of(measured: Measured) -> None:
    measured.findings = [_finding(measured, copy) for copy in _told(measured.world)]
    score = scored(measured)
    assert score.share == 100
    assert (score.missed, score.false, score.never, score.twice, score.alerted) == (
        [],
        [],
        [],
        0,
        0,
    )


def test_a_copy_that_was_not_told_of_is_missed(measured: Measured) -> None:
    first, *others = _told(measured.world)
    measured.findings = [_finding(measured, copy) for copy in others]
    score = scored(measured)
    assert len(score.missed) == 1
    assert measured.bank.change(first) in score.missed[0]


def test_a_finding_without_a_copy_is_false_and_loud_with_two_facts(measured: Measured) -> None:
    copy = _told(measured.world)[0]
    nowhere = {"page": "http://lazy0.leak.test:4711/g/99.html", "picture": "http://x.test/1.jpg"}
    other = measured.items[1 - measured.bank.item(copy)]
    quiet = _finding(measured, copy, **nowhere)
    loud = _finding(measured, copy, item=other, facts=["looks-alike", "whole-alike"])
    measured.findings = [quiet, loud]
    score = scored(measured)
    assert len(score.false) == 2
    assert len(score.false_alerts) == 1


def test_two_keys_for_one_item_at_one_page_are_one_too_many(measured: Measured) -> None:
    copy = _told(measured.world)[0]
    once = _finding(measured, copy)
    same_page = f"{once['page']}?utm_source=somewhere"
    measured.findings = [once, once, once | {"finding": "other", "page": same_page}]
    assert scored(measured).twice == 1


def test_a_copy_where_nobody_may_look_is_seen_to_have_been_seen(measured: Measured) -> None:
    hidden = set(measured.world.copies) - set(_told(measured.world))
    assert hidden
    measured.findings = [_finding(measured, copy) for copy in hidden]
    assert len(scored(measured).never) == len(hidden)


def test_a_site_of_which_nothing_was_said_is_untold(measured: Measured) -> None:
    host = next(site.host for site in measured.world.sites if site.kind == "hot-link")
    assert scored(measured).untold == [host]
    measured.answers = [{"looked": {"problems": [{"host": f"{host}:4711", "code": "refused"}]}}]
    assert scored(measured).untold == []


def test_who_was_called_besides_is_told(measured: Measured) -> None:
    here = {f"127.0.0.1:{_PORT}": 9}
    measured.answers = [{"called": here}]
    assert strays(measured) == []
    measured.answers = [{"called": here | {"169.254.169.254:80": 1}}]
    assert strays(measured) == ["169.254.169.254:80 (1 times)"]
    measured.answers, measured.baits = [], 2
    assert len(strays(measured)) == 1
