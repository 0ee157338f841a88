"""A leaked copy says whose it is after what happens to pictures, and says nothing of innocents."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

from stillmine.imaging.mark.evidence import evidence
from stillmine.imaging.mark.verdict import verdict, z
from tests.imaging.mark.pictures import SEEDS, copy_for, photo, saved, smaller

RIGHT = "recipient 7"


def turned(rgb: np.ndarray) -> np.ndarray:
    height, width = rgb.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), 4, 1)
    return cv2.warpAffine(rgb, matrix, (width, height))


def seen_aslant(rgb: np.ndarray) -> np.ndarray:
    height, width = rgb.shape[:2]
    here = np.float32([[0, 0], [width, 0], [width, height], [0, height]])
    there = np.float32([[30, 12], [width - 5, 30], [width - 40, height - 9], [9, height - 31]])
    return cv2.warpPerspective(rgb, cv2.getPerspectiveTransform(here, there), (width, height))


def bent(rgb: np.ndarray) -> np.ndarray:
    height, width = rgb.shape[:2]
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    move = 3 * np.sin(y / 70), 3 * np.cos(x / 90)
    return cv2.remap(rgb, x + move[0], y + move[1], cv2.INTER_CUBIC)


def covered(rgb: np.ndarray) -> np.ndarray:
    out = rgb.copy()
    out[100:300, 150:420] = (240, 200, 20)
    return out


def warm(rgb: np.ndarray) -> np.ndarray:
    return np.clip(255 * (rgb / 255 * [1.1, 1, 0.8]) ** 0.8, 0, 255).astype(np.uint8)


LEAKS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "as it was": lambda rgb: rgb,
    "jpeg 30": lambda rgb: saved(rgb, 30),
    "half the size": lambda rgb: smaller(rgb, 0.5),
    "a third of it": lambda rgb: rgb[60:340, 200:560],
    "mirrored": lambda rgb: np.ascontiguousarray(rgb[:, ::-1]),
    "a quarter turn": lambda rgb: np.ascontiguousarray(np.rot90(rgb)),
    "turned": turned,
    "seen aslant": seen_aslant,
    "bent": bent,
    "half covered": covered,
    "grey": lambda rgb: np.repeat(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY)[..., None], 3, 2),
    "a negative": lambda rgb: 255 - rgb,
    "a warm filter": warm,
    "blurred": lambda rgb: cv2.GaussianBlur(rgb, (0, 0), 2),
    "cropped, small, saved": lambda rgb: saved(smaller(rgb[20:400, 30:500], 0.7), 60),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_the_recipient_of_a_leaked_copy_is_named_and_nobody_else(leak: str) -> None:
    read = evidence(photo(), LEAKS[leak](copy_for(RIGHT)))
    assert read is not None
    found = verdict(read, SEEDS)
    assert [one.name for one in found.named] == [RIGHT]
    assert found.named[0].false_accusation < 1e-6
    assert 0.1 < found.used <= 1


def test_it_says_where_the_picture_lies() -> None:
    page = np.full((900, 1200, 3), 255, np.uint8)
    page[200:680, 300:940] = copy_for(RIGHT)
    read = evidence(photo(), page)
    assert read is not None
    expected = [(300, 200), (940, 200), (940, 680), (300, 680)]
    assert np.allclose(read.quad, expected, atol=1.5)


def test_a_place_that_was_given_is_refined() -> None:
    rough = ((-3, 2), (637, -2), (643, 483), (2, 478))
    found = verdict(evidence(photo(), saved(copy_for(RIGHT), 60), rough), SEEDS)
    assert [one.name for one in found.named] == [RIGHT]


@pytest.mark.parametrize(
    "quad",
    [
        ((0, 0), (0, 0), (0, 0), (0, 0)),
        ((0, 0), (640, 480), (640, 0), (0, 480)),
        ((float("nan"), 0), (640, 0), (640, 480), (0, 480)),
        ((1e6, 1e6), (2e6, 1e6), (2e6, 2e6), (1e6, 2e6)),
    ],
)
def test_an_impossible_place_gives_no_evidence(quad: tuple[tuple[float, float], ...]) -> None:
    found = verdict(evidence(photo(), copy_for(RIGHT), quad), SEEDS)
    assert found.named == ()


def test_another_picture_gives_no_evidence_or_names_nobody() -> None:
    found = verdict(evidence(photo(), photo(3)), SEEDS)
    assert found.named == ()


@pytest.mark.parametrize("size", [(1, 1), (8, 8), (3, 900), (16, 16)])
def test_a_tiny_leaked_picture_is_no_error(size: tuple[int, int]) -> None:
    leak = np.full((*size, 3), 90, np.uint8)
    assert verdict(evidence(photo(), leak), SEEDS).named == ()


def test_those_who_average_or_splice_their_copies_are_named_and_nobody_else() -> None:
    one, other = copy_for("recipient 3"), copy_for("recipient 11")
    average = ((one.astype(int) + other) // 2).astype(np.uint8)
    spliced = np.hstack([one[:, :320], other[:, 320:]])
    for joint in (average, spliced, np.maximum(one, other)):
        found = verdict(evidence(photo(), saved(joint, 70)), SEEDS)
        assert {one.name for one in found.named} == {"recipient 3", "recipient 11"}


def test_innocents_score_as_coins_do_on_unmarked_and_foreign_pictures() -> None:
    seeds = [number.to_bytes(32, "big") for number in range(1_500)]
    scores = []
    for leak in (saved(photo(), 50), saved(copy_for(RIGHT), 50)):
        read = evidence(photo(), leak)
        assert read is not None
        scores.append(z(read, seeds))
    found = np.concatenate(scores)
    # The largest of k readings, here one: normal with mean 0 and variance 1, or lower tails.
    assert abs(found.mean()) < 0.15
    assert 0.9 < found.std() < 1.1
    for level in (1e-1, 1e-2, 1e-3):
        assert (found >= np.sqrt(-2 * np.log(level))).mean() <= level
