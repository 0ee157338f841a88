"""Words planted around and inside the picture data of a JPEG, and in files glued behind it."""

from __future__ import annotations

import struct
from collections.abc import Callable

from bench.leaks import exif
from bench.leaks.jpeg import app, plain, segment, with_segment, xmp
from bench.leaks.planting import Leak, many, picture, saved


def leaks() -> list[Leak]:
    """Return the classes of this file."""
    found = [Leak(f"jpeg-{name}", "jpg", make) for name, make in _stream().items()]
    found += [Leak(f"jpeg-{name}", "jpg", make) for name, make in _behind().items()]
    return found


def _before_scan(data: bytes, **how: object) -> bytes:
    return plain(**how).replace(b"\xff\xda", data + b"\xff\xda", 1)


def _before_end(data: bytes, **how: object) -> bytes:
    return plain(**how)[:-2] + data + b"\xff\xd9"


def _second_scan(data: bytes) -> bytes:
    """Put bytes before the second scan of a progressive picture."""
    whole = plain(progressive=True)
    at = whole.index(b"\xff\xda", whole.index(b"\xff\xda") + 2)
    at = max(whole.rindex(b"\xff\xc4", 0, at), whole.index(b"\xff\xda") + 14)
    return whole[:at] + data + whole[at:]


def _restarts(c: bytes) -> bytes:
    """Put bytes between the end of a stretch and its restart marker."""
    whole = plain(restart_marker_blocks=2)
    at = whole.index(b"\xff\xd1")
    return whole[:at] + c + whole[at:]


def _restart_tail(c: bytes) -> bytes:
    whole = plain(restart_marker_blocks=2)
    at = whole.rindex(b"\xff\xd0")
    return whole[:at] + b"\0" + c + b"\0" + whole[at:]


def _huffman(c: bytes) -> bytes:
    """Return a table with 24 values of eight bits."""
    return bytes([0, 0, 0, 0, 0, 0, 0, 24] + [0] * 8) + c


def _stream() -> dict[str, Callable[[bytes], bytes]]:
    return {
        "DQT-never-used": lambda c: _before_scan(segment(0xDB, b"\3" + many(c, 64))),
        "DQT-never-used-of-16-bits": lambda c: _before_scan(segment(0xDB, b"\x13" + many(c, 128))),
        "DQT-replaced-by-another": lambda c: with_segment(segment(0xDB, b"\0" + many(c, 64))),
        "DHT-never-used": lambda c: _before_scan(segment(0xC4, b"\x13" + _huffman(c))),
        "DHT-replaced-by-another": lambda c: with_segment(segment(0xC4, b"\x10" + _huffman(c))),
        "DHT-after-the-scan": lambda c: _before_end(segment(0xC4, b"\x13" + _huffman(c))),
        "DAC": lambda c: _before_scan(segment(0xCC, c)),
        "DNL": lambda c: _before_end(segment(0xDC, b"\0\x20" + c)),
        "DHP": lambda c: _before_scan(segment(0xDE, c)),
        "EXP": lambda c: _before_scan(segment(0xDF, c)),
        "JPG0": lambda c: _before_scan(segment(0xF0, c)),
        "JPG13": lambda c: _before_scan(segment(0xFD, c)),
        "bytes-between-segments": lambda c: with_segment(c),
        "bytes-before-the-scan": _before_scan,
        "fill-bytes-and-more": lambda c: with_segment(b"\xff\xff\xff\0" + c),
        "bytes-after-the-last-unit": _before_end,
        "restart-marker-gap": _restarts,
        "restart-marker-last-gap": _restart_tail,
        "restart-marker-too-many": lambda c: _before_end(b"\xff\xd0" + c),
        "DRI-after-its-field": lambda c: _before_scan(segment(0xDD, b"\0\0" + c)),
        "SOS-after-its-fields": lambda c: plain().replace(
            b"\xff\xda\0\x0c\3\1\0\2\x11\3\x11\0\x3f\0",
            b"\xff\xda\0\x24\3\1\0\2\x11\3\x11\0\x3f\0" + c,
        ),
        "comment-between-scans": lambda c: _second_scan(segment(0xFE, c)),
        "APP1-between-scans": lambda c: _second_scan(
            app(1, b"Exif\0\0" + exif.kinds()["IFD0-Artist"](c))
        ),
        "unused-DQT-between-scans": lambda c: _second_scan(segment(0xDB, b"\3" + many(c, 64))),
        "bytes-between-scans": _second_scan,
        "comment-before-the-end": lambda c: _before_end(segment(0xFE, c)),
        "after-the-end": lambda c: plain() + c,
        "before-a-second-end": lambda c: plain() + c + b"\xff\xd9",
        "comment-before-JFIF": lambda c: b"\xff\xd8" + segment(0xFE, c) + plain()[2:],
    }


