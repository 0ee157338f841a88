"""Clean a PNG file, still or animated: pixels, palette and colours as they are, nothing besides.

Source: W3C Portable Network Graphics, third edition (which includes APNG).
"""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from stillmine.errors import FileDamaged, NotUnderstood
from stillmine.imaging.clean import exif, icc, png_chunks
from stillmine.imaging.clean.findings import Cleaned
from stillmine.imaging.clean.png_chunks import Chunk, Header
from stillmine.imaging.clean.png_findings import findings, inspect
from stillmine.imaging.clean.png_hidden import Hidden

__all__ = ["clean", "inspect"]

_MOST_PIXELS = 200_000_000
_MOST_UNPACKED = 4_000_000_000
_PROFILE_HEAD = b"colour\x00\x00"
_COLOUR = {b"cICP": 4, b"cHRM": 32, b"gAMA": 4, b"mDCV": 24, b"cLLI": 8, b"sRGB": 1}
_HDR = (b"mDCV", b"cLLI")
_SAMPLES = {0: 1, 2: 3, 3: 3, 4: 2, 6: 4}


class Frame(NamedTuple):
    """One frame: its control bytes behind the sequence number (none: a still), and its data."""

    control: bytes
    width: int
    height: int
    data: list[Chunk]


def clean(source: BinaryIO, out: BinaryIO) -> Cleaned:
    """Write the picture without anything that showing it does not need; no pixel changes.

    Only colours below full transparency are made black: they may hold what was cut away.
    """
    found = png_chunks.chunks(source)
    head, head_bytes = png_chunks.header(source, found)
    if head.width * head.height > _MOST_PIXELS:
        raise NotUnderstood(part="too-large")
    told = findings(source, found)
    _refuse_unknown(found)
    frames = frames_of(source, found, head)
    hidden = Hidden(source, head, animated=len(frames) > 1)
    kept = ["resolution", "sensor-noise"]
    out.write(png_chunks.SIGNATURE)
    png_chunks.write(out, b"IHDR", hidden.header or head_bytes)
    _write_colour(source, out, found, head, kept)
    _write_palette(source, out, found, head, hidden)
    _write_orientation(source, out, found, kept)
    if frames[0].control:
        kept += ["animation", "loop-count"]
    _write_frames(source, out, frames, head, hidden)
    png_chunks.write(out, b"IEND", b"")
    removed = Counter(one.what for one in told)
    removed += Counter({"hidden-colours": hidden.wiped})
    return Cleaned(dict(removed), tuple(sorted(kept)))


def _refuse_unknown(found: list[Chunk]) -> None:
    """Refuse a critical chunk that nobody knows: it may change every pixel (13.2)."""
    known = (b"IHDR", b"PLTE", b"IDAT", b"IEND")
    if any(not one.name[0] & 0x20 and one.name not in known for one in found):
        raise NotUnderstood(part="unknown-critical-chunk")


def _first(found: list[Chunk], name: bytes) -> Chunk | None:
    return next((one for one in found if one.name == name), None)


def frames_of(source: BinaryIO, found: list[Chunk], head: Header) -> list[Frame]:
    """Return the frames that are shown; a still has one without control bytes."""
    image = [one for one in found if one.name == b"IDAT"]
    if not image:
        raise FileDamaged(part="no-picture-data")
    still = Frame(b"", head.width, head.height, image)
    count = _first(found, b"acTL")
    if count is None or count.at > image[0].at or count.size != 8:
        return [still]
    frames = list(_animated(source, found, head))
    if not frames or len(frames) != int.from_bytes(png_chunks.body(source, count)[:4]):
        raise FileDamaged(part="animation")
    loops = png_chunks.body(source, count)[4:]
    return [frames[0]._replace(control=loops + frames[0].control), *frames[1:]]


def _animated(source: BinaryIO, found: list[Chunk], head: Header) -> Iterator[Frame]:
    control, data = b"", list[Chunk]()
    for one in found:
        if one.name == b"fcTL":
            if control:
                yield _frame(control, data, head)
            control, data = png_chunks.body(source, one), []
            if len(control) != 26:
                raise FileDamaged(part="animation")
        elif (one.name == b"IDAT" and control) or one.name == b"fdAT":
            data.append(one)
    if control:
        yield _frame(control, data, head)


def _frame(control: bytes, data: list[Chunk], head: Header) -> Frame:
    width, height, left, top = struct.unpack(">IIII", control[4:20])
    fits = left + width <= head.width and top + height <= head.height and width and height
    if not fits or control[24] > 2 or control[25] > 1 or not data:
        raise FileDamaged(part="animation")
    return Frame(control[4:], width, height, data)


