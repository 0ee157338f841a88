"""Copy the strips and tiles of a TIFF page, each cut to what its rows need."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from stillmine.errors import FileDamaged, NotUnderstood
from stillmine.imaging.clean.ifd import Directory
from stillmine.imaging.clean.jpeg_segments import EOI, SOS, parts
from stillmine.imaging.clean.reading import exactly

_MOST_STRIPS = 1_000_000
_MOST_STRIP = 256 * 1024 * 1024
_JPEG_CODING = frozenset({0xC0, 0xC1, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD})


@dataclass(frozen=True, slots=True)
class Strips:
    """Where the pieces of a page lie, and how many bytes the rows of each unfold to."""

    places: tuple[int, ...]
    sizes: tuple[int, ...]
    unpacked: tuple[int, ...]
    packing: int
    tiled: bool

    def pieces(self, source: BinaryIO) -> Iterator[bytes]:
        """Give each piece as it is to be written."""
        exact = PACKINGS[self.packing]
        for place, size, unpacked in zip(self.places, self.sizes, self.unpacked, strict=True):
            source.seek(place)
            yield exact(exactly(source, size), unpacked)


def strips_of(page: Directory, packing: int) -> Strips:
    """Return a page's strips or tiles. Raises FileDamaged, NotUnderstood."""
    tiled = 324 in page.entries
    places, sizes = page.whole(324 if tiled else 273), page.whole(325 if tiled else 279)
    if not places or len(places) != len(sizes) or len(places) > _MOST_STRIPS:
        raise FileDamaged(part="strips")
    if max(sizes) > _MOST_STRIP:
        raise NotUnderstood(part="too-large")
    unpacked = tuple(
        _unpacked(page, number, len(places), tiled=tiled) for number in range(len(places))
    )
    return Strips(places, sizes, unpacked, packing, tiled)


def _unpacked(page: Directory, number: int, count: int, *, tiled: bool) -> int:
    """Return how many bytes the rows of one strip or tile have before they are packed."""
    width, height = _one(page, 256), _one(page, 257)
    samples, apart = _one(page, 277, 1), _one(page, 284, 1) == 2
    bits = page.whole(258) or (1,)
    across = _one(page, 322) if tiled else width
    down = _one(page, 323) if tiled else min(_one(page, 278, height), height)
    if not (width and height and across and down and 0 < samples <= 64):
        raise FileDamaged(part="size")
    if not tiled:
        each = -(-height // down)
        place = number % each
        if count != each * (samples if apart else 1):
            raise FileDamaged(part="strips")
        down = min(down, height - place * down)
    depth = max(bits) if apart else sum((bits * samples)[:samples])
    if _one(page, 262) == 6 and not apart:
        return _with_thinner_colours(page, across, down, depth // samples)
    return (across * depth + 7) // 8 * down


def _with_thinner_colours(page: Directory, across: int, down: int, depth: int) -> int:
    """Section 21: the two colour samples are stored once for a block of several pixels."""
    thinner = page.whole(530) or (2, 2)
    if len(thinner) < 2 or not thinner[0] or not thinner[1]:
        raise FileDamaged(part="subsampling")
    blocks = -(-across // thinner[0]) * -(-down // thinner[1])
    return (blocks * (thinner[0] * thinner[1] + 2) * depth + 7) // 8


def _one(page: Directory, tag: int, otherwise: int = 0) -> int:
    return (page.whole(tag) or (otherwise,))[0]


def _stored(data: bytes, unpacked: int) -> bytes:
    if len(data) < unpacked:
        raise FileDamaged(part="cut-short")
    return data[:unpacked]


def _deflated(data: bytes, unpacked: int) -> bytes:
    """Pack anew: between and behind the blocks of a deflate stream anything may hide."""
    try:
        rows = zlib.decompressobj().decompress(data, unpacked)
    except zlib.error as error:
        raise FileDamaged(part="picture-data") from error
    if len(rows) != unpacked:
        raise FileDamaged(part="cut-short")
    return zlib.compress(rows, 6)


def _pack_bits(data: bytes, unpacked: int) -> bytes:
    at = done = 0
    while done < unpacked:
        if at >= len(data):
            raise FileDamaged(part="cut-short")
        head = data[at]
        done += 0 if head == 128 else (head + 1 if head < 128 else 257 - head)
        at += 1 + (head + 1 if head < 128 else head != 128)
    return data[:at]


def _lzw(data: bytes, unpacked: int) -> bytes:
    """Walk the codes (TIFF 6.0, section 13: highest bit first, wider one code early)."""
    waiting = bits = at = 0
    runs, width, last, left = [1] * 256 + [0, 0], 9, 0, unpacked
    for byte in data:
        waiting = (waiting << 8 | byte) & 0xFFFFFF
        bits += 8
        if bits < width:
            continue
        bits -= width
        code, at = waiting >> bits & ((1 << width) - 1), at + width
        if code == 256:
            del runs[258:]
            width, last = 9, 0
            continue
        run = _run(code, runs, last)
        left -= run
        if last:
            runs.append(last + 1)
            width = min(12, max(9, (len(runs) + 1).bit_length()))
        last = run
        if left <= 0:
            return _closed(data, at, width)
    raise FileDamaged(part="cut-short")


def _run(code: int, runs: list[int], last: int) -> int:
    if code < len(runs) and code not in (256, 257):
        return runs[code]
    if code == len(runs) and last:
        return last + 1
    raise FileDamaged(part="picture-data")


def _closed(data: bytes, at: int, width: int) -> bytes:
    """Return the first `at` bits, the code that ends a strip, and zero bits."""
    bits = int.from_bytes(data[at // 8 : at // 8 + 1]) >> (8 - at % 8)
    size = (at % 8 + width + 7) // 8
    tail = (bits << width | 257) << (size * 8 - at % 8 - width)
    return data[: at // 8] + tail.to_bytes(size)


def _jpeg(data: bytes, _unpacked: int) -> bytes:
    """Keep coding segments only; colours are said by the page's own fields."""
    return _coding_only(data)


def jpeg_tables(data: bytes) -> bytes:
    """Return the shared tables of JPEG strips, without anything else."""
    if not data.endswith(b"\xff\xd9"):
        data += b"\xff\xd9"
    return _coding_only(data)


def _coding_only(data: bytes) -> bytes:
    out = [b"\xff\xd8"]
    for one in parts(data).segments:
        if one.marker in _JPEG_CODING:
            out.append(bytes([0xFF, one.marker]) + (len(one.body) + 2).to_bytes(2) + one.body)
            out.append(one.coded if one.marker == SOS else b"")
    return b"".join([*out, bytes([0xFF, EOI])])


def _as_is(data: bytes, _unpacked: int) -> bytes:
    return data


PACKINGS: dict[int, Callable[[bytes, int], bytes]] = {
    1: _stored,
    2: _as_is,
    3: _as_is,
    4: _as_is,
    5: _lzw,
    7: _jpeg,
    8: _deflated,
    32773: _pack_bits,
    32946: _deflated,
}
"""By the number of the field Compression; what is not here cannot be cleaned without loss."""
