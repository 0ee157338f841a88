"""Clean a BMP file: it has no packing worth keeping, so its pixels are written into a new one."""

from __future__ import annotations

import struct
from typing import BinaryIO

from PIL import Image

from stillmine.errors import FileDamaged, NotUnderstood
from stillmine.imaging.clean.findings import Cleaned, Finding, found
from stillmine.imaging.clean.reading import size_of

_MOST_PIXELS = 200_000_000
_WITH_PROFILE = (b"DEBM", b"KNIL")  # "MBED" and "LINK", as they lie in the file
_DOTS = struct.pack("<I", 3780)  # 96 for an inch: what is written for everybody
MASKS = struct.pack("<4I", 0xFF0000, 0xFF00, 0xFF, 0xFF000000) + b"BGRs" + bytes(48)
"""Red, green, blue, alpha; then the name of the colour space, sRGB, and what it needs not."""
_HEADS = (12, 40, 52, 56, 64, 108, 124)


def inspect(source: BinaryIO) -> list[Finding]:
    """Say what the file tells besides its pixels. Raises FileDamaged."""
    head, size = _head(source), size_of(source)
    told: list[Finding] = []
    if any(head[6:10]):
        told.append(found("padding", "reserved", head[6:10]))
    if head[14] != 12 and head[38:46] not in (bytes(8), _DOTS * 2):
        told.append(found("settings", "resolution", "dots for each metre"))
    if head[14:18] == b"\x7c\x00\x00\x00" and head[70:74] in _WITH_PROFILE:
        told.append(found("colour-profile-text", "profile", "a colour profile or its address"))
    start, declared = struct.unpack("<I4xI", head[10:14] + bytes(4) + head[2:6])
    if start < size:
        source.seek(start)
        rest = size - start - _row_bytes(head)
        if rest > 0 and _is_plain(head):
            told.append(found("after-the-end", "behind the rows", f"{rest} bytes"))
    if declared < size and declared > start and not told:
        told.append(found("after-the-end", "behind the rows", f"{size - declared} bytes"))
    return told


def clean(source: BinaryIO, out: BinaryIO) -> Cleaned:
    """Write the same pixels into a new file. Raises FileDamaged, NotUnderstood."""
    told = inspect(source)
    head = _head(source)
    if head[14:18] == b"\x7c\x00\x00\x00" and head[70:74] in _WITH_PROFILE:
        raise NotUnderstood(part="colour-profile")
    source.seek(0)
    try:
        with Image.open(source, formats=["BMP"]) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise NotUnderstood(part="too-large")
            picture.load()
            plain = _plain(picture)
    except Image.DecompressionBombError as error:
        raise NotUnderstood(part="too-large") from error
    except (OSError, ValueError, SyntaxError) as error:
        raise FileDamaged(part="picture-data") from error
    _write(plain, out)
    removed = {one.what: 1 for one in told}
    return Cleaned(removed, ("resolution", "sensor-noise"))


def _write(picture: Image.Image, out: BinaryIO) -> None:
    """Write a new file; Pillow writes no transparency into one, so that is done here.

    Version 4 of the header says in masks which of the four bytes is which.
    """
    if picture.mode != "RGBA":
        picture.save(out, "BMP")
        return
    size = 4 * picture.width * picture.height
    out.write(b"BM" + struct.pack("<III", 122 + size, 0, 122))
    fields = (108, picture.width, picture.height, 1, 32, 3, size, 3780, 3780, 0, 0)
    out.write(struct.pack("<IiiHHIIiiII", *fields) + MASKS)
    out.write(picture.tobytes("raw", "BGRA", 0, -1))


def _plain(picture: Image.Image) -> Image.Image:
    """Return the pixels alone; palette entries that none of them uses are black."""
    plain = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    if picture.mode == "RGBA":
        seen = picture.getchannel("A").point(lambda value: 255 if value else 0)
        plain = Image.new("RGBA", picture.size)
        plain.paste(picture, mask=seen)
    palette = picture.getpalette()
    if picture.mode == "P" and palette is not None:
        used = picture.histogram()
        plain.putpalette(
            [value if used[place // 3] else 0 for place, value in enumerate(palette[:768])]
        )
    return plain


def _head(source: BinaryIO) -> bytes:
    source.seek(0)
    head = source.read(138)
    if head[:2] != b"BM" or len(head) < 26 or struct.unpack("<I", head[14:18])[0] not in _HEADS:
        raise FileDamaged(part="header")
    return head


def _is_plain(head: bytes) -> bool:
    return len(head) >= 34 and head[14] != 12 and head[30:34] in (bytes(4), b"\x03\x00\x00\x00")


def _row_bytes(head: bytes) -> int:
    if not _is_plain(head):
        return 0
    width, height, bits = struct.unpack("<ii2xH", head[18:30])
    return int((abs(width) * bits + 31) // 32 * 4 * abs(height))
