"""Words planted in GIF: comments, extensions, colours never used, data behind codes and frames."""

from __future__ import annotations

import re
from collections.abc import Callable

from bench.leaks import icc
from bench.leaks.jpeg import xmp
from bench.leaks.planting import Leak, many, picture, saved


def blocks(data: bytes) -> bytes:
    """Return data in blocks of up to 255 bytes, and the empty block that ends them."""
    out = b""
    for at in range(0, len(data), 255):
        part = data[at : at + 255]
        out += bytes([len(part)]) + part
    return out + b"\0"


def extension(label: int, first: bytes, rest: bytes = b"") -> bytes:
    """Return an extension with a first block of its own."""
    return bytes([0x21, label, len(first)]) + first + blocks(rest)


def _parts(*, moving: bool = False) -> tuple[bytes, list[bytes]]:
    """Return the head with its colours, and each frame with its control block."""
    whole = b""
    frames = []
    for shift in (0, 20) if moving else (0,):
        flat = picture(shift=shift).quantize(8)
        whole = saved(flat, "GIF", optimize=False)
        table = whole[13 : 13 + 3 * (2 << (whole[10] & 7))]
        image = whole[whole.index(b"\x2c\0\0\0\0") : -1]
        inside = bytearray(image)
        if not inside[9] & 0x80:
            inside[9] = 0x80 | whole[10] & 7
            inside[10:10] = table
        frames.append(extension(0xF9, b"\0\x14\0\0") + bytes(inside))
    size = 13 + 3 * (2 << (whole[10] & 7))
    return b"GIF89a" + whole[6:size], frames


def gif(
    early: bytes = b"", between: bytes = b"", late: bytes = b"", after: bytes = b"", *,
    moving: bool = True, last: bytes | None = None,
) -> bytes:  # fmt: skip
    """Return a GIF with blocks before, between and behind its frames."""
    head, frames = _parts(moving=moving)
    final = frames[-1] if last is None else last
    loop = extension(0xFF, b"NETSCAPE2.0", b"\1\0\0") if moving else b""
    first = frames[0] + between if moving else b""
    return head + loop + early + first + final + late + b";" + after


_APPS = (
    b"ICCRGBG1012", b"MGK8BIM0000", b"MGKIPTC0000", b"fractintrev", b"ImageMagick",
    b"ZGATEXTI5\0\0",
    b"ADOBE:IR1.0", b"STARDIV 5.0", b"C2PA_GIF\1\0\0", b"ANIMEXTS1.0", b"unknown0001",
)  # fmt: skip


def leaks() -> list[Leak]:
    """Return the classes of this file."""
    found = []
    for name in _APPS:
        title = "-".join(re.findall(r"\w+", name.decode()))
        found.append(Leak(f"gif-app-{title}", "gif", _app(name)))
    found += [Leak(f"gif-{name}", "gif", make) for name, make in _odd().items()]
    return [*found, Leak("gif-colours-of-clear-pixels", "gif", _clear, _clear_forms)]


def _app(name: bytes) -> Callable[[bytes], bytes]:
    return lambda c: gif(extension(0xFF, name, c))


def _head(colours: int, table: bytes, tail: bytes) -> bytes:
    head, frames = _parts(moving=False)
    return head[:10] + bytes([0x80 | colours, 0, 0]) + table + tail + frames[0] + b";"


def _frame(change: Callable[[bytearray], bytes]) -> bytes:
    _, frames = _parts()
    return gif(last=change(bytearray(frames[0])))


def _behind_codes(c: bytes, *, apart: bool = False) -> bytes:
    """Go on in the last block of a frame, or in one more, behind the code that ends it."""
    _, frames = _parts()
    image = frames[0]
    at = 8 + 10 + 3 * (2 << (image[8 + 9] & 7)) + 1
    data, place = b"", at
    while image[place]:
        data += image[place + 1 : place + 1 + image[place]]
        place += 1 + image[place]
    body = blocks(data)[:-1] + blocks(c) if apart else blocks(data + c)
    return gif(last=image[:at] + body)


