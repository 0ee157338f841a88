"""Read a cleaned BMP again, with other code: one header, one palette, rows, and zeros between."""

from __future__ import annotations

import struct
from typing import BinaryIO

from stillmine.errors import StillSpeaks

_DOTS = 3780  # 96 for an inch, in dots for a metre: the same for everybody
_TRANSPARENT = "0000ff0000ff0000ff000000000000ff42475273" + "00" * 48


def audit(source: BinaryIO) -> None:
    """Account for every byte, from the header to the padding of each row. Raises StillSpeaks."""
    source.seek(0)
    data = source.read()
    if len(data) < 54 or data[:2] != b"BM":
        raise StillSpeaks(part="bmp-header")
    size, reserved, start, header = struct.unpack("<2xIIII", data[:18])
    fields = struct.unpack("<iiHHIIiiII", data[18:54])
    width, height, planes, bits, packing, rows, across, down, colours, _important = fields
    if size != len(data) or reserved or header not in (40, 108) or planes != 1:
        raise StillSpeaks(part="bmp-header")
    if (across, down) != (_DOTS, _DOTS) or packing not in (0, 3) or height < 0:
        raise StillSpeaks(part="bmp-header")
    if header == 108 and data[54:122].hex() != _TRANSPARENT:
        raise StillSpeaks(part="bmp-header")
    row = (width * bits + 31) // 32 * 4
    if start != 14 + header + 4 * colours or start + row * height != len(data) or rows > len(data):
        raise StillSpeaks(part="bmp-size")
    _audit_rows(data, start, row, (width * bits + 7) // 8)


def _audit_rows(data: bytes, start: int, row: int, used: int) -> None:
    """Check the zeros that fill up each row to whole words."""
    if used < row:
        for at in range(start, len(data), row):
            if any(data[at + used : at + row]):
                raise StillSpeaks(part="bmp-padding")
