"""Read a cleaned MP4 or MOV film again, with other code: every byte of it must be one that we know.

Nothing here is shared with the cleaner, so that one slip of thought does not hide another.
"""

from __future__ import annotations

import heapq
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from stillmine.errors import StillSpeaks
from stillmine.imaging.clean import isobmff_audit as boxes
from stillmine.imaging.clean.isobmff_audit import Rule, exact, of_size, require, rows, silent, zeros

_MOST_MOOV = 1 << 30
_HANDLERS = tuple(bytes(8) + kind + bytes(13) for kind in (b"vide", b"soun", b"pict", b"auxv"))
_DREF = bytes.fromhex("0000000000000001 0000000c 75726c20 00000001")
_ENCODERS = (b"Lavc", b"Lavf", b"x264", b"x265", b"LAME3", b"libfaac", b"Nero AAC")
_VIDEO, _SOUND = 78, 28


@dataclass(slots=True)
class _Track:
    entry: bytes = b""
    length_size: int = 4
    frame: tuple[int, int] = (0, 1)
    same: int = 0
    sizes: list[int] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    runs: list[tuple[int, int, int]] = field(default_factory=list)
    count: int = 0


def audit(source: BinaryIO) -> None:
    """Account for every byte of the boxes, and of the samples between them. Raises StillSpeaks."""
    try:
        _audit(source)
    except (IndexError, struct.error) as problem:
        raise StillSpeaks(part="boxes") from problem


def _audit(source: BinaryIO) -> None:
    at = 0
    end = boxes.length_of(source)
    tracks: list[_Track] = []
    names = []
    while at < end:
        name, body, after = outer_box(source, at, end)
        names.append(name)
        if name == b"moov":
            audit_moov(source, at, after, tracks)
        elif name == b"ftyp":
            source.seek(body)
            boxes.brands(source.read(after - body))
        elif name == b"mdat":
            audit_media(source, body, after, tracks)
        at = after
    require(names == [b"ftyp", b"moov", b"mdat"], "boxes")


def outer_box(source: BinaryIO, at: int, end: int) -> tuple[bytes, int, int]:
    """Return the name of a box, where its body begins and where it ends."""
    source.seek(at)
    head = source.read(16)
    size, body = int.from_bytes(head[:4]), at + 8
    if size == 1:
        size, body = int.from_bytes(head[8:16]), at + 16
    require(body - at <= size <= end - at, "box-size")
    return head[4:8], body, at + size


def audit_moov(source: BinaryIO, start: int, end: int, tracks: list[_Track]) -> None:
    """Account for all tables, and note in `tracks` where the samples lie."""
    require(end - start <= _MOST_MOOV, "box-size")
    boxes.audit_boxes(source, start, end, _rules(tracks), "")


def _rules(tracks: list[_Track]) -> dict[str, Rule]:
    def begin(_: bytes) -> None:
        tracks.append(_Track())

    def entries(body: bytes) -> None:
        require(body[1:4] == bytes(3) and body[0] < 2, "coding")
        _entries(body, tracks[-1])

    def sizes(body: bytes) -> None:
        track = tracks[-1]
        track.same, track.count = boxes.four(body, 4), boxes.four(body, 8)
        require(len(body) == 12 + (0 if track.same else 4 * track.count), "table-size")
        track.sizes = [] if track.same else list(struct.unpack(f">{track.count}I", body[12:]))

    def chunks(body: bytes) -> None:
        rows(12)(body)
        tracks[-1].runs = list(struct.iter_unpack(">III", body[8:]))

    def offsets(wide: int, letter: str) -> Rule:
        def check(body: bytes) -> None:
            rows(wide)(body)
            tracks[-1].offsets = [number for (number,) in struct.iter_unpack(letter, body[8:])]

        return check

    return {
        **_FIXED,
        "moov/trak/": begin,
        f"{_STBL}stsd": entries,
        f"{_STBL}stsc": chunks,
        f"{_STBL}stsz": sizes,
        f"{_STBL}stco": offsets(4, ">I"),
        f"{_STBL}co64": offsets(8, ">Q"),
    }