def _outside(c: bytes) -> bytes:
    """Put a frame of one pixel beside the screen, with colours that say something."""
    place = b"\x2c" + b"\x1f\0\x1f\0\1\0\1\0"
    data = place + b"\x82" + c + b"\2\2\x4c\1\0"
    return gif()[:-1] + extension(0xF9, b"\1\x14\0\0") + data + b";"


def _clear(c: bytes) -> bytes:
    """Name a clear colour for each of eight frames, which says something in its table."""
    frames = b""
    for at in range(0, 24, 3):
        table = b"\x10\x20\x30" + c[at : at + 3]
        frames += extension(0xF9, b"\1\x0a\0\1") + b"\x2c\0\0\0\0\2\0\1\0\x80" + table
        frames += b"\2\2\x4c\x0a\0"
    head = b"GIF89a\2\0\1\0\0\0\0"
    return head + extension(0xFF, b"NETSCAPE2.0", b"\1\0\0") + frames + b";"


def _clear_forms(c: bytes) -> list[bytes]:
    return [b"\x10\x20\x30" + c[at : at + 3] for at in range(0, 24, 3)]


def _odd() -> dict[str, Callable[[bytes], bytes]]:
    return {
        "comment": lambda c: gif(b"\x21\xfe" + blocks(c)),
        "comment-between-frames": lambda c: gif(between=b"\x21\xfe" + blocks(c)),
        "comment-before-the-trailer": lambda c: gif(late=b"\x21\xfe" + blocks(c)),
        "comment-in-a-still": lambda c: gif(b"\x21\xfe" + blocks(c), moving=False),
        "comment-in-two-blocks": lambda c: gif(b"\x21\xfe" + blocks(many(c, 500))),
        "plain-text": lambda c: gif(late=extension(0x01, bytes(12), c)),
        "plain-text-first": lambda c: gif(extension(0x01, bytes(12), c), moving=False),
        "unknown-extension": lambda c: gif(extension(0xAA, c[:11], c)),
        "unknown-extension-2": lambda c: gif(late=extension(0x99, b"x", c)),
        "xmp": lambda c: gif(
            b"\x21\xff\x0bXMP DataXMP" + xmp(c) + bytes([1, *range(255, -1, -1), 0])
        ),
        "xmp-magic-trailer": lambda c: gif(b"\x21\xff\x0bXMP DataXMP" + blocks(b"x" + c)),
        "icc": lambda c: gif(extension(0xFF, b"ICCRGBG1012", icc.kinds()["cprt"](c))),
        "NETSCAPE-odd-block": lambda c: gif(b"\x21\xff\x0bNETSCAPE2.0\3\1\0\0" + blocks(c)),
        "NETSCAPE-longer-block": lambda c: gif(extension(0xFF, b"NETSCAPE2.0", b"\1\0\0" + c)),
        "NETSCAPE-buffering": lambda c: gif(extension(0xFF, b"NETSCAPE2.0", b"\2" + c)),
        "after-the-trailer": lambda c: gif(after=c),
        "second-GIF-after-the-trailer": lambda c: gif(after=gif(b"\x21\xfe" + blocks(c))),
        "global-colours-never-used": lambda c: _head(2, c, b""),
        "global-colours-beyond-those-used": lambda c: _head(4, bytes(24), many(c, 72)),
        "local-colours-never-used": _local,
        "behind-the-end-code": _behind_codes,
        "block-behind-the-end-code": lambda c: _behind_codes(c, apart=True),
        "frame-outside-the-screen": _outside,
        "control-block-twice": lambda c: gif(late=extension(0xF9, b"\0\x14\0\0", c)),
        "control-block-longer": lambda c: gif(extension(0xF9, b"\0\x14\0\0" + c)),
    }


def _local(c: bytes) -> bytes:
    """Give a frame 16 colours more than it uses."""

    def change(frame: bytearray) -> bytes:
        size = 3 * (2 << (frame[17] & 7))
        table = bytes(frame[18 : 18 + size])
        grown = table.ljust(24, b"\0") + many(c, 24)
        frame[17] = 0x80 | 3
        return bytes(frame[:18]) + grown + bytes(frame[18 + size :])

    return _frame(change)
