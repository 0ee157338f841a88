"""The photographs that are marked: those of a folder that is given, or drawn ones."""

from __future__ import annotations

import numpy as np
from PIL import Image

from bench.recognise.photos import Photo
from stillmine.imaging import drawn

Rgb = np.ndarray
DRAWN = (1280, 960)


def pixels(photo: Photo) -> Rgb:
    """Decode a photograph as it is: at most 1,600 pixels wide or high."""
    if photo.path is None:
        return drawn.pixels(int(photo.name.split("-")[1]), DRAWN)
    with Image.open(photo.path) as picture:
        picture.thumbnail((1600, 1600))
        return np.asarray(picture.convert("RGB"))
