"""Say what a HEIC or AVIF file tells besides the picture that it shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from stillmine.errors import StillmineError
from stillmine.imaging.clean import exif, icc, xmp
from stillmine.imaging.clean.findings import MOST_BLOB, MOST_FINDINGS, Finding, found
from stillmine.imaging.clean.heif_items import Item, Items, read_items, top_boxes
from stillmine.imaging.clean.heif_writing import clean_item, gather, reachable, still
from stillmine.imaging.clean.isobmff import Box, boxes, only, read_at
from stillmine.imaging.clean.isobmff_inspection import of_other_box, of_top_boxes

_KNOWN = (b"ftyp", b"meta", b"mdat")
_PICTURES = frozenset({b"hvc1", b"av01", b"avc1", b"jpeg", b"grid", b"iovl", b"iden", b"tmap"})
_USUAL_NAMES = (b"", b"Color", b"Alpha", b"Exif", b"XMP")
_CODED = (b"hvc1", b"av01", b"avc1")
_SEQUENCES = (b"avis", b"hevc", b"hevx", b"msf1")
_EMPTY_UNIT = 2  # bytes: AV1 marks where a picture begins with a unit that says nothing
_TIMES = (b"crtt", b"mdft")


def findings(source: BinaryIO) -> list[Finding]:
    """Return all that is found, at most MOST_FINDINGS."""
    listed = []
    for number, one in enumerate(_findings(source)):
        if number >= MOST_FINDINGS:
            break
        listed.append(one)
    return listed


def _findings(source: BinaryIO) -> Iterator[Finding]:
    top, _ = top_boxes(source)
    head = only(top, b"ftyp")
    moves = head is not None and read_at(source, head.body, min(4, head.size)) in _SEQUENCES
    yield from of_top_boxes(source, top, (*_KNOWN, b"moov") if moves else _KNOWN)
    meta = only(top, b"meta")
    if meta is None:
        return
    items = read_items(source, meta)
    kept = set(reachable(items, items.primary).kept)
    told: set[int] = set()  # properties: the tiles of a picture share them
    for item in items.items.values():
        if item.name not in _USUAL_NAMES:
            yield found("text", f"name of item {item.id}", item.name)
        if item.id in kept:
            yield from _of_shown(source, items, item, told)
        else:
            yield from _of_companion(source, items, item)
    for one in items.other_boxes:
        if one.type != b"grpl":
            yield from of_other_box(source, one)
    if not moves:
        yield from _of_gaps(source, top, items)


def _of_shown(source: BinaryIO, items: Items, item: Item, told: set[int]) -> Iterator[Finding]:
    fresh = {number for _, number in item.properties if 0 < number <= len(items.properties)}
    for number in sorted(fresh - told):
        told.add(number)
        kind, body = items.properties[number - 1]
        if kind == b"colr" and body[:4] in (b"prof", b"rICC"):
            yield from icc.findings(body[4:])
        elif kind == b"udes":
            yield found("text", "description", body[4:].replace(b"\0", b" "))
        elif kind in _TIMES:
            yield found("time", kind.decode(), str(int.from_bytes(body[4:12])))
    if item.type not in _CODED:
        return
    try:
        left_out = item.size - len(clean_item(source, items, item))
    except StillmineError:
        return
    if left_out > _EMPTY_UNIT:
        yield found("software", "messages in the coded picture", f"{left_out} bytes")


def _of_companion(source: BinaryIO, items: Items, item: Item) -> Iterator[Finding]:
    if item.type in _PICTURES:
        yield from _of_picture(source, items, item)
        return
    data = _bytes(source, item)
    if item.type == b"Exif":
        begin = int.from_bytes(data[:4]) + 4
        yield from exif.findings(data[begin:])
    elif item.type == b"mime" and b"rdf" in item.content_type:
        yield from xmp.findings(data)
    elif item.type in (b"jumb", b"c2pa"):
        yield found("provenance", "C2PA")
    elif item.type == b"mime":
        yield found("attachment", item.content_type.decode("latin-1"), data)
    else:
        yield found("unknown", f"item {item.type.decode('latin-1')}", f"{item.size} bytes")


def _bytes(source: BinaryIO, item: Item) -> bytes:
    """Return what there is of an item; inspecting goes on where cleaning would refuse."""
    if item.locked or item.elsewhere or item.size > MOST_BLOB:
        return b""
    try:
        return b"".join(read_at(source, at, size) for at, size in item.extents)
    except StillmineError:
        return b""


def _of_picture(source: BinaryIO, items: Items, item: Item) -> Iterator[Finding]:
    if any(item.id in to for link, _, to in items.references if link == b"dimg"):
        return  # a part of another companion, which is told of as a whole
    what, where = _role(items, item)
    yield found(what, where, _size(items, item), _as_file(source, items, item))


def _role(items: Items, item: Item) -> tuple[str, str]:
    urn = items.of(item, b"auxC") or b""
    if any(link == b"thmb" and one == item.id for link, one, _ in items.references):
        return "preview", "thumbnail"
    if b"gainmap" in urn or item.type == b"tmap":
        return "second-image", "gain map"
    if b"depth" in urn or b"disparity" in urn or b"auxid:2" in urn:
        return "depth", "depth map"
    if urn:
        return "second-image", urn[4:].partition(b"\0")[0].decode("latin-1")
    return "second-image", f"picture {item.id}"


def _size(items: Items, item: Item) -> str:
    body = items.of(item, b"ispe") or bytes(12)
    return f"{int.from_bytes(body[4:8])} x {int.from_bytes(body[8:12])} pixels"


def _as_file(source: BinaryIO, items: Items, item: Item) -> bytes | None:
    """Return a companion as a picture file of its own, so that it can be looked at."""
    if item.size > MOST_BLOB or len(items.items) > 1000:
        return None
    try:
        return still(items, gather(source, items, item.id), [])
    except StillmineError:
        return None


def _of_gaps(source: BinaryIO, top: list[Box], items: Items) -> Iterator[Finding]:
    """Say how many bytes among the coded data belong to nothing."""
    used = sum(item.size for item in items.items.values())
    room = sum(one.size for one in top if one.type == b"mdat")
    idat = _idat_size(source, top)
    if room + idat > used:
        yield found("padding", "between the coded data", f"{room + idat - used} bytes")


def _idat_size(source: BinaryIO, top: list[Box]) -> int:
    meta = only(top, b"meta")
    inside = list(boxes(source, meta.body + 4, meta.end)) if meta else []
    return sum(one.size for one in inside if one.type == b"idat")
