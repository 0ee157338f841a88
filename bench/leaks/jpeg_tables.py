"""Words planted in the spare bits and the spare codes that the scan of a JPEG leaves."""

from __future__ import annotations

import functools
import io
import re
import struct

from PIL import Image

from bench.leaks.jpeg import plain
from bench.leaks.planting import Leak


def leaks() -> list[Leak]:
    """Return the classes of this file."""
    return [
        Leak("jpeg-DHT-codes-never-used", "jpg", _codes),
        Leak("jpeg-bits-before-restart-markers", "jpg", lambda c: _bits(c)[0], _bits_forms),
        Leak("jpeg-DRI-twice", "jpg", _intervals, lambda c: [b"\xff\xdd\0\4" + c[:2]]),
    ]


def _codes(c: bytes) -> bytes:
    """Give 24 codes of sixteen bits to values that no block has.

    A table made for one picture leaves free all codes behind its last one (ITU-T T.81, C.2).
    """
    whole = plain(optimize=True)
    at = whole.index(b"\xff\xc4\0", whole.index(b"\xff\xc4") + 2)
    while whole[at + 4] != 0x10:
        at = whole.index(b"\xff\xc4", at + 2)
    length = struct.unpack_from(">H", whole, at + 2)[0]
    counts = bytearray(whole[at + 5 : at + 21])
    values = whole[at + 21 : at + 2 + length]
    counts[15] += 24
    body = b"\x10" + bytes(counts) + values + c
    table = b"\xff\xc4" + struct.pack(">H", len(body) + 2) + body
    return whole[:at] + table + whole[at + 2 + length :]


def _pixels(data: bytes) -> bytes:
    return Image.open(io.BytesIO(data)).tobytes()


@functools.cache
def _bits(c: bytes) -> tuple[bytes, int]:
    """Write bits of the canary where a flip changes no pixel: before restart markers."""
    whole = bytearray(plain(restart_marker_blocks=1))
    shown = _pixels(bytes(whole))
    start = whole.index(b"\xff\xda")
    said = "".join(f"{byte:08b}" for byte in c)
    used = 0
    for found in re.finditer(rb"\xff[\xd0-\xd7]", bytes(whole)):
        at = found.start() - 1
        if at < start or whole[at] in (0, 0xFF) or whole[at - 1] == 0xFF:
            continue
        whole[at] ^= 1
        if _pixels(bytes(whole)) != shown or said[used] == "1":
            whole[at] ^= 1
        used += 1
    return bytes(whole), start


def _bits_forms(c: bytes) -> list[bytes]:
    whole, start = _bits(c)
    return [whole[start + 14 :]]


def _intervals(c: bytes) -> bytes:
    """Write an interval that a second one replaces."""
    return plain().replace(b"\xff\xda", b"\xff\xdd\0\4" + c[:2] + b"\xff\xdd\0\4\0\0\xff\xda", 1)
