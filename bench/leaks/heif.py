"""Words planted in HEIC and AVIF: items, properties, groups, references and stray bytes."""

from __future__ import annotations

import functools
import struct
from collections.abc import Callable
from dataclasses import dataclass, field

import pillow_heif

from bench.leaks import exif, icc
from bench.leaks.boxes import box, find, full, listed
from bench.leaks.jpeg import jumbf, xmp
from bench.leaks.planting import Leak, picture, saved

_SIDE = 64


@functools.cache
def _coded(suffix: str, shift: int = 0) -> tuple[bytes, list[bytes], list[int], bytes]:
    """Return the brand, the properties, which of them are needed, and the coded picture."""
    image = picture((_SIDE, _SIDE), shift=shift)
    if suffix == "avif":
        whole = saved(image, "AVIF", quality=60)
    else:
        pillow_heif.register_heif_opener()
        whole = saved(image, "HEIF", quality=60)
    meta = find(whole, (b"meta",))[4:]
    kinds = [box(kind, data) for kind, data in listed(find(meta, (b"iprp", b"ipco")))]
    wanted = (b"hvcC", b"av1C", b"ispe", b"pixi")
    kept = [one for one in kinds if one[4:8] in wanted]
    kept.append(box(b"colr", b"nclx" + struct.pack(">HHHB", 1, 13, 6, 0x80)))
    mdat = find(whole, (b"mdat",))
    return whole[8:12], kept, [one[4:8] in (b"hvcC", b"av1C") for one in kept], mdat


@dataclass
class Parts:
    """What goes into the file besides the picture, which is item 1."""

    items: list[tuple[bytes, bytes, bytes]] = field(default_factory=list)  # kind, name, data
    hidden: bool = False
    refs: bytes = b""
    props: list[bytes] = field(default_factory=list)  # belong to the picture
    loose: list[bytes] = field(default_factory=list)  # belong to nothing
    meta: bytes = b""
    top: bytes = b""
    between: bytes = b""
    tail: bytes = b""
    idat: bytes = b""
    coded_head: bytes = b""
    coded_tail: bytes = b""
    settings: bytes = b""  # behind the settings of the decoder
    name: bytes = b""
    maker: bytes = b"\0" * 12
    handler: bytes = b""
    second: bool = False


def ref(kind: bytes, start: int, to: int) -> bytes:
    """Return a reference from one item to another."""
    return box(kind, struct.pack(">HHH", start, 1, to))


def _entries(parts: Parts, coded: bytes, suffix: str) -> list[tuple[int, bytes, bytes, bytes]]:
    kind = b"av01" if suffix == "avif" else b"hvc1"
    entries = [(0, kind, parts.name, parts.coded_head + coded + parts.coded_tail)]
    if parts.second:
        entries.append((1, kind, b"", _coded(suffix, 9)[3]))
    return entries + [(int(parts.hidden), *item) for item in parts.items]


def _properties(parts: Parts, suffix: str) -> bytes:
    _, kept, needed, _ = _coded(suffix)
    every = [*(_grown(one, parts.settings) for one in kept), *parts.props, *parts.loose]
    used = [number + 1 | (0x80 if need else 0) for number, need in enumerate(needed)]
    own = used + [len(kept) + number + 1 for number in range(len(parts.props))]
    rows = struct.pack(">HB", 1, len(own)) + bytes(own)
    if parts.second:
        rows += struct.pack(">HB", 2, len(used)) + bytes(used)
    count = struct.pack(">I", 2 if parts.second else 1)
    return box(b"iprp", box(b"ipco", b"".join(every)) + full(b"ipma", count + rows))


def _grown(one: bytes, settings: bytes) -> bytes:
    """Add units to the settings of a decoder; those of HEVC count their kinds of unit."""
    kind, data = one[4:8], one[8:]
    if not settings or kind not in (b"hvcC", b"av1C"):
        return one
    if kind == b"hvcC":
        data = data[:22] + bytes([data[22] + 1]) + data[23:]
    return box(kind, data + settings)


