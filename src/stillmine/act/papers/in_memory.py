"""Bytes for the typesetter, which takes only text in memory, and nothing of ours from a disk."""

from __future__ import annotations

import base64
import struct

from stillmine.errors import CannotTypeset

MOST_NUMBERS = 8 << 20
"""Bytes of a file that is no text: as numbers it takes some fifty times its size in memory."""
_FRAMES = frozenset(range(0xC0, 0xD0)) - {
    0xC4,
    0xC8,
    0xCC,
}  # all kinds of frames, ITU T.81 table B.1


def is_text(content: bytes) -> bool:
    """Say whether a file can be handed over as it is."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def as_numbers(content: bytes) -> bytes:
    """Return a file that is no text as a list of numbers. Raise CannotTypeset for a large one."""
    if len(content) > MOST_NUMBERS:
        raise CannotTypeset
    return str(list(content)).encode("ascii")


def in_svg(jpeg: bytes) -> bytes:
    """Return a JPEG picture inside a drawing, which is text; the picture itself stays as it is."""
    wide, high = size_of(jpeg)
    data = base64.b64encode(jpeg).decode("ascii")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="0 0 {wide} {high}"><image width="{wide}" height="{high}" '
        f'href="data:image/jpeg;base64,{data}"/></svg>'
    ).encode("ascii")


def size_of(jpeg: bytes) -> tuple[int, int]:
    """Return the width and height of a JPEG in pixels (ITU T.81, B.2.2). Raise CannotTypeset."""
    at = 2
    while at + 9 <= len(jpeg) and jpeg[at] == 0xFF:
        if jpeg[at + 1] in _FRAMES:
            high, wide = struct.unpack_from(">HH", jpeg, at + 5)
            return wide, high
        (length,) = struct.unpack_from(">H", jpeg, at + 2)
        at += 2 + length
    raise CannotTypeset
