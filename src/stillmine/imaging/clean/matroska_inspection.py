"""Say what a WebM or Matroska file tells besides picture and sound."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from stillmine.imaging.clean.findings import MOST_BLOB, MOST_FINDINGS, Finding, found
from stillmine.imaging.clean.isobmff import length_of, read_at
from stillmine.imaging.clean.isobmff_inspection import about
from stillmine.imaging.clean.matroska_elements import (
    ATTACHMENTS,
    CHAPTERS,
    CLUSTER,
    INFO,
    LEVEL_ONE,
    TAGS,
    TRACKS,
    VOID,
    Element,
    elements,
    segment_of,
)

_MOST_TEXT = 64 * 1024
_FIRST_DAY = datetime(2001, 1, 1, tzinfo=UTC)
_DATE = 0x4461
_INFO: dict[int, tuple[str, str]] = {
    0x7BA9: ("text", "title"),
    0x4D80: ("software", "program that put it together"),
    0x5741: ("software", "program that wrote it"),
    0x73A4: ("identifier", "number of the film"),
    0x7384: ("text", "file name"),
    0x3CB923: ("identifier", "number of the film before"),
    0x3C83AB: ("text", "file name of the film before"),
    0x3EB923: ("identifier", "number of the film after"),
    0x3E83BB: ("text", "file name of the film after"),
    0x4444: ("identifier", "number of the family"),
}
_TRACK = 0xAE
_TRACK_NAME, _TRACK_LANGUAGE, _TRACK_TYPE, _TRACK_CODEC = 0x536E, 0x22B59C, 0x83, 0x86
_TRACK_PRIVATE = 0x63A2
_NAMELESS = (b"-", b"und", b"eng", b"")
_PLAYED = (1, 2)
_ENCODERS = (b"x264", b"x265", b"Lavc", b"Xiph.Org", b"libopus", b"aomenc")


def findings(source: BinaryIO) -> list[Finding]:
    """Return all that is found, at most MOST_FINDINGS."""
    listed = []
    for number, one in enumerate(_findings(source)):
        if number >= MOST_FINDINGS:
            break
        listed.append(one)
    return listed


def _findings(source: BinaryIO) -> Iterator[Finding]:
    _, segment = segment_of(source)
    looked_into = False
    for one in elements(source, segment.body, segment.end):
        if one.id in _PARTS:
            yield from _PARTS[one.id](source, one)
        elif one.id == CLUSTER and not looked_into:
            looked_into = True
            yield from _of_first_frames(source, one)
        elif one.id not in (*LEVEL_ONE, 0xBF):
            yield found("unknown", f"element {one.id:X}", f"{one.size} bytes")
    if length_of(source) > segment.end:
        yield found("after-the-end", "end of file", f"{length_of(source) - segment.end} bytes")


def _bytes(source: BinaryIO, one: Element, most: int = _MOST_TEXT) -> bytes:
    return read_at(source, one.body, min(one.size, most))


def _of_info(source: BinaryIO, info: Element) -> Iterator[Finding]:
    for one in elements(source, info.body, info.end):
        data = _bytes(source, one).rstrip(b"\0")
        if one.id == _DATE:
            nanoseconds = int.from_bytes(_bytes(source, one)[:8], signed=True)
            when = _FIRST_DAY + timedelta(microseconds=nanoseconds // 1000)
            yield found("time", "made", when.strftime("%Y-%m-%d %H:%M:%S UTC"))
        elif one.id in _INFO and data not in _NAMELESS:
            what, where = _INFO[one.id]
            yield found(what, where, data.hex() if what == "identifier" else data)


def _of_tracks(source: BinaryIO, tracks: Element) -> Iterator[Finding]:
    for entry in elements(source, tracks.body, tracks.end):
        if entry.id != _TRACK:
            continue
        inside = {one.id: _bytes(source, one) for one in elements(source, entry.body, entry.end)}
        kind = int.from_bytes(inside.get(_TRACK_TYPE, b""))
        if kind not in _PLAYED:
            yield found("timed-metadata", "track", inside.get(_TRACK_CODEC, b""))
        if inside.get(_TRACK_NAME, b"").strip(b"\0"):
            yield found("text", "name of a track", inside[_TRACK_NAME])
        if inside.get(_TRACK_LANGUAGE, b"").strip(b"\0") not in _NAMELESS:
            yield found("text", "language of a track", inside[_TRACK_LANGUAGE])
        yield from _encoders("settings of a track", inside.get(_TRACK_PRIVATE, b""))


def _encoders(where: str, data: bytes) -> Iterator[Finding]:
    for name in _ENCODERS:
        at = data.find(name)
        if at >= 0:
            text = bytes(byte if 32 <= byte < 127 else 0 for byte in data[at : at + 80])
            yield found("software", where, text.split(b"\0")[0])


def _of_first_frames(source: BinaryIO, cluster: Element) -> Iterator[Finding]:
    yield from _encoders("messages in the coded picture", _bytes(source, cluster))


def _of_gap(source: BinaryIO, one: Element) -> Iterator[Finding]:
    if any(_bytes(source, one)):
        yield found("padding", "gap", f"{one.size} bytes")


def _of_attachments(source: BinaryIO, one: Element) -> Iterator[Finding]:
    for entry in elements(source, one.body, one.end):
        inside = {part.id: part for part in elements(source, entry.body, entry.end)}
        name = _bytes(source, inside[0x466E]) if 0x466E in inside else b""
        kind = _bytes(source, inside[0x4660]) if 0x4660 in inside else b""
        blob = _bytes(source, inside[0x465C], MOST_BLOB) if 0x465C in inside else None
        picture = kind.startswith(b"image/")
        where = "cover" if picture else "attached file"
        yield found("preview" if picture else "attachment", where, name, blob if picture else None)


def _of_chapters(source: BinaryIO, one: Element) -> Iterator[Finding]:
    for text in _strings(source, one, 0x85):
        yield found("text", "chapter", text)


def _strings(source: BinaryIO, one: Element, wanted: int, depth: int = 0) -> Iterator[bytes]:
    for part in elements(source, one.body, one.end):
        if part.id == wanted:
            yield _bytes(source, part)
        elif part.id in (0x45B9, 0xB6, 0x80) and depth < 8:
            yield from _strings(source, part, wanted, depth + 1)


def _of_tags(source: BinaryIO, one: Element) -> Iterator[Finding]:
    for tag in elements(source, one.body, one.end):
        for simple in elements(source, tag.body, tag.end):
            inside = {part.id: part for part in elements(source, simple.body, simple.end)}
            if simple.id == 0x67C8 and 0x45A3 in inside:
                name = _bytes(source, inside[0x45A3]).rstrip(b"\0").decode("utf-8", "replace")
                value = _bytes(source, inside[0x4487]) if 0x4487 in inside else b""
                if name not in ("DURATION", "BPS", "NUMBER_OF_FRAMES", "NUMBER_OF_BYTES"):
                    yield found(about(name), f"tag {name}", value)


_PARTS = {
    INFO: _of_info,
    TRACKS: _of_tracks,
    TAGS: _of_tags,
    CHAPTERS: _of_chapters,
    ATTACHMENTS: _of_attachments,
    VOID: _of_gap,
}