def _write_colour(
    source: BinaryIO, out: BinaryIO, found: list[Chunk], head: Header, kept: list[str]
) -> None:
    for name, size in _COLOUR.items():
        chunk = _first(found, name)
        if chunk is not None and chunk.size == size:
            png_chunks.write(out, name, png_chunks.body(source, chunk))
            kept.append("hdr" if name in _HDR else "colour-profile")
    depths = _first(found, b"sBIT")
    if depths is not None and depths.size == _SAMPLES[head.colour]:
        png_chunks.write(out, b"sBIT", png_chunks.body(source, depths))
    profile = _first(found, b"iCCP")
    if profile is None:
        return
    given = unpacked_profile(png_chunks.body(source, profile))
    plain = icc.neutral(given)
    if plain is None:
        if given[36:40] == b"acsp":
            raise NotUnderstood(part="colour-profile")
        return  # it is no profile, and no reader takes it for one
    png_chunks.write(out, b"iCCP", _PROFILE_HEAD + zlib.compress(plain, 9))
    kept.append("colour-profile")


def unpacked_profile(body: bytes) -> bytes:
    """Return the colour profile of an iCCP chunk; empty where it cannot be unpacked."""
    end = body.find(b"\x00")
    if not 0 < end < 80:
        return b""
    try:
        return zlib.decompressobj().decompress(body[end + 2 :], 1 << 24)
    except zlib.error:
        return b""


def _write_palette(
    source: BinaryIO, out: BinaryIO, found: list[Chunk], head: Header, hidden: Hidden
) -> None:
    palette, clear = _first(found, b"PLTE"), _first(found, b"tRNS")
    if palette is not None and head.colour == 3:
        colours = png_chunks.body(source, palette)
        if not colours or len(colours) > 768 or len(colours) % 3:
            raise FileDamaged(part="palette")
        png_chunks.write(out, b"PLTE", hidden.palette(colours))
    if clear is not None and head.colour in (0, 2, 3):
        most = {0: 2, 2: 6, 3: 256}[head.colour]
        values = png_chunks.body(source, clear)
        if len(values) > most or (head.colour != 3 and len(values) != most):
            raise FileDamaged(part="transparency")
        png_chunks.write(out, b"tRNS", values)


def _write_orientation(
    source: BinaryIO, out: BinaryIO, found: list[Chunk], kept: list[str]
) -> None:
    chunk = _first(found, b"eXIf")
    turn = exif.orientation(png_chunks.body(source, chunk)) if chunk is not None else 1
    if turn != 1:
        png_chunks.write(out, b"eXIf", exif.only_orientation(turn))
        kept.append("orientation")


def _write_frames(
    source: BinaryIO, out: BinaryIO, frames: list[Frame], head: Header, hidden: Hidden
) -> None:
    if hidden.rows is not None:
        _write_data(out, b"IDAT", [zlib.compress(hidden.rows, 6)], [])
        return
    sequence: list[int] = []
    for number, frame in enumerate(frames):
        if frame.control:
            control = frame.control
            if number == 0:
                control = control[4:]
                png_chunks.write(out, b"acTL", struct.pack(">I", len(frames)) + frame.control[:4])
            png_chunks.write(out, b"fcTL", struct.pack(">I", len(sequence)) + control)
            sequence.append(number)
        packed = _packed_again(source, frame, head)
        _write_data(out, b"IDAT" if number == 0 else b"fdAT", packed, sequence)


def _write_data(out: BinaryIO, name: bytes, packed: Iterable[bytes], sequence: list[int]) -> None:
    for piece in packed:
        if name == b"fdAT":
            png_chunks.write(out, name, struct.pack(">I", len(sequence)) + piece)
            sequence.append(0)
        else:
            png_chunks.write(out, name, piece)


def _packed_again(source: BinaryIO, frame: Frame, head: Header) -> Iterator[bytes]:
    """Unpack exactly the rows of a frame and pack them anew: nothing hides in the stream."""
    left = head.scanline_bytes(frame.width, frame.height)
    if left > _MOST_UNPACKED:
        raise NotUnderstood(part="too-large")
    unpacking, packing = zlib.decompressobj(), zlib.compressobj(6)
    waiting: list[bytes] = []
    for rows in _rows(source, frame, unpacking, left):
        waiting.append(packing.compress(rows))
        if sum(map(len, waiting)) > 1 << 16:
            yield b"".join(waiting)
            waiting = []
    yield b"".join(waiting) + packing.flush()


def _rows(
    source: BinaryIO, frame: Frame, unpacking: zlib._Decompress, left: int
) -> Iterator[bytes]:
    for chunk in frame.data:
        skip = 4 if chunk.name == b"fdAT" else 0
        for piece in png_chunks.pieces(source, chunk, skip):
            while left and piece and not unpacking.eof:
                rows = _unpack(unpacking, piece, min(left, 1 << 20))
                piece = unpacking.unconsumed_tail
                left -= len(rows)
                yield rows
    while left:  # what the last bytes still unfold to
        rows = _unpack(unpacking, b"", min(left, 1 << 20))
        if not rows:
            raise FileDamaged(part="picture-data")
        left -= len(rows)
        yield rows


def _unpack(unpacking: zlib._Decompress, piece: bytes, most: int) -> bytes:
    try:
        return unpacking.decompress(piece, most)
    except zlib.error as error:
        raise FileDamaged(part="picture-data") from error
