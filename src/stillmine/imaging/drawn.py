"""Draw ordinary photographs from a number, to try the program with and to test it.

Runs in our own process: nothing of a stranger's is read here. The scenes are drawn with smooth
noise (sums of random grids at doubling fineness, "value noise"), light and haze, lens shading and
sensor grain, so that their statistics are those of photographs and not of diagrams.
"""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from stillmine.imaging import scenes
from stillmine.imaging.canvas import Canvas, Light

_QUALITY = 88
_GRAIN = 0.012
_SHADING = 0.32


def draw(number: int, *, size: tuple[int, int] = (1600, 1200), format: str = "jpeg") -> bytes:
    """Return photograph number `number`, `size` pixels wide and high, encoded in memory.

    The same number, size and format give the same picture; six numbers in a row give six scenes.
    `format` is a format that Pillow writes. Raises ValueError for one that it does not.
    """
    picture = Image.fromarray(pixels(number, size))
    out = io.BytesIO()
    try:
        picture.save(out, format, quality=_QUALITY)
    except KeyError as error:
        raise ValueError(format) from error
    return out.getvalue()


def pixels(number: int, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Return the picture as an array of height x width x 3 bytes."""
    canvas = Canvas(number, size)
    light = scenes.SCENES[number % len(scenes.SCENES)](canvas)
    return _developed(light, canvas)


def _developed(light: Light, canvas: Canvas) -> NDArray[np.uint8]:
    """Turn light into a photograph: darker corners, a soft shoulder, grain, eight bits."""
    away = (canvas.x - 0.5) ** 2 + (canvas.y - 0.5) ** 2
    seen = light * (1 - _SHADING * away)[..., None]
    seen = np.where(seen > 0.8, 0.8 + 0.2 * np.tanh((seen - 0.8) / 0.2), seen)
    grain = canvas.random.normal(0, _GRAIN, seen.shape[:2])[..., None]
    grain = grain + canvas.random.normal(0, _GRAIN / 2, seen.shape)
    levels: NDArray[np.uint8] = np.clip((seen + grain) * 255, 0, 255).astype(np.uint8)
    return levels
