"""The chips of a mark: +1 or -1 for every wave, drawn from the seed of one hand-over.

SHAKE-256 (FIPS 202) gives as many bits as are needed, the same everywhere and always. Who does not
know the seed cannot tell the chips from coin tosses; that is what the stated probability rests on.
"""

from __future__ import annotations

import hashlib
import struct

import numpy as np
from numpy.typing import NDArray

_PURPOSE = b"stillmine mark 1\0"
SEED_BYTES = 32


def chips(seed: bytes, height: int, width: int, count: int) -> NDArray[np.int8]:
    """Return `count` chips for the grid of this size. Raises ValueError for a seed not 32 bytes."""
    if len(seed) != SEED_BYTES:
        raise ValueError("a seed has 32 bytes")
    source = hashlib.shake_256(_PURPOSE + struct.pack(">HH", height, width) + seed)
    bits = np.frombuffer(source.digest((count + 7) // 8), np.uint8)
    return np.unpackbits(bits, count=count).astype(np.int8) * np.int8(2) - np.int8(1)
