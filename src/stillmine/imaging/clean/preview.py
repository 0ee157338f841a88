"""Look at a preview inside a file, to say whether it shows more than the picture does."""

from __future__ import annotations

import io
from typing import BinaryIO

import numpy
from PIL import Image

_MOST_PIXELS = 100_000_000
_SIDE = 32
_SHAPE, _LIKE = 0.04, 0.85
_DARK = 24
_Grey = numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.float64]]


def opened(source: BinaryIO) -> Image.Image | None:
    """Decode a picture, or return None if it is none or too large."""
    try:
        with Image.open(source) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                return None
            picture.draft("RGB", (512, 512))
            return picture.convert("RGB")
    except Exception:  # noqa: BLE001 - a decoder may raise anything; then there is no preview
        return None


def compared(picture: Image.Image, blob: bytes) -> str:
    """Return how a preview compares: `same`, `other-shape`, `other-picture`, or empty.

    Black bars are cut off first: many cameras fill up their 4:3 previews. Likeness is the
    correlation of the two at 32 by 32 grey pixels.
    """
    preview = opened(io.BytesIO(blob))
    if preview is None:
        return ""
    preview = _without_bars(preview)
    wide, high = preview.size
    ours, theirs = picture.width / picture.height, wide / high
    if abs(ours / theirs - 1) > _SHAPE and abs(ours * theirs - 1) > _SHAPE:
        return "other-shape"
    return "same" if _likeness(_small(picture), _small(preview)) > _LIKE else "other-picture"


def _small(picture: Image.Image) -> _Grey:
    small = picture.convert("L").resize((_SIDE, _SIDE), Image.Resampling.BOX)
    return numpy.asarray(small, numpy.float64)


def _likeness(one: _Grey, other: _Grey) -> float:
    """Return the best correlation of the eight ways in which a picture can be turned."""
    turns = [numpy.rot90(side, turn) for side in (other, other.T) for turn in range(4)]
    return max(_correlation(one, turned) for turned in turns)


def _correlation(one: _Grey, other: _Grey) -> float:
    first, second = one - one.mean(), other - other.mean()
    size = float(numpy.sqrt((first**2).sum() * (second**2).sum()))
    if size < 1.0:
        return 1.0 if abs(one.mean() - other.mean()) < _DARK else 0.0
    return float((first * second).sum()) / size


def _without_bars(preview: Image.Image) -> Image.Image:
    grey = numpy.asarray(preview.convert("L"))
    rows, columns = grey.max(axis=1) > _DARK, grey.max(axis=0) > _DARK
    if not rows.any() or not columns.any():
        return preview
    top, bottom = int(rows.argmax()), len(rows) - int(rows[::-1].argmax())
    left, right = int(columns.argmax()), len(columns) - int(columns[::-1].argmax())
    return preview.crop((left, top, right, bottom))
