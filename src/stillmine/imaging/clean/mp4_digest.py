"""One sum over all that a player shows and plays of an MP4 or MOV file, to compare two of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import BinaryIO

from stillmine.imaging.clean.isobmff import boxes, length_of, read_at, required
from stillmine.imaging.clean.isobmff_nal import obus, split
from stillmine.imaging.clean.mp4_fragments import join_fragments
from stillmine.imaging.clean.mp4_samples import expanded
from stillmine.imaging.clean.mp4_tracks import Film, Track, read_film
from stillmine.imaging.clean.mp4_trimming import trim
from stillmine.imaging.clean.mp4_writing import chunk_size

_PIECE = 1 << 20


def shown(source: BinaryIO) -> bytes:
    """Return a digest of the coded pictures and sounds, their times, and how they are turned.

    Messages between coded pictures, and fillers before coded sound, are left out of the sum.
    """
    top = list(boxes(source, 0, length_of(source)))
    moov = required(top, b"moov")
    film = read_film(source, moov)
    join_fragments(source, film, moov, top)
    trim(film)
    sum_of = hashlib.sha256()
    for track in film.tracks:
        sum_of.update(repr(_described(film, track)).encode())
        for part in _media(source, track):
            sum_of.update(part)
    return sum_of.digest()


def _described(film: Film, track: Track) -> tuple[object, ...]:
    samples = track.samples
    return (
        track.kind,
        track.timescale,
        track.shape,
        [(duration / film.timescale, begin, rate) for duration, begin, rate in track.edits],
        [entry.data for entry in track.entries],
        samples.count,
        samples.times,
        samples.shifts,
        samples.sync and samples.sync.tobytes(),
    )


def _media(source: BinaryIO, track: Track) -> Iterator[bytes]:
    if any(entry.type in _CODED for entry in track.entries):
        expanded(track.samples)
    sizes = track.samples.sizes
    for _, offset, first, count, entry in track.samples.chunks():
        kind = track.entries[entry - 1].type if 0 < entry <= len(track.entries) else b""
        if not sizes or kind not in _CODED:
            size = chunk_size(track, first, count, entry, sizes)
            for at in range(offset, offset + size, _PIECE):
                yield read_at(source, at, min(_PIECE, offset + size - at))
            continue
        for number in range(first, first + count):
            sample = read_at(source, offset, sizes[number])
            offset += sizes[number]
            yield from _CODED[kind](sample, track, entry)


def _avc(sample: bytes, track: Track, entry: int) -> list[bytes]:
    size = _length_size(track, entry, b"avcC", 4)
    return [unit for unit in split(sample, size) if unit and unit[0] & 31 in range(1, 6)]


def _hevc(sample: bytes, track: Track, entry: int) -> list[bytes]:
    size = _length_size(track, entry, b"hvcC", 21)
    units = (unit for unit in split(sample, size) if len(unit) > 1)
    # Layer 0 only: the second view or layer of one eye is not shown by ordinary players.
    return [one for one in units if one[0] >> 1 & 63 < 32 and not (one[0] & 1 or one[1] >> 3)]


def _length_size(track: Track, entry: int, config: bytes, at: int) -> int:
    data = track.entries[entry - 1].data
    begin = data.find(config) + 4
    return (data[begin + at] & 3) + 1 if begin > 3 and begin + at < len(data) else 4


def _av1(sample: bytes, _track: Track, _entry: int) -> list[bytes]:
    return [whole for kind, _, whole in obus(sample) if kind in (1, 3, 4, 6)]


def _nothing(_sample: bytes, _track: Track, _entry: int) -> list[bytes]:
    """Sound and old video, whose fillers are blanked: the count and the times are in the sum."""
    return []


_CODED = {
    b"avc1": _avc,
    b"avc3": _avc,
    b"hvc1": _hevc,
    b"hev1": _hevc,
    b"av01": _av1,
    b"mp4a": _nothing,
    b"mp4v": _nothing,
    b"jpeg": _nothing,
    **dict.fromkeys((b"apcn", b"apch", b"apcs", b"apco", b"ap4h", b"ap4x"), _nothing),
}
