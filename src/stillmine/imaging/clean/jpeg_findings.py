"""Say what a JPEG file tells besides its picture, segment by segment."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from stillmine.errors import FileDamaged
from stillmine.imaging.clean import exif, icc, iptc, xmp
from stillmine.imaging.clean.findings import MOST_FINDINGS, Finding, found
from stillmine.imaging.clean.jpeg_segments import (
    APP0,
    APP1,
    APP2,
    APP11,
    APP13,
    APP14,
    COM,
    DNL,
    SOF,
    SOS,
    Parts,
    Segment,
    parts,
)
from stillmine.imaging.clean.jpeg_tables import needed, unused
from stillmine.imaging.clean.reading import whole

EXIF, ICC = b"Exif\x00\x00", b"ICC_PROFILE\x00"
_XMP, _MORE_XMP = b"http://ns.adobe.com/xap/1.0/\x00", b"http://ns.adobe.com/xmp/extension/\x00"
_MORE_HEAD = len(_MORE_XMP) + 40
_PHOTOSHOP = b"Photoshop 3.0\x00"
_CODING = frozenset({SOS, 0xDB, 0xC4, 0xCC, 0xDD, DNL, *SOF})


def inspect(source: BinaryIO) -> list[Finding]:
    """Say what the file tells. Raises FileDamaged, NotUnderstood."""
    data = whole(source)
    return findings(data, parts(data))


def findings(data: bytes, whole_file: Parts) -> list[Finding]:
    """Say what a file tells whose segments are known."""
    told: list[Finding] = []
    for segment in whole_file.segments:
        if segment.marker not in _CODING and len(told) < MOST_FINDINGS:
            told += _segment(segment)
    told += _joined(whole_file.segments)
    told += _unused(whole_file)
    if whole_file.junk:
        told.append(found("padding", "between segments", whole_file.junk))
    told += trailer(data[whole_file.end :])
    return told[:MOST_FINDINGS]


def _unused(whole_file: Parts) -> list[Finding]:
    try:
        count = unused(whole_file.segments, needed(whole_file.segments))
    except Exception as error:  # noqa: BLE001 - cleaning will say what is wrong with the tables
        return [found("unknown", "tables", type(error).__name__)]
    return [found("padding", "tables that nothing uses", str(count))] if count else []


def _segment(segment: Segment) -> list[Finding]:
    body = segment.body
    for marker, head, say in _SAYS:
        if segment.marker == marker and body.startswith(head):
            return say(body[len(head) :])
    if segment.marker == COM:
        return [found("comment", "COM", body)]
    if segment.marker == APP11:
        return [found("provenance", "APP11 JUMBF", f"{len(body)} bytes")]
    name = f"APP{segment.marker - APP0}" if APP0 <= segment.marker < APP0 + 16 else "segment"
    return [found("unknown", f"{name} {segment.marker:02X}", body[:64])]


def _jfif(body: bytes) -> list[Finding]:
    if len(body) > 9:
        return [found("preview", "JFIF thumbnail", f"{len(body) - 9} bytes")]
    return []


def _jfxx(body: bytes) -> list[Finding]:
    picture = body[1:] if body[:1] == b"\x10" else None
    return [found("preview", "JFXX thumbnail", f"{len(body)} bytes", picture)]


def _adobe(body: bytes) -> list[Finding]:
    return [found("padding", "APP14", body[7:])] if len(body) > 7 else []


def _nothing(_body: bytes) -> list[Finding]:
    return []


def _several(body: bytes) -> list[Finding]:
    return [found("second-image", "MPF", f"{len(body)} bytes")]


_SAYS: tuple[tuple[int, bytes, Callable[[bytes], list[Finding]]], ...] = (
    (APP0, b"JFIF\x00", _jfif),
    (APP0, b"JFXX\x00", _jfxx),
    (APP1, EXIF, exif.findings),
    (APP1, _XMP, xmp.findings),
    (APP1, _MORE_XMP, _nothing),
    (APP2, ICC, _nothing),
    (APP2, b"MPF\x00", _several),
    (APP13, _PHOTOSHOP, iptc.resources),
    (APP14, b"Adobe", _adobe),
)


def _joined(segments: list[Segment]) -> list[Finding]:
    """Say what is spread over several segments: the colour profile, extended XMP."""
    told: list[Finding] = []
    profile = icc_profile(segments)
    if profile:
        told += icc.findings(profile)
    more = b"".join(
        one.body[_MORE_HEAD:]
        for one in segments
        if one.marker == APP1 and one.body.startswith(_MORE_XMP)
    )
    if more:
        told += xmp.findings(more, "extended XMP")
    return told


def icc_profile(segments: list[Segment]) -> bytes:
    """Return the colour profile from its numbered pieces before the first scan; empty if none."""
    pieces: dict[int, bytes] = {}
    for one in segments:
        if one.marker == SOS:
            break
        if one.marker == APP2 and one.body.startswith(ICC) and len(one.body) > 14:
            pieces.setdefault(one.body[12], one.body[14:])
    return b"".join(pieces[number] for number in sorted(pieces))


def trailer(rest: bytes) -> list[Finding]:
    """Say what lies behind the end of the picture."""
    if not rest:
        return []
    told = [found("after-the-end", "after the end", f"{len(rest)} bytes")]
    if b"ftyp" in rest:
        told.append(found("motion-video", "after the end", "a video"))
    start = rest.find(b"\xff\xd8\xff")
    if start >= 0:
        told.append(found("second-image", "after the end", "a JPEG picture", rest[start:]))
    if rest.endswith((b"SEFT", b"QDIOBS")):
        told.append(found("maker-notes", "after the end", "a camera's own data"))
    try:
        return told + _segments_behind(rest[start:]) if start >= 0 else told
    except FileDamaged:
        return told


def _segments_behind(picture: bytes) -> list[Finding]:
    """Say what the notes of a second picture tell."""
    told: list[Finding] = []
    for segment in parts(picture).segments:
        if segment.marker == APP1:
            told += _segment(segment)
    return [one._replace(where=f"second picture {one.where}", blob=None) for one in told]
