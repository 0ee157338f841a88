"""Look for faces and for writing in a picture. Runs in the child.

Faces: libfacedetection, a small network inside a BSD-licensed package (W. Wu, H. Peng, S. Yu,
"YuNet: A Tiny Millisecond-level Face Detector", 2023). Writing: areas full of sharp upright
strokes, by the density of gradients; no network. Both miss some and find some that is none.
"""

from __future__ import annotations

import os
import warnings
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from stillmine.imaging.pictures import optional

_FACE_SIDES = (640, 960)  # pixels of the longer side: large faces in the first, small in the second
_FACE_SURE = 0.5
_SAME_FACE = 0.4  # of the area that two boxes have together
_FACE_MARGIN = 0.15  # a detector's box ends at the eyebrows
_TEXT_SIDE = 1024
_CELL = 8
_STEP = 40  # grey levels: what counts as the edge of a stroke
_DENSE = 0.12
_LEAST_CELLS = 3
MOST_FOUND = 500


class Found(NamedTuple):
    """One thing that could be covered; `sure` is 0 to 100, by the finder's own measure."""

    x: int
    y: int
    width: int
    height: int
    sure: int


def prepare() -> None:
    """Look at an empty picture once, so that what is loaded late is loaded before the locks."""
    os.environ["OMP_NUM_THREADS"] = "1"  # no threads may be started behind the locks
    if optional("yuface") is not None:
        faces(Image.new("RGB", (64, 64)))


def faces(picture: Image.Image) -> list[Found]:
    """Return boxes around faces, surest first; none where the detector is not installed."""
    detector = optional("yuface")
    found: list[Found] = []
    for side in _FACE_SIDES if detector is not None else ():
        small = picture.convert("RGB")
        small.thumbnail((side, side), Image.Resampling.BOX)
        colours = np.ascontiguousarray(np.asarray(small)[:, :, ::-1])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            sure, boxes, _ = detector.detect(colours, _FACE_SURE)
        scale = picture.width / small.width
        for percent, box in zip(sure.tolist(), boxes.tolist(), strict=True):
            found.append(_grown([value * scale for value in box], int(percent)))
        if max(picture.size) <= side:
            break
    return _apart(sorted(found, key=lambda one: -one.sure))[:MOST_FOUND]


def _grown(box: list[float], sure: int) -> Found:
    x, y, width, height = box
    aside, above = width * _FACE_MARGIN, height * _FACE_MARGIN
    return Found(
        max(0, round(x - aside)),
        max(0, round(y - 1.5 * above)),
        round(width + 2 * aside),
        round(height + 2.5 * above),
        min(100, sure),
    )


def _apart(found: list[Found]) -> list[Found]:
    """Keep of boxes around the same thing only the surest."""
    kept: list[Found] = []
    for one in found:
        if all(_overlap(one, other) < _SAME_FACE for other in kept):
            kept.append(one)
    return kept


def _overlap(one: Found, other: Found) -> float:
    wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    high = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    both = max(0, wide) * max(0, high)
    smaller = min(one.width * one.height, other.width * other.height)
    return both / max(1, smaller)


def writing(picture: Image.Image) -> list[Found]:
    """Return boxes around what could be lines of writing, the largest first."""
    small = picture.convert("L")
    small.thumbnail((_TEXT_SIDE, _TEXT_SIDE), Image.Resampling.BOX)
    scale = picture.width / small.width
    cells = _stroke_cells(np.asarray(small).astype(np.int16))
    found = [
        Found(
            round(left * _CELL * scale),
            round(top * _CELL * scale),
            round((right - left) * _CELL * scale),
            round((bottom - top) * _CELL * scale),
            min(100, round(100 * full)),
        )
        for left, top, right, bottom, full in _groups(cells)
    ]
    return sorted(found, key=lambda one: -one.width * one.height)[:MOST_FOUND]


def _stroke_cells(grey: NDArray[np.int16]) -> NDArray[np.bool_]:
    """Return which cells of 8 x 8 pixels hold many sharp upright edges, as letters have."""
    across = np.abs(np.diff(grey, axis=1)) > _STEP
    rows, columns = across.shape[0] // _CELL, across.shape[1] // _CELL
    cut = across[: rows * _CELL, : columns * _CELL]
    share = cut.reshape(rows, _CELL, columns, _CELL).mean(axis=(1, 3))
    dense = share > _DENSE
    # Letters stand in a row: a gap of one cell between two words is closed.
    closed: NDArray[np.bool_] = dense.copy()
    if columns > 2:
        closed[:, 1:-1] |= dense[:, :-2] & dense[:, 2:]
    return closed


def _groups(cells: NDArray[np.bool_]) -> list[tuple[int, int, int, int, float]]:
    """Return the boxes around cells that touch: left, top, right, bottom, and how full they are."""
    left = {(int(row), int(column)) for row, column in np.argwhere(cells)}
    groups = []
    while left:
        waiting, group = [left.pop()], []
        while waiting:
            row, column = waiting.pop()
            group.append((row, column))
            for near in (
                (row, column - 1),
                (row, column + 1),
                (row - 1, column),
                (row + 1, column),
            ):
                if near in left:
                    left.remove(near)
                    waiting.append(near)
        rows, columns = [row for row, _ in group], [column for _, column in group]
        top, bottom = min(rows), max(rows) + 1
        begin, end = min(columns), max(columns) + 1
        full = len(group) / ((bottom - top) * (end - begin))
        if end - begin >= _LEAST_CELLS and end - begin >= bottom - top and full > 0.4:
            groups.append((begin, top, end, bottom, full))
    return groups
