"""Find the corners and blobs by which a picture is known again, however it was changed.

SIFT (Lowe 2004; its patent ended in 2020) on a grey picture whose contrast was evened out, so that
skin, plain walls and dark rooms give features too, and so that the strongest features lie all over
the picture and not in its busiest corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from stillmine.imaging.likeness.arrays import Bytes, Floats
from stillmine.imaging.likeness.descriptors import Codes, encode

Grey = Bytes
Rgb = Bytes
Coarse = tuple[tuple[int, float], ...]

# Our callers run in a process of their own for each core; threads of OpenCV's only fight over them.
cv2.setNumThreads(1)

_SMALLEST_SIDE = 16
# Evening out: the width in pixels over which contrast is measured, and the contrast (grey levels)
# that counts as noise and is not blown up further.
_EVEN_WIDTH = 14.0
_EVEN_FLOOR = 5.0
_EVEN_GAIN = 42.0
# The mean of such a width is taken on a picture smaller by this.
_EVEN_PART = 4
# Features are sought in the picture and in smaller ones, because evening out hides what is larger
# than its width; in skin, sand or a dark room only what is large is left. How many pixels wide the
# smaller ones are (a small picture is enlarged to that, this much at most), and their share of the
# features.
_COARSE: Coarse = ((240, 0.25), (96, 0.10))
_ENLARGED = 3.0
_LEAST_SIDE = 400


@dataclass(frozen=True, slots=True)
class Settings:
    """How much of a picture is looked at.

    `side` is the longer side in pixels at which features are sought, `features` the most that are
    kept, `thumbnail` the longer side of the grey thumbnail; `drawers` says whether to look up where
    an index would put the features, which is only of use for items. `coarse` are the sides of the
    smaller pictures in which features are sought too, with their share of all features.
    """

    side: int = 800
    features: int = 960
    thumbnail: int = 96
    drawers: bool = True
    coarse: Coarse = _COARSE


# What an item keeps (some 45 kB), and what is looked at in a picture that may hold items.
ITEM = Settings()
SCAN = Settings(side=720, features=1800, thumbnail=256, drawers=False)
# Enough to say of most strangers' pictures that they hold no item; see `LikenessIndex.stirs`.
GLANCE = Settings(side=320, features=640, thumbnail=16, drawers=False, coarse=((96, 0.1),))


@dataclass(frozen=True, slots=True)
class Features:
    """Local features. Places and sizes are in units of the picture's longer side.

    `places` is n x 2 (x, y), `sizes` n (diameter), `angles` n (radians, clockwise from x on
    screen), `codes` what the surroundings look like.
    """

    places: Floats
    sizes: Floats
    angles: Floats
    codes: Codes

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.places)


def grey(rgb: Rgb) -> Grey:
    """Return the luminance of a height x width x 3 (or 4, or plain grey) array of bytes."""
    if rgb.dtype != np.uint8 or rgb.ndim not in (2, 3) or 0 in rgb.shape:
        raise ValueError("an array of bytes, height x width x 3, is needed")
    if rgb.ndim == 2:
        return np.ascontiguousarray(rgb)
    if rgb.shape[2] == 1:
        return np.ascontiguousarray(rgb[..., 0])
    luminance: Grey = np.asarray(cv2.cvtColor(rgb[..., :3], cv2.COLOR_RGB2GRAY), np.uint8)
    return luminance


def shrink(picture: Grey, side: int) -> Grey:
    """Return the picture with its longer side at most `side` pixels; never enlarged."""
    height, width = picture.shape
    if max(height, width) <= side:
        return picture
    part = side / max(height, width)
    size = (max(1, round(width * part)), max(1, round(height * part)))
    small: Grey = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    return small


def even(picture: Grey) -> Grey:
    """Return the picture with the same contrast everywhere (local mean and spread taken out)."""
    light = picture.astype(np.float32)
    away = light - _broad(light)
    spread = np.sqrt(np.maximum(_broad(away * away), 0))
    return np.clip(128 + away * (_EVEN_GAIN / (spread + _EVEN_FLOOR)), 0, 255).astype(np.uint8)


def _broad(values: Floats) -> Floats:
    """Return the mean of the surroundings, the nearer the more."""
    height, width = values.shape
    size = (-(-width // _EVEN_PART), -(-height // _EVEN_PART))
    small = cv2.resize(values, size, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small.reshape(size[1], size[0]), (0, 0), _EVEN_WIDTH / _EVEN_PART)
    broad = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(broad, np.float32).reshape(height, width)


def find(picture: Grey, settings: Settings) -> Features:
    """Return the features of a grey picture (height x width bytes)."""
    longer = max(picture.shape)
    fine = max(min(settings.side, longer), _enlarged(longer, min(settings.side, _LEAST_SIDE)))
    coarse = [
        (_enlarged(longer, side), round(settings.features * part)) for side, part in settings.coarse
    ]
    levels = [(fine, settings.features - sum(most for _, most in coarse)), *coarse]
    parts = [_level(picture, *level) for level in levels]
    return Features(
        places=np.concatenate([part.places for part in parts]),
        sizes=np.concatenate([part.sizes for part in parts]),
        angles=np.concatenate([part.angles for part in parts]),
        codes=np.concatenate([part.codes for part in parts]),
    )


def _enlarged(longer: int, side: int) -> int:
    """Return the side of a smaller picture, of which a small one is not enlarged too much."""
    return min(side, round(longer * _ENLARGED))


def _sized(picture: Grey, side: int) -> Grey:
    """Return the picture with its longer side `side` pixels."""
    height, width = picture.shape
    if max(height, width) >= side:
        return shrink(picture, side)
    part = side / max(height, width)
    size = (max(1, round(width * part)), max(1, round(height * part)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_CUBIC), np.uint8)


def _level(picture: Grey, side: int, most: int) -> Features:
    """Return the strongest features at one resolution."""
    height, width = picture.shape
    small = _sized(picture, side)
    points: Sequence[cv2.KeyPoint] = ()
    vectors = np.zeros((0, 128), np.float32)
    if min(small.shape) >= _SMALLEST_SIDE:
        sift = cv2.SIFT.create(
            nfeatures=most,
            contrastThreshold=0.02,
            edgeThreshold=12,
            enable_precise_upscale=True,
        )
        points, found = sift.detectAndCompute(even(small), np.empty(0, np.uint8))
        # Without any feature OpenCV gives None, whatever its types say.
        vectors = np.asarray(found, np.float32) if len(points) else vectors
    longer = max(height, width)
    scale = np.array([width / small.shape[1], height / small.shape[0]], np.float32) / longer
    places = np.array([point.pt for point in points], np.float32).reshape(-1, 2) + 0.5
    sizes = np.array([point.size for point in points], np.float32)
    angles = np.radians(np.array([point.angle for point in points], np.float32))
    return Features(
        places[:most] * scale, (sizes * scale.max())[:most], angles[:most], encode(vectors[:most])
    )
