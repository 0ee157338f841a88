"""Write the tracks of a film anew: tables first, then each sample once, nothing between."""

from __future__ import annotations

import heapq
import struct
from array import array
from collections.abc import Iterator
from typing import BinaryIO

from stillmine.errors import FileDamaged, NotUnderstood
from stillmine.imaging.clean.isobmff import box, full_box, handler, length_of, read_at
from stillmine.imaging.clean.mp4_samples import Samples, expanded, packed
from stillmine.imaging.clean.mp4_tracks import Film, Track

_PIECE = 1 << 20
_MOST_SAMPLE = 256 * 1024 * 1024
_NO_LANGUAGE = 0x55C4  # "und", as in ISO 639-2: five bits a letter
_FAR = 1 << 32

Chunk = tuple[int, int, int, int, int]


def measure(source: BinaryIO, film: Film) -> list[array[int]]:
    """Return how large each chunk will be once its samples are cleaned; note their new sizes.

    Every sample that has to be cleaned is read once here and once more when it is written, so
    that the tables can stand before the samples and nothing large is kept in memory.
    """
    whole = length_of(source)
    sizes: list[array[int]] = []
    total = 0
    for track in film.tracks:
        if any(entry.clean for entry in track.entries):
            expanded(track.samples)
        old = track.samples.sizes[:]
        found = array("Q")
        for number, offset, first, count, entry in track.samples.chunks():
            total += chunk_size(track, first, count, entry, old)
            if total > whole:
                raise FileDamaged(part="sample-tables")
            found.append(_clean_size(source, track, (number, offset, first, count, entry), old))
        sizes.append(found)
        track.old_sizes = old
    return sizes


