"""The standards of today on the same pictures: PDQ, PDQ in eight positions, pHash of imagehash."""

from __future__ import annotations

import warnings

import imagehash
import numpy as np
from PIL import Image

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import pdqhash

Rgb = np.ndarray
PDQ_RADIUS = 31
PHASH_RADIUS = 10
NAMES = ("PDQ <= 31", "PDQ, 8 positions", "pHash <= 10")


class Peers:
    """The hashes of a bank of pictures, and what a query finds among them."""

    def __init__(self, pictures: list[Rgb]) -> None:
        """Hash the bank."""
        self._pdq = np.array([_pdq(picture)[0] for picture in pictures])
        self._phash = np.array([_phash(picture) for picture in pictures])

    def found(self, rgb: Rgb) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return for each way of comparing which of the bank are found, true or false for each."""
        eight = _pdq(rgb)
        distance = (self._pdq[:, None] != eight[None]).sum(axis=2)
        phash = (self._phash != _phash(rgb)[None]).sum(axis=1)
        return (
            distance[:, 0] <= PDQ_RADIUS,
            distance.min(axis=1) <= PDQ_RADIUS,
            phash <= PHASH_RADIUS,
        )


def _pdq(rgb: Rgb) -> np.ndarray:
    """Return the eight dihedral hashes, 8 x 256, the picture as it is first."""
    hashes, _ = pdqhash.compute_dihedral(np.ascontiguousarray(rgb))
    return np.array(hashes, bool)


def _phash(rgb: Rgb) -> np.ndarray:
    """Return the 64 bits of the perceptual hash."""
    return imagehash.phash(Image.fromarray(rgb)).hash.ravel()
