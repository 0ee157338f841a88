"""Draw a small picture in letters, with a place marked, for people who look at a terminal."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageDraw

_SHADES = "@%#*+=-:. "  # from dark to light
_EDGE = "█"
_LETTER = 2.1  # how much higher than wide a letter of a terminal is
_COLUMNS, _ROWS = 64, 36

Corner = tuple[float, float]


def in_letters(jpeg: bytes, corners: Sequence[Corner]) -> tuple[str, ...]:
    """Return lines that show a JPEG of our own making, with an edge drawn from corner to corner.

    `corners` are pixels of the picture; where they lie outside, the edge runs along its border.
    """
    with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as opened:
        grey = opened.convert("L")
    scale = min(_COLUMNS / grey.width, _ROWS * _LETTER / grey.height)
    columns, rows = max(2, round(grey.width * scale)), max(2, round(grey.height * scale / _LETTER))
    edge = Image.new("1", (columns, rows))
    places = [
        (_within(x * columns / grey.width, columns), _within(y * rows / grey.height, rows))
        for x, y in corners
    ]
    ImageDraw.Draw(edge).line([*places, places[0]], fill=1)
    shades = grey.resize((columns, rows), Image.Resampling.BOX).tobytes()
    marked = edge.convert("L").tobytes()
    letters = [
        _EDGE if mark else _SHADES[shade * len(_SHADES) // 256]
        for shade, mark in zip(shades, marked, strict=True)
    ]
    return tuple("".join(letters[at : at + columns]) for at in range(0, len(letters), columns))


def _within(place: float, count: int) -> int:
    return min(max(round(place), 0), count - 1)
