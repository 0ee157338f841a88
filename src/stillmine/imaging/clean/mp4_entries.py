"""Rewrite how the samples of an MP4 or MOV track are coded, and say how each is cleaned."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from stillmine.errors import FileLocked, NotUnderstood
from stillmine.imaging.clean import isobmff_nal as nal
from stillmine.imaging.clean.heif_properties import clean_colour
from stillmine.imaging.clean.isobmff import Box, Cursor, box, boxes, content, read_at
from stillmine.imaging.clean.isobmff_codecs import (
    aac_sample,
    av1_config,
    avc_config,
    esds,
    hevc_config,
    mpeg4_visual,
)

_VIDEO_HEAD, _SOUND_HEAD = 78, 28
_MOST_ENTRY = 4 * 1024 * 1024
_PRORES = frozenset({b"apcn", b"apch", b"apcs", b"apco", b"ap4h", b"ap4x"})
_VIDEO = _PRORES | {b"avc1", b"avc3", b"hvc1", b"hev1", b"av01", b"vp08", b"vp09", b"mp4v", b"jpeg"}
_PCM = frozenset(
    {
        b"sowt",
        b"twos",
        b"lpcm",
        b"in24",
        b"in32",
        b"fl32",
        b"fl64",
        b"raw ",
        b"NONE",
        b"ipcm",
        b"fpcm",
    }
)
_LAW = frozenset({b"ulaw", b"alaw"})
_SOUND = _PCM | _LAW | {b"mp4a", b"alac", b"ac-3", b"ec-3", b"Opus", b"fLaC", b"samr", b"sawb"}
_LOCKED = frozenset({b"encv", b"enca", b"drmi", b"drms", b"p608"})
# Numbers only, and the most bytes that they take.
_NUMBERS = {
    b"pasp": 8, b"clap": 32, b"gama": 4, b"fiel": 2, b"btrt": 12, b"mdcv": 24, b"clli": 4,
    b"amve": 8, b"vpcC": 12, b"SmDm": 28, b"CoLL": 8, b"ccst": 8, b"dac3": 3, b"dec3": 13,
    b"pcmC": 6, b"srat": 8, b"enda": 2, b"dOps": 21, b"alac": 28,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """One way the samples of a track are coded.

    `clean` cleans a sample, or is None where samples hold nothing but media. `frame` is (bytes,
    samples) of a packet of plain sound, whose samples are too small to be listed one by one.
    """

    type: bytes
    data: bytes
    clean: Callable[[bytes], bytes] | None
    frame: tuple[int, int] | None = None
    dropped: int = 0


def read_entry(file: BinaryIO, entry: Box, kind: bytes, table_version: int) -> Entry:
    """Read and clean one sample entry (ISO/IEC 14496-12, 8.5.2; QuickTime's own for sound)."""
    if entry.type in _LOCKED:
        raise FileLocked
    if entry.size > _MOST_ENTRY:
        raise NotUnderstood(part="coding")
    if kind == b"soun":
        if entry.type not in _SOUND:
            raise NotUnderstood(part="sound-coding")
        return _sound(file, entry, table_version)
    if entry.type not in _VIDEO:
        raise NotUnderstood(part="video-coding")
    return _video(file, entry)


def _video(file: BinaryIO, entry: Box) -> Entry:
    head = read_at(file, entry.body, _VIDEO_HEAD)
    # Size, resolution and depth; the rest are names of encoders.
    plain = bytes(7) + b"\1" + bytes(16) + head[24:36] + bytes(4) + b"\0\1" + bytes(32)
    parts = _Parts(file, list(boxes(file, entry.body + _VIDEO_HEAD, entry.end)))
    clean = parts.clean
    if entry.type in _PRORES:
        clean = _prores
    elif entry.type == b"jpeg":
        clean = _motion_jpeg
    data = box(entry.type, plain, head[74:76], b"\xff\xff", *parts.kept)
    return Entry(entry.type, data, clean, None, parts.dropped)


def _sound(file: BinaryIO, entry: Box, table_version: int) -> Entry:
    head = read_at(file, entry.body, _SOUND_HEAD)
    version = struct.unpack(">H", head[8:10])[0]
    extra = {1: 16, 2: 36}.get(version, 0) if table_version == 0 else 0
    numbers = read_at(file, entry.body + _SOUND_HEAD, extra)
    plain = bytes(7) + b"\1" + head[8:10] + bytes(6) + head[16:28] + numbers
    parts = _Parts(file, list(boxes(file, entry.body + _SOUND_HEAD + extra, entry.end)))
    channels, bits = struct.unpack(">HH", head[16:20])
    frame = None
    if extra == 16 and struct.unpack(">II", numbers[:8])[0] and any(numbers[8:12]):
        frame = (struct.unpack(">I", numbers[8:12])[0], struct.unpack(">I", numbers[:4])[0])
    elif extra == 36:
        frame = (struct.unpack(">I", numbers[28:32])[0], 1)
    elif entry.type in _PCM:
        frame = (channels * bits // 8, 1)
    data = box(entry.type, plain, *parts.kept)
    return Entry(entry.type, data, parts.clean, frame, parts.dropped)


class _Parts:
    """The boxes inside a sample entry: those that stay, and what they say of the samples."""

    def __init__(self, file: BinaryIO, inside: list[Box]) -> None:
        self.kept: list[bytes] = []
        self.clean: Callable[[bytes], bytes] | None = None
        self.dropped = 0
        self._file = file
        for one in inside:
            self._take(one)

    def _take(self, one: Box) -> None:
        if one.type == b"sinf":
            raise FileLocked
        body = content(self._file, one, _MOST_ENTRY)
        kept = self._config(one.type, body) or self._numbers(one, body)
        if kept is None:
            self.dropped += 1
        else:
            self.kept.append(kept)

    def _config(self, kind: bytes, body: bytes) -> bytes | None:
        if kind == b"avcC":
            clean, size = avc_config(body)
            self.clean = nal.avc(size)
        elif kind == b"hvcC":
            clean, size = hevc_config(body)
            self.clean = nal.hevc(size)
        elif kind == b"av1C":
            clean, self.clean = av1_config(body), nal.av1
        elif kind == b"esds":
            clean, codec = esds(body)
            self.clean = {0x40: aac_sample, 0x20: mpeg4_visual}.get(codec)
        else:
            return None
        return box(kind, clean)

    def _numbers(self, one: Box, body: bytes) -> bytes | None:
        if one.type == b"colr":
            return clean_colour(body)
        if one.type == b"wave":
            return self._wave(one)
        if one.type in _NUMBERS:
            body = body[: _NUMBERS[one.type]]
        elif one.type == b"dfLa":  # the first block only, without the sum over the sound
            body = bytes(4) + b"\x80" + body[5:26] + bytes(16)
        elif one.type == b"damr":
            body = bytes(4) + body[4:9]
        elif one.type == b"chan":
            body = body[: 12 + 20 * Cursor(body, 8).number(4)]
        else:
            return None
        return box(one.type, body)

    def _wave(self, one: Box) -> bytes:
        """Return QuickTime's wrapper around what a sound decoder is told."""
        inside = boxes(self._file, one.body, one.end)
        parts = []
        for part in inside:
            body = content(self._file, part, _MOST_ENTRY)
            if part.type == b"frma":
                parts.append(box(b"frma", body[:4]))
            elif part.type == b"mp4a":
                parts.append(box(b"mp4a", bytes(4)))
            elif part.type in (b"esds", b"enda", b"alac"):
                parts.append(self._config(part.type, body) or self._numbers(part, body) or b"")
        return box(b"wave", *parts, box(b"\0\0\0\0"))


def _prores(sample: bytes) -> bytes:
    """Blank the four letters that name the maker of a ProRes encoder (SMPTE RDD 36, 5.1)."""
    return sample[:12] + b"apl0" + sample[16:] if sample[4:8] == b"icpf" else sample


def _motion_jpeg(sample: bytes) -> bytes:
    from stillmine.imaging.clean import jpeg  # here, as few videos are made of JPEG pictures

    out = io.BytesIO()
    jpeg.clean(io.BytesIO(sample), out)
    return out.getvalue()
