"""Say in the common words what the boxes around the pictures and films tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from stillmine.imaging.clean import xmp
from stillmine.imaging.clean.findings import MOST_BLOB, MOST_FINDINGS, Finding, found
from stillmine.imaging.clean.isobmff import Box, boxes, length_of, read_at

_C2PA = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")
_XMP = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_MOST_TEXT = 64 * 1024
_MOST_DEPTH = 6
_GAPS = (b"free", b"skip", b"wide")
_FIRST_DAY = datetime(1904, 1, 1, tzinfo=UTC)
# What a four-letter name in a list of notes is about (QuickTime File Format, user data; iTunes).
_NAMES: dict[bytes, str] = {
    b"\xa9xyz": "place", b"loci": "place", b"\xa9day": "time", b"date": "time",
    b"\xa9mak": "device", b"\xa9mod": "device", b"manu": "device", b"modl": "device",
    b"\xa9swr": "software", b"\xa9too": "software", b"\xa9enc": "software", b"\xa9fmt": "software",
    b"\xa9ART": "owner", b"\xa9aut": "owner", b"\xa9cpy": "owner", b"cprt": "owner",
    b"auth": "owner", b"\xa9own": "owner", b"\xa9prd": "owner", b"\xa9cmt": "comment",
    b"\xa9des": "comment", b"desc": "comment", b"dscp": "comment", b"\xa9nam": "text",
    b"titl": "text", b"albm": "text", b"perf": "people", b"\xa9prf": "people",
    b"covr": "preview", b"XMP_": "xmp", b"chpl": "text", b"rtng": "text",
    b"CAME": "serial", b"CAMI": "maker-notes", b"smta": "maker-notes", b"mdpm": "maker-notes",
    b"FIRM": "software", b"LENS": "device", b"GPMF": "timed-metadata", b"thmb": "preview",
}  # fmt: skip
_WORDS: tuple[tuple[str, str], ...] = (
    ("location", "place"), ("gps", "place"), ("date", "time"), ("time", "time"),
    ("make", "device"), ("model", "device"), ("manufacturer", "device"), ("software", "software"),
    ("encoder", "software"), ("identifier", "identifier"), ("serial", "serial"),
    ("author", "owner"), ("artist", "owner"), ("copyright", "owner"), ("version", "software"),
    ("comment", "comment"), ("description", "comment"), ("title", "text"),
)  # fmt: skip


def about(name: str) -> str:
    """Return what a field is about, by a word in its name."""
    low = name.lower()
    return next((what for word, what in _WORDS if word in low), "unknown")


def of_top_boxes(source: BinaryIO, top: list[Box], known: tuple[bytes, ...]) -> Iterator[Finding]:
    """Say what lies beside the known outermost boxes, and behind the last one."""
    for one in top:
        if one.type not in known:
            yield from of_other_box(source, one)
    end = top[-1].end if top else 0
    rest = length_of(source) - end
    if rest > 0:
        yield found("after-the-end", "end of file", f"{rest} bytes")


def of_other_box(source: BinaryIO, one: Box) -> Iterator[Finding]:
    """Say what a box tells that is not needed to show anything."""
    name = one.type.decode("latin-1").strip()
    if one.type in _GAPS:
        if any(read_at(source, one.body, min(one.size, _MOST_TEXT))):
            yield found("padding", name, f"{one.size} bytes")
    elif one.type == b"uuid":
        yield from _of_uuid(source, one)
    elif one.type == b"jumb":
        yield found("provenance", "C2PA")
    elif one.type in (b"mpvd", b"moov"):
        blob = read_at(source, one.body, min(one.size, MOST_BLOB))
        yield found(
            "motion-video", name, f"{one.size} bytes", blob if blob[4:8] == b"ftyp" else None
        )
    elif one.type in (b"udta", b"meta", b"ilst"):
        yield from of_notes(source, one)
    elif one.type == b"prft":
        yield found("time", "clock of the encoder")
    else:
        yield found("unknown", f"box {name}", f"{one.size} bytes")


def _of_uuid(source: BinaryIO, one: Box) -> Iterator[Finding]:
    kind = read_at(source, one.body, min(16, one.size))
    if kind == _XMP:
        yield from xmp.findings(read_at(source, one.body + 16, min(one.size - 16, MOST_BLOB)))
    elif kind == _C2PA:
        yield found("provenance", "C2PA", f"{one.size} bytes")
    else:
        yield found("unknown", "box uuid", f"{one.size} bytes")


def of_notes(source: BinaryIO, notes: Box, depth: int = 0) -> Iterator[Finding]:
    """Say what a list of notes tells: `udta`, `meta` with keys, iTunes's `ilst`."""
    skip = 0
    if notes.type == b"meta" and notes.size >= 8:
        # QuickTime has no version and flags here, ISO files have.
        skip = 0 if read_at(source, notes.body, 8)[4:] == b"hdlr" else 4
    keys: list[str] = []
    inside = boxes(source, notes.body + skip, notes.end)
    for _, one in zip(range(MOST_FINDINGS), inside, strict=False):
        if one.type == b"keys":
            keys = _keys(source, one)
        elif one.type == b"ilst":
            yield from _of_list(source, one, keys)
        elif one.type in (b"meta", b"udta"):
            yield from of_notes(source, one, depth + 1) if depth < _MOST_DEPTH else ()
        elif one.type == b"XMP_":
            yield from xmp.findings(read_at(source, one.body, min(one.size, MOST_BLOB)))
        elif one.type not in (b"hdlr", *_GAPS):
            yield _note(source, one)


