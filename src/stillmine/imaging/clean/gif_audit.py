"""Read a cleaned GIF again, with other code: only frames, their times, and one loop count."""

from __future__ import annotations

from typing import BinaryIO

from stillmine.errors import StillSpeaks

_LOOP = b"\x21\xff\x0bNETSCAPE2.0\x03\x01"


def audit(source: BinaryIO) -> None:
    """Account for every byte, block by block. Raises StillSpeaks."""
    source.seek(0)
    data = source.read()
    if data[:6] != b"GIF89a" or data[12:13] != b"\x00":
        raise StillSpeaks(part="gif-start")
    at = 13 + _colours(data[10])
    loops = frames = 0
    while data[at : at + 1] != b";":
        if data[at : at + 2] == b"\x21\xf9":
            at = _control(data, at)
        elif data[at : at + len(_LOOP)] == _LOOP and data[at + 18 : at + 19] == b"\x00":
            loops += 1
            at += 19
        elif data[at : at + 1] == b",":
            frames += 1
            at = _frame(data, at)
        else:
            raise StillSpeaks(part="gif-block")
    if at + 1 != len(data) or loops > 1 or not frames:
        raise StillSpeaks(part="gif-end")


def _colours(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags >> 7 else 0


def _control(data: bytes, at: int) -> int:
    """Check a frame's times: four bytes, three bits of them unused, right before its frame."""
    block = data[at : at + 8]
    plain = len(block) == 8 and block[2] == 4 and block[7] == 0 and not block[3] & 0xE0
    if not plain or data[at + 8 : at + 9] != b",":
        raise StillSpeaks(part="gif-control")
    return at + 8


def _frame(data: bytes, at: int) -> int:
    if at + 11 > len(data) or data[at + 9] & 0x38:
        raise StillSpeaks(part="gif-frame")
    at += 10 + _colours(data[at + 9]) + 1
    while at < len(data) and data[at]:
        size = data[at]
        if size != 255 and data[at + 1 + size : at + 2 + size] != b"\x00":
            raise StillSpeaks(part="gif-frame")
        at += 1 + size
    return at + 1
