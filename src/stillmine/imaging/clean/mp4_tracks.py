"""Read the tracks of an MP4 or MOV file, and choose those that are played: picture and sound."""

from __future__ import annotations

import struct
from array import array
from collections import Counter
from dataclasses import dataclass, field
from typing import BinaryIO

from stillmine.errors import FileDamaged, NotUnderstood
from stillmine.imaging.clean.isobmff import (
    Box,
    Cursor,
    boxes,
    children,
    content,
    only,
    read_at,
    required,
)
from stillmine.imaging.clean.mp4_entries import Entry, read_entry
from stillmine.imaging.clean.mp4_samples import Samples, read_samples

_PLAYED = (b"vide", b"soun", b"pict", b"auxv")
_MOST_TRACKS = 100
_SELF_CONTAINED = 1
_ENABLED = 1
_TIMED = frozenset(
    {b"meta", b"text", b"sbtl", b"subt", b"clcp", b"tmcd", b"hint", b"gpmd", b"camm"}
)

Edit = tuple[int, int, int]


@dataclass(slots=True)
class Track:
    """One track. An edit is (how long in movie time, from where in media time or -1, rate)."""

    id: int
    kind: bytes
    enabled: bool
    shape: bytes  # layer, group, volume, matrix, width and height as they lie in `tkhd`
    timescale: int
    media_head: bytes
    entries: list[Entry]
    samples: Samples
    edits: list[Edit] = field(default_factory=list)
    table_version: int = 0
    shows: list[int] = field(default_factory=list)
    start: int | None = None  # the decode time of the first fragment
    old_sizes: array[int] = field(default_factory=lambda: array("I"))  # before cleaning


@dataclass(slots=True)
class Film:
    """All played tracks, the movie's clock and shape, and what is left out."""

    timescale: int
    shape: bytes
    tracks: list[Track]
    left_out: Counter[str] = field(default_factory=Counter)


def read_film(file: BinaryIO, moov: Box) -> Film:
    """Read a `moov` box (ISO/IEC 14496-12, 8.2 and 8.3). Raises FileDamaged or NotUnderstood."""
    inside = children(file, moov)
    head = Cursor(content(file, required(inside, b"mvhd"), 256))
    wide = 8 if head.number(4) >> 24 else 4
    head.take(2 * wide)
    timescale = head.number(4)
    head.take(wide)
    film = Film(timescale or 1, head.take(76)[:76], [])
    found = [one for one in inside if one.type == b"trak"]
    if not timescale or len(found) > _MOST_TRACKS:
        raise NotUnderstood(part="tracks")
    for one in found:
        _add_track(file, one, film)
    _leave_out_the_unplayed(film)
    film.left_out.update(said_of_boxes(inside))
    return film


def said_of_boxes(inside: list[Box]) -> Counter[str]:
    """Count what the boxes beside the tracks are about."""
    kinds = {b"udta": "text", b"meta": "text", b"uuid": "unknown", b"free": "padding"}
    kinds |= {b"skip": "padding", b"iods": "unknown", b"XMP_": "xmp"}
    known = (b"mvhd", b"trak", b"mvex")
    return Counter(kinds.get(one.type, "unknown") for one in inside if one.type not in known)


def _add_track(file: BinaryIO, trak: Box, film: Film) -> None:
    inside = children(file, trak)
    media = children(file, required(inside, b"mdia"))
    kind = read_at(file, required(media, b"hdlr").body + 8, 4)
    if kind not in _PLAYED:
        film.left_out["timed-metadata" if kind in _TIMED else "unknown"] += 1
        return
    film.left_out.update(said_of_boxes([one for one in inside if one.type in (b"udta", b"meta")]))
    try:
        track = _track(file, inside, media, kind)
    except NotUnderstood:
        # A second sound that nobody here can read is not the film; the first picture is.
        if kind != b"soun" or not any(one.kind == b"soun" for one in film.tracks):
            raise
        film.left_out["unknown"] += 1
        return
    film.left_out["unknown"] += sum(entry.dropped for entry in track.entries)
    film.tracks.append(track)


