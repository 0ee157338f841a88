"""Words planted in TIFF and its kin: tags, directories, strips, tiles; and in BMP."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from bench.leaks import icc
from bench.leaks.exif import ASCII, LONG, SHORT, Tags, ascii_tag, blob, directory, long, short
from bench.leaks.jpeg import dataset, resource, xmp
from bench.leaks.planting import Leak, many, picture, saved, split

_WIDE, _HIGH = 32, 32


def _pixels() -> bytes:
    return picture((_WIDE, _HIGH)).tobytes()


def tiff(
    tags: Tags, *, strips: list[bytes] | None = None, gap: bytes = b"", tail: bytes = b"",
    sub: dict[int, Tags] | None = None, pages: list[Tags] | None = None, order: str = "<",
) -> bytes:  # fmt: skip
    """Return a TIFF: strips, with bytes between them, then directories."""
    own = [_pixels()[:1536], _pixels()[1536:]] if strips is None else strips
    body, places = b"", []
    for strip in own:
        places.append(8 + len(body))
        body += strip + gap
    body += b"\0" * (len(body) % 2)
    basic: Tags = {
        0x0100: long(_WIDE, order), 0x0101: long(_HIGH, order),
        0x0102: short(8, 8, 8, order=order), 0x0103: short(1, order=order),
        0x0106: short(2, order=order), 0x0111: _longs(places, order),
        0x0115: short(3, order=order), 0x0116: long(_HIGH // len(own), order),
        0x0117: _longs([len(strip) for strip in own], order),
    }  # fmt: skip
    basic |= tags
    at = 8 + len(body)
    below = b""
    for tag, inner in (sub or {}).items():
        basic[tag] = long(at + len(below), order)
        below += directory(inner, at + len(below), order=order)
        below += b"\0" * (len(below) % 2)
    at += len(below)
    whole = _chain([basic, *(pages or [])], at, order)
    mark = b"II*\0" if order == "<" else b"MM\0*"
    return mark + struct.pack(order + "I", at) + body + below + whole + tail


def _chain(pages: list[Tags], at: int, order: str) -> bytes:
    out = b""
    for number, tags in enumerate(pages):
        length = len(directory(tags, 0, order=order))
        length += length % 2
        after = at + length if number + 1 < len(pages) else 0
        out += directory(tags, at, after, order).ljust(length, b"\0")
        at += length
    return out


def _longs(numbers: list[int], order: str) -> tuple[int, bytes]:
    return LONG, struct.pack(f"{order}{len(numbers)}I", *numbers)


_TEXTS = {
    "DocumentName": 0x010D, "ImageDescription": 0x010E, "Make": 0x010F, "Model": 0x0110,
    "PageName": 0x011D, "Software": 0x0131, "DateTime": 0x0132, "Artist": 0x013B,
    "HostComputer": 0x013C, "TargetPrinter": 0x0151, "Copyright": 0x8298, "InkNames": 0x014D,
    "GeoAsciiParams": 0x87B1, "GDAL-metadata": 0xA480, "GDAL-nodata": 0xA481,
    "UniqueCameraModel": 0xC614, "LocalizedCameraModel": 0xC615, "CameraSerialNumber": 0xC62F,
    "ProfileName": 0xC6F8, "ProfileCopyright": 0xC6FE, "PreviewApplicationName": 0xC716,
    "PreviewDateTime": 0xC71B, "AsShotProfileName": 0xC6F6, "ReelName": 0xC789,
    "private-32768": 0x8000, "private-65000": 0xFDE8, "SEMInfo": 0x8546, "HylaFAX": 0x885E,
    "MDFileTag": 0x82A5, "MDPrepDate": 0x82AA,
}  # fmt: skip
_BLOBS = {
    "XMP": 0x02BC, "IPTC": 0x83BB, "Photoshop": 0x8649, "ImageSourceData": 0x935C,
    "DNGPrivateData": 0xC634, "OriginalRawFileName": 0xC68B, "OriginalRawFileData": 0xC68C,
    "RawDataUniqueID": 0xC65D, "MakerNote": 0x927C, "Wang-annotation": 0x80A4,
    "XPComment": 0x9C9C, "Padding": 0xEA1C, "PrintIM": 0xC4A5, "OceScanjob": 0xC427,
    "JPEGTables": 0x015B, "USPTOMiscellaneous": 0x03E7, "JPEGProc-old": 0x0200 + 9,
}  # fmt: skip


def leaks() -> list[Leak]:
    """Return the classes of this file."""
    found = [Leak(f"tiff-{name}", "tiff", _text(tag)) for name, tag in _TEXTS.items()]
    found += [Leak(f"tiff-{name}", "tiff", _blob(tag)) for name, tag in _BLOBS.items()]
    for name in ("desc", "cprt", "private-tag", "gap-between-tags"):
        found.append(Leak(f"tiff-icc-{name}", "tiff", _icc(icc.kinds()[name])))
    found += [Leak(f"tiff-{name}", "tiff", make) for name, make in _odd().items()]
    fourth = "tiff-fourth-channel-that-is-not-shown"
    found.append(Leak(fourth, "tiff", _fourth, lambda c: [_flat(c)[:96]]))
    found.append(
        Leak("tiff-colours-under-transparency", "tiff", _alpha, lambda c: [split(c, 3, b"\0")])
    )
    return found + [Leak(f"bmp-{name}", "bmp", make) for name, make in _bmp().items()]


def _text(tag: int) -> Callable[[bytes], bytes]:
    return lambda c: tiff({tag: ascii_tag(c)})


def _blob(tag: int) -> Callable[[bytes], bytes]:
    return lambda c: tiff({tag: blob(c)})


def _icc(make: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda c: tiff({0x8773: blob(make(c))})


def _odd() -> dict[str, Callable[[bytes], bytes]]:
    half = _pixels()[1536:]
    packed = zlib.compress(_pixels())
    return {
        "xmp-packet": lambda c: tiff({0x02BC: (1, xmp(c))}),
        "iptc-caption": lambda c: tiff({0x83BB: blob(dataset(2, 120, c))}),
        "photoshop-caption": lambda c: tiff({0x8649: (1, resource(0x03F0, c))}),
        "GeoDoubleParams": lambda c: tiff({0x87B0: (12, c)}),
        "ModelTiepoint": lambda c: tiff({0x8482: (12, c)}),
        "ModelPixelScale": lambda c: tiff({0x830E: (12, c)}),
        "GeoKeyDirectory": lambda c: tiff({0x87AF: (SHORT, c)}),
        "FreeOffsets": lambda c: tiff({0x0120: (LONG, c), 0x0121: (LONG, c)}),
        "Exif-directory": lambda c: tiff({}, sub={0x8769: {0xA430: ascii_tag(c)}}),
        "Exif-maker-note": lambda c: tiff({}, sub={0x8769: {0x927C: blob(c)}}),
        "GPS-directory": lambda c: tiff({}, sub={0x8825: {2: (5, c), 4: (5, c)}}),
        "SubIFD": lambda c: tiff({}, sub={0x014A: {0x010E: ascii_tag(c)}}),
        "Interop-directory": lambda c: tiff({}, sub={0xA005: {1: ascii_tag(c)}}),
        "global-parameters": lambda c: tiff({}, sub={0x0190: {0x010E: ascii_tag(c)}}),
        "strip-gap": lambda c: tiff({}, gap=c),
        "after-the-end": lambda c: tiff({}, tail=c),
        "strip-longer-than-its-rows": lambda c: tiff({}, strips=[_pixels()[:1536], half + c]),
        "deflate-after-the-rows": lambda c: tiff({0x0103: short(8)}, strips=[packed + c]),
        "deflate-rows-below": lambda c: tiff(
            {0x0103: short(8)}, strips=[zlib.compress(_pixels() + many(c, 96))]
        ),
        "PackBits-after-the-rows": lambda c: tiff({0x0103: short(32773)}, strips=[_runs() + c]),
        "reduced-second-page": _reduced,
        "big-endian-Artist": lambda c: tiff({0x013B: ascii_tag(c)}, order=">"),
        "text-after-its-end": lambda c: tiff({0x0131: (ASCII, b"x\0" + c)}),
        "tile-beyond-the-width": _tile,
        "JPEG-in-TIFF-comment": _jpeg,
        "bits-beyond-the-width": _narrow,
        "palette-never-used": _map,
        "turned": lambda c: tiff({0x0112: short(6), 0x013B: ascii_tag(c)}),
    }


def _runs() -> bytes:
    plain = _pixels()
    return b"".join(b"\x5f" + plain[at : at + 96] for at in range(0, len(plain), 96))


def _reduced(c: bytes) -> bytes:
    """Add a directory with a little picture that says something in its pixels."""
    strip = many(c, 48)
    page: Tags = {
        0x00FE: long(1), 0x0100: long(4), 0x0101: long(4), 0x0102: short(8, 8, 8),
        0x0103: short(1), 0x0106: short(2), 0x0111: long(8 + 3072), 0x0115: short(3),
        0x0116: long(4), 0x0117: long(48),
    }  # fmt: skip
    return tiff({0x0116: long(_HIGH)}, strips=[_pixels()], gap=strip, pages=[page])


def _tile(c: bytes) -> bytes:
    """Store a picture 20 pixels wide in tiles of 32: the rest is never shown."""
    rows = b""
    for row in range(32):
        rows += _pixels()[row * 96 : row * 96 + 60] + many(c, 36)
    tags = {
        0x0100: long(20),
        0x0142: long(32),
        0x0143: long(32),
        0x0144: long(8),
        0x0145: long(3072),
    }
    return tiff(tags, strips=[rows])


def _narrow(c: bytes) -> bytes:
    """Use seven bits of each row beyond a picture of one dot in width."""
    tags = {0x0100: long(1), 0x0101: long(24), 0x0102: short(1), 0x0106: short(1)}
    return tiff(tags | {0x0115: short(1)}, strips=[c])


def _jpeg(c: bytes) -> bytes:
    data = saved(picture((_WIDE, _HIGH)), "JPEG", comment=c, subsampling=0)
    return tiff({0x0103: short(7), 0x0106: short(6)}, strips=[data])


def _fourth(c: bytes) -> bytes:
    """Fill a channel that no viewer shows, beside one flat colour."""
    tags = {0x0102: short(8, 8, 8, 8), 0x0115: short(4), 0x0152: short(0)}
    return tiff(tags, strips=[_flat(c)])


def _flat(c: bytes) -> bytes:
    return b"".join(b"\x10\x80\xe0" + bytes([one]) for one in many(c, _WIDE * _HIGH))


def _map(c: bytes) -> bytes:
    colours = [0] * 768
    colours[1], colours[257], colours[513] = 65535, 40000, 9000
    values = bytearray(struct.pack("<768H", *colours))
    values[20:44] = c
    tags: Tags = {
        0x0102: short(8),
        0x0106: short(3),
        0x0115: short(1),
        0x0140: (SHORT, bytes(values)),
    }
    return tiff(tags, strips=[bytes([0, 1] * 512)])


def _alpha(c: bytes) -> bytes:
    out = bytearray(picture((_WIDE, _HIGH), "RGBA").tobytes())
    out[:128] = split(many(c, 96), 3, b"\0")
    tags = {0x0102: short(8, 8, 8, 8), 0x0115: short(4), 0x0152: short(2)}
    return tiff(tags, strips=[bytes(out)])


def _bitmap(*, gap: bytes = b"", after: bytes = b"", profile: bytes = b"", wide: int = 30) -> bytes:
    """Return a BMP with the fifth version of its head (BITMAPV5HEADER)."""
    plain = picture((wide, 24)).tobytes()
    rows = b"".join(
        plain[at : at + 3 * wide] + bytes(-3 * wide % 4) for at in range(0, len(plain), 3 * wide)
    )
    place = 14 + 124 + len(gap)
    head = struct.pack("<IiiHHIIiiII", 124, wide, 24, 1, 24, 0, len(rows), 2835, 2835, 0, 0)
    head += bytes(16) + (b"DEBM" if profile else b"BGRs") + bytes(48)
    head += struct.pack("<IIII", 4, 124 + len(gap) + len(rows), len(profile), 0)
    body = head + gap + rows + profile + after
    return b"BM" + struct.pack("<IHHI", 14 + len(body), 0, 0, place) + body


def _unused(c: bytes) -> bytes:
    head = struct.pack("<IiiHHIIiiII", 40, 32, 32, 1, 8, 0, 1024, 0, 0, 16, 0)
    body = head + bytes(8) + c + bytes(32) + bytes([0, 1] * 512)
    return b"BM" + struct.pack("<IHHI", 14 + len(body), 0, 0, 14 + 40 + 64) + body


def _thin(c: bytes) -> bytes:
    """Use the bits and bytes that fill up the rows of a picture of one dot in width."""
    head = struct.pack("<IiiHHIIiiII", 40, 1, 6, 1, 1, 0, 24, 0, 0, 2, 0)
    body = head + b"\x10\x80\xe0\0" + bytes(4) + c
    return b"BM" + struct.pack("<IHHI", 14 + len(body), 0, 0, 14 + 48) + body


def _bmp() -> dict[str, Callable[[bytes], bytes]]:
    return {
        "gap-before-the-pixels": lambda c: _bitmap(gap=c),
        "after-the-pixels": lambda c: _bitmap(after=c),
        "profile": lambda c: _bitmap(profile=icc.kinds()["cprt"](c)),
        "palette-never-used": _unused,
        "bits-beyond-the-width": _thin,
    }
