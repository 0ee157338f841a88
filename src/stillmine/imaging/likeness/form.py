"""The shape of a fingerprint's bytes, which can be checked without any picture library.

All numbers are little-endian: "SMLF", version (1 byte), width and height in pixels (4 bytes each),
width and height of the thumbnail (2 each), number of features n (2), number of drawers (2: n, or 0
where they were not looked up); then the thumbnail, and for all features x and y (2 each, 65535 is
the longer side), size (1, sixteen steps a doubling), angle (1, 256 to the circle), code (32), and
drawer (3: the lower 18 bits, then 2 bits for the handedness). Nothing else follows.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from stillmine.errors import NotAFingerprint

VERSION = 2
"""Fingerprints of one version can be compared; those of another have to be made anew."""
MAGIC = b"SMLF" + bytes([VERSION])
HEAD = struct.Struct("<5sIIHHHH")
CODE_BYTES = 32
DRAWER_BYTES = 3
MOST_FEATURES = 8192
WIDEST_THUMBNAIL = 512
LONGEST_SIDE = 1 << 24


class Head(NamedTuple):
    """What the first bytes say. Sides are in pixels."""

    width: int
    height: int
    thumbnail_width: int
    thumbnail_height: int
    features: int
    drawers: int

    @property
    def lengths(self) -> tuple[int, int, int, int, int, int]:
        """Return how many bytes thumbnail, places, sizes, angles, codes and drawers take."""
        thumbnail = self.thumbnail_width * self.thumbnail_height
        return (
            thumbnail,
            4 * self.features,
            self.features,
            self.features,
            CODE_BYTES * self.features,
            DRAWER_BYTES * self.drawers,
        )


def head_of(data: bytes) -> Head:
    """Return the head of a fingerprint whose size agrees with it. Raises NotAFingerprint."""
    if len(data) < HEAD.size:
        raise NotAFingerprint
    magic, *numbers = HEAD.unpack_from(data)
    head = Head(*numbers)
    sides = 0 < head.width < LONGEST_SIDE and 0 < head.height < LONGEST_SIDE
    thumbnail = (head.thumbnail_width, head.thumbnail_height)
    small = min(thumbnail) > 0 and max(thumbnail) <= WIDEST_THUMBNAIL
    if magic != MAGIC or not sides or not small or head.features > MOST_FEATURES:
        raise NotAFingerprint
    if head.drawers not in (0, head.features):
        raise NotAFingerprint
    if len(data) != HEAD.size + sum(head.lengths):
        raise NotAFingerprint
    return head
