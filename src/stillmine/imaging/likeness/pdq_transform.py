"""Turn 64 x 64 shades into the 256 bits of PDQ, their quality, and those of turned copies.

Source: the PDQ paper and C++ reference in github.com/facebook/ThreatExchange: a discrete cosine
transform of which the 16 x 16 lowest frequencies are kept (without the constant ones), each
compared with their median. Products are added one by one in 32-bit floats, as there.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from stillmine.imaging.likeness.pdq_downsample import SIDE, Floats

FREQUENCIES = 16
_SCALE = float(np.float32(math.sqrt(2 / SIDE)))
_COSINES: Floats = np.array(
    [
        [_SCALE * math.cos(math.pi / 2 / SIDE * (i + 1) * (2 * j + 1)) for j in range(SIDE)]
        for i in range(FREQUENCIES)
    ],
    dtype=np.float32,
)
_ODD = np.arange(FREQUENCIES) % 2 == 1


def quality(shades: Floats) -> int:
    """How much there is to see in 64 x 64 `shades`: 0 (nothing) to 100; below 50 is unreliable."""
    total = 0
    for step in (shades[:-1] - shades[1:], shades[:, :-1] - shades[:, 1:]):
        percents = step * np.float32(100) / np.float32(255)
        total += int(np.abs(percents.astype(np.int32)).sum())
    return min(total // 90, 100)


def cosine_transform(shades: Floats) -> Floats:
    """Strength of the 16 x 16 lowest frequencies of 64 x 64 `shades`."""
    return _product(_product(_COSINES, shades), np.ascontiguousarray(_COSINES.T))


def bits(frequencies: Floats) -> bytes:
    """Which of 16 x 16 `frequencies` exceed the median: 32 bytes, the last frequency first."""
    flat = frequencies.ravel()
    median = np.partition(flat, flat.size // 2 - 1)[flat.size // 2 - 1]
    return np.packbits((flat > median)[::-1]).tobytes()


def turned(frequencies: Floats) -> tuple[Floats, ...]:
    """`frequencies` of the picture as it is, turned by 90, 180, 270 degrees, and of mirror images.

    The mirror images are, in this order, upside down, left to right, and across either diagonal.
    Turning a picture only swaps or negates its frequencies, so no pixel is looked at again.
    """
    odd_row, odd_column = _ODD[:, None], _ODD[None, :]
    as_is = frequencies
    upside_down = np.where(odd_row, as_is, -as_is)
    left_right = np.where(odd_column, as_is, -as_is)
    half_turn = np.where(odd_row ^ odd_column, -as_is, as_is)
    return (
        as_is,
        left_right.T,
        half_turn,
        upside_down.T,
        upside_down,
        left_right,
        as_is.T,
        half_turn.T,
    )


def _product(left: npt.NDArray[np.float32], right: npt.NDArray[np.float32]) -> Floats:
    """Multiply two matrices, adding the products of an entry one after the other."""
    total = np.zeros((len(left), right.shape[1]), np.float32)
    product = np.empty_like(total)
    for column, row in zip(np.ascontiguousarray(left.T)[:, :, None], right, strict=True):
        np.multiply(column, row, product)
        np.add(total, product, total)
    return total
