"""Read a cleaned TIFF again, with other code: pages of numbers and strips, without a gap."""

from __future__ import annotations

from typing import BinaryIO, Literal

from stillmine.errors import StillSpeaks
from stillmine.imaging.clean.icc_audit import audit_profile

_FIELDS = frozenset(
    [
        *range(256, 260),
        *(262, 266, 274, 277, 278, 284, 292, 293, 317, 318, 319, 320, 321, 322, 323, 332),
        *(338, 339, 347, 529, 530, 531, 532, 34675),
    ]
)
_WHERE, _HOW_LONG = (273, 324), (279, 325)
_WIDTHS = {1: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_Order = Literal["little", "big"]


def audit(source: BinaryIO) -> None:
    """Account for every byte: it belongs to the head, a directory, a value or a strip, once."""
    source.seek(0)
    head = source.read(8)
    order: _Order = "little" if head[:2] == b"II" else "big"
    if head[:4] not in (b"II*\x00", b"MM\x00*"):
        raise StillSpeaks(part="tiff-start")
    used = [(0, 8)]
    at = int.from_bytes(head[4:], order)
    while at:
        at = _page(source, at, order, used)
        if len(used) > 5_000_000:
            raise StillSpeaks(part="tiff-pages")
    end = source.seek(0, 2)
    _audit_gaps(source, sorted(used), end)


def _page(source: BinaryIO, at: int, order: _Order, used: list[tuple[int, int]]) -> int:
    source.seek(at)
    count = int.from_bytes(source.read(2), order)
    table, following = source.read(12 * count), source.read(4)
    used.append((at, 2 + 12 * count + 4))
    strips: dict[str, list[int]] = {}
    for start in range(0, len(table), 12):
        row = table[start : start + 12]
        tag, kind, number = (
            int.from_bytes(row[:2], order),
            int.from_bytes(row[2:4], order),
            int.from_bytes(row[4:8], order),
        )
        size = _WIDTHS.get(kind, 0) * number
        if kind not in _WIDTHS:
            raise StillSpeaks(part="tiff-field")
        value = _value(source, row[8:], size, order, used)
        _audit_field(tag, value, order, strips)
    where, long = strips.get("where", []), strips.get("long", [])
    if len(where) != len(long):
        raise StillSpeaks(part="tiff-strips")
    used += zip(where, long, strict=True)
    return int.from_bytes(following, order)


def _value(
    source: BinaryIO, place: bytes, size: int, order: _Order, used: list[tuple[int, int]]
) -> bytes:
    if size <= 4:
        if any(place[size:]):
            raise StillSpeaks(part="tiff-field")
        return place[:size]
    at = int.from_bytes(place, order)
    used.append((at, size))
    source.seek(at)
    return source.read(size)


def _audit_field(tag: int, value: bytes, order: _Order, strips: dict[str, list[int]]) -> None:
    numbers = [
        int.from_bytes(value[at : at + 4], order)
        for at in range(0, len(value) if tag in (*_WHERE, *_HOW_LONG) else 0, 4)
    ]
    if tag in _WHERE:
        strips["where"] = numbers
    elif tag in _HOW_LONG:
        strips["long"] = numbers
    elif tag not in _FIELDS:
        raise StillSpeaks(part="tiff-field")
    if tag == 34675:
        audit_profile(value)


def _audit_gaps(source: BinaryIO, used: list[tuple[int, int]], end: int) -> None:
    at = 0
    for start, size in [*used, (end, 0)]:
        source.seek(at)
        if start < at or start - at > 1 or any(source.read(start - at)):
            raise StillSpeaks(part="tiff-gap")
        at = start + size
