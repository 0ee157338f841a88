"""Put features that look alike into the same drawer, so that few have to be compared.

An inverted multi-index (Babenko and Lempitsky 2012): each half of a feature's 64 numbers is given
the nearest of 512 words, the pair of words is the drawer. The words were learned once, on ordinary
photographs, by `python -m bench.recognise.codebook`; they are 32 kB and say nothing of any picture.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import cv2
import numpy as np
from numpy.typing import NDArray

from stillmine.imaging.likeness import descriptors
from stillmine.imaging.likeness.arrays import Floats, Ints
from stillmine.imaging.likeness.descriptors import Codes

WORDS = 512
DRAWERS = WORDS * WORDS
_HALF = 32
_FLAGS_AT = 18
_SCALE = 250.0
_MOST_WORDS = 6


def pack(words: Floats) -> bytes:
    """Return 2 x 512 x 32 numbers as the bytes of the codebook file."""
    return np.clip(np.round(words * _SCALE), -127, 127).astype(np.int8).tobytes()


@cache
def _words() -> Floats:
    """Read the words that come with the program: 2 x 512 x 32."""
    data = resources.files(__package__).joinpath("codebook.bin").read_bytes()
    return np.frombuffer(data, np.int8).reshape(2, WORDS, _HALF).astype(np.float32) / _SCALE


def nearest(numbers: Floats, words: int) -> tuple[NDArray[np.int32], Floats]:
    """Return, for n features, the nearest words of both halves and their squared distances.

    Both are 2 x n x `words`, the nearest first.
    """
    names = np.empty((2, len(numbers), words), np.int32)
    far = np.empty((2, len(numbers), words), np.float32)
    if not len(numbers):
        return names, far
    for half, book in enumerate(_words()):
        points = np.ascontiguousarray(numbers[:, half::2], np.float32)
        # Six times as fast as sorting all distances, of which only the first few are asked for.
        found = cv2.batchDistance(points, book, cv2.CV_32F, normType=cv2.NORM_L2SQR, K=words)
        far[half], names[half] = found
    return names, far


def drawer(numbers: Floats) -> NDArray[np.int32]:
    """Return the drawer of each of n features."""
    names = [
        ((book * book).sum(axis=1) - 2 * (numbers[:, half::2] @ book.T)).argmin(axis=1)
        for half, book in enumerate(_words())
    ]
    found: NDArray[np.int32] = (names[0] * WORDS + names[1]).astype(np.int32)
    return found


def drawers(numbers: Floats, probes: int) -> NDArray[np.int32]:
    """Return the `probes` drawers (n x probes) in which each feature is most likely to be."""
    words = min(probes, _MOST_WORDS)
    names, far = nearest(numbers, words)
    one, other = _pairs(words, probes)
    pairs = far[0][:, one] + far[1][:, other]
    best = np.argpartition(pairs, probes - 1, axis=1)[:, :probes]
    rows = np.arange(len(numbers))[:, None]
    found: NDArray[np.int32] = names[0][rows, one[best]] * WORDS + names[1][rows, other[best]]
    return found


@cache
def _pairs(words: int, probes: int) -> tuple[Ints, Ints]:
    """Return which words of both halves can be among the nearest so many pairs.

    Pair (i, j) has (i + 1) x (j + 1) - 1 pairs that are at least as near.
    """
    one, other = np.divmod(np.arange(words * words), words)
    some = (one + 1) * (other + 1) <= probes
    return one[some], other[some]


def filed(codes: Codes) -> NDArray[np.uint8]:
    """Return where the index puts n features: n x 3 bytes, as `form` describes them."""
    numbers = descriptors.decode(codes)
    flags, _ = descriptors.handedness(numbers)
    places = drawer(descriptors.change(numbers, flags)).astype("<u4")
    places |= flags.astype("<u4") << np.uint32(_FLAGS_AT)
    return np.ascontiguousarray(places.view(np.uint8).reshape(-1, 4)[:, :3])


def unfiled(filed_: NDArray[np.uint8]) -> tuple[NDArray[np.int32], NDArray[np.uint8]]:
    """Return drawer and handedness of n features from n x 3 bytes."""
    wide = np.zeros((len(filed_), 4), np.uint8)
    wide[:, :3] = filed_
    places = wide.view("<u4").ravel()
    flags = (places >> np.uint32(_FLAGS_AT)) % descriptors.VARIANTS
    return (places % DRAWERS).astype(np.int32), flags.astype(np.uint8)