def build(suffix: str, parts: Parts) -> bytes:
    """Return a file of one picture with everything that is to be in it."""
    brand, _, _, coded = _coded(suffix)
    entries = _entries(parts, coded, suffix)
    head = box(b"ftyp", brand + bytes(4) + b"mif1" + brand) + parts.top

    def whole(start: int) -> bytes:
        infos, places, body = b"", b"", b""
        for number, (flag, kind, name, data) in enumerate(entries, 1):
            tail = name + b"\0"
            if kind in (b"mime", b"uri "):
                tail = (
                    name + b"\0" + (b"application/rdf+xml\0" if kind == b"mime" else b"urn:x:y\0")
                )
            infos += full(b"infe", struct.pack(">HH4s", number, 0, kind) + tail, flag, 2)
            places += struct.pack(">HHHII", number, 0, 1, start + len(body), len(data))
            body += data + parts.between
        meta = full(b"hdlr", bytes(4) + b"pict" + parts.maker + parts.handler + b"\0")
        meta += full(b"pitm", struct.pack(">H", 1))
        meta += full(b"iloc", b"\x44\0" + struct.pack(">H", len(entries)) + places)
        meta += full(b"iinf", struct.pack(">H", len(entries)) + infos)
        meta += full(b"iref", parts.refs) if parts.refs else b""
        meta += _properties(parts, suffix) + (box(b"idat", parts.idat) if parts.idat else b"")
        return head + full(b"meta", meta + parts.meta) + box(b"mdat", body) + parts.tail

    length = whole(0).index(box(b"mdat", b"x")[4:8] + entries[0][3][:16]) + 4
    return whole(length)


def leaks() -> list[Leak]:
    """Return the classes of this file."""
    found = []
    for suffix in ("heic", "avif"):
        for name, make in (_items() | _boxes()).items():
            found.append(Leak(f"{suffix}-{name}", suffix, _made(suffix, make)))
    return found


def _made(suffix: str, make: Callable[[bytes], Parts]) -> Callable[[bytes], bytes]:
    return lambda c: build(suffix, make(c))


def _item(kind: bytes, data: bytes, link: bytes = b"cdsc", name: bytes = b"") -> Parts:
    refs = ref(link, 2, 1) if link else b""
    return Parts(items=[(kind, name, data)], refs=refs, hidden=not link)


def _exif_item(name: str) -> Callable[[bytes], Parts]:
    make = exif.kinds()[name]
    return lambda c: _item(b"Exif", bytes(4) + make(c))


def _aux(kind: bytes) -> bytes:
    return full(b"auxC", kind + b"\0")


def _items() -> dict[str, Callable[[bytes], Parts]]:
    found = {
        f"exif-{name}": _exif_item(name)
        for name in (
            "IFD0-Artist",
            "MakerNote-Apple",
            "IFD1-thumbnail",
            "after-the-last-IFD",
            "orientation-and-GPS-coordinates",
        )
    }
    return found | {
        "exif-before-its-start": lambda c: _item(
            b"Exif", struct.pack(">I", 24) + c + exif.block(exif.Notes())
        ),
        "exif-without-a-reference": lambda c: _item(
            b"Exif", bytes(4) + exif.kinds()["IFD0-Artist"](c), b""
        ),
        "xmp": lambda c: _item(b"mime", xmp(c)),
        "xmp-hidden": lambda c: _item(b"mime", xmp(c), b""),
        "uri-item": lambda c: _item(b"uri ", c),
        "item-of-a-kind-of-its-own": lambda c: _item(b"abcd", c, b""),
        "item-name": lambda c: Parts(name=c),
        "item-name-of-exif": lambda c: _item(b"Exif", bytes(4) + exif.block(exif.Notes()), name=c),
        "JPEG-thumbnail": lambda c: _item(b"jpeg", exif.small(c), b"thmb"),
        "JPEG-hidden": lambda c: _item(b"jpeg", exif.small(c), b""),
        "second-picture-coded-tail": lambda c: Parts(second=True, between=c),
        "auxiliary-JPEG": lambda c: _item(b"jpeg", exif.small(c), b"auxl"),
        "tone-map-item": lambda c: _item(b"tmap", b"\0" + c, b"dimg"),
        "JUMBF-item": lambda c: _item(b"mime", jumbf(c)),
    }


