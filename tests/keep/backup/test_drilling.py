"""A drill opens a backup as after a loss, and meets a loss of one in a hundred."""

from __future__ import annotations

import math
import random
from pathlib import Path

import pytest

from stillmine.app.home import Home
from stillmine.errors import BackupIncomplete, WrongWords
from stillmine.keep.backup.drill import sample_size
from tests.keep.backup import shelf as lying
from tests.keep.backup.person import Person
from tests.servers.places import Place

COUNTS = [*range(1, 400), 499, 500, 501, 999, 1_000, 1_001, 2_500, 9_999, 10_000, 54_321, 100_000]


def chance_to_miss(items: int, lost: int, looked_at: int) -> float:
    """Return the exact chance that a sample holds none of the lost ones (hypergeometric)."""
    return math.comb(items - lost, looked_at) / math.comb(items, looked_at)


@pytest.mark.parametrize("items", [1, 2, 99, 100, 101, 299, 300, 1_000, 10_000, 100_000])
def test_the_sample_is_the_smallest_that_meets_one_in_a_hundred_95_times_of_100(items) -> None:
    looked_at, lost = sample_size(items), math.ceil(items / 100)
    assert chance_to_miss(items, lost, looked_at) <= 0.05
    assert looked_at == 1 or chance_to_miss(items, lost, looked_at - 1) > 0.05


def test_no_count_has_a_sample_that_is_too_small() -> None:
    for items in COUNTS[:-1]:
        looked_at = sample_size(items)
        assert 0 < looked_at <= items
        assert chance_to_miss(items, math.ceil(items / 100), looked_at) <= 0.05
    assert sample_size(0) == 0


def test_a_very_large_vault_needs_299_looks() -> None:
    assert sample_size(100_000) in range(295, 300)
    assert sample_size(10_000_000) == 299


@pytest.mark.parametrize("items", [100, 731, 20_000])
def test_a_loss_of_one_in_a_hundred_is_met_in_95_of_100_drills(items: int) -> None:
    dice, lost = random.Random(items), math.ceil(items / 100)
    chance = 1 - chance_to_miss(items, lost, sample_size(items))
    met = sum(
        any(name < lost for name in dice.sample(range(items), sample_size(items)))
        for _ in range(1000)
    )
    assert chance >= 0.95
    assert abs(met / 1000 - chance) <= 4 * math.sqrt(chance * (1 - chance) / 1000) + 1e-9


def test_a_passed_drill_is_remembered_and_leaves_nothing_behind(
    keeper: Person, shelf: Place
) -> None:
    keeper.backs_up_to(shelf)
    assert keeper.places()[0].last_drill == ""
    answer = keeper.practises()
    assert answer.passed
    assert answer.opened == answer.items == 3
    assert keeper.places()[0].last_drill == answer.last_passed != ""
    assert list(Home(keeper.home).unfinished.iterdir()) == []
    assert keeper.backs_up().runs[0].unchanged  # practising is no change


def test_the_words_count_and_not_the_keys_of_the_vault_that_is_open(
    keeper: Person, shelf: Place
) -> None:
    keeper.backs_up_to(shelf)
    old_words = keeper.words
    keeper.gets_new_keys("another phrase entirely")
    assert keeper.practises(words=old_words).passed
    with pytest.raises(WrongWords):
        keeper.practises()
    keeper.backs_up()
    assert keeper.practises().passed
    with pytest.raises(WrongWords):
        keeper.practises(words=old_words)


def test_a_drill_needs_neither_objects_nor_slots_nor_tables_of_this_vault(
    keeper: Person, shelf: Place
) -> None:
    keeper.backs_up_to(shelf)
    home = Home(keeper.home)
    for path in [*home.objects.rglob("*.age"), *home.keys.rglob("table-*"),
                 *home.slots.glob("2.*"), *home.checkpoints.iterdir()]:  # fmt: skip
        path.unlink()
    assert keeper.practises().passed


@pytest.mark.parametrize(("damage", "what"), [("lose", "missing"), ("flip", "damaged")])
def test_an_item_that_does_not_come_back_fails_the_drill(
    damage: str, what: str, keeper: Person, shelf: Place
) -> None:
    keeper.backs_up_to(shelf)
    passed = keeper.practises().last_passed
    name = lying.names(shelf, "objects/")[0]
    getattr(lying, damage)(shelf, name)
    answer = keeper.practises()
    assert not answer.passed
    assert answer.outcome.value == 3
    assert [(each.item, each.what) for each in answer.failed] == [(Path(name).stem, what)]
    assert answer.last_passed == keeper.places()[0].last_drill == passed


def test_a_key_table_that_is_lost_at_the_place_fails_the_drill(
    keeper: Person, shelf: Place
) -> None:
    keeper.backs_up_to(shelf)
    lying.lose(shelf, *(n for n in lying.names(shelf, "keys/") if "table-main-00000001" in n))
    answer = keeper.practises()
    assert [each.what for each in answer.failed] == ["key-missing"]


def test_a_backup_whose_words_are_lost_is_named(keeper: Person, shelf: Place) -> None:
    keeper.backs_up_to(shelf)
    lying.lose(shelf, *(n for n in lying.names(shelf, "slots/") if n.endswith(".age")))
    assert keeper.practises().passed  # from the second copy
    lying.lose(shelf, *lying.names(shelf, "slots/"))
    with pytest.raises(BackupIncomplete):
        keeper.practises()
