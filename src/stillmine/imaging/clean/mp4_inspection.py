"""Say what an MP4 or MOV file tells besides picture and sound."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from stillmine.errors import StillmineError
from stillmine.imaging.clean import icc
from stillmine.imaging.clean.findings import MOST_FINDINGS, Finding, found
from stillmine.imaging.clean.isobmff import Box, Cursor, boxes, length_of, only, read_at
from stillmine.imaging.clean.isobmff_codecs import USUAL_ENCODER
from stillmine.imaging.clean.isobmff_inspection import (
    moment,
    of_other_box,
    of_top_boxes,
)
from stillmine.imaging.clean.isobmff_nal import messages, split
from stillmine.imaging.clean.mp4_fragments import join_fragments
from stillmine.imaging.clean.mp4_tracks import Film, Track, read_film
from stillmine.imaging.clean.mp4_trimming import hidden

_KNOWN = (b"ftyp", b"moov", b"mdat", b"moof", b"styp", b"sidx", b"mfra", b"ssix", b"pdin")
_UNNAMED = (b"", b"VideoHandler", b"SoundHandler", b"Core Media Video", b"Core Media Audio")
_X264 = bytes.fromhex("dc45e9bde6d948b7962cd820d923eeef")
_X265 = bytes.fromhex("2ca2de09b51747dbbb55a4fe7fc2fc4e")
_USER_DATA = 5
_PLAYED = {b"vide": "picture", b"soun": "sound", b"pict": "picture", b"auxv": "depth or alpha"}
_MOST_TEXT = 4096
_MOST_HIDDEN = 2.0  # seconds
_MOST_PEEK = 1 << 20


def findings(source: BinaryIO) -> list[Finding]:
    """Return all that is found, at most MOST_FINDINGS."""
    listed = []
    for number, one in enumerate(_findings(source)):
        if number >= MOST_FINDINGS:
            break
        listed.append(one)
    return listed


def _findings(source: BinaryIO) -> Iterator[Finding]:
    top = list(boxes(source, 0, length_of(source)))
    head = only(top, b"ftyp")
    if head is not None and read_at(source, head.body, 4) == b"qt  ":
        yield from of_top_boxes(source, top, (*_KNOWN, b"wide"))
    else:
        yield from of_top_boxes(source, top, _KNOWN)
    moov = only(top, b"moov")
    if moov is None:
        return
    for one in boxes(source, moov.body, moov.end):
        if one.type == b"mvhd":
            yield from _of_times(source, one, "film")
        elif one.type == b"trak":
            yield from _of_track(source, one)
        elif one.type not in (b"mvex", b"iods"):
            yield from of_other_box(source, one)
    yield from _of_media(source, moov, top)


def _of_times(source: BinaryIO, head: Box, where: str) -> Iterator[Finding]:
    cursor = Cursor(read_at(source, head.body, min(head.size, 64)))
    wide = 8 if cursor.number(4) >> 24 else 4
    for which in ("made", "changed"):
        when = moment(cursor.number(wide))
        if when:
            yield found("time", f"{where} {which}", when)


def _of_track(source: BinaryIO, trak: Box) -> Iterator[Finding]:
    inside = list(boxes(source, trak.body, trak.end))
    mdia = only(inside, b"mdia")
    media = list(boxes(source, mdia.body, mdia.end)) if mdia else []
    hdlr = only(media, b"hdlr")
    data = read_at(source, hdlr.body, min(hdlr.size, _MOST_TEXT)) if hdlr else bytes(24)
    kind, name = data[8:12], data[24:].strip(b"\0")
    where = f"track of {_PLAYED.get(kind, kind.decode('latin-1'))}"
    if kind not in _PLAYED:
        yield found("timed-metadata", where, _format_of(source, media))
    name = name[1:] if name[:1] == bytes((max(0, len(name) - 1),)) else name
    if name.strip() not in _UNNAMED:
        yield found("software", f"name of {where}", name)
    for one in (*inside, *media):
        if one.type in (b"tkhd", b"mdhd"):
            yield from _of_times(source, one, where)
        elif one.type in (b"udta", b"meta", b"uuid"):
            yield from of_other_box(source, one)
    yield from _of_language(source, only(media, b"mdhd"), where)


def _of_language(source: BinaryIO, mdhd: Box | None, where: str) -> Iterator[Finding]:
    data = read_at(source, mdhd.body, min(mdhd.size, 64)) if mdhd else b"\0"
    at = 32 if data[0] else 20
    word = int.from_bytes(data[at : at + 2])
    name = "".join(chr((word >> shift & 31) + 0x60) for shift in (10, 5, 0))
    if word >= 0x400 and word != 0x7FFF and name != "und":
        yield found("text", f"language of {where}", name)


def _format_of(source: BinaryIO, media: list[Box]) -> str:
    """Return the four letters of how an unplayed track is coded, such as `mebx` or `gpmd`."""
    for path in (b"minf", b"stbl", b"stsd"):
        one = only(media, path)
        if one is None:
            return ""
        skip = 8 if path == b"stsd" else 0
        media = list(boxes(source, one.body + skip, one.end))
    return media[0].type.decode("latin-1") if media else ""


def _of_media(source: BinaryIO, moov: Box, top: list[Box]) -> Iterator[Finding]:
    """Say what is inside the played tracks; a film that cannot be cleaned has none to tell."""
    try:
        film = read_film(source, moov)
        join_fragments(source, film, moov, top)
    except StillmineError:
        return
    for what, count in film.left_out.items():
        if count and what in ("second-image", "preview", "depth"):
            yield found(what, "track that is not played", str(count))
    for track in film.tracks:
        yield from _of_hidden(film, track)
        yield from _of_coding(source, track)
    used = sum(sum(track.samples.sizes) or _plain(track) for track in film.tracks)
    room = sum(one.size for one in top if one.type == b"mdat")
    if room > used and not any(one.type == b"moof" for one in top):
        others = len([one for one in boxes(source, moov.body, moov.end) if one.type == b"trak"])
        if others == len(film.tracks) and all(track.samples.sizes for track in film.tracks):
            yield found("padding", "between the coded data", f"{room - used} bytes")


def _plain(track: Track) -> int:
    return track.samples.count * track.samples.same


def _of_hidden(film: Film, track: Track) -> Iterator[Finding]:
    """Say how much of a track is cut away by an edit list, but still in the file."""
    seconds = hidden(film, track)
    if track.kind == b"vide" and seconds > _MOST_HIDDEN:
        yield found("cropped-away", "cut from the film, still in it", f"{seconds:.1f} s")


def _of_coding(source: BinaryIO, track: Track) -> Iterator[Finding]:
    for entry in track.entries:
        at = entry.data.find(b"Lavc") if entry.type == b"mp4v" else -1
        if at > 0 and not entry.data.startswith(USUAL_ENCODER, at):
            yield found("software", "encoder", entry.data[at : at + 20].split(b"\0")[0])
        begin = entry.data.find(b"colrprof")
        if begin > 0:
            yield from icc.findings(entry.data[begin + 8 :])
    first = next(iter(track.samples.chunks()), None)
    if first is None or not track.samples.sizes:
        return
    sample = read_at(source, first[1], min(track.samples.sizes[0], _MOST_PEEK))
    kind = track.entries[0].type
    if kind in (b"avc1", b"avc3", b"hvc1", b"hev1") and len(sample) == track.samples.sizes[0]:
        yield from _of_messages(sample, head=1 if kind[:3] == b"avc" else 2)
    for name in (b"Lavc", b"Lavf", b"x264", b"LAME", b"XviD", b"DivX"):
        at = sample[:4096].find(name)
        if at >= 0 and kind == b"mp4a":
            yield found("software", "encoder", sample[at : at + 20].split(b"\0")[0])


def _of_messages(sample: bytes, head: int) -> Iterator[Finding]:
    kinds = (6,) if head == 1 else (39, 40)
    for unit in split(sample, 4):
        kind = unit[:1] and (unit[0] & 31 if head == 1 else unit[0] >> 1 & 63)
        if kind not in kinds:
            continue
        for number, payload in messages(unit, head):
            if number == _USER_DATA:
                what = "software" if payload[:16] in (_X264, _X265) else "unknown"
                yield found(what, "message in the coded picture", payload[16:])
