"""Words planted in WebP: chunks with and without a flag, frames, packed data and padding."""

from __future__ import annotations

import struct
from collections.abc import Callable

from PIL import Image

from bench.leaks import exif, icc
from bench.leaks.jpeg import xmp
from bench.leaks.planting import Leak, canary, picture, saved

_ICC, _ALPHA, _EXIF, _XMP, _ANIM = 0x20, 0x10, 8, 4, 2


def chunk(kind: bytes, data: bytes, pad: bytes = b"\0") -> bytes:
    """Return a chunk of RIFF."""
    return kind + struct.pack("<I", len(data)) + data + (pad if len(data) % 2 else b"")


def riff(body: bytes, after: bytes = b"") -> bytes:
    """Return a file of RIFF."""
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body + after


def _bits(*, lossless: bool = False, alpha: bool = False) -> bytes:
    image = picture(mode="RGBA" if alpha else "RGB")
    if alpha:
        image.putalpha(Image.linear_gradient("L").resize(image.size))
    return saved(image, "WEBP", lossless=lossless, quality=80)[12:]


def extended(flags: int, early: bytes = b"", late: bytes = b"", *, lossless: bool = False) -> bytes:
    """Return the chunks of a picture with a head that has these flags."""
    head = chunk(b"VP8X", struct.pack("<I", flags) + b"\x1f\0\0\x1f\0\0")
    return head + early + _bits(lossless=lossless) + late


def _inside(grown: bytes, extra: bytes) -> bytes:
    """Let the first chunk go on with more bytes."""
    kind, length = grown[:4], struct.unpack_from("<I", grown, 4)[0]
    return chunk(kind, grown[8 : 8 + length] + extra)


def _frame(extra: bytes = b"", shift: int = 0, *, inner: bytes = b"") -> bytes:
    bits = saved(picture(shift=shift), "WEBP", lossless=True)[12:]
    head = bytes(6) + b"\x1f\0\0\x1f\0\0" + b"\x50\0\0\2"
    return chunk(b"ANMF", head + inner + bits + extra)


def _moving(
    early: bytes = b"", middle: bytes = b"", late: bytes = b"", *, ground: bytes = bytes(4),
    last: bytes | None = None, flags: int = 0,
) -> bytes:  # fmt: skip
    head = chunk(b"VP8X", struct.pack("<I", _ANIM | flags) + b"\x1f\0\0\x1f\0\0")
    anim = chunk(b"ANIM", ground + b"\0\0")
    body = head + early + anim + _frame() + middle + (_frame(shift=9) if last is None else last)
    return riff(body + late)


def leaks() -> list[Leak]:
    """Return the classes of this file."""
    found = []
    for name in ("IFD0-Artist", "MakerNote-Apple", "IFD1-thumbnail", "gap-before-IFD0",
                 "orientation-and-GPS-coordinates"):  # fmt: skip
        make = exif.kinds()[name]
        found.append(Leak(f"webp-exif-{name}", "webp", _exif(make)))
    for name in ("desc", "cprt", "private-tag", "after-the-last-tag", "gap-between-tags"):
        made = icc.kinds()[name]
        found.append(Leak(f"webp-icc-{name}", "webp", _icc(made)))
    found += [Leak(f"webp-{name}", "webp", make) for name, make in _still().items()]
    found += [Leak(f"webp-animated-{name}", "webp", make) for name, make in _animated().items()]
    return found + _slices()


