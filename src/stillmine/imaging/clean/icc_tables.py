"""Rebuild the newer look-up tables of colour profiles, so that nothing hides between their parts.

Source: ICC.1:2022, 10.12 (lutAToBType) and 10.13 (lutBToAType).
"""

from __future__ import annotations

import math
import struct
from collections.abc import Callable

_MATRIX = 48
_HEAD = 32
_Curve = Callable[[bytes], bytes | None]


def lookup_table(body: bytes, numbers: _Curve) -> bytes | None:
    """Return the table with its five parts packed in a fixed order, or None.

    `numbers` cuts one curve to the length it needs.
    """
    inputs, outputs = body[8], body[9]
    if not 1 <= inputs <= 15 or not 1 <= outputs <= 15:
        return None
    places = struct.unpack(">5I", body[12:32])
    # On the way to the connection space the B curves are on the output side, and back on the input.
    first, last = (outputs, inputs) if body[:4] == b"mAB " else (inputs, outputs)
    counts = (first, 0, first, 0, last)
    parts: list[bytes] = []
    for which, (place, count) in enumerate(zip(places, counts, strict=True)):
        part = _part(body, which, place, count, numbers) if place else b""
        if part is None:
            return None
        parts.append(part)
    return _packed(body[:4] + bytes(4) + bytes([inputs, outputs, 0, 0]), parts)


def _part(body: bytes, which: int, place: int, count: int, numbers: _Curve) -> bytes | None:
    if which == 1:
        matrix = body[place : place + _MATRIX]
        return matrix if len(matrix) == _MATRIX else None
    if which == 3:
        return _grid(body, place)
    return _curves(body, place, count, numbers)


def _curves(body: bytes, place: int, count: int, numbers: _Curve) -> bytes | None:
    curves = b""
    for _ in range(count):
        if body[place : place + 4] not in (b"curv", b"para"):
            return None
        curve = numbers(body[place:])
        if curve is None:
            return None
        padded = curve + bytes(-len(curve) % 4)
        curves += padded
        place += len(padded)
    return curves


def _grid(body: bytes, place: int) -> bytes | None:
    inputs, outputs = body[8], body[9]
    points, width = body[place : place + 16], body[place + 16]
    if width not in (1, 2):
        return None
    size = math.prod(points[:inputs]) * outputs * width
    values = body[place + 20 : place + 20 + size]
    if len(values) != size or not size:
        return None
    return points[:inputs] + bytes(16 - inputs) + bytes([width, 0, 0, 0]) + values


def _packed(head: bytes, parts: list[bytes]) -> bytes:
    places, rest = [], b""
    for part in parts:
        places.append(_HEAD + len(rest) if part else 0)
        rest += part + bytes(-len(part) % 4)
    return head + struct.pack(">5I", *places) + rest
