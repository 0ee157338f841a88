"""PDQ fingerprints are, bit for bit, those of the reference implementation."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pdqhash
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from threatexchange.signal_type.pdq.pdq_hasher import _pdq_from_numpy_array
from threatexchange.signal_type.pdq.signal import PdqSignal

from stillmine.errors import NotAFingerprint
from stillmine.imaging.likeness.pdq import MATCH_RADIUS, Pdq, dihedral_pdq_of, pdq_of
from stillmine.imaging.likeness.pdq_downsample import luma

Picture = Callable[[np.random.Generator, int, int], np.ndarray]


def noise(random: np.random.Generator, height: int, width: int) -> np.ndarray:
    return random.integers(0, 256, (height, width, 3), dtype=np.uint8)


def plain(random: np.random.Generator, height: int, width: int) -> np.ndarray:
    return np.full((height, width, 3), random.integers(0, 256, 3), np.uint8)


def slope(random: np.random.Generator, height: int, width: int) -> np.ndarray:
    down, across, turn = np.mgrid[:height, :width, :3]
    steep = random.uniform(-1, 1, 2)
    return ((down * steep[0] + across * steep[1]) * (turn + 1) % 256).astype(np.uint8)


def boxes(random: np.random.Generator, height: int, width: int) -> np.ndarray:
    drawn = plain(random, height, width)
    for _ in range(6):
        top, left = random.integers(0, height), random.integers(0, width)
        drawn[top : top + height // 3, left : left + width // 3] = random.integers(0, 256, 3)
    return drawn


def waves(random: np.random.Generator, height: int, width: int) -> np.ndarray:
    down, across = np.mgrid[:height, :width]
    shade = np.zeros((height, width))
    for pace in (1, 2, 4, 8):
        angle, phase = random.uniform(0, 6.3, 2)
        turn = (down * np.cos(angle) / height + across * np.sin(angle) / width) * 6.3 * pace
        shade += np.sin(turn + phase) / pace
    grain = random.normal(0, 3, (height, width, 3))
    return np.clip(128 + 60 * shade[..., None] + grain, 0, 255).astype(np.uint8)


def as_reference(rgb: np.ndarray) -> list[tuple[bytes, int]]:
    """Fingerprint as the reference does: alone, then turned."""
    alone, quality = pdqhash.compute(rgb)
    turns, worth = pdqhash.compute_dihedral(rgb)
    packed = [(np.packbits(turn.astype(np.uint8)).tobytes(), worth) for turn in turns]
    return [(np.packbits(alone.astype(np.uint8)).tobytes(), quality), *packed]


def ours(rgb: np.ndarray) -> list[tuple[bytes, int]]:
    return [(found.hash, found.quality) for found in (pdq_of(rgb), *dihedral_pdq_of(rgb))]


@pytest.mark.parametrize("draw", [noise, plain, slope, boxes, waves])
def test_all_bits_and_the_quality_are_those_of_the_reference(draw: Picture) -> None:
    random = np.random.default_rng(7)
    for _ in range(40):
        height, width = random.integers(5, 420, 2)
        rgb = draw(random, int(height), int(width))
        assert ours(rgb) == as_reference(rgb), rgb.shape


SQUARES = ((5, 5), (1, 1), (4, 4), (64, 64), (128, 128))
LONG = ((5, 2600), (2600, 5), (6, 300), (769, 6), (4, 900), (900, 4))
BETWEEN = ((63, 65), (64, 65), (65, 64), (127, 129), (255, 257))


@pytest.mark.parametrize("shape", [*SQUARES, *LONG, *BETWEEN])
def test_tiny_long_and_special_sizes_are_as_in_the_reference(shape: tuple[int, int]) -> None:
    random = np.random.default_rng(8)
    for draw in (noise, waves, plain):
        rgb = draw(random, *shape)
        assert ours(rgb) == as_reference(rgb)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 90), st.integers(1, 90), st.integers(0, 2**32 - 1), st.integers(1, 256))
def test_any_small_picture_is_as_in_the_reference(
    height: int, width: int, seed: int, shades: int
) -> None:
    random = np.random.default_rng(seed)
    rgb = random.integers(0, shades, (height, width, 3), dtype=np.uint8)
    assert ours(rgb) == as_reference(rgb)


def test_a_web_size_picture_is_as_in_the_reference() -> None:
    rgb = waves(np.random.default_rng(9), 768, 1024)
    assert ours(rgb) == as_reference(rgb)
    assert pdq_of(rgb).usable


def test_every_colour_has_the_luma_of_the_reference() -> None:
    random = np.random.default_rng(10)
    rgb = random.integers(0, 256, (1000, 1000, 3), dtype=np.uint8)
    wanted = (rgb[..., 0] * 0.299 + rgb[..., 1] * 0.587 + rgb[..., 2] * 0.114).astype(np.float32)
    assert np.array_equal(luma(rgb), wanted)


def test_pixels_that_do_not_lie_side_by_side_in_memory_count_too() -> None:
    rgb = waves(np.random.default_rng(11), 300, 200)
    assert pdq_of(rgb[::-1, ::2]) == pdq_of(np.ascontiguousarray(rgb[::-1, ::2]))


def test_turned_pictures_match_the_fingerprints_of_turns() -> None:
    coarse = Image.fromarray(noise(np.random.default_rng(12), 24, 24))
    rgb = np.asarray(coarse.resize((512, 512), Image.Resampling.BICUBIC))
    turns = [
        rgb,
        np.rot90(rgb),
        np.rot90(rgb, 2),
        np.rot90(rgb, 3),
        rgb[::-1],
        rgb[:, ::-1],
        rgb.transpose(1, 0, 2),
        np.rot90(rgb, 2).transpose(1, 0, 2),
    ]
    for expected, turned in zip(dihedral_pdq_of(rgb), turns, strict=True):
        assert expected.distance(pdq_of(turned)) <= MATCH_RADIUS


def test_the_text_form_is_the_one_that_exchanges_use() -> None:
    rgb = waves(np.random.default_rng(13), 200, 320)
    found = pdq_of(rgb)
    assert (found.hex, found.quality) == _pdq_from_numpy_array(rgb)
    assert PdqSignal.validate_signal_str(found.hex) == found.hex
    assert Pdq.from_hex(found.hex.upper(), found.quality) == found


def test_the_distance_is_that_of_the_reference() -> None:
    random = np.random.default_rng(14)
    one, two = (Pdq(random.bytes(32), 100) for _ in range(2))
    assert one.distance(two) == PdqSignal.compare_hash(one.hex, two.hex).distance.distance
    assert one.distance(one) == 0


@pytest.mark.parametrize(
    "text", ["", "0" * 63, "0" * 65, "g" * 64, "0x" + "0" * 62, " " + "0" * 63]
)
def test_other_text_is_not_a_fingerprint(text: str) -> None:
    with pytest.raises(NotAFingerprint):
        Pdq.from_hex(text, 100)


@pytest.mark.parametrize(("size", "quality"), [(31, 50), (33, 50), (32, -1), (32, 101)])
def test_other_bytes_are_not_a_fingerprint(size: int, quality: int) -> None:
    with pytest.raises(NotAFingerprint):
        Pdq(bytes(size), quality)


@pytest.mark.parametrize(
    "pixels", [np.zeros((9, 9), np.uint8), np.zeros((9, 9, 4), np.uint8), np.zeros((9, 9, 3))]
)
def test_pixels_of_another_kind_are_refused(pixels: np.ndarray) -> None:
    with pytest.raises(ValueError, match="height x width x 3"):
        pdq_of(pixels)
