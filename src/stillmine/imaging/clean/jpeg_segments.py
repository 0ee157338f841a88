"""Cut a JPEG file into its segments, and what lies between and behind them (ITU-T T.81)."""

from __future__ import annotations

import re
from typing import NamedTuple

from stillmine.errors import FileDamaged

SOF = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
DHT, DAC, SOI, EOI, SOS, DQT, DNL, DRI, COM = 0xC4, 0xCC, 0xD8, 0xD9, 0xDA, 0xDB, 0xDC, 0xDD, 0xFE
APP0, APP1, APP2, APP11, APP13, APP14 = 0xE0, 0xE1, 0xE2, 0xEB, 0xED, 0xEE
_MOST_SEGMENTS = 100_000
_ALONE = frozenset({0x01, SOI, *range(0xD0, 0xD8)})
# A marker that ends coded data: not a stuffed zero, not a restart, not a fill byte.
_AFTER_SCAN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_MARKER = re.compile(rb"\xff[^\x00\xff]")
_FILL = re.compile(rb"\xff{2,}(?=[\xd0-\xd7])")


class Segment(NamedTuple):
    """One marker with its body; `coded` is the picture data that follows a start of scan."""

    marker: int
    body: bytes
    coded: bytes = b""


class Parts(NamedTuple):
    """A whole file: segments up to the end marker, junk bytes between them, and where it ends."""

    segments: list[Segment]
    junk: bytes
    end: int


def parts(data: bytes) -> Parts:
    """Return the segments of a JPEG file. Raises FileDamaged."""
    if data[:2] != b"\xff\xd8":
        raise FileDamaged(part="not-a-jpeg")
    segments: list[Segment] = []
    junk: list[bytes] = []
    at = 2
    while True:
        match = _MARKER.search(data, at)
        if match is None:
            return _without_end(segments, junk, data, at)
        junk.append(data[at : match.start()].strip(b"\xff"))
        marker, at = data[match.start() + 1], match.end()
        if marker == EOI:
            return Parts(segments, b"".join(junk), at)
        if marker in _ALONE:
            continue
        segment, at = _segment(data, marker, at)
        segments.append(segment)
        if len(segments) > _MOST_SEGMENTS:
            raise FileDamaged(part="too-many-segments")


def _segment(data: bytes, marker: int, at: int) -> tuple[Segment, int]:
    size = int.from_bytes(data[at : at + 2])
    if size < 2 or at + size > len(data):
        raise FileDamaged(part="segment-cut-short")
    body, at = data[at + 2 : at + size], at + size
    if marker != SOS:
        return Segment(marker, body), at
    match = _AFTER_SCAN.search(data, at)
    end = len(data) if match is None else match.start()
    coded = data[at:end].rstrip(b"\xff") if match is not None else data[at:end]
    if b"\xff\xff" in coded:
        coded = _FILL.sub(b"\xff", coded)
    return Segment(marker, body, coded), end


def _without_end(segments: list[Segment], junk: list[bytes], data: bytes, at: int) -> Parts:
    if not any(segment.coded for segment in segments):
        raise FileDamaged(part="no-picture-data")
    junk.append(data[at:])
    return Parts(segments, b"".join(junk), len(data))
