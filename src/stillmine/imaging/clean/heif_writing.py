"""Write one picture of a HEIC or AVIF file anew: its tiles, its transparency, nothing else."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import BinaryIO

from stillmine.errors import FileDamaged, NotUnderstood
from stillmine.imaging.clean import isobmff_nal as nal
from stillmine.imaging.clean.heif_items import Item, Items, item_bytes
from stillmine.imaging.clean.heif_properties import ALPHA_URNS, clean_property
from stillmine.imaging.clean.isobmff import Cursor, box, full_box, handler, length_of
from stillmine.imaging.clean.isobmff_codecs import avc_config, hevc_config

_CODED = frozenset({b"hvc1", b"av01", b"avc1"})
_DERIVED = frozenset({b"grid", b"iovl", b"iden"})
_BRANDS = (
    b"mif1",
    b"heic",
    b"heix",
    b"avif",
    b"miaf",
    b"MA1A",
    b"MA1B",
    b"MiHB",
    b"MiHE",
    b"mif2",
    b"avis",
    b"msf1",
    b"hevc",
    b"hevx",
    b"MA1B",
)


@dataclass(slots=True)
class Picture:
    """What stays: old item numbers in their new order, what belongs together, and the bytes."""

    kept: list[int]
    references: list[tuple[bytes, int, list[int]]]
    properties: list[bytes] = field(default_factory=list)
    associations: dict[int, list[tuple[bool, int]]] = field(default_factory=dict)
    data: dict[int, bytes] = field(default_factory=dict)


def reachable(items: Items, start: int) -> Picture:
    """Return what is needed to draw an item: its parts, its transparency, and theirs."""
    by_item: dict[int, list[tuple[bytes, int, list[int]]]] = {}
    for link, one, to in items.references:
        if link in (b"dimg", b"prem"):
            by_item.setdefault(one, []).append((link, one, to))
        elif link == b"auxl" and is_alpha(items, one):
            for shown in to:
                by_item.setdefault(shown, []).append((link, one, [shown]))
    kept, references = {start: None}, []
    waiting = [start]
    while waiting:
        for link, one, to in by_item.get(waiting.pop(0), []):
            references.append((link, one, to))
            needed = {b"dimg": to, b"auxl": [one]}.get(link, [])
            waiting += [other for other in dict.fromkeys(needed) if other not in kept]
            kept.update(dict.fromkeys(needed))
    cut = [(link, one, [id for id in to if id in kept]) for link, one, to in references]
    return Picture(list(kept), [reference for reference in cut if reference[2]])


def is_alpha(items: Items, number: int) -> bool:
    """Say whether an item is the transparency of another one."""
    item = items.items.get(number)
    urn = items.of(item, b"auxC") if item else None
    return urn is not None and urn[4:].partition(b"\0")[0] in ALPHA_URNS


def gather(source: BinaryIO, items: Items, start: int) -> Picture:
    """Read and clean all that is needed to draw an item. Raises NotUnderstood."""
    picture = reachable(items, start)
    found = [items.items.get(number) for number in picture.kept]
    if sum(item.size for item in found if item) > length_of(source):
        raise FileDamaged(part="items")
    placed: dict[bytes, int] = {}
    for item in found:
        if item is None or item.type not in _CODED | _DERIVED:
            raise NotUnderstood(part="picture-item")
        picture.data[item.id] = clean_item(source, items, item)
        picture.associations[item.id] = list(_clean_properties(items, item, picture, placed))
    return picture


def _clean_properties(
    items: Items, item: Item, picture: Picture, placed: dict[bytes, int]
) -> list[tuple[bool, int]]:
    size = items.of(item, b"ispe") or bytes(12)
    pixels = struct.unpack(">II", size[4:12].ljust(8, b"\0"))
    kept = []
    for essential, number in item.properties:
        if not 0 < number <= len(items.properties):
            continue
        kind, body = items.properties[number - 1]
        clean = clean_property(kind, body, (pixels[0], pixels[1]))
        if clean is None and essential and kind != b"colr":
            raise NotUnderstood(part="property")
        if clean is None:
            continue
        if clean not in placed:
            picture.properties.append(clean)
            placed[clean] = len(picture.properties)
        kept.append((essential, placed[clean]))
    return kept


def clean_item(source: BinaryIO, items: Items, item: Item) -> bytes:
    """Return the bytes of an item without messages. Raises NotUnderstood or FileLocked."""
    if item.type == b"iden":
        return b""
    data = item_bytes(source, item)
    if item.type == b"grid":
        return data[: 12 if data[1:2] and data[1] & 1 else 8]
    if item.type == b"iovl":
        return _overlay(data, items, item)
    if item.type == b"av01":
        return nal.av1(data)
    if item.type == b"hvc1":
        config = items.of(item, b"hvcC") or b""
        return nal.hevc(hevc_config(config)[1])(data)
    config = items.of(item, b"avcC") or b""
    return nal.avc(avc_config(config)[1])(data)


def _overlay(data: bytes, items: Items, item: Item) -> bytes:
    """Return an overlay's numbers (ISO/IEC 23008-12, 6.6.2.2): colour, size, two a part."""
    cursor = Cursor(data)
    wide = 4 if cursor.number(2) & 1 else 2
    parts = sum(len(to) for link, one, to in items.references if link == b"dimg" and one == item.id)
    return data[: 2 + 8 + 2 * wide + 2 * wide * parts]


