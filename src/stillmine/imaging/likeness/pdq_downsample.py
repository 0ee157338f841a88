"""Shrink a picture to 64 x 64 shades of grey, rounding exactly as the PDQ reference does.

Source: the PDQ paper (`hashing.pdf`) and C++ reference in github.com/facebook/ThreatExchange, which
smooths with two passes of box filters in each direction (W. Jarosz, "Fast Image Convolutions", ACM
SIGGRAPH@UIUC 2001) and then keeps one pixel of each block. The reference keeps running sums in
32-bit floats, so what it rounds away depends on all pixels before; to get its bits, the same sums
are formed here in the same order, a whole line of running sums at a time. That is bit-exact with
the reference as compilers build it for x86-64; where they fuse a multiplication with an addition
(64-bit ARM), the reference differs from itself in rare bits.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

SIDE = 64
_THOUSANDTHS = np.array([299, 587, 114], np.float32)
_STRIP = 32  # lines moved at a time, so that they stay in the processor's cache


def shrink(rgb: Pixels) -> Floats:
    """Blur and thin out `rgb` (height x width x 3, at least 5 each way); 64 x 64, row by row."""
    height, width, _ = rgb.shape
    across, down = window(width), window(height)
    rows, columns = (height, width), (width, height)
    here, there = np.empty((2, height * width), np.float32)  # two only: fresh memory is slow
    lines = _luma_columns(rgb, here.reshape(columns))
    lines = _turned_box(lines, across, there.reshape(columns), here.reshape(rows))
    lines = _turned_box(lines, down, there.reshape(rows), here.reshape(columns))
    lines = box_at(centres(width), lines, across)
    return box_at(centres(height), np.ascontiguousarray(lines.T), down)


def luma(rgb: Pixels) -> Floats:
    """Shades from 0 to 255 of `rgb`: 0.299 red, 0.587 green, 0.114 blue, rounded once."""
    # Thousandths are whole numbers below 2**24: exact in any order, until the division rounds.
    shades: Floats = np.dot(rgb.reshape(-1, 3).astype(np.float32), _THOUSANDTHS)
    shades /= np.float32(1000)
    return shades.reshape(rgb.shape[:2])


def window(length: int) -> int:
    """Pixels that one box covers: half a block of the small picture, rounded up."""
    return (length + 2 * SIDE - 1) // (2 * SIDE)


def centres(length: int) -> npt.NDArray[np.intp]:
    """Which of `length` pixels lies in the middle of each of the 64 blocks."""
    return ((np.arange(SIDE) + 0.5) * length / SIDE).astype(np.intp)


def box_at(places: npt.NDArray[np.intp], lines: Floats, size: int) -> Floats:
    """Average lines with their neighbours, `size` of them together, fewer at both ends.

    Only those at `places` (in ascending order, some perhaps twice) are given back.
    """
    kept, again = np.unique(places, return_inverse=True)
    averages = np.empty((len(kept), lines.shape[1]), np.float32)
    passing = np.empty(lines.shape[1], np.float32)
    sums = [passing] * len(lines)
    for place, average in zip(kept.tolist(), averages, strict=True):
        sums[place] = average
    _add_up(list(lines), sums, size)
    averages /= _counts(len(lines), size)[kept, None]
    return averages[again]


def _counts(length: int, size: int) -> Floats:
    """How many lines each of `length` boxes covers."""
    half = (size + 2) // 2
    counts = np.full(length, size, np.float32)
    counts[: size - half + 1] = np.arange(half, size + 1)
    counts[length - half + 1 :] = np.arange(size - 1, size - half, -1)
    return counts


def _add_up(lines: list[Floats], sums: list[Floats], size: int) -> None:
    """Fill `sums` with the running sum at each place, in the reference's order of additions."""
    half = (size + 2) // 2
    add, subtract = np.add, np.subtract
    total = np.zeros_like(lines[0])
    for entering in lines[: half - 1]:
        total = total + entering
    for entering, place in zip(lines[half - 1 : size], sums, strict=False):
        total = add(total, entering, place)
    written = size - half + 1
    for entering, leaving, place in zip(lines[size:], lines, sums[written:], strict=False):
        add(total, entering, place)
        total = subtract(place, leaving, place)
    written = len(lines) - half + 1
    for leaving, place in zip(lines[len(lines) - size :], sums[written:], strict=False):
        total = subtract(total, leaving, place)


def _luma_columns(rgb: Pixels, columns: Floats) -> Floats:
    """Write the shades of `rgb` into `columns`: a line of them is a column of the picture."""
    for top in range(0, len(rgb), _STRIP):
        columns[:, top : top + _STRIP] = luma(rgb[top : top + _STRIP]).T
    return columns


def _turned_box(lines: Floats, size: int, sums: Floats, turned: Floats) -> Floats:
    """Average all lines as `box_at` does, and write them into the columns of `turned`.

    `sums` has the shape of `lines` and is overwritten. Strip by strip is ten times as fast as all
    at once, and `turned` may be where `lines` were.
    """
    _add_up(list(lines), list(sums), size)
    counts = _counts(len(lines), size)[:, None]
    for top in range(0, len(lines), _STRIP):
        turned[:, top : top + _STRIP] = (sums[top : top + _STRIP] / counts[top : top + _STRIP]).T
    return turned
