"""A mark is not seen, has room in ordinary pictures of any size, and is the same everywhere."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from stillmine.imaging.mark import grid
from stillmine.imaging.mark.chips import SEED_BYTES, chips
from stillmine.imaging.mark.evidence import evidence
from stillmine.imaging.mark.grid import TooSmall
from stillmine.imaging.mark.marking import mark
from stillmine.imaging.mark.verdict import verdict
from tests.imaging.mark.pictures import SEEDS, photo

VECTORS = json.loads(
    (Path(__file__).parents[2] / "vectors" / "mark-v1" / "vectors.json").read_text()
)


def psnr(one: np.ndarray, other: np.ndarray) -> float:
    return float(10 * np.log10(255**2 / np.mean((one.astype(float) - other) ** 2)))


@pytest.mark.parametrize("number", range(6))
def test_a_marked_photograph_stays_close_to_the_original(number: int) -> None:
    original = photo(number)
    copy = mark(original, bytes(SEED_BYTES))
    assert copy.shape == original.shape
    assert copy.dtype == np.uint8
    assert 42 < psnr(original, copy) < 60


def test_an_even_area_gets_no_blotches() -> None:
    flat = np.full((480, 640, 3), 128, np.uint8)
    away = mark(flat, bytes(SEED_BYTES)).astype(int) - flat
    assert np.abs(away).max() <= 3
    assert away.std() < 0.8
    # Hardly any place is brighter or darker as a whole: that is what an eye would find.
    tiles = np.abs(away[..., 0].reshape(48, 10, 64, 10).mean((1, 3)))
    assert np.quantile(tiles, 0.99) < 0.8
    assert tiles.max() < 1.25


def test_the_same_seed_gives_the_same_copy_and_another_seed_another() -> None:
    original = photo()
    one, again, other = (mark(original, bytes([n]) * SEED_BYTES) for n in (1, 1, 2))
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_the_original_is_not_touched() -> None:
    original = photo().copy()
    mark(original, bytes(SEED_BYTES))
    assert np.array_equal(original, photo())


@pytest.mark.parametrize(
    "size", [(96, 96), (101, 333), (64, 2048), (2048, 64), (1025, 771), (1500, 1000)]
)
def test_pictures_of_any_shape_carry_a_mark(size: tuple[int, int]) -> None:
    random = np.random.default_rng(size[0])
    small = random.integers(40, 215, (size[0] // 8 + 2, size[1] // 8 + 2, 3))
    original = np.kron(small, np.ones((8, 8, 1))).astype(np.uint8)[: size[0], : size[1]]
    copy = mark(original, SEEDS["recipient 4"])
    height, width = size
    whole = ((0, 0), (width, 0), (width, height), (0, height))
    found = verdict(evidence(original, copy, whole), SEEDS)
    assert [one.name for one in found.named] == ["recipient 4"]


@pytest.mark.parametrize("size", [(1, 1), (16, 16), (31, 4000), (20_000, 100)])
def test_a_picture_without_room_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(TooSmall):
        mark(np.zeros((*size, 3), np.uint8), bytes(SEED_BYTES))


def test_black_white_and_grey_pictures_can_be_marked() -> None:
    for level in (0, 128, 255):
        copy = mark(np.full((200, 300, 3), level, np.uint8), bytes(SEED_BYTES))
        assert np.abs(copy.astype(int) - level).max() <= 3


def test_a_seed_has_32_bytes() -> None:
    with pytest.raises(ValueError, match="32"):
        mark(photo(), bytes(16))


@pytest.mark.parametrize("vector", VECTORS["grids"], ids=str)
def test_the_waves_are_those_of_the_vectors(vector: dict[str, int]) -> None:
    height, width = grid.size_of(vector["height"], vector["width"])
    band = grid.band(height, width)
    assert [height, width] == [vector["grid_height"], vector["grid_width"]]
    assert len(band) == vector["chips"]
    assert [int(band.places[at]) for at in (0, 1, -1)] == vector["places"]
    assert int((band.places * np.arange(1, len(band) + 1)).sum() % 2**32) == vector["check"]


@pytest.mark.parametrize("vector", VECTORS["chips"], ids=str)
def test_the_chips_are_those_of_the_vectors(vector: dict[str, str | int]) -> None:
    found = chips(bytes.fromhex(vector["seed"]), vector["height"], vector["width"], 64)
    assert "".join("+" if chip > 0 else "-" for chip in found) == vector["first"]
