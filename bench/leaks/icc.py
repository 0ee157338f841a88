"""Colour profiles (ICC.1:2022) and the places in them for a word."""

from __future__ import annotations

import struct
from collections.abc import Callable

from PIL import ImageCms


def _sections() -> tuple[bytes, dict[bytes, bytes]]:
    whole = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    count = struct.unpack_from(">I", whole, 128)[0]
    tags = {}
    for row in range(count):
        name, at, length = struct.unpack_from(">4sII", whole, 132 + 12 * row)
        tags[name] = whole[at : at + length]
    # Other colours than sRGB, so that the profile cannot simply be dropped.
    tags[b"rXYZ"] = tags[b"rXYZ"][:8] + struct.pack(">iii", 33759, 15807, -69)
    return whole[:128], tags


def profile(
    tags: dict[bytes, bytes],
    *,
    gap: bytes = b"",
    tail: bytes = b"",
    head: tuple[int, bytes] | None = None,
) -> bytes:
    """Return a profile with these tags besides its own."""
    top, own = _sections()
    if head is not None:
        at, data = head
        top = top[:at] + data + top[at + len(data) :]
    own |= tags
    rows, body = [], gap + b"\0" * (-len(gap) % 4)
    start = 132 + 12 * len(own)
    for name, data in own.items():
        rows.append(struct.pack(">4sII", name, start + len(body), len(data)))
        body += data + b"\0" * (-len(data) % 4)
    whole = top[4:] + struct.pack(">I", len(rows)) + b"".join(rows) + body + tail
    return struct.pack(">I", len(whole) + 4) + whole


def text(words: bytes) -> bytes:
    """Return a value of the type `text`."""
    return b"text\0\0\0\0" + words + b"\0"


def described(words: bytes, mac: bytes = b"") -> bytes:
    """Return a value of the type `desc` of version 2."""
    head = b"desc\0\0\0\0" + struct.pack(">I", len(words) + 1) + words + b"\0"
    return head + b"\0" * 8 + b"\0\0" + bytes([len(mac)]) + mac.ljust(67, b"\0")


def localised(words: bytes, language: bytes = b"enUS", *, hidden: bytes = b"") -> bytes:
    """Return a value of the type `mluc`, after a first record that says sRGB."""
    first, second = "sRGB".encode("utf-16-be"), words.decode().encode("utf-16-be")
    start = 16 + 24
    rows = struct.pack(">4sII", b"enUS", len(first), start)
    rows += struct.pack(">4sII", language, len(second), start + len(first))
    return b"mluc\0\0\0\0" + struct.pack(">II", 2, 12) + rows + first + second + hidden


def kinds() -> dict[str, Callable[[bytes], bytes]]:
    """Return each place in a profile by its name, with what makes such a profile."""
    return {
        "desc": lambda c: profile({b"desc": described(c)}),
        "desc-ScriptCode": lambda c: profile({b"desc": described(b"sRGB", c)}),
        "desc-in-another-language": lambda c: profile({b"desc": localised(c, b"frFR")}),
        "desc-after-its-texts": lambda c: profile({b"desc": localised(b"sRGB", hidden=c)}),
        "cprt": lambda c: profile({b"cprt": text(c)}),
        "dmnd": lambda c: profile({b"dmnd": described(c)}),
        "dmdd": lambda c: profile({b"dmdd": described(c)}),
        "targ": lambda c: profile({b"targ": text(c)}),
        "vued": lambda c: profile({b"vued": described(c)}),
        "meta": lambda c: profile({b"meta": b"dict\0\0\0\0" + struct.pack(">II", 0, 16) + c}),
        "private-tag": lambda c: profile({b"dscm": localised(c)}),
        "vcgt-of-the-monitor": lambda c: profile(
            {b"vcgt": b"vcgt\0\0\0\0\0\0\0\0\0\1\0\1\0\x18" + c}
        ),
        "MS00": lambda c: profile({b"MS00": b"MS10\0\0\0\0" + c}),
        "gap-between-tags": lambda c: profile({}, gap=c),
        "after-the-last-tag": lambda c: profile({}, tail=c),
        "reserved-bytes-of-the-header": lambda c: profile({}, head=(100, c)),
        "profile-ID": lambda c: profile({}, head=(84, c[:16])),
        "curve-after-its-end": _curve,
    }


def _curve(words: bytes) -> bytes:
    _, own = _sections()
    return profile({b"rTRC": own[b"rTRC"] + words})
