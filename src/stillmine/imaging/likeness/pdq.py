"""PDQ: a picture's fingerprint of 256 bits that survives saving it again, the industry's standard.

Source: "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm", Facebook 2019,
and the C++ reference in github.com/facebook/ThreatExchange, whose bits (as the package `pdqhash`
0.2.8 builds it) these functions reproduce.
"""

from __future__ import annotations

import string
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from stillmine.errors import NotAFingerprint
from stillmine.imaging.likeness import pdq_transform
from stillmine.imaging.likeness.pdq_downsample import SIDE, Floats, Pixels, luma, shrink

BITS = 256
MATCH_RADIUS = 31
USABLE_QUALITY = 50
_SMALLEST = 5
_HEX = frozenset(string.hexdigits)


@dataclass(frozen=True, slots=True)
class Pdq:
    """A fingerprint: 32 bytes in the order of its text form, and a quality from 0 to 100.

    Two pictures are called the same at a distance up to 31 if both have a quality of 50 or more.
    """

    VERSION: ClassVar[int] = 1

    hash: bytes
    quality: int

    def __post_init__(self) -> None:
        """Refuse another length or quality with NotAFingerprint."""
        if len(self.hash) * 8 != BITS or not 0 <= self.quality <= 100:
            raise NotAFingerprint

    @classmethod
    def from_hex(cls, text: str, quality: int) -> Pdq:
        """Read the 64 hexadecimal digits that programs exchange; NotAFingerprint for all else."""
        if len(text) != BITS // 4 or not _HEX.issuperset(text):
            raise NotAFingerprint
        return cls(bytes.fromhex(text), quality)

    @property
    def hex(self) -> str:
        """The 64 lower-case hexadecimal digits that programs exchange."""
        return self.hash.hex()

    @property
    def usable(self) -> bool:
        """Whether there is enough in the picture for a match to mean something."""
        return self.quality >= USABLE_QUALITY

    def distance(self, other: Pdq) -> int:
        """Bits that differ, 0 to 256; strangers are about 128 apart."""
        return (int.from_bytes(self.hash) ^ int.from_bytes(other.hash)).bit_count()


def pdq_of(rgb: Pixels) -> Pdq:
    """Fingerprint of `rgb`, height x width x 3 bytes.

    A picture with a side below 5 pixels has the hash 0 and the quality 0, as in the reference.
    """
    if _too_small(rgb):
        return Pdq(bytes(BITS // 8), 0)
    # A picture that has the size already is taken as it is, in the reference too.
    shades = luma(rgb) if rgb.shape[:2] == (SIDE, SIDE) else shrink(rgb)
    return _from_shades(shades, every_turn=False)[0]


def dihedral_pdq_of(rgb: Pixels) -> tuple[Pdq, ...]:
    """Eight fingerprints of `rgb`, height x width x 3 bytes, as if it were turned or mirrored.

    In this order: as it is; turned counter-clockwise by 90, 180, 270 degrees; mirrored upside
    down, left to right, across the main diagonal, across the other.
    """
    if _too_small(rgb):
        return (Pdq(bytes(BITS // 8), 0),) * 8
    return _from_shades(shrink(rgb), every_turn=True)


def _too_small(rgb: Pixels) -> bool:
    if rgb.dtype != np.uint8 or rgb.ndim != 3 or rgb.shape[2] != 3:
        raise ValueError(f"pixels are height x width x 3 bytes, not {rgb.shape} {rgb.dtype}")
    height, width, _ = rgb.shape
    return bool(min(height, width) < _SMALLEST)


def _from_shades(shades: Floats, *, every_turn: bool) -> tuple[Pdq, ...]:
    worth = pdq_transform.quality(shades)
    frequencies = pdq_transform.cosine_transform(shades)
    variants = pdq_transform.turned(frequencies) if every_turn else (frequencies,)
    return tuple(Pdq(pdq_transform.bits(variant), worth) for variant in variants)
