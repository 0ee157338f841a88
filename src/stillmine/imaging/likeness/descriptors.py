"""Say in 32 bytes what the surroundings of a feature look like, so that a mirror only flips signs.

RootSIFT (Arandjelovic and Zisserman 2012) is turned by a cosine transform over its 4 x 4 cells and
a Fourier transform over its 8 directions; the 64 strongest of 128 numbers are kept in 4 bits each.
In that basis a mirrored picture changes the signs of some numbers, and an inverted one (a negative)
of others: nothing has to be searched for twice. Putting features into one fixed handedness is an
idea of Zhao and Ngo, "Flip-Invariant SIFT for Copy and Object Detection" (2013).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from stillmine.imaging.likeness.arrays import Floats

Codes = NDArray[np.uint8]

NUMBERS = 64
CODE_BYTES = NUMBERS // 2
# How a feature was changed to come into the fixed handedness: two bits.
MIRRORED = 1
INVERTED = 2
VARIANTS = 4

# Which of the 128 numbers are kept (row frequency * 32 + column frequency * 8 + direction), the
# strongest first, and their spread in thousandths; measured on photographs.
_KEPT = np.array(
    [
        3, 25, 9, 17, 34, 11, 4, 1, 66, 35, 2, 42, 41, 36, 74, 12,
        8, 98, 50, 49, 10, 19, 114, 89, 33, 7, 32, 44, 82, 18, 43, 106,
        73, 57, 67, 16, 13, 81, 40, 20, 5, 51, 64, 68, 52, 75, 21, 6,
        65, 76, 38, 27, 14, 100, 15, 37, 58, 28, 99, 29, 60, 84, 46, 72,
    ]
)  # fmt: skip
_SPREAD = np.array(
    [
        161, 145, 144, 121, 111, 110, 98, 97, 94, 93, 93, 81, 76, 73, 72, 72,
        72, 72, 71, 69, 68, 68, 59, 58, 55, 54, 54, 54, 54, 54, 52, 51,
        50, 50, 49, 48, 46, 44, 44, 44, 43, 43, 42, 42, 42, 39, 38, 38,
        38, 36, 35, 34, 33, 33, 32, 31, 31, 31, 29, 28, 28, 28, 28, 28,
    ]
)  # fmt: skip
# The numbers that a mirror leaves alone need not be nought on average: place, thousandths.
_MEANS = {
    0: 182, 3: -100, 7: 42, 11: 39, 21: -50, 25: 44, 27: 4, 31: -13,
    34: -36, 35: -99, 37: 14, 40: 25, 42: -72, 46: -24, 56: -9,
}  # fmt: skip
# Steps of the 4 bits, in spreads.
_STEP = 0.4
# Which way up and which way round a feature is: the sign of a sum of numbers that an inversion
# (a mirror) negates, each with its weight. Below the doubt either answer is tried.
_UPRIGHT = {25: -0.67, 9: 0.53, 50: 0.25, 11: 0.23, 114: -0.22, 89: 0.19, 98: 0.18}
_HANDED = {66: 0.58, 2: -0.51, 4: 0.44, 41: -0.30, 82: -0.21, 18: 0.20}
_DOUBT_UPRIGHT = 0.03
_DOUBT_HANDED = 0.04


def _cosines() -> Floats:
    """Return the orthonormal 4-point cosine transform, a row for each frequency."""
    place, frequency = np.arange(4), np.arange(4)[:, None]
    rows = np.cos(np.pi * (2 * place + 1) * frequency / 8) * np.sqrt(0.5)
    rows[0] = 0.5
    return np.asarray(rows, np.float32)


def _circle() -> Floats:
    """Return the orthonormal 8-point Fourier transform in real numbers."""
    turn = np.arange(8) * np.pi / 4
    rows = [np.full(8, np.sqrt(1 / 8))]
    for frequency in (1, 2, 3):
        rows += [np.cos(frequency * turn) / 2, np.sin(frequency * turn) / 2]
    rows.append(np.cos(4 * turn) * np.sqrt(1 / 8))
    return np.array(rows, np.float32)


def _signs() -> tuple[Floats, Floats]:
    """Return what a mirror and what an inversion does to each of the kept numbers."""
    row, column, direction = _KEPT // 32, _KEPT // 8 % 4, _KEPT % 8
    sine = np.isin(direction, (2, 4, 6))
    mirrored = np.where((row % 2 == 1) ^ sine, -1, 1)
    inverted = np.where((row + column) % 2 == 1, -1, 1)
    return mirrored.astype(np.float32), inverted.astype(np.float32)


def _weights(chosen: dict[int, float]) -> Floats:
    """Spread weights that are named by number over the kept ones."""
    return np.array([chosen.get(int(number), 0.0) for number in _KEPT], np.float32)


_BASIS = np.einsum("ai,bj,ck->abcijk", _cosines(), _cosines(), _circle()).reshape(128, 128)[_KEPT]
_MEAN = np.array([_MEANS.get(place, 0) for place in range(NUMBERS)], np.float32) / 1000
_LEVEL = _SPREAD.astype(np.float32) / 1000 * np.float32(_STEP)
_MIRROR, _INVERT = _signs()
_SIGNS = np.stack([np.ones_like(_MIRROR), _MIRROR, _INVERT, _MIRROR * _INVERT])
# Which signs each change turns, in the bits of a signature.
TURNED_SIGNS = np.packbits(_SIGNS < 0, axis=1).view(np.uint64).ravel()
_UP, _HAND = _weights(_UPRIGHT), _weights(_HANDED)


def encode(vectors: Floats) -> Codes:
    """Return n x 32 bytes for n x 128 SIFT descriptors."""
    total = np.maximum(vectors.sum(axis=1, keepdims=True), 1e-6)
    numbers = np.sqrt(np.maximum(vectors, 0) / total) @ _BASIS.T
    levels = np.clip(np.floor((numbers - _MEAN) / _LEVEL) + 8, 0, 15).astype(np.uint8)
    packed: Codes = levels[:, 0::2] << 4 | levels[:, 1::2]
    return packed


def decode(codes: Codes) -> Floats:
    """Return the n x 64 numbers (without their means) that n x 32 bytes stand for."""
    levels = np.empty((len(codes), NUMBERS), np.float32)
    levels[:, 0::2] = codes >> 4
    levels[:, 1::2] = codes & 15
    return (levels - np.float32(7.5)) * _LEVEL


def change(numbers: Floats, variant: int | NDArray[np.uint8]) -> Floats:
    """Return the numbers as they would be in a mirrored and/or inverted picture."""
    changed: Floats = numbers * _SIGNS[variant]
    return changed


def handedness(numbers: Floats) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return the change that brings each feature into the fixed handedness, and what is in doubt.

    Both are bits of MIRRORED and INVERTED.
    """
    upright = numbers @ _UP
    handed = numbers @ _HAND
    flags = (handed < 0) * MIRRORED | (upright < 0) * INVERTED
    doubts = (np.abs(handed) < _DOUBT_HANDED) * MIRRORED
    doubts = doubts | (np.abs(upright) < _DOUBT_UPRIGHT) * INVERTED
    return flags.astype(np.uint8), doubts.astype(np.uint8)


def signature(numbers: Floats) -> NDArray[np.uint64]:
    """Return the signs of the numbers as 64 bits; as many differ as two features are unlike."""
    return np.packbits(numbers > 0, axis=1).view(np.uint64).ravel()
