"""Say what a PNG file tells besides its picture, chunk by chunk."""

from __future__ import annotations

import binascii
import zlib
from typing import BinaryIO

from stillmine.errors import FileDamaged
from stillmine.imaging.clean import exif, icc, iptc, png_chunks, xmp
from stillmine.imaging.clean.findings import MOST_FINDINGS, MOST_SAID, Finding, found
from stillmine.imaging.clean.png_chunks import Chunk
from stillmine.imaging.clean.reading import size_of

_SILENT = frozenset(
    [
        *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"cICP", b"sBIT"),
        *(b"mDCV", b"cLLI", b"bKGD", b"hIST"),
    ]
)
_MOST_TEXT = 1 << 20
_WORDS = {
    b"author": "owner",
    b"copyright": "owner",
    b"creation time": "time",
    b"date:create": "time",
    b"date:modify": "time",
    b"software": "software",
    b"source": "device",
    b"comment": "comment",
    b"description": "comment",
    b"title": "comment",
    b"parameters": "history",
    b"prompt": "history",
    b"workflow": "history",
}


def inspect(source: BinaryIO) -> list[Finding]:
    """Say what the file tells. Raises FileDamaged."""
    return findings(source, png_chunks.chunks(source))


def findings(source: BinaryIO, chunks: list[Chunk]) -> list[Finding]:
    """Say what a file tells whose chunks are known."""
    told: list[Finding] = []
    animated = any(one.name == b"acTL" for one in chunks)
    for one in chunks:
        if one.name not in _SILENT and len(told) < MOST_FINDINGS:
            told += _chunk(source, one, animated=animated)
    told += _hidden_frames(chunks, animated=animated)
    told += _after_rows(source, chunks)
    return (told + _trailer(source, chunks[-1]))[:MOST_FINDINGS]


def _chunk(source: BinaryIO, one: Chunk, *, animated: bool) -> list[Finding]:
    name = one.name.decode("latin-1")
    if one.name in (b"acTL", b"fcTL", b"fdAT"):
        return [] if animated else [found("second-image", name, f"{one.size} bytes")]
    try:
        body = png_chunks.body(source, one)
    except FileDamaged:
        return [found("unknown", name, f"{one.size} bytes")]
    if one.name in _SAYS:
        return _SAYS[one.name](body)
    return [found("unknown", f"chunk {name}", body[:MOST_SAID])]


def _time(body: bytes) -> list[Finding]:
    if len(body) != 7:
        return [found("unknown", "tIME", body)]
    year, (month, day, hour, minute, second) = int.from_bytes(body[:2]), body[2:]
    said = f"{year}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}"
    return [found("time", "tIME", said)]


def _profile(body: bytes) -> list[Finding]:
    name, _, packed = body.partition(b"\x00")
    told = [] if name in (b"colour", b"ICC Profile") else [_profile_name(name)]
    return told + icc.findings(_unpacked(packed[1:]))


def _profile_name(name: bytes) -> Finding:
    return found("colour-profile-text", "iCCP:name", name)


def _plain_text(body: bytes) -> list[Finding]:
    word, _, text = body.partition(b"\x00")
    return _text("tEXt", word, text)


def _packed_text(body: bytes) -> list[Finding]:
    word, _, text = body.partition(b"\x00")
    return _text("zTXt", word, _unpacked(text[1:]))


def _international_text(body: bytes) -> list[Finding]:
    word, _, rest = body.partition(b"\x00")
    packed, (_language, _, rest) = rest[:1] == b"\x01", rest[2:].partition(b"\x00")
    _word_again, _, text = rest.partition(b"\x00")
    return _text("iTXt", word, _unpacked(text) if packed else text)


def _text(where: str, word: bytes, text: bytes) -> list[Finding]:
    name = word[:79].decode("latin-1")
    if word == b"XML:com.adobe.xmp":
        return xmp.findings(text)
    if word.startswith(b"Raw profile type "):
        return _raw_profile(word[17:], text)
    what = _WORDS.get(word.lower(), "text")
    return [found(what, f"{where}:{name}", text)]


