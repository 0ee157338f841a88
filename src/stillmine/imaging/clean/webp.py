"""Clean a WebP file, still or animated: coded pictures as they are, and nothing besides.

Sources: RFC 9649 (WebP), RFC 6386 (VP8).
"""

from __future__ import annotations

import io
import struct
from collections import Counter
from collections.abc import Callable
from typing import BinaryIO, NamedTuple

import numpy
from PIL import Image

from stillmine.errors import FileDamaged, NotUnderstood
from stillmine.imaging.clean import exif, icc, xmp
from stillmine.imaging.clean.findings import MOST_FINDINGS, Cleaned, Finding, found
from stillmine.imaging.clean.reading import whole

_CODED = (b"VP8 ", b"VP8L")
_KNOWN = (*_CODED, b"VP8X", b"ALPH", b"ANIM", b"ANMF")
_ANIMATION, _EXIF, _ALPHA, _ICC = 0x02, 0x08, 0x10, 0x20
_LEAST_CUT = 4
_MOST_PIXELS = 200_000_000


class Chunk(NamedTuple):
    """A chunk by its name."""

    name: bytes
    body: bytes


def chunks(data: bytes) -> tuple[list[Chunk], int]:
    """Return the chunks of the file and where it ends. Raises FileDamaged."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise FileDamaged(part="not-a-webp")
    end = min(len(data), 8 + int.from_bytes(data[4:8], "little"))
    return _chunks(data[:end], 12), end


def _chunks(data: bytes, at: int) -> list[Chunk]:
    found_here = []
    while at + 8 <= len(data):
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        if at + 8 + size > len(data):
            raise FileDamaged(part="cut-short")
        found_here.append(Chunk(data[at : at + 4], data[at + 8 : at + 8 + size]))
        at += 8 + size + (size & 1)
    return found_here


def inspect(source: BinaryIO) -> list[Finding]:
    """Say what the file tells besides its picture. Raises FileDamaged, NotUnderstood."""
    data = whole(source)
    given, end = chunks(data)
    return _findings(given, len(data) - end)


def _findings(given: list[Chunk], rest: int) -> list[Finding]:
    told: list[Finding] = []
    for one in given[: 4 * MOST_FINDINGS]:
        told += _chunk_findings(one)
    if rest:
        told.append(found("after-the-end", "after the end", f"{rest} bytes"))
    return told[:MOST_FINDINGS]


def _chunk_findings(one: Chunk) -> list[Finding]:
    name = one.name.decode("latin-1")
    if one.name == b"ANMF":
        inside = _chunks(one.body, 16)
        return [found("unknown", f"in a frame: {name}", x.body) for x in inside if not _shows(x)]
    if one.name == b"EXIF":
        return exif.findings(one.body[6:] if one.body[:4] == b"Exif" else one.body)
    if one.name == b"XMP ":
        return xmp.findings(one.body)
    if one.name == b"ICCP":
        return icc.findings(one.body)
    if one.name == b"C2PA":
        return [found("provenance", "C2PA", f"{len(one.body)} bytes")]
    return [] if one.name in _KNOWN else [found("unknown", f"chunk {name}", one.body[:64])]


def _shows(one: Chunk) -> bool:
    return one.name in _CODED or one.name == b"ALPH"


def clean(source: BinaryIO, out: BinaryIO) -> Cleaned:
    """Write the picture without anything that showing it does not need; no pixel changes."""
    data = whole(source)
    given, end = chunks(data)
    removed = Counter(one.what for one in _findings(given, len(data) - end))
    wide = next((one.body for one in given if one.name == b"VP8X" and len(one.body) >= 10), b"")
    if wide and wide[0] & _ANIMATION:
        body, flags = _animated(given, wide, removed)
        kept = ["animation", "loop-count"]
    else:
        body, flags = _still(given, removed)
        kept = []
    before, after, more = _colour_and_turn(given)
    flags |= more
    if flags:
        size = wide[4:10] if wide else _size_of(data)
        before = [Chunk(b"VP8X", bytes([flags, 0, 0, 0]) + size), *before]
    packed = b"WEBP" + b"".join(_framed(one) for one in [*before, *body, *after])
    out.write(b"RIFF" + struct.pack("<I", len(packed)) + packed)
    kept += [name for bit, name in _KEPT.items() if flags & bit]
    return Cleaned(dict(removed), tuple(sorted(["resolution", "encoder-habits", *kept])))


_KEPT = {_EXIF: "orientation", _ALPHA: "transparency", _ICC: "colour-profile"}


def _framed(one: Chunk) -> bytes:
    return one.name + struct.pack("<I", len(one.body)) + one.body + bytes(len(one.body) & 1)


def _colour_and_turn(given: list[Chunk]) -> tuple[list[Chunk], list[Chunk], int]:
    """Return what stands before the picture and behind it, and the flags for that."""
    before, after, flags = [], [], 0
    for one in given:
        if one.name == b"ICCP" and not flags & _ICC:
            plain = icc.neutral(one.body)
            if plain is None and one.body[36:40] == b"acsp":
                raise NotUnderstood(part="colour-profile")
            if plain is not None:
                before.append(Chunk(b"ICCP", plain))
                flags |= _ICC
        elif one.name == b"EXIF" and not flags & _EXIF:
            turn = exif.orientation(one.body[6:] if one.body[:4] == b"Exif" else one.body)
            if turn != 1:
                after.append(Chunk(b"EXIF", exif.only_orientation(turn)))
                flags |= _EXIF
    return before, after, flags


def _still(given: list[Chunk], removed: Counter[str]) -> tuple[list[Chunk], int]:
    coded = next((one for one in given if one.name in _CODED), None)
    if coded is None:
        raise FileDamaged(part="no-picture-data")
    alpha = next((one for one in given if one.name == b"ALPH"), None)
    if coded.name == b"VP8L":
        return _lossless(coded, removed)
    body = _tight([coded] if alpha is None else [alpha, coded], removed)
    return body, 0 if alpha is None else _ALPHA


def _lossless(coded: Chunk, removed: Counter[str]) -> tuple[list[Chunk], int]:
    """Keep a lossless picture, or code it anew if colours lie hidden below full transparency."""
    picture = _decoded([coded])
    if picture.mode == "RGBA":
        pixels = numpy.array(picture)
        clear = pixels[..., 3] == 0
        hidden = int((clear & pixels[..., :3].any(axis=-1)).sum())
        if hidden:
            removed["hidden-colours"] += hidden
            pixels[clear] = 0
            anew = io.BytesIO()
            Image.fromarray(pixels).save(anew, "WEBP", lossless=True, exact=True)
            inside, _ = chunks(anew.getvalue())
            return [one for one in inside if one.name == b"VP8L"], _ALPHA
    return _tight([coded], removed), _ALPHA if picture.mode == "RGBA" else 0


def _animated(given: list[Chunk], wide: bytes, removed: Counter[str]) -> tuple[list[Chunk], int]:
    body: list[Chunk] = []
    for one in given:
        if one.name == b"ANIM" and len(one.body) >= 6 and not body:
            body.append(Chunk(b"ANIM", one.body[:6]))
        elif one.name == b"ANMF" and len(one.body) >= 16 and body:
            shown = [inside for inside in _chunks(one.body, 16) if _shows(inside)]
            head = one.body[:15] + bytes([one.body[15] & 3])
            packed = b"".join(_framed(inside) for inside in _tight(shown, removed))
            body.append(Chunk(b"ANMF", head + packed))
    if len(body) < 2:
        raise FileDamaged(part="animation")
    return body, _ANIMATION | (wide[0] & _ALPHA)


def _tight(shown: list[Chunk], removed: Counter[str]) -> list[Chunk]:
    """Cut what lies in a chunk behind the coded picture: a decoder does not miss it."""
    wanted = _decoded(shown).tobytes()
    for place in range(len(shown)):
        shown = _tight_at(shown, place, wanted, removed)
    return shown


def _tight_at(shown: list[Chunk], place: int, wanted: bytes, removed: Counter[str]) -> list[Chunk]:
    def cut(size: int) -> list[Chunk]:
        one = shown[place]
        return [*shown[:place], one._replace(body=one.body[:size]), *shown[place + 1 :]]

    full = len(shown[place].body)
    size = _least(lambda size: _sees(cut(size), wanted), full)
    if size < full:
        removed["padding"] += full - size
    return cut(size)


def _least(same: Callable[[int], bool], size: int) -> int:
    """Return the shortest length that still decodes to the same, by halving."""
    if size <= _LEAST_CUT or not same(size - _LEAST_CUT):
        return size
    low, high = 0, size - _LEAST_CUT
    while low + 1 < high:
        middle = (low + high) // 2
        if same(middle):
            high = middle
        else:
            low = middle
    return high


def _sees(shown: list[Chunk], wanted: bytes) -> bool:
    try:
        return _decoded(shown).tobytes() == wanted
    except FileDamaged:
        return False


def _decoded(shown: list[Chunk]) -> Image.Image:
    """Decode the chunks of one picture as a file of their own. Raises FileDamaged."""
    packed = b"".join(_framed(one) for one in shown)
    head = b""
    if any(one.name == b"ALPH" for one in shown):
        size = _size_of_coded(shown)
        head = _framed(Chunk(b"VP8X", bytes([_ALPHA, 0, 0, 0]) + size))
    whole_file = b"WEBP" + head + packed
    source = io.BytesIO(b"RIFF" + struct.pack("<I", len(whole_file)) + whole_file)
    return _opened(source)


def _opened(source: BinaryIO) -> Image.Image:
    try:
        with Image.open(source, formats=["WEBP"]) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise NotUnderstood(part="too-large")
            picture.load()
            return picture
    except (OSError, ValueError, SyntaxError) as error:
        raise FileDamaged(part="picture-data") from error


def _size_of_coded(shown: list[Chunk]) -> bytes:
    """Return width and height less one, three bytes each, as VP8 says them (RFC 6386, 9.1)."""
    for one in shown:
        if one.name == b"VP8 " and len(one.body) >= 10:
            width, height = struct.unpack("<HH", one.body[6:10])
            return _three((width & 0x3FFF) - 1) + _three((height & 0x3FFF) - 1)
    raise FileDamaged(part="picture-data")


def _size_of(data: bytes) -> bytes:
    with _opened(io.BytesIO(data)) as picture:
        return _three(picture.width - 1) + _three(picture.height - 1)


def _three(number: int) -> bytes:
    return max(0, number).to_bytes(3, "little")