def _track(file: BinaryIO, inside: list[Box], media: list[Box], kind: bytes) -> Track:
    head = Cursor(content(file, required(inside, b"tkhd"), 256))
    word = head.number(4)
    wide = 8 if word >> 24 else 4
    head.take(2 * wide)
    number = head.number(4)
    head.take(4 + wide + 8)
    minf = children(file, required(media, b"minf"))
    table = children(file, required(minf, b"stbl"))
    _refuse_other_files(file, minf)
    version, entries = _entries(file, required(table, b"stsd"), kind)
    return Track(
        id=number,
        kind=kind,
        enabled=bool(word & _ENABLED),
        shape=head.take(52),
        timescale=_timescale(file, required(media, b"mdhd")),
        media_head=_media_head(file, minf, kind),
        entries=entries,
        samples=read_samples(file, table),
        edits=_edits(file, only(inside, b"edts")),
        table_version=version,
        shows=_alpha_of(file, only(inside, b"tref")) if kind == b"auxv" else [],
    )


def _timescale(file: BinaryIO, mdhd: Box) -> int:
    head = Cursor(content(file, mdhd, 256))
    head.take(16 if head.number(4) >> 24 else 8)
    timescale = head.number(4)
    if not timescale:
        raise FileDamaged(part="times")
    return timescale


def _media_head(file: BinaryIO, minf: list[Box], kind: bytes) -> bytes:
    """Return the body of `vmhd` or `smhd`: how to lay a picture over another, where sound is."""
    name, size, flags = (b"smhd", 4, 0) if kind == b"soun" else (b"vmhd", 8, 1)
    one = only(minf, name)
    numbers = content(file, one, 256)[4 : 4 + size] if one else b""
    return flags.to_bytes(4) + numbers.ljust(size, b"\0")


def _refuse_other_files(file: BinaryIO, minf: list[Box]) -> None:
    """Raise NotUnderstood where a track keeps its samples in another file."""
    dinf = only(minf, b"dinf")
    dref = only(children(file, dinf), b"dref") if dinf else None
    for one in boxes(file, dref.body + 8, dref.end) if dref else ():
        if not Cursor(content(file, one, 65_536)).number(4) & _SELF_CONTAINED:
            raise NotUnderstood(part="external-media")


def _entries(file: BinaryIO, stsd: Box, kind: bytes) -> tuple[int, list[Entry]]:
    version = read_at(file, stsd.body, 1)[0]
    found = children(file, stsd, 8)
    if not found or len(found) > 1000:
        raise NotUnderstood(part="coding")
    return version, [read_entry(file, one, kind, version) for one in found]


def _edits(file: BinaryIO, edts: Box | None) -> list[Edit]:
    elst = only(children(file, edts), b"elst") if edts else None
    if elst is None:
        return []
    cursor = Cursor(content(file, elst))
    wide = 8 if cursor.number(4) >> 24 else 4
    count = cursor.number(4)
    if count * (2 * wide + 4) > cursor.left:
        raise FileDamaged(part="times")
    return [(cursor.number(wide), cursor.signed(wide), cursor.signed(4)) for _ in range(count)]


def _alpha_of(file: BinaryIO, tref: Box | None) -> list[int]:
    link = only(children(file, tref), b"auxl") if tref else None
    data = content(file, link, 4096) if link else b""
    return [number for (number,) in struct.iter_unpack(">I", data[: len(data) // 4 * 4])]


def _leave_out_the_unplayed(film: Film) -> None:
    """Leave out tracks that no player starts by itself; where none is on, all are."""
    pictures = [track for track in film.tracks if track.kind in (b"vide", b"pict")]
    if not pictures:
        raise NotUnderstood(part="no-picture")
    for kinds in ((b"vide", b"pict"), (b"soun",)):
        alike = [track for track in film.tracks if track.kind in kinds]
        off = [track for track in alike if not track.enabled]
        if len(off) < len(alike):
            film.tracks = [track for track in film.tracks if track not in off]
            film.left_out["second-image" if kinds[0] == b"vide" else "unknown"] += len(off)
    _leave_out_covers(film)
    shown = {track.id for track in film.tracks}
    for track in [track for track in film.tracks if track.kind == b"auxv"]:
        if not shown.intersection(track.shows):
            film.tracks.remove(track)
            film.left_out["depth"] += 1


def _leave_out_covers(film: Film) -> None:
    """Leave out a second picture track of one sample: it is a cover, not a film."""
    pictures = [track for track in film.tracks if track.kind == b"vide"]
    for track in pictures[1:]:
        if track.samples.count <= 1 and pictures[0].samples.count > 1:
            film.tracks.remove(track)
            film.left_out["preview"] += 1