def _boxes() -> dict[str, Callable[[bytes], Parts]]:
    words = "after-the-last-tag", "cprt", "private-tag", "desc"
    found = {f"icc-{name}": _profiled(icc.kinds()[name]) for name in words}
    return found | {
        "udes": lambda c: Parts(props=[full(b"udes", b"en\0" + c + b"\0\0\0")]),
        "unused-property": lambda c: Parts(loose=[full(b"udes", b"en\0" + c + b"\0\0\0")]),
        "unused-colour-property": lambda c: Parts(
            loose=[box(b"colr", b"prof" + icc.kinds()["cprt"](c))]
        ),
        "unknown-property": lambda c: Parts(props=[box(b"abcd", c)]),
        "uuid-property": lambda c: Parts(props=[box(b"uuid", c[:16] + c)]),
        "auxC-subtype": lambda c: Parts(
            loose=[_aux(b"urn:x") + b""],
            props=[full(b"auxC", b"urn:com:apple:photo:2020:aux:hdrgainmap\0" + c)],
        ),
        "creation-time": lambda c: Parts(props=[full(b"crtt", c[:8] + c)]),
        "idat-leftovers": lambda c: Parts(idat=c),
        "group-of-items": lambda c: Parts(
            meta=box(b"grpl", full(b"altr", struct.pack(">III", 9, 1, 1) + c))
        ),
        "free-box-in-meta": lambda c: Parts(meta=box(b"free", c)),
        "uuid-box-in-meta": lambda c: Parts(meta=box(b"uuid", c[:16] + c)),
        "unknown-box-in-meta": lambda c: Parts(meta=box(b"abcd", c)),
        "xml-box-in-meta": lambda c: Parts(meta=full(b"xml ", c)),
        "dinf-url": lambda c: Parts(
            meta=box(b"dinf", full(b"dref", struct.pack(">I", 1) + full(b"url ", c + b"\0")))
        ),
        "protection": lambda c: Parts(meta=full(b"ipro", b"\0\0" + c)),
        "handler-name": lambda c: Parts(handler=c),
        "handler-reserved": lambda c: Parts(maker=c[:12], handler=c),
        "free-box": lambda c: Parts(top=box(b"free", c)),
        "skip-box": lambda c: Parts(tail=box(b"skip", c)),
        "uuid-box": lambda c: Parts(tail=box(b"uuid", c[:16] + c)),
        "udta-box": lambda c: Parts(tail=box(b"udta", box(b"\xa9xyz", c))),
        "unknown-box": lambda c: Parts(tail=box(b"abcd", c)),
        "second-mdat": lambda c: Parts(tail=box(b"mdat", c)),
        "Samsung-mpvd": lambda c: Parts(tail=box(b"mpvd", box(b"ftyp", b"mp42") + box(b"mdat", c))),
        "after-the-last-box": lambda c: Parts(tail=b"\0\0\0\x20" + c),
        "bytes-between-items": lambda c: Parts(between=c),
        "moov-beside-the-picture": lambda c: Parts(tail=box(b"moov", box(b"udta", c))),
        "C2PA-uuid": lambda c: Parts(
            top=box(
                b"uuid", bytes.fromhex("d8fec3d61b0e483c92975828877ec481") + bytes(4) + jumbf(c)
            )
        ),
    }


def _profiled(make: Callable[[bytes], bytes]) -> Callable[[bytes], Parts]:
    return lambda c: Parts(props=[box(b"colr", b"prof" + make(c))])
