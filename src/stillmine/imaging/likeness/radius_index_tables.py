"""The look-up tables of the radius index: which fingerprints have a given word at a given place.

Source: multi-index hashing (M. Norouzi, A. Punjani, D. Fleet, "Fast Search in Hamming Space with
Multi-Index Hashing", CVPR 2012). Here a table is an array of row numbers sorted by word, and an
array that says where each word begins in it: two plain look-ups, no hashing.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations

import numpy as np
import numpy.typing as npt

WORDS = 16
WORD_BITS = 16
MOST_FLIPS = 2
MOST_ROWS = 2**31 // WORDS - 1
_VALUES = 1 << WORD_BITS

Places = npt.NDArray[np.int32]
Words16 = npt.NDArray[np.uint16]
Masks = tuple[npt.NDArray[np.intp], npt.NDArray[np.int64]]


class Tables:
    """For each of 16 places, the rows sorted by the word that they have there."""

    def __init__(self, words: Words16) -> None:
        """Sort the rows of `words`, n x 16, once for each place."""
        count = len(words)
        if count > MOST_ROWS:
            raise ValueError(f"the tables hold {MOST_ROWS} rows at most")
        self._rows = np.empty((WORDS, count), np.int32)
        self._starts = np.zeros(WORDS * _VALUES + 1, np.int32)
        for place in range(WORDS):
            column = np.ascontiguousarray(words[:, place])
            self._rows[place] = np.argsort(column, kind="stable")
            ends = np.cumsum(np.bincount(column, minlength=_VALUES)) + place * count
            self._starts[place * _VALUES + 1 : (place + 1) * _VALUES + 1] = ends

    @property
    def nbytes(self) -> int:
        """Memory that the tables take, in bytes."""
        return self._rows.nbytes + self._starts.nbytes

    def look_up(self, queries: Words16, radius: int) -> tuple[Places, Places]:
        """Where the candidates of q `queries` (q x 16) lie: begins and lengths, q x probes."""
        places, masks = probes(radius)
        slots = queries.astype(np.int64).take(places, axis=1) ^ masks
        slots += places * _VALUES
        begins: Places = self._starts.take(slots)
        slots += 1
        ends: Places = self._starts.take(slots)
        return begins, ends - begins

    def gather(self, begins: Places, lengths: Places) -> Places:
        """Row numbers of the stretches that `look_up` found, one stretch after the other."""
        begins, lengths = begins.ravel(), lengths.ravel()
        ends = np.cumsum(lengths, dtype=np.int32)
        positions = np.repeat(begins - ends + lengths, lengths)
        positions += np.arange(len(positions), dtype=np.int32)
        rows: Places = self._rows.ravel().take(positions)
        return rows


def flips_allowed(radius: int) -> tuple[int, ...]:
    """How many bits may differ in each of the 16 words; -1: the word need not be looked at.

    Were each word more than that away, the sum would exceed `radius`: it is shared out so that
    (flips + 1) over all words is radius + 1.
    """
    share, more = divmod(radius + 1, WORDS)
    return (share,) * more + (share - 1,) * (WORDS - more)


@cache
def probes(radius: int) -> Masks:
    """Which word to look up with which bits flipped: places, and masks to apply; one per probe."""
    by_flips = [
        [sum(1 << bit for bit in bits) for bits in combinations(range(WORD_BITS), flips)]
        for flips in range(MOST_FLIPS + 1)
    ]
    found = [
        (place, mask)
        for place, most in enumerate(flips_allowed(radius))
        for flips in range(most + 1)
        for mask in by_flips[flips]
    ]
    places, masks = zip(*found, strict=True)
    return np.array(places, np.intp), np.array(masks, np.int64)
