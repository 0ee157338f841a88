"""Read a cleaned HEIC or AVIF picture again, with other code: every byte must be one that we know.

Nothing here is shared with the cleaner, so that one slip of thought does not hide another.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from stillmine.errors import StillSpeaks
from stillmine.imaging.clean import isobmff_audit as boxes
from stillmine.imaging.clean.isobmff_audit import Rule, before, exact, of_size, require, silent
from stillmine.imaging.clean.mp4_audit import audit_media, audit_moov, outer_box

_ITEMS = (b"hvc1", b"av01", b"avc1", b"grid", b"iovl", b"iden")
_PICTURES = bytes(8) + b"pict" + bytes(13)


@dataclass(slots=True)
class _Found:
    types: list[bytes] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    parts: dict[int, int] = field(default_factory=dict)
    length_size: int = 4


def audit(source: BinaryIO) -> None:
    """Account for every byte of the boxes and the coded pictures. Raises StillSpeaks."""
    try:
        _audit(source)
    except (IndexError, struct.error) as problem:
        raise StillSpeaks(part="boxes") from problem


def _audit(source: BinaryIO) -> None:
    at, end = 0, boxes.length_of(source)
    found, tracks, names = _Found(), list[Any](), []
    while at < end:
        name, body, after = outer_box(source, at, end)
        names.append(name)
        if name == b"ftyp":
            source.seek(body)
            boxes.brands(source.read(after - body))
        elif name == b"meta":
            boxes.audit_boxes(source, at, after, _rules(found), "")
        elif name == b"moov":
            audit_moov(source, at, after, tracks)
        elif name == b"mdat":
            audit_media(source, _items(source, body, found), after, tracks)
        at = after
    require([name for name in names if name != b"moov"] == [b"ftyp", b"meta", b"mdat"], "boxes")


def _rules(found: _Found) -> dict[str, Rule]:
    properties: dict[str, Rule] = {
        "ispe": of_size(12),
        "irot": of_size(1),
        "imir": of_size(1),
        "clap": of_size(32),
        "pasp": of_size(8),
        "a1op": of_size(1),
        "lsel": of_size(2),
        "clli": of_size(4),
        "mdcv": of_size(24),
        "amve": of_size(8),
        "a1lx": of_size(7, 13),
        "pixi": lambda body: require(len(body) == 5 + body[4], "properties"),
        "colr": boxes.colour,
        "auxC": boxes.auxiliary,
        "avcC": lambda body: _config(found, body, 4, boxes.avc_config),
        "hvcC": lambda body: _config(found, body, 21, boxes.hevc_config),
        "av1C": boxes.av1_config,
    }
    return {
        "meta/": before(4, silent),
        "meta/hdlr": exact(_PICTURES),
        "meta/pitm": of_size(6),
        "meta/iloc": lambda body: _locations(body, found),
        "meta/iinf/": before(6, lambda body: require(not any(body[:4]), "items")),
        "meta/iinf/infe": lambda body: _entry(body, found),
        "meta/iref/": before(4, silent),
        "meta/iref/dimg": lambda body: _link(body, found),
        "meta/iref/auxl": lambda body: _link(body, None),
        "meta/iref/prem": lambda body: _link(body, None),
        "meta/iprp/": silent,
        "meta/iprp/ipco/": silent,
        "meta/iprp/ipma": _associations,
        **{f"meta/iprp/ipco/{kind}": rule for kind, rule in properties.items()},
    }


def _config(found: _Found, body: bytes, at: int, rule: Rule) -> None:
    rule(body)
    found.length_size = (body[at] & 3) + 1


def _locations(body: bytes, found: _Found) -> None:
    require(body[:6] == b"\1\0\0\0\x44\0", "items")
    count = int.from_bytes(body[6:8])
    require(len(body) == 8 + 16 * count, "items")
    for number, method, source, extents, at, size in struct.iter_unpack(">HHHHII", body[8:]):
        found.places.append((at, size))
        require((number, method, source, extents) == (len(found.places), 0, 0, 1), "items")


def _entry(body: bytes, found: _Found) -> None:
    require(body[:1] == b"\2" and body[3] < 2 and len(body) == 13, "items")
    require(body[8:12] in _ITEMS and not any(body[6:8]) and not body[12], "items")
    found.types.append(body[8:12])


def _link(body: bytes, found: _Found | None) -> None:
    count = int.from_bytes(body[2:4])
    require(len(body) == 4 + 2 * count, "items")
    if found is not None:
        found.parts[int.from_bytes(body[:2])] = count


def _associations(body: bytes) -> None:
    at = 8
    for _ in range(boxes.four(body, 4)):
        require(at + 3 <= len(body), "properties")
        at += 3 + 2 * body[at + 2]
    require(at == len(body), "properties")


def _items(source: BinaryIO, at: int, found: _Found) -> int:
    """Account for each item's bytes; return where the last one ends."""
    require(len(found.places) == len(found.types), "items")
    for number, (kind, (place, size)) in enumerate(zip(found.types, found.places, strict=True), 1):
        require(place == at, "between-the-items")
        source.seek(place)
        data = source.read(size)
        require(len(data) == size, "cut-short")
        _item(kind, data, number, found)
        at += size
    return at


def _item(kind: bytes, data: bytes, number: int, found: _Found) -> None:
    if kind == b"grid":
        require(len(data) == (12 if data[1] & 1 else 8), "grid")
    elif kind == b"iovl":
        wide = 4 if data[1] & 1 else 2
        require(len(data) == 10 + 2 * wide * (1 + found.parts.get(number, 0)), "overlay")
    elif kind == b"iden":
        require(not data, "items")
    elif kind == b"av01":
        boxes.av1_sample(data)
    elif kind == b"hvc1":
        boxes.units(data, found.length_size, boxes.hevc_unit)
    elif kind == b"avc1":
        boxes.units(data, found.length_size, boxes.avc_unit)
    else:
        raise StillSpeaks(part="items")
