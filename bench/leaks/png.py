"""Words planted in PNG and APNG: text, colour, private and stray chunks."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from bench.leaks import exif, icc
from bench.leaks.planting import Leak, canary, many, picture

MARK = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk with its length and its sum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def header(
    wide: int = 32, high: int = 32, depth: int = 8, colour: int = 2, interlaced: int = 0
) -> bytes:
    """Return the chunk IHDR."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, depth, colour, 0, 0, interlaced))


def rows(data: bytes, stride: int) -> bytes:
    """Return rows without a filter."""
    return b"".join(b"\0" + data[at : at + stride] for at in range(0, len(data), stride))


def drawn() -> bytes:
    """Return the rows of the base picture."""
    return rows(picture().tobytes(), 96)


def png(
    early: bytes = b"",
    late: bytes = b"",
    after: bytes = b"",
    *,
    head: bytes | None = None,
    data: bytes | None = None,
    end: bytes = b"",
) -> bytes:
    """Return a PNG with chunks before and after its picture and bytes after its end."""
    packed = zlib.compress(drawn()) if data is None else data
    body = early + chunk(b"IDAT", packed) + late
    return MARK + (header() if head is None else head) + body + chunk(b"IEND", end) + after


_KEYWORDS = (
    "Title", "Author", "Description", "Copyright", "Creation Time", "Software", "Disclaimer",
    "Warning", "Source", "Comment", "parameters", "prompt", "workflow", "mxfile", "Thumb::URI",
    "date:create", "exif:GPSLatitude", "Screenshot", "Collection",
)  # fmt: skip
_PLAIN = str.maketrans(" :", "--")
_PROFILES = ("exif", "iptc", "xmp", "APP1", "8bim")
# Ancillary kinds: of the standard, of its extensions, of makers, and every case of letters.
_KINDS = (
    b"gIFt", b"gIFx", b"vpAg", b"caBX", b"caNv", b"orNT", b"iDOT", b"skMf", b"skRf", b"mkBF",
    b"mkBS", b"mkBT", b"mkTS", b"prVW", b"cmOD", b"cpIp", b"meTa", b"dSIG", b"fRAc", b"zxIf",
    b"msOG", b"tpNG", b"npTc", b"npLb", b"npOl", b"ruSt", b"abCD", b"aBCd", b"aBCD", b"abCd",
    b"abcD", b"aBcd", b"exIf", b"acMD", b"pcLi", b"mpNG", b"alPh", b"sRGb",
)  # fmt: skip


def leaks() -> list[Leak]:
    """Return the classes of this file."""
    found = [
        Leak(f"png-tEXt-{word.translate(_PLAIN)}", "png", _text(word.encode()))
        for word in _KEYWORDS
    ]
    for word in _PROFILES:
        found.append(Leak(f"png-zTXt-Raw-profile-type-{word}", "png", _raw(word)))
    for kind in _KINDS:
        name = f"png-private-{kind.decode()}-{kind.hex()}"
        found.append(Leak(name, "png", lambda c, kind=kind: png(chunk(kind, c))))
    for name in _EXIF:
        make = exif.kinds()[name]
        found.append(Leak(f"png-eXIf-{name}", "png", lambda c, m=make: png(chunk(b"eXIf", m(c)))))
    for name in _ICC:
        make = icc.kinds()[name]
        found.append(Leak(f"png-iCCP-{name}", "png", lambda c, m=make: png(_iccp(m(c)))))
    found += [Leak(f"png-{name}", "png", make) for name, make in _odd().items()]
    return found + _short()


_EXIF = (
    "IFD0-Artist", "MakerNote-Apple", "IFD1-thumbnail", "after-the-last-IFD", "GPS-Private",
    "orientation-and-GPS-coordinates",
)  # fmt: skip
_ICC = ("desc", "cprt", "private-tag", "gap-between-tags", "after-the-last-tag",
        "reserved-bytes-of-the-header", "curve-after-its-end")  # fmt: skip


def _text(word: bytes) -> Callable[[bytes], bytes]:
    return lambda c: png(chunk(b"tEXt", word + b"\0" + c))


def _raw(word: str) -> Callable[[bytes], bytes]:
    """Write a profile in hexadecimal, as ImageMagick does."""

    def make(c: bytes) -> bytes:
        written = f"\n{word}\n{len(c):8}\n{c.hex()}\n".encode()
        key = f"Raw profile type {word}".encode()
        return png(chunk(b"zTXt", key + b"\0\0" + zlib.compress(written)))

    return make


def _iccp(profile: bytes, name: bytes = b"ICC Profile", tail: bytes = b"") -> bytes:
    return chunk(b"iCCP", name + b"\0\0" + zlib.compress(profile) + tail)


def _itxt(key: bytes, words: bytes, language: bytes = b"", other: bytes = b"") -> bytes:
    return chunk(b"iTXt", key + b"\0\0\0" + language + b"\0" + other + b"\0" + words)


def _xmp(c: bytes) -> bytes:
    head = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/'
    head += b'22-rdf-syntax-ns#"><rdf:Description rdf:about="">'
    return head + c + b"</rdf:Description></rdf:RDF></x:xmpmeta>"


