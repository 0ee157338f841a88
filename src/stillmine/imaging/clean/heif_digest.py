"""One sum over all that a viewer shows of a HEIC or AVIF file, to compare two of them."""

from __future__ import annotations

import hashlib
from typing import BinaryIO

from stillmine.errors import FileDamaged
from stillmine.imaging.clean.heif_items import Item, Items, item_bytes, read_items, top_boxes
from stillmine.imaging.clean.heif_writing import reachable
from stillmine.imaging.clean.isobmff import only
from stillmine.imaging.clean.isobmff_nal import obus, split
from stillmine.imaging.clean.mp4_digest import shown as shown_film

# What moves, sizes or colours a picture, and is numbers only.
_PROPERTIES = (b"ispe", b"irot", b"imir", b"clap", b"pixi", b"pasp", b"a1op", b"lsel", b"clli")
_SEQUENCES = (b"avis", b"hevc", b"hevx", b"msf1")


def shown(source: BinaryIO) -> bytes:
    """Return a digest of the coded pictures, how they are put together, turned and coloured.

    Coded pictures are bit for bit the same exactly when decoders draw the same pixels from them;
    messages between them are left out of the sum, as they are left out of the copy.
    """
    top, _ = top_boxes(source)
    meta, head = only(top, b"meta"), only(top, b"ftyp")
    if meta is None or head is None:
        raise FileDamaged(part="items")
    items = read_items(source, meta)
    sum_of = hashlib.sha256()
    picture = reachable(items, items.primary)
    new = {old: number for number, old in enumerate(picture.kept)}
    for old in picture.kept:
        item = items.items.get(old)
        if item is None:
            raise FileDamaged(part="items")
        _add(sum_of, item.type, *_properties(items, item))
        _add(sum_of, *_coded(source, items, item))
    for link, one, to in sorted(picture.references):
        _add(sum_of, link, bytes(str([new[one], *(new[old] for old in to)]), "ascii"))
    source.seek(head.body)
    if only(top, b"moov") and source.read(4) in _SEQUENCES:
        _add(sum_of, shown_film(source))
    return sum_of.digest()


def _add(sum_of: hashlib._Hash, *parts: bytes) -> None:
    for part in parts:
        sum_of.update(len(part).to_bytes(8) + part)


def _properties(items: Items, item: Item) -> list[bytes]:
    numbers = [kind + body for kind, body in items.listed(item) if kind in _PROPERTIES]
    colours = [body[:10] for kind, body in items.listed(item) if kind == b"colr"]
    return [*numbers, *(colour for colour in colours if colour[:2] == b"nc")]


def _coded(source: BinaryIO, items: Items, item: Item) -> list[bytes]:
    if item.type == b"iden":
        return []
    data = item_bytes(source, item)
    if item.type == b"av01":
        return [whole for kind, _, whole in obus(data) if kind in (1, 3, 4, 6)]
    if item.type == b"hvc1":
        size = ((items.of(item, b"hvcC") or b"\0" * 22)[21] & 3) + 1
        return [unit for unit in split(data, size) if len(unit) > 1 and unit[0] >> 1 & 63 < 32]
    if item.type == b"avc1":
        size = ((items.of(item, b"avcC") or b"\0" * 5)[4] & 3) + 1
        return [unit for unit in split(data, size) if unit and unit[0] & 31 in range(1, 6)]
    return [data[:8]]
