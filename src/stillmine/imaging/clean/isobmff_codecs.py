"""Rewrite what a decoder is told beforehand (avcC, hvcC, av1C, esds), and clean old codecs."""

from __future__ import annotations

import re
import struct

from stillmine.errors import FileDamaged, NotUnderstood
from stillmine.imaging.clean import isobmff_nal as nal
from stillmine.imaging.clean.isobmff import Cursor

_AVC_PROFILES_WITH_CHROMA = frozenset({100, 110, 122, 144, 244})
_MOST_CONFIG = 1024 * 1024


def avc_config(body: bytes) -> tuple[bytes, int]:
    """Return a clean `avcC` (ISO/IEC 14496-15, 5.3.3.1) and the size of its unit lengths."""
    cursor = Cursor(body[:_MOST_CONFIG])
    head = cursor.take(5)
    out = [bytes((1,)), head[1:4], bytes((0xFC | head[4] & 3,))]
    for mask, reserved in ((31, 0xE0), (255, 0)):
        count = cursor.number(1) & mask
        units = [cursor.take(cursor.number(2)) for _ in range(count)]
        out.append(bytes((reserved | count,)))
        out += [_sized(unit) for unit in units]
    if head[1] in _AVC_PROFILES_WITH_CHROMA and cursor.left >= 4:
        chroma, luma_depth, chroma_depth = cursor.take(3)
        extra = [cursor.take(cursor.number(2)) for _ in range(cursor.number(1))]
        out.append(bytes((0xFC | chroma & 3, 0xF8 | luma_depth & 7, 0xF8 | chroma_depth & 7)))
        out.append(bytes((len(extra),)))
        out += [_sized(unit) for unit in extra]
    return b"".join(out), (head[4] & 3) + 1


def _sized(unit: bytes) -> bytes:
    return struct.pack(">H", len(unit)) + unit


def hevc_config(body: bytes) -> tuple[bytes, int]:
    """Return a clean `hvcC` (ISO/IEC 14496-15, 8.3.3.1) and the size of its unit lengths."""
    cursor = Cursor(body[:_MOST_CONFIG])
    head = cursor.take(22)
    arrays = []
    for _ in range(cursor.number(1)):
        kind = cursor.number(1)
        units = [cursor.take(cursor.number(2)) for _ in range(cursor.number(2))]
        kept = [unit for unit in map(nal.hevc_unit, units) if unit]
        if kept:
            sized = b"".join(map(_sized, kept))
            arrays.append(bytes((kind & 0xBF,)) + struct.pack(">H", len(kept)) + sized)
    return head + bytes((len(arrays),)) + b"".join(arrays), (head[21] & 3) + 1


def av1_config(body: bytes) -> bytes:
    """Return a clean `av1C` (AV1 in ISO BMFF, 2.3)."""
    if len(body) < 4 or len(body) > _MOST_CONFIG:
        raise FileDamaged(part="decoder-settings")
    return body[:4] + nal.av1(body[4:])


def esds(body: bytes) -> tuple[bytes, int]:
    """Return a clean `esds` (ISO/IEC 14496-1, 7.2.6) and its object type: which codec it is."""
    cursor = Cursor(body[4:_MOST_CONFIG])
    inside = Cursor(_descriptor(cursor, 3))
    inside.take(2)
    flags = inside.number(1)
    inside.take(2 if flags & 0x80 else 0)
    inside.take(inside.number(1) if flags & 0x40 else 0)
    inside.take(2 if flags & 0x20 else 0)
    config = Cursor(_descriptor(inside, 4))
    numbers = config.take(13)
    special = _descriptor(config, 5) if config.left else b""
    if numbers[0] == 0x40:
        special = aac_config(special)
    if numbers[0] == 0x20:
        special = mpeg4_visual(special)
    decoder = numbers + (_described(5, special) if special else b"")
    whole = bytes(3) + _described(4, decoder) + _described(6, b"\2")
    return bytes(4) + _described(3, whole), numbers[0]


