"""Take the fingerprints of what a file shows, in the decode that looks at it. Runs in the child."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from PIL import Image

from stillmine.imaging.flat import eight_bits, on_white, upright
from stillmine.imaging.kinds import Kind
from stillmine.imaging.likeness.arrays import Bytes
from stillmine.imaging.likeness.features import ITEM, SCAN, Settings
from stillmine.imaging.likeness.fingerprints import Fingerprint, fingerprint
from stillmine.imaging.likeness.samples import Role, Sample
from stillmine.imaging.sight import Opened

SETTINGS: dict[Role, Settings] = {Role.ITEM: ITEM, Role.SCAN: SCAN}

Moment = tuple[float | None, int, Bytes]
"""Seconds (None: a still), frame number, and the picture: height x width x 3, red, green, blue."""


def prepare() -> None:
    """Take one fingerprint, so that all that OpenCV loads late is loaded before the locks."""
    grain = np.random.default_rng(0).integers(0, 255, (96, 96, 3), np.uint8)
    fingerprint(grain, SCAN)


def take(opened: Opened, kind: Kind, role: Role) -> Iterator[Sample]:
    """Yield the samples of a file. Raises whatever its decoder raises."""
    settings = SETTINGS[role]
    for seconds, frame, picture in _moments(opened, kind, settings.side):
        found = fingerprint(picture, settings)
        yield Sample(seconds, frame, _sized(found, opened, picture).to_bytes())


def _moments(opened: Opened, kind: Kind, side: int) -> Iterator[Moment]:
    """Yield what is to be fingerprinted: of what moves, the first frame."""
    picture = opened.decode(side)
    moving = kind in (Kind.ANIMATION, Kind.VIDEO)
    yield (0.0 if moving else None), 0, _array(picture, side)


def _array(picture: Image.Image, side: int) -> Bytes:
    """Return a decoded picture as it is meant to be seen, its longer side `side` to twice `side`.

    It is made smaller before anything is copied: a picture of 200 megapixels would not fit twice.
    """
    plain = eight_bits(picture)
    factor = max(plain.size) // side
    small = plain.reduce(factor) if factor > 1 else plain
    return np.asarray(on_white(upright(small, like=picture)))


def _sized(found: Fingerprint, opened: Opened, picture: Bytes) -> Fingerprint:
    """Say the size that the picture has in the file, whatever was decoded of it.

    Places are in units of the longer side, so they stay true.
    """
    longer, shorter = opened.sight.width or 0, opened.sight.height or 0
    longer, shorter = max(longer, shorter), min(longer, shorter)
    if shorter == 0:
        return found
    high, wide, _depth = picture.shape
    width, height = (longer, shorter) if wide >= high else (shorter, longer)
    return replace(found, width=width, height=height)
