"""Read a cleaned PNG again, with other code: every chunk known, every byte accounted for."""

from __future__ import annotations

import binascii
import hashlib
import zlib
from typing import BinaryIO

from stillmine.errors import StillSpeaks
from stillmine.imaging.clean.icc_audit import audit_profile
from stillmine.imaging.clean.pixels import shown_by

_TURN = bytes.fromhex("4d4d002a000000080001011200030000000100")
_SIZES = {
    "IHDR": 13,
    "IEND": 0,
    "acTL": 8,
    "fcTL": 26,
    "gAMA": 4,
    "cHRM": 32,
    "sRGB": 1,
    "cICP": 4,
    "mDCV": 24,
    "cLLI": 8,
}
_ONCE = frozenset([*_SIZES, "PLTE", "tRNS", "iCCP", "sBIT", "eXIf"]) - {"fcTL"}
_MOST = 1 << 26
_pillow_sees = shown_by("PNG")


def audit(source: BinaryIO) -> None:
    """Account for every byte, chunk by chunk. Raises StillSpeaks."""
    source.seek(0)
    if source.read(8) != b"\x89PNG\r\n\x1a\n":
        raise StillSpeaks(part="png-start")
    seen: list[str] = []
    stream: zlib._Decompress | None = None
    while "IEND" not in seen:
        name, body = _next(source)
        if name in seen and name in _ONCE:
            raise StillSpeaks(part="png-chunk-twice")
        if name in ("IDAT", "fdAT"):
            stream = _follow(stream, body[4:] if name == "fdAT" else body)
        else:
            _audit_end(stream)
            stream = None
            _audit_chunk(name, body)
        seen.append(name)
    if source.read(1) or seen[0] != "IHDR":
        raise StillSpeaks(part="png-end")


def _next(source: BinaryIO, *, ours: bool = True) -> tuple[str, bytes]:
    """Return the next chunk; in a file of ours every sum has to be right."""
    head = source.read(8)
    size = int.from_bytes(head[:4])
    if len(head) < 8 or size > _MOST:
        raise StillSpeaks(part="png-chunk")
    body, total = source.read(size), source.read(4)
    if ours and binascii.crc32(head[4:] + body).to_bytes(4) != total:
        raise StillSpeaks(part="png-checksum")
    return head[4:].decode("latin-1"), body


def _audit_chunk(name: str, body: bytes) -> None:
    if name in _SIZES:
        fits = len(body) == _SIZES[name]
    elif name == "PLTE":
        fits = len(body) <= 768 and not len(body) % 3
    elif name == "tRNS":
        fits = len(body) <= 256
    elif name == "sBIT":
        fits = len(body) <= 4
    elif name == "eXIf":
        fits = len(body) == 26 and body[:19] == _TURN and 2 <= body[19] <= 8 and not any(body[20:])
    else:
        fits = name == "iCCP" and _is_plain_profile(body)
    if not fits:
        raise StillSpeaks(part="png-chunk")


def _is_plain_profile(body: bytes) -> bool:
    if body[:8] != b"colour\x00\x00":
        return False
    unpacking = zlib.decompressobj()
    try:
        audit_profile(unpacking.decompress(body[8:], _MOST))
    except zlib.error:
        return False
    return unpacking.eof and not unpacking.unused_data


def _follow(stream: zlib._Decompress | None, data: bytes) -> zlib._Decompress:
    """Unpack along: the picture's stream must end where its chunks end, and not before."""
    stream = stream or zlib.decompressobj()
    try:
        while data:
            if stream.eof:
                raise StillSpeaks(part="png-behind-the-picture")
            stream.decompress(data, 1 << 20)
            if stream.unused_data:
                raise StillSpeaks(part="png-behind-the-picture")
            data = stream.unconsumed_tail
    except zlib.error as error:
        raise StillSpeaks(part="png-picture-data") from error
    return stream


def _audit_end(stream: zlib._Decompress | None) -> None:
    if stream is not None:
        while not stream.eof:
            if not stream.decompress(stream.unconsumed_tail or b"", 1 << 20):
                raise StillSpeaks(part="png-picture-data")


def shown(source: BinaryIO) -> bytes:
    """Return a digest of all that decides over a still's pixels; of an animation, of its frames.

    It holds header, palette, transparency and the rows before any rounding to eight bits.
    """
    source.seek(8)
    whole, stream, name = hashlib.sha256(), zlib.decompressobj(), ""
    left = 0
    while name != "IEND":
        name, body = _next(source, ours=False)
        if name == "acTL":
            return _pillow_sees(source)
        if name == "IHDR":
            width, height = int.from_bytes(body[:4]), int.from_bytes(body[4:8])
            left = 8 * width * height + 16 * (height + 8)  # more than any rows of that size have
        if name in ("IHDR", "PLTE", "tRNS"):
            whole.update(name.encode() + len(body).to_bytes(4) + body)
        while name == "IDAT" and body and not stream.eof and left > 0:
            rows = stream.decompress(body, 1 << 20)
            whole.update(rows)
            left -= len(rows)
            body = stream.unconsumed_tail
    while left > 0 and not stream.eof and (rows := stream.decompress(b"", 1 << 20)):
        whole.update(rows)
        left -= len(rows)
    return whole.digest()
