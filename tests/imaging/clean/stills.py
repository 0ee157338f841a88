"""Stills of every kind that is cleaned, and copies of them with one leak planted in each."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from functools import cache

import numpy
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from tests.imaging.samples import animated, picture

CANARY = b"canary-3f9c-of-somebody"
LONG = CANARY * 40
SIZE = (64, 48)


def small(number: int = 1) -> Image.Image:
    return picture(number, SIZE)


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


@cache
def profile(text: bytes = b"") -> bytes:
    """Return an sRGB profile, with some of its text replaced."""
    plain = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    shown = "sRGB built-in".encode("utf-16-be")
    assert shown in plain
    return plain.replace(shown, text.ljust(len(shown), b"x")[: len(shown)]) if text else plain


def exif(turn: int = 6) -> Image.Exif:
    told = Image.Exif()
    told[0x0112], told[0x010F], told[0x0110] = turn, "Maker", CANARY.decode()
    inside = told.get_ifd(0x8769)
    inside[0xA431], inside[0xA430], inside[0x9003] = "SN-77", "Some Body", "2024:03:12 10:11:12"
    inside[0x927C] = b"Maker\x00" + LONG
    told.get_ifd(0x8825).update({1: "N", 2: (48.0, 51.0, 29.6), 3: "W", 4: (2.0, 17.0, 40.2)})
    return told


def cut_out() -> Image.Image:
    """Return a picture whose corner is fully transparent but still has its colours."""
    pixels = numpy.array(small().convert("RGBA"))
    pixels[:20, :20, 3] = 0
    return Image.fromarray(pixels)


# ---- JPEG


def segment(marker: int, body: bytes) -> bytes:
    return struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body


def jpeg(**options: object) -> bytes:
    return saved(small(), "JPEG", **options)


def behind_start(data: bytes, more: bytes) -> bytes:
    return data[:2] + more + data[2:]


def before(data: bytes, marker: bytes, more: bytes, *, last: bool = False) -> bytes:
    at = data.rindex(marker) if last else data.index(marker)
    return data[:at] + more + data[at:]


def jpeg_with_longer_adobe() -> bytes:
    body = b"Adobe\x00\x64\x00\x00\x00\x00\x01" + CANARY
    return behind_start(jpeg(), segment(0xEE, body))


def jpeg_with_filled_restarts() -> bytes:
    """Put bytes before a restart marker, where decoders look for it and step over them."""
    data = jpeg(restart_marker_blocks=2)
    at = next(
        at for at in range(data.index(b"\xff\xda"), len(data)) if data[at : at + 2] == b"\xff\xd0"
    )
    return data[:at] + CANARY + data[at:]


def jpeg_with_unused_table() -> bytes:
    table = (CANARY * 3)[:64]
    return before(jpeg(), b"\xff\xc0", segment(0xDB, b"\x03" + table))


def jpeg_with_overridden_table() -> bytes:
    data = jpeg()
    return before(data, b"\xff\xdb", segment(0xDB, b"\x00" + (CANARY * 3)[:64]))


JPEG_LEAKS: dict[str, Callable[[], bytes]] = {
    "comment": lambda: behind_start(jpeg(), segment(0xFE, CANARY)),
    "comment before the end": lambda: before(jpeg(), b"\xff\xd9", segment(0xFE, CANARY), last=True),
    "comment between scans": lambda: before(
        jpeg(progressive=True), b"\xff\xda", segment(0xFE, CANARY), last=True
    ),
    "exif": lambda: jpeg(exif=exif()),
    "exif twice": lambda: behind_start(jpeg(exif=exif()), segment(0xE1, b"Exif\x00\x00" + LONG)),
    "xmp": lambda: jpeg(xmp=b"<x:xmpmeta>" + CANARY + b"</x:xmpmeta>"),
    "extended xmp": lambda: behind_start(
        jpeg(), segment(0xE1, b"http://ns.adobe.com/xmp/extension/\x00" + bytes(40) + LONG)
    ),
    "photoshop": lambda: behind_start(
        jpeg(), segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x20" + LONG)
    ),
    "jumbf": lambda: behind_start(jpeg(), segment(0xEB, b"JP\x00\x01" + LONG)),
    "mpf": lambda: behind_start(jpeg(), segment(0xE2, b"MPF\x00" + LONG)),
    "flashpix": lambda: behind_start(jpeg(), segment(0xE2, b"FPXR\x00" + LONG)),
    "ducky": lambda: behind_start(jpeg(), segment(0xEC, b"Ducky" + LONG)),
    "jfif thumbnail": lambda: behind_start(
        jpeg(), segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x03\x03" + (LONG)[:27])
    ),
    "jfxx": lambda: behind_start(jpeg(), segment(0xE0, b"JFXX\x00\x10" + LONG)),
    "colour profile words": lambda: jpeg(icc_profile=profile(CANARY)),
    "bytes behind a colour profile": lambda: jpeg(icc_profile=profile() + LONG),
    "longer adobe segment": jpeg_with_longer_adobe,
    "after the end": lambda: jpeg() + LONG,
    "second picture after the end": lambda: jpeg() + jpeg(comment=CANARY),
    "video after the end": lambda: jpeg() + b"\x00\x00\x00\x18ftypmp42" + LONG,
    "between segments": lambda: before(jpeg(), b"\xff\xdb", CANARY),
    "behind the coded data": lambda: before(jpeg(), b"\xff\xd9", CANARY, last=True),
    "before a restart": jpeg_with_filled_restarts,
    "unused quantisation table": jpeg_with_unused_table,
    "overridden quantisation table": jpeg_with_overridden_table,
    "height again": lambda: before(jpeg(), b"\xff\xd9", segment(0xDC, CANARY), last=True),
}

# ---- PNG


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(**options: object) -> bytes:
    return saved(small(), "PNG", **options)


def with_chunk(name: bytes, body: bytes, *, data: bytes | None = None) -> bytes:
    data = png() if data is None else data
    return data[:33] + chunk(name, body) + data[33:]


def png_chunks(data: bytes) -> list[tuple[bytes, bytes]]:
    found, at = [], 8
    while at < len(data):
        size = int.from_bytes(data[at : at + 4])
        found.append((data[at + 4 : at + 8], data[at + 8 : at + 8 + size]))
        at += 12 + size
    return found


def png_behind_the_stream(packed: bytes = CANARY) -> bytes:
    parts = png_chunks(png())
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        chunk(name, body + packed if name == b"IDAT" else body) for name, body in parts
    )


def png_with_more_rows() -> bytes:
    data = png()
    rows = zlib.decompress(b"".join(body for name, body in png_chunks(data) if name == b"IDAT"))
    return data[:33] + chunk(b"IDAT", zlib.compress(rows + LONG)) + chunk(b"IEND", b"")


def texts(kind: str) -> PngInfo:
    told = PngInfo()
    word = CANARY.decode()
    if kind == "zTXt":
        told.add_text("Comment", word, zip=True)
    elif kind == "iTXt":
        told.add_itxt("Comment", word, "en", "Kommentar")
    else:
        told.add_text("Author", word)
    return told


def palette_picture() -> Image.Image:
    small_one = small().quantize(16)
    colours = (small_one.getpalette() or [])[:48]
    small_one.putpalette(colours + list((LONG)[:720]))
    return small_one


def animation_with_poster() -> bytes:
    frames = [small(number) for number in (2, 3, 4)]
    poster = small(9)
    return saved(
        poster, "PNG", save_all=True, append_images=frames, default_image=True, duration=90
    )


PNG_LEAKS: dict[str, Callable[[], bytes]] = {
    "tEXt": lambda: png(pnginfo=texts("tEXt")),
    "zTXt": lambda: png(pnginfo=texts("zTXt")),
    "iTXt": lambda: png(pnginfo=texts("iTXt")),
    "exif": lambda: png(exif=exif()),
    "xmp": lambda: with_chunk(b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + LONG),
    "private chunk": lambda: with_chunk(b"prVt", LONG),
    "apple chunk": lambda: with_chunk(b"iDOT", LONG),
    "suggested palette": lambda: with_chunk(b"sPLT", CANARY + b"\x00\x08" + LONG),
    "colour profile words": lambda: png(icc_profile=profile(CANARY)),
    "colour profile name": lambda: with_chunk(
        b"iCCP", CANARY + b"\x00\x00" + zlib.compress(profile())
    ),
    "provenance": lambda: with_chunk(b"caBX", LONG),
    "raw profile": lambda: with_chunk(
        b"tEXt", b"Raw profile type exif\x00\nexif\n 99\n" + CANARY.hex().encode()
    ),
    "after the end": lambda: png() + LONG,
    "larger picture after the end": lambda: png() + png_behind_the_stream()[60:],
    "behind the packed rows": png_behind_the_stream,
    "more rows than high": png_with_more_rows,
    "unused palette entries": lambda: saved(palette_picture(), "PNG"),
    "time": lambda: with_chunk(b"tIME", b"\x07\xe8\x03\x0c\x0a\x0b\x0c" + CANARY),
}

# ---- WebP


def webp(**options: object) -> bytes:
    return saved(small(), "WEBP", **options)


def riff(data: bytes, more: bytes = b"", *, tail: bytes = b"") -> bytes:
    body = data[8:] + more
    return b"RIFF" + struct.pack("<I", len(body)) + body + tail


def riff_chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + bytes(len(body) & 1)


def webp_with_slack(data: bytes) -> bytes:
    name, size = data[12:16], int.from_bytes(data[16:20], "little")
    return riff(data[:12] + riff_chunk(name, data[20 : 20 + size] + LONG))


WEBP_LEAKS: dict[str, Callable[[], bytes]] = {
    "exif": lambda: webp(exif=exif()),
    "xmp": lambda: webp(xmp=b"<x:xmpmeta>" + CANARY),
    "colour profile words": lambda: webp(icc_profile=profile(CANARY)),
    "unknown chunk": lambda: riff(webp(exif=exif()), riff_chunk(b"abcd", LONG)),
    "provenance": lambda: riff(webp(exif=exif()), riff_chunk(b"C2PA", LONG)),
    "unknown chunk without flags": lambda: riff(webp(), riff_chunk(b"abcd", LONG)),
    "after the end": lambda: riff(webp(), tail=LONG),
    "behind the coded picture": lambda: webp_with_slack(webp()),
    "behind the lossless picture": lambda: webp_with_slack(webp(lossless=True)),
    "in an animation": lambda: riff(animated("WEBP", 3), riff_chunk(b"XMP ", LONG)),
}

# ---- GIF


def gif(**options: object) -> bytes:
    return saved(small().quantize(32), "GIF", **options)


def sub_blocks(data: bytes) -> bytes:
    pieces = [data[at : at + 255] for at in range(0, len(data), 255)]
    return b"".join(bytes([len(piece)]) + piece for piece in pieces) + b"\x00"


def gif_with(block: bytes) -> bytes:
    return gif()[:-1] + block + b";"


def gif_with_longer_data() -> bytes:
    data = gif()
    return data[:-2] + sub_blocks(LONG) + b";"


def gif_with_unused_colours() -> bytes:
    return saved(palette_picture(), "GIF", optimize=False)


GIF_LEAKS: dict[str, Callable[[], bytes]] = {
    "comment": lambda: gif(comment=CANARY),
    "application": lambda: gif_with(b"\x21\xff\x0bSOMEAPP1.0 " + sub_blocks(LONG)),
    "xmp": lambda: gif_with(b"\x21\xff\x0bXMP DataXMP" + sub_blocks(LONG)),
    "plain text": lambda: gif_with(b"\x21\x01\x0c" + bytes(12) + sub_blocks(CANARY)),
    "unknown extension": lambda: gif_with(b"\x21\x99" + sub_blocks(CANARY)),
    "after the end": lambda: gif() + LONG,
    "behind the packed pixels": gif_with_longer_data,
    "second loop count": lambda: gif_with(b"\x21\xff\x0bNETSCAPE2.0" + sub_blocks(LONG)),
    "unused palette entries": gif_with_unused_colours,
}

# ---- BMP and TIFF


def bmp_with_filled_padding() -> bytes:
    data = bytearray(saved(small().crop((0, 0, 63, 40)), "BMP"))
    for row in range(40):
        data[54 + row * 192 + 189 : 54 + row * 192 + 192] = CANARY[3 * (row % 6) :][:3]
    return bytes(data)


def bmp_with_gap() -> bytes:
    data = saved(small(), "BMP")
    return data[:10] + struct.pack("<I", 54 + len(LONG)) + data[14:54] + LONG + data[54:]


BMP_LEAKS: dict[str, Callable[[], bytes]] = {
    "after the end": lambda: saved(small(), "BMP") + LONG,
    "between header and rows": bmp_with_gap,
    "padding of rows": bmp_with_filled_padding,
}


def see_through_bmp() -> bytes:
    """Return a BMP with the longest header there is, and an alpha channel."""
    rows = cut_out().tobytes("raw", "BGRA", 0, -1)
    head = struct.pack("<IiiHHIIiiII", 124, *SIZE, 1, 32, 3, len(rows), 0, 0, 0, 0)
    head += struct.pack("<4I", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    body = head.ljust(124, b"\x00") + rows
    return b"BM" + struct.pack("<III", 14 + len(body), 0, 138) + body


def tiff(**options: object) -> bytes:
    return saved(small(), "TIFF", **options)


TIFF_LEAKS: dict[str, Callable[[], bytes]] = {
    "owner": lambda: tiff(exif=exif()),
    "description": lambda: tiff(description=CANARY.decode(), software=CANARY.decode()),
    "private field": lambda: tiff(tiffinfo={65000: LONG}),
    "xmp": lambda: tiff(tiffinfo={700: LONG}),
    "iptc": lambda: tiff(tiffinfo={33723: LONG}),
    "photoshop": lambda: tiff(tiffinfo={34377: LONG}),
    "colour profile words": lambda: tiff(icc_profile=profile(CANARY)),
    "after the end": lambda: tiff() + LONG,
    "lzw": lambda: tiff(compression="tiff_lzw", artist=CANARY.decode()) + LONG,
    "deflate": lambda: tiff(compression="tiff_adobe_deflate", artist=CANARY.decode()) + LONG,
    "packbits": lambda: tiff(compression="packbits", artist=CANARY.decode()) + LONG,
    "jpeg": lambda: tiff(compression="jpeg", artist=CANARY.decode()) + LONG,
}

LEAKS: dict[str, dict[str, Callable[[], bytes]]] = {
    "jpeg": JPEG_LEAKS,
    "png": PNG_LEAKS,
    "webp": WEBP_LEAKS,
    "gif": GIF_LEAKS,
    "bmp": BMP_LEAKS,
    "tiff": TIFF_LEAKS,
}

PLAIN: dict[str, list[Callable[[], bytes]]] = {
    "jpeg": [
        jpeg,
        lambda: jpeg(progressive=True),
        lambda: jpeg(subsampling=0, optimize=True),
        lambda: jpeg(restart_marker_blocks=3),
        lambda: saved(small().convert("L"), "JPEG"),
        lambda: saved(small().convert("CMYK"), "JPEG"),
        lambda: jpeg(keep_rgb=True),
    ],
    "png": [
        png,
        lambda: saved(small().quantize(7), "PNG"),
        lambda: saved(small().convert("1"), "PNG"),
        lambda: saved(small().convert("I;16"), "PNG"),
        lambda: saved(small().convert("LA"), "PNG"),
        lambda: png(transparency=(1, 2, 3)),
        lambda: animated("PNG", 3),
        animation_with_poster,
        lambda: saved(cut_out(), "PNG"),
    ],
    "webp": [
        webp,
        lambda: webp(lossless=True),
        lambda: saved(cut_out(), "WEBP"),
        lambda: saved(cut_out(), "WEBP", lossless=True, exact=True),
        lambda: animated("WEBP", 3),
    ],
    "gif": [
        lambda: saved(small().convert("L"), "GIF", optimize=False),
        lambda: saved(Image.new("L", SIZE, 7), "GIF", optimize=False),
        gif,
        lambda: animated("GIF", 4),
        lambda: saved(cut_out(), "GIF"),
        lambda: gif()[:-1],
    ],
    "bmp": [
        lambda: saved(small(), "BMP"),
        lambda: saved(small().quantize(9), "BMP"),
        lambda: saved(small().convert("1"), "BMP"),
        lambda: saved(cut_out(), "BMP"),
        see_through_bmp,
    ],
    "tiff": [
        tiff,
        lambda: tiff(compression="tiff_lzw"),
        lambda: tiff(compression="tiff_adobe_deflate"),
        lambda: tiff(compression="packbits"),
        lambda: tiff(compression="jpeg"),
        lambda: saved(small().convert("1"), "TIFF", compression="group4"),
        lambda: saved(small().convert("I;16"), "TIFF"),
        lambda: saved(small().quantize(20), "TIFF"),
        lambda: saved(cut_out(), "TIFF", compression="tiff_lzw"),
        lambda: tiff(save_all=True, append_images=[small(2), small(3)], compression="packbits"),
    ],
}
