"""Go from pixels to the grid of a mark, and from the grid to its waves and back."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from stillmine.imaging.mark.grid import Floats, size_of

Rgb = NDArray[np.uint8]
# The weights of ITU-R BT.601, for red, green and blue.
LUMA = np.array([[0.299, 0.587, 0.114]], np.float32)


def luma(rgb: NDArray[Any]) -> Floats:
    """Return the brightness (height, width), 0 to 255, of a picture (height, width, 3)."""
    light = cv2.transform(rgb.astype(np.float32, copy=False), LUMA)
    return np.asarray(light, np.float32).reshape(rgb.shape[:2])


def on_grid(rgb: Rgb) -> Floats:
    """Return the picture (height, width, 3) on its grid, by area averaging."""
    height, width = size_of(*rgb.shape[:2])
    return shrunk(rgb, height, width).astype(np.float32)


def shrunk(picture: NDArray[Any], height: int, width: int) -> NDArray[Any]:
    """Return a picture resampled to a size by averaging areas."""
    if picture.shape[:2] == (height, width):
        return picture
    return np.asarray(cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA))


def transform(values: Floats) -> Floats:
    """Return the orthonormal cosine transform (DCT-II) of an array with even sides."""
    return np.asarray(cv2.dct(values), np.float32)


def inverse(waves: Floats) -> Floats:
    """Return the array of which `waves` is the transform."""
    return np.asarray(cv2.idct(waves), np.float32)