def _descriptor(cursor: Cursor, wanted: int) -> bytes:
    kind, size = cursor.number(1), 0
    for _ in range(4):
        byte = cursor.number(1)
        size = size << 7 | byte & 127
        if not byte & 128:
            break
    if kind != wanted:
        raise FileDamaged(part="decoder-settings")
    return cursor.take(min(size, cursor.left))


def _described(kind: int, body: bytes) -> bytes:
    size = len(body)
    spread = [size >> shift & 127 | (128 if shift else 0) for shift in (21, 14, 7, 0)]
    return bytes((kind, *spread)) + body


def aac_config(body: bytes) -> bytes:
    """Return an AudioSpecificConfig; one with a comment inside is refused, not passed on."""
    bits = int.from_bytes(body[:8].ljust(8, b"\0"))
    frequency = bits >> 55 & 15
    channels = bits >> (27 if frequency == 15 else 51) & 15
    if len(body) > 64 or (not channels and len(body) > 32):
        raise NotUnderstood(part="sound-settings")
    return body


_USER_DATA = b"\0\0\1\xb2"
_ENCODERS = (b"Lavc", b"XviD", b"DivX")
USUAL_ENCODER = b"Lavc58.134.100"
"""The version that stands in for all recent ones."""
_RECENT = re.compile(rb"\A\xb2Lavc(?:5[6-9]|[6-9]\d)\.\d+\.\d+")


def mpeg4_visual(sample: bytes) -> bytes:
    """Drop user data from MPEG-4 part 2 video, but for an encoder's name.

    That name stays because decoders go by it: without it they would draw other pixels. The
    version of FFmpeg becomes one that all of the last ten years are treated like.
    """
    if _USER_DATA not in sample:
        return sample
    first, *rest = sample.split(b"\0\0\1")
    kept = [
        _RECENT.sub(b"\xb2" + USUAL_ENCODER, part)
        for part in rest
        if part[:1] != b"\xb2" or _is_encoder(part[1:])
    ]
    return b"\0\0\1".join([first, *kept])


def _is_encoder(text: bytes) -> bool:
    name = text.rstrip(b"\0")
    return len(name) <= 20 and name.startswith(_ENCODERS) and name[4:].replace(b".", b"").isalnum()


def aac_sample(sample: bytes) -> bytes:
    """Blank the fillers before the sound in one AAC frame; encoders write their names there.

    ISO/IEC 14496-3, 4.4.2.1: fill (6) and data stream (4) elements may come before channels.
    """
    if not sample or sample[0] >> 5 not in (4, 6):
        return sample
    bits, size, at = int.from_bytes(sample), len(sample) * 8, 0
    while at + 15 <= size:
        kind = bits >> (size - at - 3) & 7
        if kind not in (4, 6):
            break
        begin, at, kept = (_fill if kind == 6 else _data)(bits, size, at + 3)
        if at > size:
            break
        if not kept:
            mask = ((1 << at - begin) - 1) << (size - at)
            bits &= ~mask
    return bits.to_bytes(len(sample))


def _peek(bits: int, size: int, at: int, count: int) -> int:
    return bits >> max(0, size - at - count) & ((1 << count) - 1)


def _fill(bits: int, size: int, at: int) -> tuple[int, int, bool]:
    """Return where the content of a fill element begins and ends, and whether it is needed."""
    count, at = _peek(bits, size, at, 4), at + 4
    if count == 15:
        count, at = 14 + _peek(bits, size, at, 8), at + 8
    # Only plain fillers (0 and 1) say nothing of the sound.
    return at, at + 8 * count, bool(count) and _peek(bits, size, at, 4) > 1


def _data(bits: int, size: int, at: int) -> tuple[int, int, bool]:
    aligned, count, at = _peek(bits, size, at + 4, 1), _peek(bits, size, at + 5, 8), at + 13
    if count == 255:
        count, at = 255 + _peek(bits, size, at, 8), at + 8
    if aligned:
        at += -at % 8
    return at, at + 8 * count, False
