"""Read sizes and frame counts that a decoder would only tell after allocating for them."""

from __future__ import annotations

from typing import BinaryIO

MOST_FRAMES = 100_000


def webp_size(file: BinaryIO) -> tuple[int, int] | None:
    """Return width and height from the first chunk of a WebP file (RFC 9649, section 2)."""
    file.seek(12)
    chunk = file.read(18)
    file.seek(0)
    if len(chunk) < 18:
        return None
    name, body = chunk[:4], chunk[8:]
    if name == b"VP8X":
        return _little(body[4:7]) + 1, _little(body[7:10]) + 1
    if name == b"VP8L":
        bits = _little(body[1:5])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if name == b"VP8 ":
        return _little(body[6:8]) & 0x3FFF, _little(body[8:10]) & 0x3FFF
    return None


def gif_frames(file: BinaryIO) -> int:
    """Count the image blocks of a GIF file (GIF89a, section 20), at most MOST_FRAMES of them."""
    file.seek(0)
    head = file.read(13)
    if len(head) == 13 and head[10] & 0x80:
        file.seek(3 << (head[10] & 7) + 1, 1)
    frames = 0
    while frames < MOST_FRAMES:
        mark = file.read(1)
        if mark == b"!":
            file.seek(1, 1)
        elif mark == b",":
            frames += 1
            _pass_frame_head(file)
        else:
            break
        _pass_blocks(file)
    file.seek(0)
    return frames


def _pass_frame_head(file: BinaryIO) -> None:
    place = file.read(9)
    if len(place) == 9 and place[8] & 0x80:
        file.seek(3 << (place[8] & 7) + 1, 1)
    file.seek(1, 1)


def _pass_blocks(file: BinaryIO) -> None:
    while size := file.read(1):
        if size == b"\x00":
            return
        file.seek(size[0], 1)


def _little(octets: bytes) -> int:
    return int.from_bytes(octets, "little")
