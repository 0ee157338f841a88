"""Pictures in odd forms, made here: colours, depths and boxes that few programs write."""

from __future__ import annotations

import io
import struct
import zlib

import numpy as np
import pillow_heif
from PIL import Image, ImageCms

from tests.likeness import films

MINE = films.photo(4)
HIGH, WIDE = MINE.shape[:2]


def saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def plain() -> Image.Image:
    return Image.fromarray(MINE)


def small() -> Image.Image:
    return plain().resize((360, 240), Image.Resampling.LANCZOS)


def sixteen_bits() -> bytes:
    """Return a grey PNG of 16 bits whose lower bits are noise."""
    grey = np.asarray(plain().convert("L")).astype(np.uint16) * 256
    grey += np.random.default_rng(1).integers(0, 256, grey.shape, np.uint16)
    return saved(Image.fromarray(grey), "PNG")


def sixteen_bit_colours() -> bytes:
    """Return a PNG of 16 bits a channel, written by hand: Pillow writes none."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    rows = b"".join(b"\x00" + (row.astype(">u2") * 257).tobytes() for row in MINE)
    head = struct.pack(">IIBBBBB", WIDE, HIGH, 16, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


def floats() -> bytes:
    return saved(Image.fromarray(np.asarray(plain().convert("L"), np.float32) / 255), "TIFF")


def with_profile() -> bytes:
    """Return the picture with other primaries, and a profile that is larger than its pixels."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    other = plain().convert("RGB", (0.6, 0.3, 0.1, 0, 0.1, 0.8, 0.1, 0, 0.1, 0.2, 0.7, 0))
    return saved(other, "JPEG", quality=90, icc_profile=profile + bytes(200_000))


def lab() -> bytes:
    """Return the picture in the colours L*a*b*."""
    spaces = (ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"))
    changed = ImageCms.profileToProfile(plain(), *spaces, outputMode="LAB")
    assert changed is not None
    return saved(changed, "TIFF")


def see_through() -> bytes:
    clear = plain().convert("RGBA")
    clear.putalpha(Image.linear_gradient("L").resize(clear.size).point(lambda v: 90 + v // 2))
    return saved(clear, "PNG")


def heic_with_clap(wide: int = 905, high: int = 597) -> bytes:
    """Return a HEIC that shows an odd part of itself, half a pixel off its middle."""
    out = io.BytesIO()
    pillow_heif.from_pillow(plain()).save(out, quality=80)
    return _with_clap(out.getvalue(), wide, high)


def _with_clap(data: bytes, wide: int, high: int) -> bytes:
    """Put a `clap` property (ISO/IEC 14496-12, 12.1.4.2) beside the ones of the picture."""
    body = struct.pack(">8I", wide, 1, high, 1, 1, 2, 1, 2)
    box = struct.pack(">I4s", 8 + len(body), b"clap") + body
    data, grown = bytearray(data), len(box)
    at = data.index(b"ipco") - 4
    size = int.from_bytes(data[at : at + 4])
    count = _boxes(bytes(data[at + 8 : at + size]))
    data[at + size : at + size] = box
    data[at : at + 4] = (size + grown).to_bytes(4)
    ipma = data.index(b"ipma", at + size)
    entry = ipma + 4 + 4 + 4 + 2  # version and flags, entries, item
    data[entry] += 1
    data[entry + 1 + data[entry] - 1 : entry + 1 + data[entry] - 1] = bytes([0x80 | count + 1])
    grown += 1
    start = ipma - 4
    data[start : start + 4] = (int.from_bytes(data[start : start + 4]) + 1).to_bytes(4)
    for name, more in ((b"iprp", grown), (b"meta", grown)):
        place = data.index(name) - 4
        data[place : place + 4] = (int.from_bytes(data[place : place + 4]) + more).to_bytes(4)
    iloc = data.index(b"iloc")
    where = bytes(data[iloc : iloc + 60])
    old = data.index(b"mdat") + 4 - grown
    spot = where.find(old.to_bytes(4))
    assert spot > 0, "the extent is told as an offset in the file"
    data[iloc + spot : iloc + spot + 4] = (old + grown).to_bytes(4)
    return bytes(data)


def _boxes(data: bytes) -> int:
    at = count = 0
    while at < len(data):
        at += int.from_bytes(data[at : at + 4])
        count += 1
    return count


def apng_of(frames: int) -> bytes:
    """Return an APNG with many one-pixel frames, written by hand because Pillow would take long."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    pixel = zlib.compress(b"\x00\x7f")
    parts = [b"\x89PNG\r\n\x1a\n", chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))]
    parts.append(chunk(b"acTL", struct.pack(">II", frames, 0)))
    number = 0
    for frame in range(frames):
        parts.append(chunk(b"fcTL", struct.pack(">5I2H2B", number, 1, 1, 0, 0, 1, 10, 0, 0)))
        number += 1
        if frame == 0:
            parts.append(chunk(b"IDAT", pixel))
            continue
        parts.append(chunk(b"fdAT", struct.pack(">I", number) + pixel))
        number += 1
    return b"".join([*parts, chunk(b"IEND", b"")])
