"""Clean a TIFF file: each page's rows as they are packed, the fields that showing needs, no more.

Sources: TIFF 6.0 (Adobe, 1992) and its technical notes on JPEG and Deflate.
"""

from __future__ import annotations

import struct
from collections import Counter
from dataclasses import dataclass, field
from typing import BinaryIO

from stillmine.errors import FileDamaged, NotUnderstood
from stillmine.imaging.clean import exif, icc
from stillmine.imaging.clean.findings import MOST_FINDINGS, Cleaned, Finding, found
from stillmine.imaging.clean.ifd import Directory, Entry, directories, order_of
from stillmine.imaging.clean.reading import exactly, size_of
from stillmine.imaging.clean.tiff_strips import PACKINGS, Strips, jpeg_tables, strips_of

_NUMBERS = frozenset(
    [
        *(256, 257, 258, 259, 262, 266, 274, 277, 278, 284, 292, 293, 317, 318, 319, 320, 321),
        *(322, 323, 332, 338, 339, 529, 530, 531, 532),
    ]
)
"""The fields that decide over pixels and colours, all of them numbers."""
_SMALLER, _PROFILE, _TABLES, _TURN = 254, 34675, 347, 274
_PLACES, _SIZES = (273, 324), (279, 325)
_MOST_NUMBERS = 65536 * 3 + 16
_LONG, _BYTES = 4, 7


@dataclass(slots=True)
class Page:
    """One page to be written: fields but for the places of the strips, and the strips."""

    fields: dict[int, Entry]
    strips: Strips
    sizes: list[int] = field(default_factory=list)


def inspect(source: BinaryIO) -> list[Finding]:
    """Say what the file tells besides its pages. Raises FileDamaged, NotUnderstood."""
    _, pages = _pages(source)
    told: list[Finding] = []
    for number, page in enumerate(pages):
        told += exif.of_directory(source, page, f"page {number + 1}")
        if page.whole(_SMALLER)[:1] == (1,):
            told.append(found("preview", f"page {number + 1}", "a smaller copy"))
        for _ in page.whole(330):
            told.append(found("second-image", f"page {number + 1}", "a picture below it"))
        if _PROFILE in page.entries:
            told += icc.findings(page.entries[_PROFILE].data)
    return told[:MOST_FINDINGS]


def clean(source: BinaryIO, out: BinaryIO) -> Cleaned:
    """Write all pages without anything that showing them does not need; no pixel changes."""
    removed = Counter(one.what for one in inspect(source))
    order, directories_found = _pages(source)
    shown = [one for one in directories_found if one.whole(_SMALLER)[:1] != (1,)]
    kept = ["resolution"]
    pages = [_page(one, kept) for one in shown or directories_found]
    size = size_of(source)
    for page in pages:
        for piece in page.strips.pieces(source):
            page.sizes.append(len(piece))
            if sum(page.sizes) > 2 * size + (1 << 20):
                raise NotUnderstood(part="too-large")
    _write(source, out, order, pages)
    return Cleaned(dict(removed), tuple(sorted(set(kept))))


def _pages(source: BinaryIO) -> tuple[str, list[Directory]]:
    source.seek(0)
    head = exactly(source, 8)
    if head[:4] in (b"II+\x00", b"MM\x00+"):
        raise NotUnderstood(part="big-tiff")
    order = order_of(head)
    try:
        pages = list(directories(source, order, struct.unpack(order + "I", head[4:])[0], 10_000))
    except struct.error as error:
        raise FileDamaged(part="directory") from error
    if not pages:
        raise FileDamaged(part="no-picture-data")
    return order, pages


def _page(one: Directory, kept: list[str]) -> Page:
    packing = (one.whole(259) or (1,))[0]
    if packing not in PACKINGS:
        raise NotUnderstood(part="unusual-packing")
    fields = {
        tag: entry
        for tag, entry in one.entries.items()
        if tag in _NUMBERS and entry.kind not in (2, 7) and 0 < entry.count <= _MOST_NUMBERS
    }
    if fields.get(_TURN) and one.whole(_TURN)[:1] not in ((1,), ()):
        kept.append("orientation")
    profile = one.entries.get(_PROFILE)
    if profile is not None:
        plain = icc.neutral(profile.data)
        if plain is None and profile.data[36:40] == b"acsp":
            raise NotUnderstood(part="colour-profile")
        if plain is not None:
            fields[_PROFILE] = Entry(_PROFILE, _BYTES, len(plain), plain)
            kept.append("colour-profile")
    if _TABLES in one.entries:
        tables = jpeg_tables(one.entries[_TABLES].data)
        fields[_TABLES] = Entry(_TABLES, _BYTES, len(tables), tables)
    return Page(fields, strips_of(one, packing))


def _write(source: BinaryIO, out: BinaryIO, order: str, pages: list[Page]) -> None:
    """Write head, then for each page its directory, its long values, and its strips."""
    out.write((b"II*\x00" if order == "<" else b"MM\x00*") + struct.pack(order + "I", 8))
    at = 8
    for number, page in enumerate(pages):
        last = number == len(pages) - 1
        head, at = _directory(page, order, at, last=last)
        out.write(head)
        for piece in page.strips.pieces(source):
            out.write(piece + bytes(len(piece) & 1))


def _directory(page: Page, order: str, at: int, *, last: bool) -> tuple[bytes, int]:
    """Return a page's directory with its long values, and where the next page begins."""
    places_tag, sizes_tag = (_PLACES[page.strips.tiled], _SIZES[page.strips.tiled])
    count = len(page.sizes)
    sizes = struct.pack(f"{order}{count}I", *page.sizes)
    fields = dict(page.fields)
    fields[sizes_tag] = Entry(sizes_tag, _LONG, count, sizes)
    fields[places_tag] = Entry(places_tag, _LONG, count, bytes(4 * count))
    table_end = at + 2 + 12 * len(fields) + 4
    begin = table_end + sum(_even(len(one.data)) for one in fields.values() if len(one.data) > 4)
    places = []
    for size in page.sizes:
        places.append(begin)
        begin += size + (size & 1)
    if begin >= 1 << 32:
        raise NotUnderstood(part="too-large")
    fields[places_tag] = Entry(places_tag, _LONG, count, struct.pack(f"{order}{count}I", *places))
    return _table(fields, order, table_end, 0 if last else begin), begin


def _table(fields: dict[int, Entry], order: str, end: int, following: int) -> bytes:
    rows, values = struct.pack(order + "H", len(fields)), b""
    for tag in sorted(fields):
        entry = fields[tag]
        value = entry.data.ljust(4, b"\x00")
        if len(entry.data) > 4:
            value = struct.pack(order + "I", end + len(values))
            values += entry.data + bytes(len(entry.data) & 1)
        rows += struct.pack(order + "HHI", tag, entry.kind, entry.count) + value
    return rows + struct.pack(order + "I", following) + values


def _even(size: int) -> int:
    return size + (size & 1)
