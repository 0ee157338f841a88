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

# Our callers run in a process of their own for each core; threads of OpenCV's only fight over them.
cv2.setNumThreads(1)

_SMALLEST_SIDE = 16
# Evening out: the width in pixels over which contrast is measured, and the contrast (grey levels)
# that counts as noise and is not blown up further.
_EVEN_WIDTH = 14.0
_EVEN_FLOOR = 5.0
_EVEN_GAIN = 42.0
# Features are sought in the picture and in a smaller one, because evening out hides what is larger
# than its width; so many of the features come from the small one, which has this share of the side.
_COARSE_PART = 0.3
_COARSE_SHARE = 0.35


@dataclass(frozen=True, slots=True)
class Settings:
    """How much of a picture is looked at.

    `side` is the longer side in pixels at which features are sought, `features` the most that are
    kept, `thumbnail` the longer side of the grey thumbnail.
    """

    side: int = 800
    features: int = 960
    thumbnail: int = 64


# What an item keeps (some 40 kB), and what is looked at in a picture that may hold items.
ITEM = Settings()
SCAN = Settings(side=720, features=1800, thumbnail=256)


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
    mean = cv2.GaussianBlur(light, (0, 0), _EVEN_WIDTH)
    away = light - mean
    spread = np.sqrt(cv2.GaussianBlur(away * away, (0, 0), _EVEN_WIDTH))
    return np.clip(128 + away * (_EVEN_GAIN / (spread + _EVEN_FLOOR)), 0, 255).astype(np.uint8)


def find(picture: Grey, settings: Settings) -> Features:
    """Return the features of a grey picture (height x width bytes)."""
    side = min(settings.side, max(picture.shape))
    coarse = round(settings.features * _COARSE_SHARE)
    levels = ((side, settings.features - coarse), (round(side * _COARSE_PART), coarse))
    parts = [_level(picture, *level) for level in levels]
    return Features(
        places=np.concatenate([part.places for part in parts]),
        sizes=np.concatenate([part.sizes for part in parts]),
        angles=np.concatenate([part.angles for part in parts]),
        codes=np.concatenate([part.codes for part in parts]),
    )


def _level(picture: Grey, side: int, most: int) -> Features:
    """Return the strongest features at one resolution."""
    height, width = picture.shape
    small = shrink(picture, side)
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