def _note(source: BinaryIO, one: Box) -> Finding:
    data = read_at(source, one.body, min(one.size, _MOST_TEXT))
    what = _NAMES.get(one.type, "unknown")
    text = data[4:] if one.type[:1] == b"\xa9" and len(data) > 4 else data
    name = one.type.decode("latin-1").replace("\xa9", "©")
    return found(what, name, _plain(text), data if what == "preview" else None)


def _plain(data: bytes) -> bytes:
    """Return what can be read of a note: its letters, without numbers before and behind."""
    letters = bytes(byte if byte >= 32 else 32 for byte in data[:1600]).strip()
    readable = sum(32 <= byte < 127 for byte in data[:1600])
    return letters if readable * 2 > len(data[:1600]) else f"{len(data)} bytes".encode()


def _keys(source: BinaryIO, table: Box) -> list[str]:
    listed = boxes(source, table.body + 8, table.end)
    return [
        read_at(source, one.body, min(one.size, 256)).decode("utf-8", "replace")
        for _, one in zip(range(MOST_FINDINGS), listed, strict=False)
    ]


def _of_list(source: BinaryIO, table: Box, keys: list[str]) -> Iterator[Finding]:
    for _, one in zip(range(MOST_FINDINGS), boxes(source, table.body, table.end), strict=False):
        number = int.from_bytes(one.type)
        name = keys[number - 1] if 0 < number <= len(keys) else ""
        for data in boxes(source, one.body, one.end):
            if data.type != b"data" or data.size < 8:
                continue
            value = read_at(source, data.body + 8, min(data.size - 8, MOST_BLOB))
            what = about(name) if name else _NAMES.get(one.type, "unknown")
            where = name or one.type.decode("latin-1").replace("\xa9", "©")
            blob = value if what == "preview" else None
            yield found(what, where, _plain(value), blob)


def moment(seconds: int) -> str:
    """Return a time of ISO 14496-12, counted from the year 1904, as text; empty for none."""
    if not 0 < seconds < 1 << 36:
        return ""
    return (_FIRST_DAY + timedelta(seconds=seconds)).strftime("%Y-%m-%d %H:%M:%S UTC")
