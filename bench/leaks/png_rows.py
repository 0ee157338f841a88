"""Words planted among the pixels of a PNG, where no viewer shows them, and in APNG frames."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

from bench.leaks.planting import Leak, many, picture, split
from bench.leaks.png import chunk, drawn, header, png, rows


def leaks() -> list[Leak]:
    """Return the classes of this file."""
    found = [Leak(f"apng-{name}", "png", make) for name, make in _frames().items()]
    found += [
        Leak("png-colours-under-transparency", "png", _rgba, lambda c: [split(c, 3, b"\0")]),
        Leak("png-greys-under-transparency", "png", _grey, lambda c: [split(c, 1, b"\0")]),
        Leak("png-deep-colours-under-transparency", "png", _deep, lambda c: [split(c, 6, b"\0\0")]),
        Leak("apng-colours-under-transparency", "png", _clear_frame, _clear_forms),
        Leak("png-palette-under-transparency", "png", _clear_palette),
        Leak("png-bits-beyond-the-width", "png", _bits, lambda c: [rows(c, 1)]),
        Leak("png-bits-beyond-the-width-interlaced", "png", _bits_interlaced, _spare_interlaced),
        Leak("png-filter-types", "png", _filters, lambda c: [_filtered(c)]),
        Leak("png-bits-before-stored-blocks", "png", _stored, _stored_forms),
    ]
    return found


def _rgba(c: bytes) -> bytes:
    pixels = bytearray(picture(mode="RGBA").tobytes())
    pixels[: 32 * 4] = split(many(c, 96), 3, b"\0")
    return png(head=header(colour=6), data=zlib.compress(rows(bytes(pixels), 128)))


def _grey(c: bytes) -> bytes:
    pixels = bytearray(picture(mode="LA").tobytes())
    pixels[:64] = split(many(c, 32), 1, b"\0")
    return png(head=header(colour=4), data=zlib.compress(rows(bytes(pixels), 64)))


def _deep(c: bytes) -> bytes:
    pixels = bytearray(b"\x40\x80\x40\x80\x40\x80\xff\xff" * 32 * 32)
    pixels[: 8 * 8] = split(many(c, 48), 6, b"\0\0")
    return png(head=header(depth=16, colour=6), data=zlib.compress(rows(bytes(pixels), 256)))


def _clear_palette(c: bytes) -> bytes:
    """Use eight colours that are all clear."""
    extra = chunk(b"PLTE", b"\xff\x80\x20" + c) + chunk(b"tRNS", b"\xff" + bytes(8))
    data = zlib.compress(rows(bytes([0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0]) * 64, 32))
    return png(extra, head=header(colour=3), data=data)


def _bits(c: bytes) -> bytes:
    """Leave seven bits of each row beyond a picture of one pixel in width."""
    return png(head=header(1, 24, 1, 0), data=zlib.compress(rows(c, 1)))


def _bits_interlaced(c: bytes) -> bytes:
    """Write a black picture of 24 by 24 dots; the first pass has rows of three bits."""
    body = b""
    for wide, high in ((3, 3), (3, 3), (6, 3), (6, 6), (12, 6), (12, 12), (24, 12)):
        body += rows(bytes((wide + 7) // 8 * high), (wide + 7) // 8)
    at = sum((1 + (w + 7) // 8) * h for w, h in ((3, 3), (3, 3), (6, 3), (6, 6)))
    spare = bytearray(body)
    for row in range(6):  # passes five: two bytes, of which four bits are beyond the width
        spare[at + 3 * row + 2] = c[row] & 0x0F
    return png(head=header(24, 24, 1, 0, 1), data=zlib.compress(bytes(spare)))


def _spare_interlaced(c: bytes) -> list[bytes]:
    return [b"".join(b"\0\0" + bytes([c[row] & 0x0F]) for row in range(6))]


def _filtered(c: bytes) -> bytes:
    return b"".join(bytes([byte % 5, 0]) for byte in c * 3)


def _filters(c: bytes) -> bytes:
    """Say something by the choice of filters: a black picture looks the same with each."""
    return png(head=header(1, 72, 8, 0), data=zlib.compress(_filtered(c)))


def _stored_forms(c: bytes) -> list[bytes]:
    """Return the bytes from the spare bits of one block to those of the next, for each block."""
    plain = drawn()
    step = len(plain) // 32
    length = struct.pack("<HH", step, step ^ 0xFFFF)
    return [bytes([(c[row] & 0x1F) << 3]) + length for row in range(24) if c[row] & 0x1F]


def _stored(c: bytes) -> bytes:
    """Write one stored block for each row; five bits before its length are never read."""
    plain = drawn()
    out = b"\x78\x01"
    step = len(plain) // 32
    for row in range(32):
        part = plain[row * step : (row + 1) * step]
        head = (row == 31) | (c[row % 24] & 0x1F) << 3
        out += bytes([head]) + struct.pack("<HH", step, step ^ 0xFFFF) + part
    return png(data=out + struct.pack(">I", zlib.adler32(plain)))


def _control(number: int, *, at: int = 0) -> bytes:
    return chunk(b"fcTL", struct.pack(">IIIIIHHBB", number, 32, 32, at, at, 1, 10, 0, 0))


def _frame(number: int, extra: bytes = b"", shift: int = 20) -> bytes:
    plain = rows(picture(shift=shift).tobytes(), 96)
    return chunk(b"fdAT", struct.pack(">I", number) + zlib.compress(plain) + extra)


def _apng(
    early: bytes = b"", middle: bytes = b"", late: bytes = b"", *, extra: bytes = b""
) -> bytes:
    acts = chunk(b"acTL", struct.pack(">II", 2, 0)) + _control(0)
    return png(early + acts, middle + _control(1) + _frame(2, extra) + late)


def _hidden_default(c: bytes) -> bytes:
    """Write a first picture that belongs to no frame: only old readers show it."""
    plain = rows(many(c, 96 * 32), 96)
    acts = chunk(b"acTL", struct.pack(">II", 2, 0))
    late = _control(0) + _frame(1, shift=0) + _control(2) + _frame(3)
    return png(acts, late, data=zlib.compress(plain))


def _clear_frame(c: bytes) -> bytes:
    """Let a second frame be clear where it says something."""
    first = rows(picture(mode="RGBA").tobytes(), 128)
    pixels = bytearray(picture(mode="RGBA", shift=9).tobytes())
    pixels[:128] = split(many(c, 96), 3, b"\0")
    second = chunk(b"fdAT", struct.pack(">I", 2) + zlib.compress(rows(bytes(pixels), 128)))
    acts = chunk(b"acTL", struct.pack(">II", 2, 0)) + _control(0)
    return png(acts, _control(1) + second, head=header(colour=6), data=zlib.compress(first))


def _clear_forms(c: bytes) -> list[bytes]:
    return [split(c, 3, b"\0")]


def _frame_too_many(c: bytes) -> bytes:
    plain = zlib.compress(rows(many(c, 96 * 32), 96))
    return _apng(late=_control(3) + chunk(b"fdAT", struct.pack(">I", 4) + plain))


def _below_the_frame(c: bytes) -> bytes:
    plain = zlib.compress(rows(picture(shift=20).tobytes(), 96) + many(c, 97))
    acts = chunk(b"acTL", struct.pack(">II", 2, 0)) + _control(0)
    return png(acts, _control(1) + chunk(b"fdAT", struct.pack(">I", 2) + plain))


def _frames() -> dict[str, Callable[[bytes], bytes]]:
    return {
        "hidden-default-picture": _hidden_default,
        "frame-too-many": _frame_too_many,
        "rows-below-a-frame": _below_the_frame,
        "after-the-packed-rows-of-a-frame": lambda c: _apng(extra=c),
        "text-between-frames": lambda c: _apng(middle=chunk(b"tEXt", b"Comment\0" + c)),
        "private-chunk-between-frames": lambda c: _apng(middle=chunk(b"prVt", c)),
        "text-after-the-last-frame": lambda c: _apng(late=chunk(b"iTXt", b"T\0\0\0\0\0" + c)),
        "after-IEND": lambda c: _apng() + c,
        "frame-after-IEND": lambda c: _apng() + chunk(b"fdAT", bytes(4) + c),
        "acTL-after-its-fields": lambda c: _apng().replace(
            chunk(b"acTL", struct.pack(">II", 2, 0)),
            chunk(b"acTL", struct.pack(">II", 2, 0) + c),
        ),
        "fcTL-after-its-fields": lambda c: _apng().replace(
            _control(0), chunk(b"fcTL", _control(0)[8:-4] + c)
        ),
    }
