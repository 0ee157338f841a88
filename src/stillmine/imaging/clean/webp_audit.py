"""Read a cleaned WebP again, with other code: the picture, and what the flags announce."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from stillmine.errors import StillSpeaks
from stillmine.imaging.clean.icc_audit import audit_profile

_TURN = bytes.fromhex("4d4d002a000000080001011200030000000100")


def audit(source: BinaryIO) -> None:
    """Account for every byte, chunk by chunk. Raises StillSpeaks."""
    source.seek(0)
    data = source.read()
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise StillSpeaks(part="webp-start")
    if int.from_bytes(data[4:8], "little") + 8 != len(data):
        raise StillSpeaks(part="webp-end")
    names = ""
    for name, body in _walk(data, 12):
        _audit_chunk(name, body)
        names += {b"VP8X": "X", b"ICCP": "I", b"ALPH": "A", b"ANIM": "M", b"ANMF": "F"}.get(
            name, "E" if name == b"EXIF" else "P"
        )
    frames = names.count("F")
    if (names.replace("F" * frames, "F") if frames else names) not in _ORDERS:
        raise StillSpeaks(part="webp-chunks")


_ORDERS = frozenset(
    ["P"]
    + [f"X{i}{picture}{e}" for i in ("", "I") for picture in ("P", "AP", "MF") for e in ("", "E")]
)


def _walk(data: bytes, at: int) -> Iterator[tuple[bytes, bytes]]:
    while at < len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + size
        if end > len(data) or (size & 1 and data[end : end + 1] != b"\x00"):
            raise StillSpeaks(part="webp-padding")
        yield data[at : at + 4], data[at + 8 : end]
        at = end + (size & 1)


def _audit_chunk(name: bytes, body: bytes) -> None:
    if name == b"VP8X":
        fits = len(body) == 10 and not body[0] & 0xC5 and not any(body[1:4])
    elif name == b"ICCP":
        audit_profile(body)
        fits = True
    elif name == b"EXIF":
        fits = len(body) == 26 and body[:19] == _TURN and 2 <= body[19] <= 8 and not any(body[20:])
    elif name == b"ANIM":
        fits = len(body) == 6
    elif name == b"ANMF":
        inside = [name for name, _ in _walk(body, 16)]
        fits = body[15] < 4 and inside in ([b"VP8 "], [b"VP8L"], [b"ALPH", b"VP8 "])
    else:
        fits = name in (b"VP8 ", b"VP8L", b"ALPH")
    if not fits:
        raise StillSpeaks(part="webp-chunk")
