"""The fingerprints that platforms exchange with each other, on their way out of the limited child.

PDQ of a still in its eight positions, and vPDQ of what moves: PDQ of one picture a second.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable
from typing import NamedTuple

from stillmine.imaging.kinds import Look
from stillmine.imaging.wire import Garbled

# Seconds (NaN: a still), frame or position, quality from 0 to 100, the 32 bytes of the hash.
_PRINT = struct.Struct(">dIB32s")
_MOST_SECONDS = 1e7
_MOST_PRINTS = 20_000
MOST_BYTES = _MOST_PRINTS * _PRINT.size
"""The most bytes that the child may answer with."""


class StandardPrint(NamedTuple):
    """PDQ of one picture: `seconds` and `frame` in what moves; None and the position of a still."""

    seconds: float | None
    frame: int
    quality: int
    hash: bytes


class Standard(NamedTuple):
    """What a limited child saw in a file, and its fingerprints for exchange.

    `problem`, `until` and `cut` are those of a `Likeness`.
    """

    look: Look
    prints: tuple[StandardPrint, ...] = ()
    problem: str | None = None
    until: float | None = None
    cut: str | None = None


def pack(prints: Iterable[StandardPrint]) -> bytes:
    """Return the bytes of all fingerprints, for the way out of the child."""
    return b"".join(
        _PRINT.pack(math.nan if seconds is None else seconds, frame, quality, hash_)
        for seconds, frame, quality, hash_ in prints
    )


def unpack(data: bytes) -> tuple[StandardPrint, ...]:
    """Read what `pack` wrote; anything else is Garbled: it was made where strangers' files are."""
    if len(data) % _PRINT.size or len(data) > MOST_BYTES:
        raise Garbled
    return tuple(_checked(*found) for found in _PRINT.iter_unpack(data))


def _checked(seconds: float, frame: int, quality: int, hash_: bytes) -> StandardPrint:
    still = math.isnan(seconds)
    if quality > 100 or not (still or 0 <= seconds <= _MOST_SECONDS):
        raise Garbled
    return StandardPrint(None if still else seconds, frame, quality, hash_)