def _all(*several: Rule) -> Rule:
    def check(body: bytes) -> None:
        for rule in several:
            rule(body)

    return check


def _no_language(body: bytes) -> None:
    require(body[32:34] == b"\x55\xc4", "language")


_STBL = "moov/trak/mdia/minf/stbl/"
_FIXED: dict[str, Rule] = {
    "moov/": silent,
    "moov/mvhd": _all(of_size(112), zeros(slice(4, 20), slice(38, 48), slice(84, 108))),
    "moov/trak/tkhd": _all(of_size(96), zeros(slice(4, 20), slice(24, 28), slice(36, 44))),
    "moov/trak/tref/": silent,
    "moov/trak/tref/auxl": of_size(4, 8, 12),
    "moov/trak/edts/": silent,
    "moov/trak/edts/elst": rows(20),
    "moov/trak/mdia/": silent,
    "moov/trak/mdia/mdhd": _all(of_size(36), zeros(slice(1, 20), slice(34, 36)), _no_language),
    "moov/trak/mdia/hdlr": exact(*_HANDLERS),
    "moov/trak/mdia/minf/": silent,
    "moov/trak/mdia/minf/vmhd": of_size(12),
    "moov/trak/mdia/minf/smhd": of_size(8),
    "moov/trak/mdia/minf/dinf/": silent,
    "moov/trak/mdia/minf/dinf/dref": exact(_DREF),
    _STBL: silent,
    f"{_STBL}stts": rows(8),
    f"{_STBL}ctts": rows(8),
    f"{_STBL}stss": rows(4),
}
_CONFIGS: dict[bytes, Rule] = {
    b"avcC": boxes.avc_config,
    b"hvcC": boxes.hevc_config,
    b"av1C": boxes.av1_config,
    b"colr": boxes.colour,
    **{kind: of_size(8) for kind in (b"pasp", b"amve", b"ccst", b"CoLL", b"srat")},
    **{kind: of_size(4) for kind in (b"gama", b"clli", b"frma")},
    **{kind: of_size(2) for kind in (b"fiel", b"enda")},
    b"clap": of_size(32),
    b"btrt": of_size(12),
    b"mdcv": of_size(24),
    b"SmDm": of_size(28),
    b"vpcC": of_size(12),
    b"dac3": of_size(3),
    b"pcmC": of_size(6),
    b"alac": of_size(24, 28),
    b"damr": _all(of_size(9), zeros(slice(0, 4))),
    b"dfLa": _all(of_size(42), zeros(slice(0, 4), slice(26, 42))),
    b"mp4a": exact(bytes(4)),
    b"\0\0\0\0": exact(b""),
    b"dOps": lambda body: require(11 <= len(body) <= 21, "sound-settings"),
    b"dec3": lambda body: require(len(body) <= 13, "sound-settings"),
    b"chan": lambda body: require(
        len(body) == 12 + 20 * int.from_bytes(body[8:12]), "sound-settings"
    ),
}


def _entries(body: bytes, track: _Track) -> None:
    at, count = 8, boxes.four(body, 4)
    for _ in range(count):
        size, track.entry = boxes.four(body, at), body[at + 4 : at + 8]
        require(size >= 36 and at + size <= len(body), "coding")
        _entry(body[at + 8 : at + size], body[0], track)
        at += size
    require(at == len(body), "coding")


