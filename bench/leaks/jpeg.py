"""Words planted in the segments of a JPEG: EXIF, XMP, Photoshop, colour and makers' own."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable

from bench.leaks import exif, icc
from bench.leaks.planting import Leak, picture, saved


def segment(marker: int, data: bytes) -> bytes:
    """Return a segment with its length."""
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def app(number: int, data: bytes) -> bytes:
    """Return an application segment."""
    return segment(0xE0 + number, data)


def plain(**how: object) -> bytes:
    """Return the base picture."""
    return saved(picture((48, 32)), "JPEG", **{"quality": 88, **how})


def with_segment(*parts: bytes, **how: object) -> bytes:
    """Return the base picture with segments behind its JFIF segment."""
    whole = plain(**how)
    return whole[:20] + b"".join(parts) + whole[20:]


# What a maker writes before its own data, by the number of the application segment.
_VENDORS: dict[str, tuple[int, bytes]] = {
    "AVI1": (0, b"AVI1\0"), "Ocad": (0, b"Ocad$Rev: 1 "), "CIFF": (0, b"II\x1a\0\0\0HEAPJPGM"),
    "FLIR": (1, b"FLIR\0\1\0\0"), "QVCI": (1, b"QVCI\0"), "Parrot": (1, b"PARROT_"),
    "Casio": (1, b"CASIO\0"), "FPXR": (2, b"FPXR\0\0\1\0"), "Preview": (2, b"\xff\xd8\xff\xdb"),
    "gain-map-ISO": (2, b"urn:iso:std:iso:ts:21496:-1\0"), "Meta": (3, b"Meta\0\0II*\0"),
    "Stim": (3, b"Stim\0"), "JPS": (3, b"_JPSJPS_"), "Samsung-preview": (4, b"\xff\xd8\xff"),
    "Scalado": (4, b"SCALADO\0\0\0"), "Qualcomm-dual": (4, b"Qualcomm Dual Camera Attributes"),
    "DJI-thermal": (3, b"\xaa\x55\x12\6"), "Ricoh-RMETA": (5, b"RMETA\0MM"),
    "Samsung-unique-id": (5, b"ssuniqueid\0"), "EPPIM": (6, b"EPPIM\0"), "NITF": (6, b"NITF\0"),
    "HP-TDHD": (6, b"TDHD\1\0\0\0"), "GoPro": (6, b"GoPro\0"), "DJI-DBG": (7, b"DJI-DBG\0"),
    "Pentax": (7, b"PENTAX \0II"), "Qualcomm": (7, b"\x1aQualcomm Camera Attributes"),
    "Huawei": (7, b"HUAWEI\0\0\0"), "SPIFF": (8, b"SPIFF\0\1\2"), "MediaJukebox": (9,
    b"Media Jukebox\0"),
    "comment-in-Unicode": (10, b"UNICODE\0"), "AROT": (10, b"AROT\0\0"), "HDR-RI": (11,
    b"HDR_RI ver=11"),
    "Ducky": (12, b"Ducky\0\1\0\4\0\0\0\x50\0\2\0\x1c\0\0\0\x18"), "PictureInfo": (12,
    b"[picture info]\nID="),
    "Olympus-OLYM": (12, b"OLYMPUS OPTICAL CO.,LTD.\0"), "Adobe-CM": (13, b"Adobe_CM\0\2"),
    "Photoshop-2.5": (13, b"Adobe_Photoshop2.5:"), "GraphicConverter": (15, b"Q 95"),
    "TEXT": (15, b"TEXT\0"),
    "JFXX-JPEG": (0, b"JFXX\0\x10\xff\xd8\xff\xfe\0\x1a"), "JFXX-RGB": (0, b"JFXX\0\x13\x08\1"),
}  # fmt: skip
# Image resources of Photoshop, by what they hold.
_RESOURCES = {
    "caption": 0x03F0, "print-flags": 0x03F3, "border": 0x03F1, "macintosh-print": 0x03E9,
    "windows-devmode": 0x03EB, "alpha-names": 0x03EE, "alpha-names-Unicode": 0x0415,
    "layer-groups": 0x0402, "URL": 0x040B, "watermark": 0x0410, "ICC": 0x040F,
    "EXIF-1": 0x0422, "EXIF-3": 0x0423, "XMP": 0x0424, "caption-digest": 0x0425,
    "print-scale": 0x0426, "version": 0x0421, "slices": 0x041A, "document-ids": 0x0414,
    "layer-comps": 0x0429, "path": 0x07D0, "clipping-path": 0x0BB7, "plug-in": 0x0FA0,
    "count": 0x0438, "print-settings": 0x043B, "onion-skins": 0x0436, "URL-list": 0x041E,
    "workflow-url": 0x043A, "Lightroom": 0x1B58, "private": 0x2BC0,
}  # fmt: skip
# Datasets of the IPTC application record.
_DATASETS = {
    "object-name": 5, "keywords": 25, "special-instructions": 40, "date": 55, "byline": 80,
    "byline-title": 85, "city": 90, "sublocation": 92, "country": 101, "headline": 105,
    "credit": 110, "source": 115, "contact": 118, "caption": 120, "writer": 122, "unique-id": 187,
    "document-history": 231,
}  # fmt: skip


def resource(number: int, data: bytes, name: bytes = b"") -> bytes:
    """Return an image resource block of Photoshop."""
    title = bytes([len(name)]) + name
    title += b"\0" * (len(title) % 2)
    body = data + b"\0" * (len(data) % 2)
    return b"8BIM" + struct.pack(">H", number) + title + struct.pack(">I", len(data)) + body


def photoshop(data: bytes) -> bytes:
    """Return the segment that holds image resources."""
    return app(13, b"Photoshop 3.0\0" + data)


def dataset(record: int, number: int, words: bytes) -> bytes:
    """Return a dataset of IPTC."""
    return struct.pack(">BBBH", 0x1C, record, number, len(words)) + words


def xmp(words: bytes, inside: str = "") -> bytes:
    """Return a packet of XMP whose description holds a text."""
    head = (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description '
        f'rdf:about="" {inside}xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:description>'
    )
    foot = b"</dc:description></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    return head.encode() + words + foot


def extended(words: bytes) -> bytes:
    """Return the segments of a packet that goes on in another (XMP part 3, section 1.1.3)."""
    rest = xmp(words)
    name = hashlib.md5(rest, usedforsecurity=False).hexdigest().upper().encode()
    inside = (
        f'xmlns:xmpNote="http://ns.adobe.com/xmp/note/" xmpNote:HasExtendedXMP="{name.decode()}" '
    )
    first = app(1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(b"", inside))
    head = b"http://ns.adobe.com/xmp/extension/\0" + name + struct.pack(">II", len(rest), 0)
    return first + app(1, head + rest)


def icc_segment(profile: bytes) -> bytes:
    """Return the segment that holds a colour profile."""
    return app(2, b"ICC_PROFILE\0\1\1" + profile)


def jumbf(words: bytes, kind: bytes = b"c2pa") -> bytes:
    """Return a box of JUMBF with a description and a content box."""
    described = kind + bytes.fromhex("00110010800000aa00389b71") + b"\3c2pa\0"
    body = struct.pack(">I4s", 8 + len(described), b"jumd") + described
    body += struct.pack(">I4s", 8 + len(words), b"json") + words
    return struct.pack(">I4s", 8 + len(body), b"jumb") + body


def leaks() -> list[Leak]:
    """Return the classes of this file."""
    found = [Leak(f"jpeg-exif-{name}", "jpg", _exif(make)) for name, make in exif.kinds().items()]
    for name, make in icc.kinds().items():
        forms = (lambda c: [c, c[:16]]) if name == "profile-ID" else (lambda c: [c])
        found.append(Leak(f"jpeg-icc-{name}", "jpg", _icc(make), forms))
    for name, (number, head) in _VENDORS.items():
        found.append(Leak(f"jpeg-APP{number}-{name}", "jpg", _vendor(number, head)))
    for number in range(1, 16):
        found.append(Leak(f"jpeg-APP{number}-unknown", "jpg", _vendor(number, b"")))
    for name, number in _RESOURCES.items():
        found.append(Leak(f"jpeg-photoshop-{name}", "jpg", _resource(number)))
    for name, number in _DATASETS.items():
        found.append(Leak(f"jpeg-iptc-{name}", "jpg", _dataset(number)))
    return found + [Leak(f"jpeg-{name}", "jpg", make) for name, make in _odd().items()]


def _exif(make: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda c: with_segment(app(1, b"Exif\0\0" + make(c)))


def _icc(make: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda c: with_segment(icc_segment(make(c)))


def _vendor(number: int, head: bytes) -> Callable[[bytes], bytes]:
    return lambda c: with_segment(app(number, head + c))


def _resource(number: int) -> Callable[[bytes], bytes]:
    return lambda c: with_segment(photoshop(resource(number, c)))


def _dataset(number: int) -> Callable[[bytes], bytes]:
    return lambda c: with_segment(photoshop(resource(0x0404, dataset(2, number, c))))


def _thumbnail(number: int) -> Callable[[bytes], bytes]:
    def make(c: bytes) -> bytes:
        small = exif.small(c)
        head = struct.pack(">IIIIIIHH", 1, 16, 12, 48, 576, len(small), 24, 1)
        return with_segment(photoshop(resource(number, head + small)))

    return make


def _odd() -> dict[str, Callable[[bytes], bytes]]:
    first = b"Exif\0\0" + exif.block(exif.Notes(main={0x0112: exif.short(6)}))
    return {
        "xmp": lambda c: with_segment(app(1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(c))),
        "xmp-padding": lambda c: with_segment(
            app(1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(b"") + b" " * 40 + c)
        ),
        "xmp-extended": lambda c: with_segment(extended(c)),
        "xmp-extended-without-a-first": lambda c: with_segment(
            app(1, b"http://ns.adobe.com/xmp/extension/\0" + b"A" * 32 + bytes(8) + c)
        ),
        "photoshop-thumbnail-1033": _thumbnail(0x0409),
        "photoshop-thumbnail-1036": _thumbnail(0x040C),
        "photoshop-resource-name": lambda c: with_segment(photoshop(resource(0x0404, b"", c))),
        "photoshop-between-resources": lambda c: with_segment(
            photoshop(resource(0x03ED, bytes(16)) + c)
        ),
        "iptc-envelope": lambda c: with_segment(
            photoshop(resource(0x0404, dataset(1, 30, c)))
        ),
        "iptc-record-8": lambda c: with_segment(photoshop(resource(0x0404, dataset(8, 10, c)))),
        "second-EXIF": lambda c: with_segment(
            app(1, first), app(1, b"Exif\0\0" + exif.kinds()["IFD0-Artist"](c))
        ),
        "EXIF-with-a-turn": lambda c: with_segment(
            app(1, b"Exif\0\0" + exif.block(
                exif.Notes(main={0x0112: exif.short(8), 0x013B: exif.ascii_tag(c)})
            ))
        ),
        "EXIF-broken": lambda c: with_segment(app(1, b"Exif\0\0II*\0\xff\xff\0\0" + c)),
        "EXIF-after-Adobe": lambda c: with_segment(
            app(14, b"Adobe\0\x64\0\0\0\0\1"), app(1, b"Exif\0\0" + exif.kinds()["IFD0-Make"](c))
        ),
        "Adobe-after-its-fields": lambda c: with_segment(app(14, b"Adobe\0\x64\0\0\0\0\1" + c)),
        "icc-second-chunk": lambda c: with_segment(
            icc_segment(icc.profile({})), app(2, b"ICC_PROFILE\0\2\1" + c)
        ),
        "JUMBF-C2PA": lambda c: with_segment(app(11, b"JP\0\1\0\0\0\1" + jumbf(c))),
        "JUMBF-JPEG-360": lambda c: with_segment(app(11, b"JP\0\2\0\0\0\1" + jumbf(c, b"J360"))),
        "comment": lambda c: with_segment(segment(0xFE, c)),
        "comment-in-UTF-16": lambda c: with_segment(
            segment(0xFE, c.decode().encode("utf-16-be"))
        ),
        "comment-after-the-tables": lambda c: plain().replace(
            b"\xff\xda", segment(0xFE, c) + b"\xff\xda", 1
        ),
        "JFIF-thumbnail": lambda c: _jfif(b"\x08\1" + c),
        "JFIF-after-its-fields": lambda c: _jfif(b"\0\0" + c),
        "JFIF-twice": lambda c: with_segment(app(0, b"JFIF\0\1\1\0\0\1\0\1\x08\1" + c)),
        "JFXX-palette": lambda c: with_segment(
            app(0, b"JFXX\0\x11\x18\1" + bytes(768) + c)
        ),
    }  # fmt: skip


def _jfif(rest: bytes) -> bytes:
    whole = plain()
    return whole[:2] + app(0, b"JFIF\0\1\1\0\0\1\0\1" + rest) + whole[20:]
