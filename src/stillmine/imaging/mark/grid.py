"""The grid on which a mark lies: every size of the same picture has the same one.

A mark is a sum of waves (the two-dimensional discrete cosine transform, type II) on a small version
of the picture. Which waves carry the mark follows from the size alone, in whole numbers, so that
every computer and every later version of this program finds the same ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

LONGER = 1024
_SHORTEST = 32
_FEWEST_WAVES = 600
# In waves along the longer side. Slower ones are lost when light is evened out, faster ones when a
# picture is saved small.
_SLOWEST, _FASTEST = 8, 320
_FASTEST_OF_SIDE = (21, 50)


class TooSmall(Exception):
    """The picture has too little room for a mark."""


@dataclass(frozen=True, slots=True)
class Band:
    """The waves that carry chips.

    `places` (n,) are indexes into the flattened height x width transform, in rising order;
    `strengths` (n,) how strong each is beside the others; `speeds` (height, width) waves along the
    longer side, for all waves.
    """

    places: NDArray[np.int64]
    strengths: Floats
    speeds: Floats

    def __len__(self) -> int:
        """Return the number of chips."""
        return len(self.places)


def size_of(height: int, width: int) -> tuple[int, int]:
    """Return height and width of the grid of a picture: even, the longer one at most 1,024.

    Raises TooSmall for a picture that cannot carry a mark.
    """
    longer = max(height, width)
    if longer > LONGER:
        # round(side * LONGER / longer), halves up, in whole numbers
        height, width = ((2 * side * LONGER + longer) // (2 * longer) for side in (height, width))
    height, width = height // 2 * 2, width // 2 * 2
    if min(height, width) < _SHORTEST or len(band(height, width)) < _FEWEST_WAVES:
        raise TooSmall
    return height, width


@lru_cache(maxsize=8)
def band(height: int, width: int) -> Band:
    """Return the waves that carry the mark on a grid of this size."""
    longer = max(height, width)
    fastest = min(_FASTEST, longer * _FASTEST_OF_SIDE[0] // _FASTEST_OF_SIDE[1])
    down = np.arange(height, dtype=np.int64)[:, None] * (longer * width)
    across = np.arange(width, dtype=np.int64)[None, :] * (longer * height)
    # (2 * height * width * speed) squared; below 2**62 for every grid, so it is exact.
    squares = down * down + across * across
    unit = 2 * height * width
    carries = (squares >= (unit * _SLOWEST) ** 2) & (squares <= (unit * fastest) ** 2)
    speeds = (np.sqrt(squares.astype(np.float64)) / unit).astype(np.float32)
    places = np.flatnonzero(carries)
    return Band(places, _strengths(speeds.ravel()[places], fastest), speeds)


def _strengths(speeds: Floats, fastest: int) -> Floats:
    """Return the strengths: nearly the same energy in every octave, fading out at the fast end."""
    fade = np.sqrt(np.clip((fastest - speeds) / (0.15 * fastest), 0, 1)) + 1e-3
    return np.asarray((speeds / _SLOWEST) ** -0.9 * fade, np.float32)
