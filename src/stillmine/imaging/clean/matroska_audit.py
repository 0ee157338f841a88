"""Read a cleaned WebM or Matroska film again, with other code: every byte must be one that we know.

Nothing here is shared with the cleaner, so that one slip of thought does not hide another.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from stillmine.errors import StillSpeaks
from stillmine.imaging.clean import isobmff_audit as coded
from stillmine.imaging.clean.isobmff_audit import require

_HEAD = b"\x42\x86\x81\1\x42\xf7\x81\1\x42\xf2\x81\4\x42\xf3\x81\x08\x42\x82"
_VERSIONS = b"\x42\x87\x81\4\x42\x85\x81\2"
_MOST = 1 << 29
_BOXES = frozenset(
    (
        *("1549a966", "1654ae6b", "1654ae6b/ae", "1c53bb6b", "1c53bb6b/bb", "1c53bb6b/bb/b7"),
        *("1654ae6b/ae/e0", "1654ae6b/ae/e0/55b0", "1654ae6b/ae/e0/55b0/55d0"),
        *("1654ae6b/ae/e0/7670", "1654ae6b/ae/e1"),
    )
)
# Where numbers of at most eight bytes may stand.
_NUMBERS = {
    "1549a966": {"2ad7b1", "4489"},
    "1654ae6b/ae": {"d7", "73c5", "83", "b9", "88", "9c", "23e383", "56aa", "56bb"},
    "1654ae6b/ae/e0": {"b0", "ba", "54b0", "54ba", "54b2", "9a", "9d", "53b8", "53c0"}
    | {"54aa", "54bb", "54cc", "54dd"},
    "1654ae6b/ae/e0/55b0": {f"55b{digit:x}" for digit in range(1, 14)},
    "1654ae6b/ae/e0/55b0/55d0": {f"55d{digit:x}" for digit in range(1, 11)},
    "1654ae6b/ae/e0/7670": {"7671", "7673", "7674", "7675"},
    "1654ae6b/ae/e1": {"b5", "78b5", "9f", "6264"},
    "1c53bb6b/bb": {"b3"},
    "1c53bb6b/bb/b7": {"f7", "f1"},
}
_CODECS = {
    *(b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG4/ISO/AVC", b"V_MPEGH/ISO/HEVC", b"A_OPUS"),
    *(b"A_VORBIS", b"A_FLAC", b"A_ALAC", b"A_AAC", b"A_AC3", b"A_EAC3", b"A_MPEG/L3"),
    *(b"A_MPEG/L2", b"A_PCM/INT/LIT", b"A_PCM/INT/BIG", b"A_PCM/FLOAT/IEEE"),
}
_NO_COMMENT = b"\x03vorbis\0\0\0\0\0\0\0\0\1"
_ENCODERS = (b"Lavc", b"x264 - core", b"x265 (build")


@dataclass(slots=True)
class _Track:
    codec: bytes = b""
    settings: bytes = b""
    number: int = 0


def audit(source: BinaryIO) -> None:
    """Account for every byte of the elements and of the frames in them. Raises StillSpeaks."""
    try:
        end = coded.length_of(source)
        outer = list(_walk(source, 0, end))
        require([name for name, _, _ in outer] == ["1a45dfa3", "18538067"], "elements")
        source.seek(outer[0][1])
        head = source.read(outer[0][2] - outer[0][1])
        kind = head.removeprefix(_HEAD).removesuffix(_VERSIONS)
        require(len(head) == len(_HEAD) + len(kind) + len(_VERSIONS), "head")
        require(kind in (b"\x84webm", b"\x88matroska"), "head")
        _segment(source, outer[1][1], outer[1][2])
    except (IndexError, struct.error) as problem:
        raise StillSpeaks(part="elements") from problem


def _segment(source: BinaryIO, start: int, end: int) -> None:
    tracks: dict[int, _Track] = {}
    for name, body, after in _walk(source, start, end):
        if name == "1f43b675":
            for inner, at, until in _walk(source, body, after):
                _in_cluster(inner, _read(source, at, until), tracks)
        else:
            require(name in _BOXES, "elements")
            _box(source, name, body, after, tracks)


def _walk(source: BinaryIO, at: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Yield name, begin and end of the bodies that fill a place without a gap."""
    while at < end:
        source.seek(at)
        head = source.read(12)
        name_size = 9 - head[0].bit_length()
        size_size = 9 - head[name_size].bit_length()
        require(name_size <= 4 and size_size <= 8, "elements")
        size = int.from_bytes(head[name_size : name_size + size_size]) & (1 << 7 * size_size) - 1
        body = at + name_size + size_size
        require(body + size <= end, "elements")
        yield head[:name_size].hex(), body, body + size
        at = body + size


