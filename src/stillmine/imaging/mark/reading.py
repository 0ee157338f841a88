"""What was read from a leaked picture, as it comes out of the limited child."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stillmine.imaging.mark.grid import Floats

Quad = tuple[tuple[float, float], ...]

MOST_CHIPS = 1024 * 1024
MOST_READINGS = 4
_HEAD = struct.Struct(">BHHId8d")
MOST_BYTES = _HEAD.size + 4 * MOST_CHIPS * MOST_READINGS


class NotAReading(Exception):
    """These bytes hold no reading."""


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """What was read from a leaked picture, without knowing any mark.

    `readings` (k, n) are k ways to read it, each of length 1, one number for each of the n chips;
    `grid` height and width of the original's grid; `used` the share of the original's area that
    could be read; `quad` the original's corners in the leaked picture, in pixels.
    """

    readings: Floats
    grid: tuple[int, int]
    used: float
    quad: Quad


def pack(evidence: Evidence) -> bytes:
    """Return the evidence as bytes."""
    corners = [value for corner in evidence.quad for value in corner]
    count, chips = evidence.readings.shape
    head = _HEAD.pack(count, *evidence.grid, chips, evidence.used, *corners)
    return head + evidence.readings.astype("<f4").tobytes()


def unpack(data: bytes) -> Evidence:
    """Read what `pack` wrote. Raises NotAReading for anything else.

    The child that says this met a stranger's file. It may say what it likes: it was told of no
    seed, and each reading is brought to length 1 here, so the bound of `verdict.z` holds.
    """
    import numpy as np  # here: whoever only has to know how long a reading is does not load it

    if len(data) < _HEAD.size:
        raise NotAReading
    count, high, wide, chips, used, *corners = _HEAD.unpack_from(data)
    if not 1 <= count <= MOST_READINGS or not 1 <= chips <= MOST_CHIPS or not 0 <= used <= 1:
        raise NotAReading
    if len(data) != _HEAD.size + 4 * count * chips or not np.isfinite(corners).all():
        raise NotAReading
    values = np.frombuffer(data, "<f4", offset=_HEAD.size).reshape(count, chips).astype(np.float64)
    lengths = np.linalg.norm(values, axis=1, keepdims=True)
    if not np.isfinite(lengths).all() or (lengths == 0).any():
        raise NotAReading
    quad = tuple(zip(corners[::2], corners[1::2], strict=True))
    return Evidence((values / lengths).astype(np.float32), (high, wide), used, quad)