def ftyp(items: Items, picture: Picture, source_brands: list[bytes]) -> bytes:
    """Return the first box: what kind of file this is, in words that every such file shares."""
    kinds = {items.items[number].type for number in picture.kept}
    usual = b"avif" if b"av01" in kinds else b"heic"
    major = source_brands[0] if source_brands[:1] and source_brands[0] in _BRANDS else usual
    brands = [brand for brand in _BRANDS if brand in {b"mif1", major, *source_brands}]
    return box(b"ftyp", major, bytes(4), *brands)


def meta(items: Items, picture: Picture, first: int) -> bytes:
    """Return the `meta` box for data that begins at the place `first` in the file."""
    new = {old: number for number, old in enumerate(picture.kept, 1)}
    if max(len(picture.kept), len(picture.properties)) > 30_000:
        raise NotUnderstood(part="too-many-boxes")
    parts = {old for link, _, to in picture.references if link == b"dimg" for old in to}
    parts |= {one for link, one, _ in picture.references if link == b"auxl"}
    entries = [
        full_box(b"infe", 2, int(old in parts), struct.pack(">HH", new[old], 0), kind, b"\0")
        for old, kind in ((old, items.items[old].type) for old in picture.kept)
    ]
    links = [
        box(link, struct.pack(f">HH{len(to)}H", new[one], len(to), *(new[old] for old in to)))
        for link, one, to in picture.references
    ]
    return full_box(
        b"meta",
        0,
        0,
        handler(b"pict"),
        full_box(b"pitm", 0, 0, struct.pack(">H", 1)),
        _iloc(picture, new, first),
        full_box(b"iinf", 0, 0, struct.pack(">H", len(entries)), *entries),
        full_box(b"iref", 0, 0, *links) if links else b"",
        box(b"iprp", box(b"ipco", *picture.properties), _ipma(picture, new)),
    )


def _iloc(picture: Picture, new: dict[int, int], first: int) -> bytes:
    rows = []
    for old in picture.kept:
        size = len(picture.data[old])
        rows.append(struct.pack(">HHHHII", new[old], 0, 0, 1, first, size))
        first += size
    if first >= 1 << 32:
        raise NotUnderstood(part="too-large")
    return full_box(b"iloc", 1, 0, b"\x44\0", struct.pack(">H", len(rows)), *rows)


def _ipma(picture: Picture, new: dict[int, int]) -> bytes:
    rows = []
    for old in picture.kept:
        words = [essential << 15 | number for essential, number in picture.associations[old]]
        if len(words) > 255:
            raise NotUnderstood(part="too-many-boxes")
        rows.append(struct.pack(f">HB{len(words)}H", new[old], len(words), *words))
    return full_box(b"ipma", 0, 1, struct.pack(">I", len(rows)), *rows)


def still(items: Items, picture: Picture, brands: list[bytes]) -> bytes:
    """Return a whole file with one picture."""
    head = ftyp(items, picture, brands)
    first = len(head) + len(meta(items, picture, 0)) + 8
    data = b"".join(picture.data[old] for old in picture.kept)
    return head + meta(items, picture, first) + box(b"mdat", data)