def chunk_size(track: Track, first: int, count: int, entry: int, sizes: array[int]) -> int:
    """Return how many bytes a chunk has in the source."""
    if not 0 < entry <= len(track.entries):
        raise FileDamaged(part="sample-tables")
    if sizes:
        return sum(sizes[first : first + count])
    frame = track.entries[entry - 1].frame
    if frame and frame[0]:
        return -(-count // frame[1]) * frame[0]
    return count * track.samples.same


def _clean_size(
    source: BinaryIO,
    track: Track,
    chunk: Chunk,
    old: array[int],
) -> int:
    _, offset, first, count, entry = chunk
    clean = track.entries[entry - 1].clean
    if clean is None:
        return chunk_size(track, first, count, entry, old)
    size = 0
    for number in range(first, first + count):
        sample = clean(_sample(source, offset, old[number]))
        offset += old[number]
        track.samples.sizes[number] = len(sample)
        size += len(sample)
    return size


def _sample(source: BinaryIO, offset: int, size: int) -> bytes:
    if size > _MOST_SAMPLE:
        raise NotUnderstood(part="too-large")
    return read_at(source, offset, size)


def in_order(film: Film) -> Iterator[tuple[int, int, Chunk]]:
    """Yield the chunks of all tracks as they lay in the source, so that playing needs no jumps."""

    def of(place: int, track: Track) -> Iterator[tuple[int, int, Chunk]]:
        for chunk in track.samples.chunks():
            yield chunk[1], place, chunk

    return heapq.merge(*(of(place, track) for place, track in enumerate(film.tracks)))


def placed_moov(film: Film, sizes: list[array[int]], before: int) -> bytes:
    """Return the `moov` box where so many bytes beside itself come before the samples."""
    made = moov(film, sizes, before)
    for _ in range(2):  # places beyond 4 GiB are longer, and so make the box longer
        made = moov(film, sizes, before + len(made))
    return made


def moov(film: Film, sizes: list[array[int]], first: int) -> bytes:
    """Return the `moov` box for samples that begin at the place `first`."""
    places = [array("Q", bytes(8 * len(found))) for found in sizes]
    at = first
    for _, place, chunk in in_order(film):
        places[place][chunk[0]] = at
        at += sizes[place][chunk[0]]
    far = at >= _FAR
    tracks = [
        _trak(film, number, track, _offsets(places[number - 1], far))
        for number, track in enumerate(film.tracks, 1)
    ]
    longest = max((_track_length(film, track) for track in film.tracks), default=0)
    # Rate, volume and matrix stay; where a preview or a poster was is not passed on.
    shape = film.shape[:6] + bytes(10) + film.shape[16:52] + bytes(24)
    head = bytes(16) + struct.pack(">IQ", film.timescale, longest) + shape
    mvhd = full_box(b"mvhd", 1, 0, head, struct.pack(">I", len(film.tracks) + 1))
    return box(b"moov", mvhd, *tracks)


def _offsets(places: array[int], far: bool) -> bytes:
    count = struct.pack(">I", len(places))
    if far:
        return full_box(b"co64", 0, 0, count, packed(places))
    return full_box(b"stco", 0, 0, count, packed(array("I", places)))


def _track_length(film: Film, track: Track) -> int:
    if track.edits:
        return sum(edit[0] for edit in track.edits)
    return _media_length(track) * film.timescale // track.timescale


def _media_length(track: Track) -> int:
    return sum(count * value for count, value in track.samples.times)


def _trak(film: Film, number: int, track: Track, offsets: bytes) -> bytes:
    length = _track_length(film, track)
    tkhd = struct.pack(">16xIIQ8x", number, 0, length) + track.shape
    flags = 7 if track.enabled else 6
    links = [place for place, other in enumerate(film.tracks, 1) if other.id in track.shows]
    tref = box(b"tref", box(b"auxl", struct.pack(f">{len(links)}I", *links))) if links else b""
    edts = box(b"edts", _elst(track)) if track.edits else b""
    return box(b"trak", full_box(b"tkhd", 1, flags, tkhd), tref, edts, _mdia(track, offsets))


def _elst(track: Track) -> bytes:
    rows = (struct.pack(">Qqi", *edit) for edit in track.edits)
    return full_box(b"elst", 1, 0, struct.pack(">I", len(track.edits)), *rows)


def _mdia(track: Track, offsets: bytes) -> bytes:
    times = struct.pack(">16xIQHH", track.timescale, _media_length(track), _NO_LANGUAGE, 0)
    name = b"smhd" if track.kind == b"soun" else b"vmhd"
    dref = full_box(b"dref", 0, 0, b"\0\0\0\1", full_box(b"url ", 0, 1))
    minf = box(
        b"minf",
        box(name, track.media_head),
        box(b"dinf", dref),
        box(b"stbl", _stsd(track), *_tables(track.samples), offsets),
    )
    return box(b"mdia", full_box(b"mdhd", 1, 0, times), handler(track.kind), minf)


def _stsd(track: Track) -> bytes:
    count = struct.pack(">I", len(track.entries))
    version = track.table_version if track.kind == b"soun" else 0
    return full_box(b"stsd", version, 0, count, *(entry.data for entry in track.entries))


def _tables(samples: Samples) -> Iterator[bytes]:
    yield _runs(b"stts", 0, ">II", samples.times)
    if samples.shifts:
        below = any(value < 0 for _, value in samples.shifts)
        yield _runs(b"ctts", int(below), ">Ii" if below else ">II", samples.shifts)
    if samples.sync is not None:
        yield full_box(b"stss", 0, 0, struct.pack(">I", len(samples.sync)), packed(samples.sync))
    yield _stsc(samples)
    head = struct.pack(">II", 0 if samples.sizes else samples.same, samples.count)
    yield full_box(b"stsz", 0, 0, head, packed(samples.sizes))


def _runs(kind: bytes, version: int, row: str, runs: list[tuple[int, int]]) -> bytes:
    rows = b"".join(struct.pack(row, *run) for run in runs)
    return full_box(kind, version, 0, struct.pack(">I", len(runs)), rows)


def _stsc(samples: Samples) -> bytes:
    rows: list[tuple[int, int, int]] = []
    for number, (count, entry) in enumerate(zip(samples.counts, samples.entries, strict=True), 1):
        if not rows or rows[-1][1:] != (count, entry):
            rows.append((number, count, entry))
    data = b"".join(struct.pack(">III", *row) for row in rows)
    return full_box(b"stsc", 0, 0, struct.pack(">I", len(rows)), data)


def write_samples(source: BinaryIO, out: BinaryIO, film: Film) -> None:
    """Write the chunks in the order in which `moov` gave them their places."""
    for offset, place, (_, _, first, count, entry) in in_order(film):
        track = film.tracks[place]
        clean = track.entries[entry - 1].clean
        if clean is None:
            _copy(source, out, offset, chunk_size(track, first, count, entry, track.old_sizes))
            continue
        for number in range(first, first + count):
            sample = clean(_sample(source, offset, track.old_sizes[number]))
            if len(sample) != track.samples.sizes[number]:
                raise FileDamaged(part="changed-while-reading")
            out.write(sample)
            offset += track.old_sizes[number]


def _copy(source: BinaryIO, out: BinaryIO, offset: int, size: int) -> None:
    while size:
        piece = read_at(source, offset, min(size, _PIECE))
        out.write(piece)
        offset, size = offset + len(piece), size - len(piece)