def _raw_profile(kind: bytes, text: bytes) -> list[Finding]:
    """Read the hexadecimal blocks that ImageMagick hides EXIF, IPTC and XMP in."""
    try:
        data = binascii.unhexlify(b"".join(text.split()[2:]))
    except (binascii.Error, ValueError):
        data = b""
    if kind in (b"exif", b"APP1") and data.startswith(b"Exif\x00\x00"):
        return exif.findings(data[6:])
    if kind == b"iptc":
        return iptc.resources(data)
    if kind == b"xmp":
        return xmp.findings(data)
    name = kind[:40].decode("latin-1")
    return [found("text", f"raw profile {name}", f"{len(text)} characters")]


def _exif(body: bytes) -> list[Finding]:
    return exif.findings(body[6:] if body[:4] == b"Exif" else body)


def _jumbf(body: bytes) -> list[Finding]:
    return [found("provenance", "caBX", f"{len(body)} bytes")]


def _size_wish(_body: bytes) -> list[Finding]:
    return [found("settings", "pHYs", "dots for each metre")]


_SAYS = {
    b"eXIf": _exif,
    b"caBX": _jumbf,
    b"iCCP": _profile,
    b"iTXt": _international_text,
    b"pHYs": _size_wish,
    b"tEXt": _plain_text,
    b"tIME": _time,
    b"zTXt": _packed_text,
}


def _unpacked(data: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, _MOST_TEXT)
    except zlib.error:
        return b""


def _hidden_frames(chunks: list[Chunk], *, animated: bool) -> list[Finding]:
    """Say when the still picture is none of the animation's frames: most viewers never show it."""
    names = [one.name for one in chunks if one.name in (b"fcTL", b"IDAT")]
    if animated and names[:1] == [b"IDAT"]:
        return [found("second-image", "still picture", "it is not part of the animation")]
    return []


def _after_rows(source: BinaryIO, chunks: list[Chunk]) -> list[Finding]:
    """Look at the packed picture's end: more rows, or other bytes, may lie behind it."""
    head, _ = png_chunks.header(source, chunks)
    left = head.scanline_bytes(head.width, head.height)
    unpacking = zlib.decompressobj()
    behind = 0
    for one in chunks:
        if one.name == b"IDAT" and left >= 0:
            for piece in png_chunks.pieces(source, one):
                rows, rest = _unpacked_rows(unpacking, piece, left)
                left -= rows
                behind += rest
    if left < 0:
        return [found("cropped-away", "behind the picture data", "more rows than are shown")]
    return [found("cropped-away", "behind the picture data", f"{behind} bytes")] if behind else []


def _unpacked_rows(unpacking: zlib._Decompress, piece: bytes, left: int) -> tuple[int, int]:
    """Return how many bytes a piece unfolds to, at most one over `left`, and how many do not."""
    rows = 0
    while piece and not unpacking.eof and rows <= left:
        try:
            rows += len(unpacking.decompress(piece, min(1 << 20, left + 1 - rows)))
        except zlib.error as error:
            raise FileDamaged(part="picture-data") from error
        piece = unpacking.unconsumed_tail
    if not unpacking.eof:
        return rows, 0
    return rows, len(unpacking.unused_data or piece)


def _trailer(source: BinaryIO, last: Chunk) -> list[Finding]:
    rest = size_of(source) - last.at - last.size - 4
    if not rest:
        return []
    source.seek(last.at + last.size + 4)
    tail = source.read(1 << 20)
    if b"IEND\xaeB`\x82" in tail or b"IDAT" in tail:
        return [found("cropped-away", "after the end", f"{rest} bytes of a larger picture")]
    return [found("after-the-end", "after the end", f"{rest} bytes")]
