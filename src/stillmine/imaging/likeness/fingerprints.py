"""What is kept of a picture to know it again: local features and a tiny grey thumbnail, some 45 kB.

The bytes are described in `form`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from stillmine.imaging.likeness import features, form, vocabulary
from stillmine.imaging.likeness.arrays import Bytes, Floats
from stillmine.imaging.likeness.features import ITEM, Settings

_WHOLE = 65535
# Sizes run from 2^-10 to 2^6 of the longer side, in sixteenths of a doubling.
_SMALLEST = -10.0
_STEPS = 16.0
_TURN = 256.0


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """What is kept of a picture of `width` x `height` pixels.

    `thumbnail` is grey, h x w bytes, stretched from black to white. Of n features: `places` n x 2
    (16 bits), `sizes` n, `angles` n, `codes` n x 32, `drawers` n x 3 (what the index would have to
    look up) or 0 x 3 where they were not looked up.
    """

    width: int
    height: int
    thumbnail: Bytes
    places: NDArray[np.uint16]
    sizes: Bytes
    angles: Bytes
    codes: Bytes
    drawers: Bytes = field(default_factory=lambda: np.zeros((0, form.DRAWER_BYTES), np.uint8))

    def __len__(self) -> int:
        """Return how many features there are."""
        return len(self.places)

    def __eq__(self, other: object) -> bool:
        """Say whether the other one has the same bytes."""
        return isinstance(other, Fingerprint) and self.to_bytes() == other.to_bytes()

    def __hash__(self) -> int:
        """Agree with equality."""
        return hash(self.to_bytes())

    @property
    def longer(self) -> int:
        """Return the longer side in pixels, the unit of places and sizes."""
        return max(self.width, self.height)

    @property
    def extent(self) -> Floats:
        """Return width and height in units of the longer side."""
        return np.array([self.width, self.height], np.float32) / self.longer

    def points(self) -> Floats:
        """Return the n x 2 places in units of the longer side."""
        return self.places.astype(np.float32) / _WHOLE

    def diameters(self) -> Floats:
        """Return the n sizes in units of the longer side."""
        doublings = self.sizes.astype(np.float32) / np.float32(_STEPS) + np.float32(_SMALLEST)
        return np.asarray(np.exp2(doublings))

    def directions(self) -> Floats:
        """Return the n angles in radians."""
        return self.angles.astype(np.float32) * np.float32(2 * np.pi / _TURN)

    def filed(self) -> Fingerprint:
        """Return the same with its drawers looked up."""
        return replace(self, drawers=vocabulary.filed(self.codes))

    def to_bytes(self) -> bytes:
        """Return the bytes; the same fingerprint gives the same bytes on every machine."""
        high, wide = self.thumbnail.shape
        sides = (self.width, self.height, wide, high)
        head = form.HEAD.pack(form.MAGIC, *sides, len(self), len(self.drawers))
        places = self.places.astype("<u2")
        parts = (self.thumbnail, places, self.sizes, self.angles, self.codes, self.drawers)
        return b"".join((head, *(part.tobytes() for part in parts)))

    @classmethod
    def from_bytes(cls, data: bytes) -> Fingerprint:
        """Read what `to_bytes` wrote. Raises NotAFingerprint for anything else."""
        head = form.head_of(data)
        cuts = np.cumsum((form.HEAD.size, *head.lengths))
        parts = [np.frombuffer(data[a:b], np.uint8) for a, b in pairwise(cuts)]
        return cls(
            width=head.width,
            height=head.height,
            thumbnail=parts[0].reshape(head.thumbnail_height, head.thumbnail_width),
            places=parts[1].view("<u2").reshape(-1, 2),
            sizes=parts[2],
            angles=parts[3],
            codes=parts[4].reshape(-1, form.CODE_BYTES),
            drawers=parts[5].reshape(-1, form.DRAWER_BYTES),
        )


def fingerprint(rgb: Bytes, settings: Settings = ITEM) -> Fingerprint:
    """Return the fingerprint of a decoded picture, height x width x 3 bytes (red, green, blue).

    Raises ValueError for an array of another kind. The same array gives the same fingerprint.
    """
    picture = features.grey(rgb)
    height, width = picture.shape
    found = features.find(picture, settings)
    sizes = (np.log2(np.maximum(found.sizes, 1e-6)) - _SMALLEST) * _STEPS
    turns = found.angles * (_TURN / (2 * np.pi))
    return Fingerprint(
        width=width,
        height=height,
        thumbnail=_thumbnail(picture, settings.thumbnail),
        places=np.clip(np.round(found.places * _WHOLE), 0, _WHOLE).astype(np.uint16),
        sizes=np.clip(np.round(sizes), 0, 255).astype(np.uint8),
        angles=(np.round(turns).astype(np.int64) % int(_TURN)).astype(np.uint8),
        codes=found.codes,
        drawers=vocabulary.filed(found.codes if settings.drawers else found.codes[:0]),
    )


def _thumbnail(picture: Bytes, side: int) -> Bytes:
    """Return the grey picture at most `side` pixels wide and high, from black to white.

    It is stretched before it is rounded: a dark room has all its light within a few grey levels.
    """
    height, width = picture.shape
    part = min(1.0, side / max(height, width))
    size = (max(1, round(width * part)), max(1, round(height * part)))
    light = np.asarray(picture, np.float32)
    small = cv2.resize(light, size, interpolation=cv2.INTER_AREA).reshape(size[1], size[0])
    darkest, lightest = float(small.min()), float(small.max())
    stretched = (small - darkest) * (255 / max(1.0, lightest - darkest))
    return np.round(stretched).astype(np.uint8)
