"""Round sizes up, so that the size of a sealed file says almost nothing about the picture."""

from __future__ import annotations

_SMALLEST = 4096
_STEP = 512


def padded_size(size: int) -> int:
    """Return the size, in bytes, to pad `size` bytes to.

    Padmé: keep only the leading bits of the size, as many as its exponent has bits (Nikitin et
    al., "Reducing Metadata Leakage from Encrypted Files and Communication with PURBs", PoPETs
    2019, algorithm 1). Then a multiple of 512, and at least 4,096. ValueError below zero.
    """
    if size < 0:
        raise ValueError("a size is not negative")
    padded = size
    if size >= 2:
        exponent = size.bit_length() - 1
        dropped = exponent - exponent.bit_length()
        padded = -(-size >> dropped) << dropped
    return max(_SMALLEST, -(-padded // _STEP) * _STEP)