def _mpf(pictures: list[tuple[int, bytes]], words: bytes = b"") -> bytes:
    """Return a picture with others behind it (CIPA DC-007); each has a kind of its own."""
    first = plain()
    rows = 16 * (len(pictures) + 1)
    length = 18 + 8 + 2 + 12 * 4 + 4 + rows + 40 + len(words)
    start = len(first) + length + 2 - 26 + 18  # from the mark of byte order to the second
    entries = struct.pack("<IIIHH", 0x20030000, len(first) + length, 0, 0, 0)
    at = start
    for kind, data in pictures:
        entries += struct.pack("<IIIHH", kind, len(data), at, 0, 0)
        at += len(data)
    tags = {
        0xB000: (exif.UNDEFINED, b"0100"),
        0xB001: exif.long(len(pictures) + 1),
        0xB002: (exif.UNDEFINED, entries),
        0xB003: (exif.UNDEFINED, words.ljust(33, b"\0")),
    }
    block = b"MPF\0II*\0\x08\0\0\0" + exif.directory(tags, 8)
    whole = first[:20] + app(2, block) + first[20:]
    moved = len(whole) - 20 - 8 - start
    if moved:
        for (kind, data), old in zip(pictures, _places(pictures, start), strict=True):
            was = struct.pack("<III", kind, len(data), old)
            whole = whole.replace(was, struct.pack("<III", kind, len(data), old + moved))
    return whole + b"".join(data for _, data in pictures)


def _places(pictures: list[tuple[int, bytes]], start: int) -> list[int]:
    places = []
    for _, data in pictures:
        places.append(start)
        start += len(data)
    return places


def _gain_map(c: bytes) -> bytes:
    """Return a picture of the kind Ultra HDR, whose gain map says something."""
    grey = saved(picture((24, 16), "L"), "JPEG", comment=c)
    told = 'xmlns:hdrgm="http://ns.adobe.com/hdr-gain-map/1.0/" hdrgm:Version="1.0" '
    main = _mpf([(0, grey)])
    return main[:20] + app(1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(b"", told)) + main[20:]


def _film(c: bytes) -> bytes:
    body = struct.pack(">I4s4sI4s", 24, b"ftyp", b"mp42", 0, b"isom") + b"\0\0\0\0"
    return body + struct.pack(">I4s", 8 + len(c), b"mdat") + c


def _samsung(c: bytes, kind: int = 0x0A30, name: bytes = b"MotionPhoto_Data") -> bytes:
    """Return a trailer of Samsung: blocks, then a directory between SEFH and SEFT."""
    data = struct.pack("<HHI", 0, kind, len(name)) + name + c
    row = struct.pack("<HHII", 0, kind, len(data), len(data))
    head = b"SEFH" + struct.pack("<II", 106, 1) + row
    return plain() + data + head + struct.pack("<I", len(head)) + b"SEFT"


def _motion(c: bytes, version: int) -> bytes:
    film = _film(c)
    if version == 1:
        told = 'xmlns:G="http://ns.google.com/photos/1.0/camera/" G:MicroVideo="1" '
        told += f'G:MicroVideoOffset="{len(film)}" '
    else:
        told = 'xmlns:Camera="http://ns.google.com/photos/1.0/camera/" Camera:MotionPhoto="1" '
    head = app(1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(b"", told))
    return with_segment(head) + film


def _behind() -> dict[str, Callable[[bytes], bytes]]:
    return {
        "MPF-preview": lambda c: _mpf([(0x010001, exif.small(c))]),
        "MPF-disparity": lambda c: _mpf([(0x020002, exif.small(c))]),
        "MPF-panorama": lambda c: _mpf([(0x020001, exif.small(c))]),
        "MPF-undefined": lambda c: _mpf([(0, exif.small(c))]),
        "MPF-third-picture": lambda c: _mpf([(0x010001, exif.small(b"-")), (0, exif.small(c))]),
        "MPF-unique-id": lambda c: _mpf([(0x010001, exif.small(b"-"))], c),
        "gain-map": _gain_map,
        "second-JPEG-after-the-end": lambda c: plain() + exif.small(c),
        "PNG-after-the-end": lambda c: plain() + saved(picture(), "PNG") + c,
        "motion-photo-1": lambda c: _motion(c, 1),
        "motion-photo-2": lambda c: _motion(c, 2),
        "Samsung-motion-photo": lambda c: _samsung(_film(c)),
        "Samsung-trailer": lambda c: _samsung(c, 0x0A01, b"Image_UTC_Data"),
        "Samsung-sound": lambda c: _samsung(c, 0x0100, b"SoundShot_000"),
        "Google-depth-after-the-end": lambda c: plain() + b"Depth" + exif.small(c),
        "ZIP-after-the-end": lambda c: plain() + b"PK\3\4" + bytes(26) + c,
        "FotoStation-trailer": lambda c: plain() + c + struct.pack(">HHII", 1, 2, 36, 0xA1B2C3D4),
        "PhotoMechanic-trailer": lambda c: plain() + c + struct.pack(">I", 24) + b"cbipcbbl",
        "AFCP-trailer": lambda c: plain() + b"AXS!" + c + struct.pack(">I", 99) + b"AXS!",
        "Canon-VRD-trailer": lambda c: plain() + b"CANON OPTIONAL DATA\0" + bytes(8) + c,
        "Vivo-trailer": lambda c: plain() + b"vivo{" + c + b"}",
        "Xiaomi-trailer": lambda c: plain() + b"<?xml version='1.0'?><xm>" + c + b"</xm>",
        "Insta360-trailer": lambda c: plain() + c + b"8db42d694ccc418790edff439fe026bf",
    }