def _entry(body: bytes, version: int, track: _Track) -> None:
    require(body[:8] == b"\0\0\0\0\0\0\0\1", "coding")
    if track.entry in _SOUNDS:
        extra = {1: 16, 2: 36}.get(body[9], 0) if version == 0 else 0
        require(not any(body[10:16]), "coding")
        channels, bits = struct.unpack(">HH", body[16:20])
        track.frame = (channels * bits // 8 if track.entry in _PCM else 0, 1)
        if extra == 16 and boxes.four(body, 28) and boxes.four(body, 36):
            track.frame = (boxes.four(body, 36), boxes.four(body, 28))
        if extra == 36:
            track.frame = (boxes.four(body, 56), 1)
        _parts(body[_SOUND + extra :], track)
        return
    empty = (slice(8, 24), slice(36, 40), slice(42, 74))
    require(not any(any(body[place]) for place in empty), "encoder-name")
    _parts(body[_VIDEO:], track)


def _parts(data: bytes, track: _Track) -> None:
    at = 0
    while at < len(data):
        size, kind = boxes.four(data, at), data[at + 4 : at + 8]
        body = data[at + 8 : at + size]
        require(8 <= size <= len(data) - at, "coding")
        if kind == b"wave":
            _parts(body, track)
        elif kind == b"esds":
            _esds(body)
        else:
            require(kind in _CONFIGS, "coding")
            _CONFIGS[kind](body)
        if kind == b"avcC":
            track.length_size = (body[4] & 3) + 1
        if kind == b"hvcC":
            track.length_size = (body[21] & 3) + 1
        at += size


def _esds(body: bytes) -> None:
    """Allow the one shape: stream, decoder with at most one block of settings, sync layer."""
    require(body[:5] == b"\0\0\0\0\3" and body[9:12] == bytes(3), "sound-settings")
    require(body[12] == 4 and body[-6:] == b"\x06\x80\x80\x80\x01\x02", "sound-settings")
    special = body[30:-6]
    require(
        not special
        or (special[0] == 5 and special[4] + 128 * (special[3] & 127) == len(special) - 5),
        "sound-settings",
    )


_PCM = frozenset(
    (
        *(b"sowt", b"twos", b"lpcm", b"in24", b"in32", b"fl32"),
        *(b"fl64", b"raw ", b"NONE", b"ipcm", b"fpcm"),
    )
)
_SOUNDS = _PCM | {b"ulaw", b"alaw", b"mp4a", b"alac", b"ac-3", b"ec-3", b"Opus", b"fLaC"}
_SOUNDS |= {b"samr", b"sawb"}


def audit_media(source: BinaryIO, at: int, end: int, tracks: list[_Track]) -> None:
    """Account for every byte of the samples: each belongs to a track, none lies between."""
    for offset, number, first, count in heapq.merge(
        *(_chunks(number, track) for number, track in enumerate(tracks))
    ):
        require(offset == at, "between-the-samples")
        track = tracks[number]
        if not track.sizes:
            at += _plain_size(track, count)
            continue
        for size in track.sizes[first : first + count]:
            _sample(source, at, size, track)
            at += size
    require(at == end, "behind-the-samples")


def _plain_size(track: _Track, count: int) -> int:
    size, samples = track.frame
    return -(-count // samples) * size if size else count * track.same


def _chunks(number: int, track: _Track) -> Iterator[tuple[int, int, int, int]]:
    first = run = 0
    for chunk, offset in enumerate(track.offsets, 1):
        while run + 1 < len(track.runs) and track.runs[run + 1][0] <= chunk:
            run += 1
        count = track.runs[run][1]
        yield offset, number, first, count
        first += count
    require(first == track.count, "table-size")


def _sample(source: BinaryIO, at: int, size: int, track: _Track) -> None:
    kind = track.entry
    if kind in (b"avc1", b"avc3", b"hvc1", b"hev1", b"av01"):
        source.seek(at)
        sample = source.read(size)
        require(len(sample) == size, "cut-short")
        if kind == b"av01":
            boxes.av1_sample(sample)
        else:
            rule = boxes.avc_unit if kind[:3] == b"avc" else boxes.hevc_unit
            boxes.units(sample, track.length_size, rule)
    elif kind == b"mp4a":
        source.seek(at)
        if any(name in source.read(min(size, 64)) for name in _ENCODERS):
            raise StillSpeaks(part="encoder-name")
