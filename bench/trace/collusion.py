"""What several recipients can make of their copies of one picture, to hide whose it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from bench.recognise import alterations as alter
from bench.recognise import placing as place
from bench.trace import tampering as tamper

Rgb = np.ndarray


def averaged(copies: Sequence[Rgb]) -> Rgb:
    """Average them."""
    return np.rint(np.mean(copies, 0)).astype(np.uint8)


def middle(copies: Sequence[Rgb]) -> Rgb:
    """Take the median of each value."""
    return np.rint(np.median(np.stack(copies), 0)).astype(np.uint8)


def extremes(copies: Sequence[Rgb]) -> Rgb:
    """Take the least and the greatest of each value in turn."""
    stack = np.stack(copies)
    y, x = np.mgrid[0 : stack.shape[1], 0 : stack.shape[2]]
    return np.where(((x + y) % 2 == 0)[..., None], stack.min(0), stack.max(0))


def between(copies: Sequence[Rgb]) -> Rgb:
    """Take the middle between the least and the greatest of each value."""
    stack = np.stack(copies).astype(int)
    return ((stack.min(0) + stack.max(0)) // 2).astype(np.uint8)


def spliced(copies: Sequence[Rgb]) -> Rgb:
    """Put it together from tiles of all of them."""
    height, width = copies[0].shape[:2]
    y, x = np.mgrid[0:height, 0:width]
    which = (x // max(1, width // 7) + y // max(1, height // 5)) % len(copies)
    return np.choose(which[..., None], copies).astype(np.uint8)


WAYS: dict[str, tuple[int, Callable[[Sequence[Rgb]], Rgb]]] = {
    "average of 2": (2, averaged),
    "average of 3": (3, averaged),
    "average of 5": (5, averaged),
    "median of 3": (3, middle),
    "median of 5": (5, middle),
    "min and max of 2": (2, extremes),
    "min and max of 3": (3, extremes),
    "midrange of 5": (5, between),
    "splice of 2": (2, spliced),
    "splice of 3": (3, spliced),
}


def _cropped(rgb: Rgb) -> Rgb:
    return alter.saved(place.crop(rgb, 0.5, (0.4, 0.6)), 50)


THEN: dict[str, Callable[[Rgb], Rgb]] = {
    "": lambda rgb: rgb,
    ", sent on twice": lambda rgb: tamper.social(tamper.social(rgb, 1440, 75), 1080, 65),
    ", half of it at Q50": _cropped,
}
