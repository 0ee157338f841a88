"""Pictures that are marked in these tests, and what may happen to them."""

from __future__ import annotations

import io
from functools import lru_cache

import numpy as np
from PIL import Image

from stillmine.imaging import drawn
from stillmine.imaging.mark.marking import mark

SEEDS = {f"recipient {number}": bytes([number]) * 32 for number in range(20)}


@lru_cache(maxsize=2)
def photo(number: int = 2) -> np.ndarray:
    """Return a drawn photograph."""
    return drawn.pixels(number, (640, 480))


@lru_cache(maxsize=4)
def copy_for(name: str, number: int = 2) -> np.ndarray:
    """Return the marked copy of one recipient."""
    return mark(photo(number), SEEDS[name])


def saved(rgb: np.ndarray, quality: int) -> np.ndarray:
    """Save as JPEG and read again."""
    out = io.BytesIO()
    Image.fromarray(rgb).save(out, "jpeg", quality=quality)
    return np.asarray(Image.open(out).convert("RGB"))


def smaller(rgb: np.ndarray, part: float) -> np.ndarray:
    """Return it at another size."""
    size = (round(rgb.shape[1] * part), round(rgb.shape[0] * part))
    return np.asarray(Image.fromarray(rgb).resize(size, Image.Resampling.LANCZOS))
