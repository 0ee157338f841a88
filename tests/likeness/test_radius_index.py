"""The radius index finds exactly what comparing one by one finds."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stillmine.errors import NotAFingerprint
from stillmine.imaging.likeness.radius_index import LARGEST_RADIUS, RadiusIndex
from stillmine.imaging.likeness.radius_index_tables import WORDS, flips_allowed, probes

Pairs = set[tuple[int, int, int]]


def one_by_one(rows: np.ndarray, queries: np.ndarray, radius: int) -> Pairs:
    found = set()
    for number, query in enumerate(queries):
        distance = np.bitwise_count(rows ^ query).sum(axis=1, dtype=int)
        found |= {
            (number, int(row), int(distance[row])) for row in np.flatnonzero(distance <= radius)
        }
    return found


def pairs(index: RadiusIndex, queries: np.ndarray, radius: int) -> Pairs:
    hits = index.search(queries, radius)
    listed = list(zip(hits.query.tolist(), hits.row.tolist(), hits.distance.tolist(), strict=True))
    assert len(set(listed)) == len(listed) == len(hits)
    return set(listed)


def drawn(random: np.random.Generator, count: int) -> np.ndarray:
    return random.integers(0, 256, (count, 32), dtype=np.uint8)


def flipped(row: np.ndarray, places: np.ndarray) -> np.ndarray:
    bits = np.unpackbits(row)
    bits[places] ^= 1
    return np.packbits(bits)


def near(random: np.random.Generator, rows: np.ndarray, count: int, most: int) -> np.ndarray:
    """Draw queries at 0 to `most` flips from rows."""
    return np.array(
        [
            flipped(rows[random.integers(len(rows))], random.permutation(256)[: i % (most + 1)])
            for i in range(count)
        ]
    )


@pytest.mark.parametrize("radius", [0, 1, 14, 15, 16, 24, 30, 31, 32, 40, LARGEST_RADIUS])
def test_every_radius_gives_what_comparing_one_by_one_gives(radius: int) -> None:
    random = np.random.default_rng(radius)
    rows = drawn(random, 20_000)
    queries = near(random, rows, 2 * radius + 6, radius + 2)
    assert pairs(RadiusIndex(rows), queries, radius) == one_by_one(rows, queries, radius)


def test_flips_that_leave_a_single_way_to_be_found_are_found() -> None:
    # Two flips in all words but one, which has none or one: only one look-up helps each time.
    random = np.random.default_rng(2)
    rows = drawn(random, 5_000)
    queries = []
    for spared in range(WORDS):
        others = [word * 16 + random.permutation(16)[:2] for word in range(WORDS) if word != spared]
        spread = flipped(rows[77], np.concatenate(others))
        queries += [spread, *(flipped(spread, spared * 16 + bit) for bit in range(16))]
    hits = RadiusIndex(rows).search(np.array(queries), 31)
    assert hits.query.tolist() == list(range(16 * 17))
    assert set(hits.row.tolist()) == {77}
    assert hits.distance.tolist() == [30, *[31] * 16] * 16


def test_allowed_flips_can_miss_nothing() -> None:
    for radius in range(LARGEST_RADIUS + 1):
        assert sum(most + 1 for most in flips_allowed(radius)) == radius + 1
    assert len(probes(31)[0]) == 16 * 17


def test_rows_alike_as_those_of_one_film_are_all_found() -> None:
    # So many share their words that comparing with all is cheaper than the tables.
    random = np.random.default_rng(3)
    centre = drawn(random, 1)
    alike = near(random, centre, 6_000, 40)
    rows = np.concatenate([alike, drawn(random, 3_000)])
    queries = np.concatenate([centre, rows[-2:], near(random, centre, 6, 31)])
    assert pairs(RadiusIndex(rows), queries, 31) == one_by_one(rows, queries, 31)


def test_an_index_that_grew_answers_like_one_built_at_once() -> None:
    random = np.random.default_rng(4)
    rows = drawn(random, 9_000)
    queries = near(random, rows, 60, 33)
    index = RadiusIndex()
    for part in np.split(rows, [1, 2, 500, 4_096, 4_097, 4_098, 8_800]):
        index.add(part)
        assert pairs(index, queries[:5], 31) == one_by_one(index.rows(), queries[:5], 31)
    assert len(index) == 9_000
    assert np.array_equal(index.rows(), rows)
    assert pairs(index, queries, 31) == pairs(RadiusIndex(rows), queries, 31)


def test_answers_come_by_query_and_nearest_first() -> None:
    random = np.random.default_rng(5)
    centre = drawn(random, 2)
    rows = np.concatenate([near(random, centre, 90, 31), centre])
    hits = RadiusIndex(rows).search(centre, 31)
    order = list(zip(hits.query, hits.distance, hits.row, strict=True))
    assert order == sorted(order)
    assert hits.distance[0] == 0


def test_an_empty_index_and_no_query_find_nothing() -> None:
    random = np.random.default_rng(6)
    assert len(RadiusIndex().search(drawn(random, 5), 31)) == 0
    assert len(RadiusIndex(drawn(random, 5_000)).search(drawn(random, 0), 31)) == 0


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 300), st.integers(0, LARGEST_RADIUS))
def test_what_was_stored_comes_back(seed: int, count: int, radius: int) -> None:
    random = np.random.default_rng(seed)
    rows = drawn(random, count)
    again = RadiusIndex.from_bytes(RadiusIndex(rows).to_bytes())
    assert np.array_equal(again.rows(), rows)
    queries = near(random, rows, 3, radius) if count else drawn(random, 3)
    assert pairs(again, queries, radius) == one_by_one(rows, queries, radius)


def test_a_stored_index_takes_32_bytes_a_fingerprint() -> None:
    rows = drawn(np.random.default_rng(7), 5_000)
    assert len(RadiusIndex(rows).to_bytes()) < 5_000 * 32 + 64


def test_cut_longer_or_other_bytes_are_not_an_index() -> None:
    whole = RadiusIndex(drawn(np.random.default_rng(8), 3)).to_bytes()
    spoilt = [whole[:cut] for cut in range(len(whole))]
    spoilt += [whole + b"\0", b"other" + whole[5:], whole[:8] + b"\0\2" + whole[10:]]
    for data in spoilt:
        with pytest.raises(NotAFingerprint):
            RadiusIndex.from_bytes(data)


@pytest.mark.parametrize("radius", [-1, LARGEST_RADIUS + 1])
def test_a_radius_that_cannot_be_searched_is_refused(radius: int) -> None:
    with pytest.raises(ValueError, match="radius"):
        RadiusIndex().search(np.zeros((1, 32), np.uint8), radius)


@pytest.mark.parametrize(
    "rows", [np.zeros((2, 31), np.uint8), np.zeros(32, np.uint8), np.zeros((2, 32))]
)
def test_rows_of_another_shape_are_refused(rows: np.ndarray) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        RadiusIndex(rows)