def _read(source: BinaryIO, at: int, end: int) -> bytes:
    require(end - at <= _MOST, "too-large")
    source.seek(at)
    return source.read(end - at)


def _box(source: BinaryIO, path: str, at: int, end: int, tracks: dict[int, _Track]) -> None:
    track = _Track()
    for name, body, after in _walk(source, at, end):
        inner = f"{path}/{name}"
        if inner in _BOXES:
            _box(source, inner, body, after, tracks)
        elif name in _NUMBERS.get(path, ()):
            require(after - body <= 8, "number")
            if inner == "1654ae6b/ae/d7":
                track.number = int.from_bytes(_read(source, body, after))
        else:
            _text(path, name, _read(source, body, after), track)
    if path == "1654ae6b/ae":
        _settings(track)
        tracks[track.number] = track


def _text(path: str, name: str, body: bytes, track: _Track) -> None:
    if path == "1549a966":
        require(name in ("4d80", "5741") and body == b"-", "names")
        return
    require(path == "1654ae6b/ae", "elements")
    if name == "22b59c":
        require(body == b"und", "language")
    elif name == "86":
        require(body in _CODECS, "coding")
        track.codec = body
    else:
        require(name == "63a2", "elements")
        track.settings = body


def _settings(track: _Track) -> None:
    body = track.settings
    if track.codec == b"V_MPEG4/ISO/AVC":
        coded.avc_config(body)
    elif track.codec == b"V_MPEGH/ISO/HEVC":
        coded.hevc_config(body)
    elif track.codec == b"V_AV1":
        coded.av1_config(body)
    elif track.codec == b"A_VORBIS":
        require(body[:3] == b"\2\x1e\x10" and body[33:49] == _NO_COMMENT, "comments")
    elif track.codec == b"A_FLAC":
        require(len(body) == 42 and not any(body[26:]), "sound-settings")
    else:
        most = {b"A_OPUS": 276, b"A_ALAC": 24, b"A_AAC": 64}.get(track.codec, 0)
        require(len(body) <= most, "sound-settings")


def _in_cluster(name: str, body: bytes, tracks: dict[int, _Track]) -> None:
    if name == "a3":
        _block(body, tracks)
    elif name == "a0":
        _group(body, tracks)
    else:
        require(name == "e7" and len(body) <= 8, "clusters")


def _parts(data: bytes) -> Iterator[tuple[str, bytes]]:
    at = 0
    while at < len(data):
        name_size = 9 - data[at].bit_length()
        size_at = at + name_size
        size_size = 9 - data[size_at].bit_length()
        size = int.from_bytes(data[size_at : size_at + size_size]) & (1 << 7 * size_size) - 1
        body = size_at + size_size
        require(body + size <= len(data), "clusters")
        yield data[at:size_at].hex(), data[body : body + size]
        at = body + size


def _group(data: bytes, tracks: dict[int, _Track]) -> None:
    for name, body in _parts(data):
        if name == "a1":
            _block(body, tracks)
        elif name == "75a1":
            ((more, inside),) = _parts(body)
            parts = list(_parts(inside))
            require(more == "a6" and parts[0] == ("ee", b"\1"), "clusters")
            require([part for part, _ in parts] == ["ee", "a5"], "clusters")
        else:
            require(name in ("9b", "fb", "75a2") and len(body) <= 8, "clusters")


def _block(data: bytes, tracks: dict[int, _Track]) -> None:
    size = 9 - data[0].bit_length()
    track = tracks.get(int.from_bytes(data[:size]) & (1 << 7 * size) - 1)
    mark = data[size + 2]
    require(track is not None and not mark & 0x74, "clusters")
    if track is not None:
        for frame in _frames(data[size + 3 :], laced=bool(mark & 2)):
            _frame(frame, track)


def _frames(data: bytes, *, laced: bool) -> Iterator[bytes]:
    if not laced:
        yield data
        return
    sizes, at = [], 1
    for _ in range(data[0]):
        size = 0
        while data[at] == 255:
            size, at = size + 255, at + 1
        sizes.append(size + data[at])
        at += 1
    require(at + sum(sizes) <= len(data), "clusters")
    for size in sizes:
        yield data[at : at + size]
        at += size
    yield data[at:]


def _frame(frame: bytes, track: _Track) -> None:
    if track.codec == b"V_MPEG4/ISO/AVC":
        coded.units(frame, (track.settings[4] & 3) + 1, coded.avc_unit)
    elif track.codec == b"V_MPEGH/ISO/HEVC":
        coded.units(frame, (track.settings[21] & 3) + 1, coded.hevc_unit)
    elif track.codec == b"V_AV1":
        coded.av1_sample(frame)
    elif track.codec == b"A_AAC":
        require(not any(name in frame[:64] for name in _ENCODERS), "encoder-name")
