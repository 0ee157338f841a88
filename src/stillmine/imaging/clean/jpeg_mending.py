"""Cut bytes that no decoder needs out of a JPEG's coded data, by walking its Huffman codes.

This is slow and rarely needed: only where a strict decoder met bytes that it had no use for.
Source: ITU-T T.81, annex F.2.2 (sequential decoding), A.2 (the order of blocks), E.1.4 (restarts).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from stillmine.errors import FileDamaged, NotUnderstood
from stillmine.imaging.clean.jpeg_segments import DRI, SOF, SOS, Parts, Segment
from stillmine.imaging.clean.jpeg_tables import needed

_RESTART = re.compile(rb"\xff[\xd0-\xd7]")
_SEQUENTIAL = frozenset({0xC0, 0xC1})
_Codes = list[tuple[int, int]]


class _Plan(NamedTuple):
    """How many minimum coded units a scan has, and the (DC, AC) codes of each block of one."""

    units: int
    blocks: list[tuple[_Codes, _Codes]]


def mended(found: Parts) -> Parts:
    """Return the file with each stretch of coded data cut where its last block ends.

    Raises NotUnderstood for what is not coded sequentially, FileDamaged where codes break off.
    """
    segments = needed(found.segments)
    tables: dict[int, bytes] = {}
    frame = b""
    interval = 0
    out = []
    for segment in segments:
        if segment.marker in SOF:
            if segment.marker not in _SEQUENTIAL:
                raise NotUnderstood(part="bytes-inside-the-picture-data")
            frame = segment.body
        elif segment.marker == DRI:
            interval = int.from_bytes(segment.body)
        elif segment.marker == SOS:
            segment = segment._replace(coded=_scan(segment, frame, tables, interval))
        elif segment.marker == 0xC4:
            tables[segment.body[0]] = segment.body
        out.append(segment)
    heads = found.segments[: [one.marker for one in found.segments].index(SOS)]
    extras = [one for one in heads if 0xE0 <= one.marker <= 0xEF]
    return found._replace(segments=[*extras, *out])


def _scan(scan: Segment, frame: bytes, tables: dict[int, bytes], interval: int) -> bytes:
    plan = _plan(scan, frame, tables)
    pieces = _RESTART.split(scan.coded)
    each = interval or plan.units
    wanted = _up(plan.units, each)
    if len(pieces) < wanted:
        raise FileDamaged(part="picture-data")
    out = []
    for number in range(wanted):
        count = min(each, plan.units - number * each)
        out.append(_stretch(pieces[number].replace(b"\xff\x00", b"\xff"), plan.blocks, count))
        if number < wanted - 1:
            out.append(bytes([0xFF, 0xD0 + number % 8]))
    return b"".join(out)


def _plan(scan: Segment, frame: bytes, tables: dict[int, bytes]) -> _Plan:
    height, width = int.from_bytes(frame[1:3]), int.from_bytes(frame[3:5])
    sampling = {frame[at]: divmod(frame[at + 1], 16) for at in range(6, len(frame), 3)}
    across = max(one for one, _ in sampling.values())
    down = max(one for _, one in sampling.values())
    names = [(scan.body[at], scan.body[at + 1]) for at in range(1, 1 + 2 * scan.body[0], 2)]
    pairs = [
        (sampling[name], (_codes(tables[use >> 4]), _codes(tables[0x10 | use & 15])))
        for name, use in names
    ]
    if len(pairs) == 1:  # A.2.2: a scan of one component counts its own blocks
        (wide, high), codes = pairs[0]
        columns = _up(_up(width * wide, across), 8)
        rows = _up(_up(height * high, down), 8)
        return _Plan(columns * rows, [codes])
    units = _up(width, 8 * across) * _up(height, 8 * down)
    return _Plan(units, [codes for (wide, high), codes in pairs for _ in range(wide * high)])


def _up(whole: int, part: int) -> int:
    return -(-whole // part)


def _codes(table: bytes) -> _Codes:
    """Return (length, symbol) for each sixteen bits that may come; length 0: no such code."""
    codes = [(0, 0)] * 65536
    code, at = 0, 17
    for length in range(1, 17):
        for symbol in table[at : at + table[length]]:
            first = code << (16 - length)
            if first >= 65536:
                raise FileDamaged(part="code-table")
            span = 1 << (16 - length)
            codes[first : first + span] = [(length, symbol)] * span
            code += 1
        at += table[length]
        code <<= 1
    return codes


def _stretch(data: bytes, blocks: list[tuple[_Codes, _Codes]], units: int) -> bytes:
    """Walk `units` units and return just their bytes, stuffed; the rest is ones (F.1.2.3)."""
    padded = data + bytes(8)
    at = 0
    for _ in range(units):
        for direct, other in blocks:
            at = _block(padded, at, direct, other)
        if at > 8 * len(data):
            raise FileDamaged(part="picture-data")
    size = _up(at, 8)
    kept = bytearray(data[:size])
    if at % 8:
        kept[-1] |= 0xFF >> at % 8
    return bytes(kept).replace(b"\xff", b"\xff\x00")


def _block(data: bytes, at: int, direct: _Codes, other: _Codes) -> int:
    """Return the place of the bit behind one block of 64 numbers."""
    length, size = direct[_sixteen(data, at)]
    if not length:
        raise FileDamaged(part="picture-data")
    at += length + size
    done = 1
    while done < 64:
        length, symbol = other[_sixteen(data, at)]
        if not length:
            raise FileDamaged(part="picture-data")
        size = symbol & 15
        at += length + size
        if not size and symbol != 0xF0:
            break  # the end of the block
        done += (symbol >> 4) + 1
    return at


def _sixteen(data: bytes, at: int) -> int:
    four = data[at >> 3 : (at >> 3) + 4]
    if len(four) < 4:
        raise FileDamaged(part="picture-data")
    return int.from_bytes(four) >> (16 - (at & 7)) & 0xFFFF