def _odd() -> dict[str, Callable[[bytes], bytes]]:
    base = icc.profile({})
    return {
        "tEXt-keyword": lambda c: png(chunk(b"tEXt", c + b"\0x")),
        "tEXt-without-a-keyword-end": lambda c: png(chunk(b"tEXt", c)),
        "tEXt-after-the-picture": lambda c: png(late=chunk(b"tEXt", b"Comment\0" + c)),
        "iTXt-xmp": lambda c: png(_itxt(b"XML:com.adobe.xmp", _xmp(c))),
        "iTXt-language": lambda c: png(_itxt(b"Title", b"x", language=c)),
        "iTXt-translated-keyword": lambda c: png(_itxt(b"Title", b"x", other=c)),
        "iTXt-packed": lambda c: png(chunk(b"iTXt", b"Title\0\1\0en\0\0" + zlib.compress(c))),
        "iTXt-after-the-picture": lambda c: png(late=_itxt(b"Comment", c)),
        "zTXt-after-its-packed-text": lambda c: png(
            chunk(b"zTXt", b"Title\0\0" + zlib.compress(b"x") + c)
        ),
        "iCCP-name": lambda c: png(_iccp(base, c)),
        "iCCP-after-its-packed-profile": lambda c: png(_iccp(base, tail=c)),
        "sPLT-name": lambda c: png(chunk(b"sPLT", c + b"\0\x08" + bytes(6))),
        "sPLT-entries": lambda c: png(chunk(b"sPLT", b"p\0\x08" + c)),
        "sCAL": lambda c: png(chunk(b"sCAL", b"\1" + b"1.5" + b"\0" + b"1.5" + c)),
        "pCAL-name": lambda c: png(
            chunk(b"pCAL", c + b"\0" + struct.pack(">ii", 0, 9) + b"\0\2m\x000\0001")
        ),
        "pCAL-unit": lambda c: png(
            chunk(b"pCAL", b"n\0" + struct.pack(">ii", 0, 9) + b"\0\2" + c + b"\x000\0001")
        ),
        "after-IEND": lambda c: png(after=c),
        "chunk-after-IEND": lambda c: png(after=chunk(b"tEXt", b"Comment\0" + c)),
        "second-PNG-after-IEND": lambda c: png(after=png(chunk(b"tEXt", b"Title\0" + c))),
        "remains-of-a-cropped-picture": lambda c: png(
            after=chunk(b"IDAT", zlib.compress(c, 0)[2:])
        ),
        "data-in-IEND": lambda c: png(end=c),
        "JPEG-after-IEND": lambda c: png(after=exif.small(c)),
        "ZIP-after-IEND": lambda c: png(after=b"PK\3\4" + bytes(26) + c),
        "hIST": lambda c: _palette(c, hist=True),
        "palette-never-used": _palette,
        "PLTE-in-true-colour": lambda c: png(chunk(b"PLTE", c)),
        "tRNS-beyond-the-palette": lambda c: _palette(c, trns=True),
        "IDAT-after-its-packed-rows": lambda c: png(data=zlib.compress(drawn()) + c),
        "IDAT-too-many": lambda c: png(late=chunk(b"IDAT", c)),
        "rows-below-the-picture": lambda c: png(data=zlib.compress(drawn() + many(c, 97))),
        "packed-after-the-rows": lambda c: png(data=zlib.compress(drawn()) + zlib.compress(c)),
        "first-chunk-before-IHDR": lambda c: MARK + chunk(b"prVt", c) + png()[8:],
        "between-IDAT-chunks": _between,
    }


def _between(c: bytes) -> bytes:
    packed = zlib.compress(drawn())
    late = chunk(b"tEXt", b"Comment\0" + c) + chunk(b"IDAT", packed[40:])
    return png(late=late, data=packed[:40])


def _palette(c: bytes, *, hist: bool = False, trns: bool = False) -> bytes:
    colours = bytes([250, 10, 10, 10, 200, 40])
    extra = b""
    if hist:
        colours = colours + bytes(range(30))
        extra = chunk(b"hIST", c)
    elif trns:
        extra = chunk(b"tRNS", b"\xff\xff" + c)
        colours += bytes(72)
    else:
        colours += c
    data = zlib.compress(rows(bytes([0, 1] * 16) * 32, 32))
    return png(chunk(b"PLTE", colours) + extra, head=header(colour=3), data=data)


_SHORT = {"tIME": 7, "pHYs": 9, "oFFs": 9, "bKGD": 6, "gIFg": 4, "sBIT": 0}


def _short() -> list[Leak]:
    """Return chunks too short for a whole canary: the chunk itself may not be left."""
    found = []
    for kind, length in _SHORT.items():
        if not length:
            continue
        whole = chunk(kind.encode(), canary(f"png-{kind}")[:length])
        if kind == "tIME":
            whole = chunk(b"tIME", struct.pack(">HBBBBB", 2021, 7, 23, 4, 56, 7))
        found.append(
            Leak(f"png-{kind}", "png", lambda c, whole=whole: png(whole), lambda c, w=whole: [w])
        )
    return found