def _exif(make: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda c: riff(extended(_EXIF, late=chunk(b"EXIF", make(c))))


def _icc(make: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda c: riff(extended(_ICC, chunk(b"ICCP", make(c))))


def _still() -> dict[str, Callable[[bytes], bytes]]:
    artist = exif.kinds()["IFD0-Artist"]
    return {
        "xmp": lambda c: riff(extended(_XMP, late=chunk(b"XMP ", xmp(c)))),
        "xmp-without-a-flag": lambda c: riff(extended(0, late=chunk(b"XMP ", xmp(c)))),
        "exif-without-a-flag": lambda c: riff(extended(0, late=chunk(b"EXIF", artist(c)))),
        "exif-twice": lambda c: riff(
            extended(_EXIF, late=chunk(b"EXIF", exif.block(exif.Notes()))
                     + chunk(b"EXIF", artist(c)))
        ),
        "exif-before-the-picture": lambda c: riff(extended(_EXIF, chunk(b"EXIF", artist(c)))),
        "exif-after-a-simple-picture": lambda c: riff(_bits() + chunk(b"EXIF", artist(c))),
        "icc-without-a-flag": lambda c: riff(
            extended(0, chunk(b"ICCP", icc.kinds()["cprt"](c)))
        ),
        "unknown-chunk": lambda c: riff(extended(0, late=chunk(b"CAMR", c))),
        "unknown-chunk-early": lambda c: riff(extended(0, chunk(b"abcd", c))),
        "unknown-chunk-after-a-simple-picture": lambda c: riff(_bits() + chunk(b"NOTE", c)),
        "LIST-INFO": lambda c: riff(extended(0, late=chunk(b"LIST", b"INFO" + chunk(b"IART", c)))),
        "C2PA": lambda c: riff(extended(0, late=chunk(b"C2PA", c))),
        "JUNK": lambda c: riff(extended(0, late=chunk(b"JUNK", c))),
        "after-the-end": lambda c: riff(_bits(), c),
        "second-WebP-after-the-end": lambda c: riff(_bits(), riff(_bits() + chunk(b"NOTE", c))),
        "lossless-after-the-end": lambda c: riff(_bits(lossless=True), c),
        "lossy-after-the-partitions": lambda c: riff(_inside(_bits(), c)),
        "lossless-after-the-bits": lambda c: riff(_inside(_bits(lossless=True), c)),
        "head-after-its-fields": lambda c: riff(
            chunk(b"VP8X", bytes(4) + b"\x1f\0\0\x1f\0\0" + c) + _bits()
        ),
        "after-the-alpha-bits": _alpha,
        "second-picture": lambda c: riff(extended(0, late=_inside(_bits(), c))),
        "stray-ANIM": lambda c: riff(extended(0, chunk(b"ANIM", bytes(6) + c))),
        "stray-frame": lambda c: riff(extended(0, late=_frame(chunk(b"NOTE", c)))),
        "stray-alpha": lambda c: riff(extended(0, chunk(b"ALPH", b"\0" + c))),
    }  # fmt: skip


def _alpha(c: bytes) -> bytes:
    whole = _bits(alpha=True)
    at = whole.index(b"ALPH")
    length = struct.unpack_from("<I", whole, at + 4)[0]
    end = at + 8 + length + length % 2
    return riff(whole[:at] + chunk(b"ALPH", whole[at + 8 : at + 8 + length] + c) + whole[end:])


def _animated() -> dict[str, Callable[[bytes], bytes]]:
    return {
        "unknown-chunk-in-a-frame": lambda c: _moving(middle=_frame(chunk(b"NOTE", c), 5)),
        "unknown-chunk-first-in-a-frame": lambda c: _moving(
            middle=_frame(inner=chunk(b"NOTE", c), shift=5)
        ),
        "unknown-chunk-in-the-last-frame": lambda c: _moving(last=_frame(chunk(b"EXIF", c), 5)),
        "unknown-chunk-between-frames": lambda c: _moving(middle=chunk(b"NOTE", c)),
        "exif": lambda c: _moving(late=chunk(b"EXIF", exif.kinds()["IFD0-Artist"](c)), flags=_EXIF),
        "xmp-without-a-flag": lambda c: _moving(late=chunk(b"XMP ", xmp(c))),
        "ANIM-after-its-fields": lambda c: _moving(ground=bytes(6) + c),
        "after-the-bits-of-a-frame": _frame_bits,
        "unknown-chunk-late": lambda c: _moving(late=chunk(b"NOTE", c)),
    }


def _frame_bits(c: bytes) -> bytes:
    bits = _inside(saved(picture(shift=5), "WEBP", lossless=True)[12:], c)
    head = bytes(6) + b"\x1f\0\0\x1f\0\0" + b"\x50\0\0\2"
    return _moving(middle=chunk(b"ANMF", head + bits))


def _hidden_colours(c: bytes) -> bytes:
    """Keep a noise of colours under full transparency."""
    image = picture(mode="RGBA")
    noise = Image.effect_noise((32, 24), 90).convert("RGBA")
    noise.putpixel((0, 0), (c[0], c[1], c[2], 0))
    noise.putalpha(0)
    image.paste(noise, (0, 0))
    return saved(image, "WEBP", lossless=True, exact=True)


_HIDDEN = _hidden_colours(canary("webp-colours-under-transparency"))


def _slices() -> list[Leak]:
    """Return places too small for a canary: the very bytes around them may not be left."""
    ground = canary("webp-animated-background")[:4]
    middle = len(_HIDDEN) // 2
    return [
        Leak(
            "webp-animated-background", "webp",
            lambda c: _moving(ground=ground), lambda c: [b"ANIM\6\0\0\0" + ground],
        ),
        Leak(
            "webp-reserved-bytes-of-the-head", "webp",
            lambda c: riff(chunk(b"VP8X", b"\0" + c[:3] + b"\x1f\0\0\x1f\0\0") + _bits()),
            lambda c: [b"VP8X\x0a\0\0\0\0" + c[:3]],
        ),
        Leak(
            "webp-padding-byte", "webp",
            lambda c: riff(extended(_EXIF, late=chunk(b"EXIF", b"x" * 25, c[:1]))),
            lambda c: [b"x" * 25 + c[:1]],
        ),
        Leak(
            "webp-colours-under-transparency", "webp",
            lambda c: _HIDDEN, lambda c: [_HIDDEN[middle : middle + 24]],
        ),
    ]  # fmt: skip
