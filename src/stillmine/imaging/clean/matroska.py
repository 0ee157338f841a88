"""Clean WebM and Matroska films: picture and sound stay bit for bit, all other elements go."""

from __future__ import annotations

import hashlib
import struct
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from stillmine.errors import FileDamaged
from stillmine.imaging.clean.findings import Cleaned, Finding
from stillmine.imaging.clean.isobmff_nal import obus, split
from stillmine.imaging.clean.matroska_clusters import Cluster, blocks, rewritten
from stillmine.imaging.clean.matroska_elements import (
    CLUSTER,
    CUES,
    HEAD,
    INFO,
    SEGMENT,
    TRACKS,
    Element,
    children,
    content,
    element,
    elements,
    identifier,
    number_of,
    segment_of,
    sized,
    unsigned,
)
from stillmine.imaging.clean.matroska_inspection import findings
from stillmine.imaging.clean.matroska_tracks import Track, duration, read_tracks

__all__ = ["clean", "inspect", "shown"]

_WHOLE = frozenset({INFO, TRACKS})
_DOC_TYPE, _SCALE, _DURATION = 0x4282, 0x2AD7B1, 0x4489
_MUXER, _WRITER = 0x4D80, 0x5741
_NOBODY = b"-"  # both names have to be there
_HDR = (identifier(0x55D0), identifier(0x55BC))


def inspect(source: BinaryIO) -> list[Finding]:
    """Say what a WebM or Matroska file tells besides picture and sound."""
    return findings(source)


def clean(source: BinaryIO, out: BinaryIO) -> Cleaned:
    """Write picture and sound with a fresh index before them, and nothing else.

    The file may be far larger than the memory: one cluster at a time is read, twice.
    """
    head, segment = segment_of(source)
    parts = {one.id: one for one in elements(source, segment.body, segment.end) if one.id in _WHOLE}
    if not {INFO, TRACKS} <= parts.keys():
        raise FileDamaged(part="elements")
    tracks, _ = read_tracks(source, parts[TRACKS])
    info = _info(source, parts[INFO])
    listed = element(TRACKS, *(track.data for track in tracks.values()))
    plan = [(one.time, one.entry, len(one.data)) for one in _clusters(source, segment, tracks)]
    cues = _cues(plan, len(info) + len(listed))
    body = len(info) + len(listed) + len(cues) + sum(size for _, _, size in plan)
    out.write(_head(source, head))
    out.write(identifier(SEGMENT) + sized(body) + info + listed + cues)
    for cluster in _clusters(source, segment, tracks):
        out.write(cluster.data)
    removed = Counter(finding.what for finding in findings(source))
    return Cleaned(dict(removed), kept(tracks))


def _clusters(source: BinaryIO, segment: Element, tracks: dict[int, Track]) -> Iterator[Cluster]:
    for one in elements(source, segment.body, segment.end):
        if one.id == CLUSTER:
            yield rewritten(source, one, tracks)


def _head(source: BinaryIO, head: Element) -> bytes:
    kinds = [content(source, one, 16) for one in children(source, head) if one.id == _DOC_TYPE]
    kind = b"webm" if kinds and kinds[0].rstrip(b"\0") == b"webm" else b"matroska"
    numbers = (0x4286, 1), (0x42F7, 1), (0x42F2, 4), (0x42F3, 8)
    versions = unsigned(0x4287, 4), unsigned(0x4285, 2)
    parts = [unsigned(number, value) for number, value in numbers]
    return element(HEAD, *parts, element(_DOC_TYPE, kind), *versions)


def _info(source: BinaryIO, info: Element) -> bytes:
    """Return the clock of the film, how long it is, and nobody's name."""
    inside = {one.id: one for one in children(source, info)}
    scale = number_of(source, inside[_SCALE]) if _SCALE in inside else 1_000_000
    parts = [unsigned(_SCALE, scale), element(_MUXER, _NOBODY), element(_WRITER, _NOBODY)]
    if _DURATION in inside:
        data = content(source, inside[_DURATION], 8)
        value = struct.unpack(">f" if len(data) == 4 else ">d", data.rjust(4, b"\0"))[0]
        parts.insert(1, duration(value))
    return element(INFO, *parts)


def _cues(plan: list[tuple[int, int | None, int]], before: int) -> bytes:
    """Return the index: from where the film can be played. Its own size does not depend on it."""
    entered = [one for one in plan if one[1] is not None]
    size = len(element(CUES, *(_cue(time, entry or 0, 0) for time, entry, _ in entered)))
    at, points = before + size, []
    for time, entry, length in plan:
        if entry is not None:
            points.append(_cue(time, entry, at))
        at += length
    return element(CUES, *points) if points else b""


def _cue(time: int, track: int, at: int) -> bytes:
    place = element(0xB7, unsigned(0xF7, track), unsigned(0xF1, at, 8))
    return element(0xBB, unsigned(0xB3, time, 8), place)


def kept(tracks: dict[int, Track]) -> tuple[str, ...]:
    """Return what stays because the film cannot be shown rightly without it."""
    stays = {"resolution", "encoder-habits", "sensor-noise"}
    if any(track.type == 2 for track in tracks.values()):
        stays.add("sound")
    if any(track.alpha for track in tracks.values()):
        stays.add("transparency")
    if any(mark in track.data for track in tracks.values() for mark in _HDR):
        stays.add("hdr")
    return tuple(sorted(stays))


def shown(source: BinaryIO) -> bytes:
    """Return a digest of the coded pictures and sounds and their times.

    Messages between coded pictures, and fillers before coded sound, are left out of the sum.
    """
    _, segment = segment_of(source)
    listed = {one.id: one for one in elements(source, segment.body, segment.end)}
    tracks, _ = read_tracks(source, listed[TRACKS])
    sum_of = hashlib.sha256()
    for one in elements(source, segment.body, segment.end):
        if one.id != CLUSTER:
            continue
        for time, block in blocks(source, one, tracks):
            sum_of.update(repr((block.track.number, time, len(block.frames))).encode())
            for frame in block.frames:
                for part in _coded(block.track, frame):
                    sum_of.update(len(part).to_bytes(8) + part)
    return sum_of.digest()


def _coded(track: Track, frame: bytes) -> list[bytes]:
    if track.codec == "V_AV1":
        return [whole for kind, _, whole in obus(frame) if kind in (1, 3, 4, 6)]
    if track.codec == "V_MPEG4/ISO/AVC":
        size = _length_size(track, 4)
        return [unit for unit in split(frame, size) if unit and unit[0] & 31 in range(1, 6)]
    if track.codec == "V_MPEGH/ISO/HEVC":
        size = _length_size(track, 21)
        return [one for one in split(frame, size) if len(one) > 1 and one[0] >> 1 & 63 < 32]
    return [] if track.codec == "A_AAC" else [frame]


def _length_size(track: Track, at: int) -> int:
    """Return how many bytes tell the length of a unit, as the settings say."""
    begin = track.data.find(identifier(0x63A2)) + 2
    width = 9 - track.data[begin].bit_length()
    return (track.data[begin + width + at] & 3) + 1
