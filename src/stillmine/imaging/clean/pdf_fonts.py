"""Take the names, notices and dates out of font programs; the shapes of the letters stay.

Sources: OpenType 1.9 (tables), Adobe TN 5176 (CFF), Adobe Type 1 Font Format.
"""

from __future__ import annotations

import itertools
import re
import struct

from stillmine.errors import NotUnderstood

# What drawing needs. `name`, `DSIG`, `meta` and tables of tools are not among it.
_TABLES = frozenset(
    (
        *(b"cmap", b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp", b"cvt ", b"fpgm"),
        *(b"prep", b"OS/2", b"post", b"CFF ", b"CFF2", b"vhea", b"vmtx", b"VORG", b"gasp"),
    )
)
_SFNT = (b"\0\1\0\0", b"true", b"OTTO")
_MOST_TABLES = 200
_STANDARD_STRINGS = 391
# version, Notice, FullName, FamilyName, Weight; behind a 12: Copyright, PostScript, base name
_TEXTS = frozenset({0, 1, 2, 3, 4, 0x0C00, 0x0C15, 0x0C16})
_TYPE1_TEXTS = re.compile(
    rb"(/(?:version|Notice|FullName|FamilyName|Weight|Copyright)\s*\()"
    rb"((?:[^()\\]|\\.|\((?:[^()\\]|\\.)*\))*)(\))"
)
_TYPE1_COMMENT = re.compile(rb"%[^\r\n]*")


def clean_font(data: bytes) -> bytes:
    """Return a font program without words. Raises NotUnderstood for a kind that is not known."""
    if data[:4] in _SFNT:
        return _sfnt(data)
    if data[:2] == b"%!":
        return _type1(data)
    if data[:1] == b"\1":
        return _cff(data)
    raise NotUnderstood(part="font")


def _sfnt(data: bytes) -> bytes:
    count = int.from_bytes(data[4:6])
    if count > _MOST_TABLES or len(data) < 12 + 16 * count:
        raise NotUnderstood(part="font")
    tables: dict[bytes, bytes] = {}
    for tag, _, at, size in struct.iter_unpack(">4sIII", data[12 : 12 + 16 * count]):
        if tag in _TABLES and at + size <= len(data):
            tables.setdefault(tag, _table(tag, data[at : at + size]))
    power = 1 << (max(1, len(tables)).bit_length() - 1)
    numbers = (len(tables), 16 * power, power.bit_length() - 1, 16 * (len(tables) - power))
    rows, body = [], []
    place = 12 + 16 * len(tables)
    for tag, table in sorted(tables.items()):
        padded = table + bytes(-len(table) % 4)
        rows.append(struct.pack(">4sIII", tag, _sum(padded), place, len(table)))
        body.append(padded)
        place += len(padded)
    return data[:4] + struct.pack(">4H", *numbers) + b"".join(rows) + b"".join(body)


def _sum(padded: bytes) -> int:
    total = sum(int(number) for (number,) in struct.iter_unpack(">I", padded))
    return total & 0xFFFFFFFF


def _table(tag: bytes, table: bytes) -> bytes:
    if tag == b"head" and len(table) >= 54:  # revision, sum over all, when it was made and changed
        return table[:4] + bytes(8) + table[12:20] + bytes(16) + table[36:54]
    if tag == b"OS/2" and len(table) >= 62:
        return table[:58] + bytes(4) + table[62:]  # four letters of who made it
    if tag == b"CFF ":
        return _cff(table)
    if tag == b"post" and len(table) >= 32:
        return b"\0\3\0\0" + table[4:32]  # without the names of letters
    return table


def _cff(data: bytes) -> bytes:
    """Blank the texts of a CFF program where they lie, so that no place in it moves."""
    try:
        at = data[2]
        _, at = _index(data, at)
        dicts, at = _index(data, at)
        strings, _ = _index(data, at)
        blank = bytearray(data)
        for begin, end in dicts:
            for number in _text_numbers(data[begin:end]):
                place = number - _STANDARD_STRINGS
                if 0 <= place < len(strings):
                    first, last = strings[place]
                    blank[first:last] = b"x" * (last - first)
    except IndexError as error:
        raise NotUnderstood(part="font") from error
    return bytes(blank)


def _index(data: bytes, at: int) -> tuple[list[tuple[int, int]], int]:
    """Return where the parts of an INDEX lie, and where it ends (TN 5176, 5)."""
    count = int.from_bytes(data[at : at + 2])
    if not count:
        return [], at + 2
    wide = data[at + 2]
    table = at + 3
    base = table + wide * (count + 1) - 1
    if not 1 <= wide <= 4 or base >= len(data):
        raise IndexError
    offsets = [
        base + int.from_bytes(data[table + wide * one : table + wide * (one + 1)])
        for one in range(count + 1)
    ]
    if offsets != sorted(offsets) or offsets[-1] > len(data):
        raise IndexError
    return list(itertools.pairwise(offsets)), offsets[-1]


def _text_numbers(data: bytes) -> list[int]:
    """Return the numbers of the strings that are texts in a top dictionary (TN 5176, 4 and 9)."""
    found, last, at = [], 0, 0
    while at < len(data):
        byte = data[at]
        if byte <= 21:
            operator = 0x0C00 | data[at + 1] if byte == 12 else byte
            at += 2 if byte == 12 else 1
            if operator in _TEXTS:
                found.append(last)
        elif byte == 30:
            while data[at + 1] & 15 != 15 and data[at + 1] >> 4 != 15:
                at += 1
            at += 2
        else:
            last, at = _operand(data, at)
    return found


def _operand(data: bytes, at: int) -> tuple[int, int]:
    byte = data[at]
    if byte == 28:
        return int.from_bytes(data[at + 1 : at + 3], signed=True), at + 3
    if byte == 29:
        return int.from_bytes(data[at + 1 : at + 5], signed=True), at + 5
    if 32 <= byte <= 246:
        return byte - 139, at + 1
    if 247 <= byte <= 250:
        return (byte - 247) * 256 + data[at + 1] + 108, at + 2
    if 251 <= byte <= 254:
        return -(byte - 251) * 256 - data[at + 1] - 108, at + 2
    return 0, at + 1


def _type1(data: bytes) -> bytes:
    """Blank the texts in the readable head of a Type 1 program; its length stays."""
    end = data.find(b"eexec")
    if end < 0:
        raise NotUnderstood(part="font")
    head = _TYPE1_TEXTS.sub(lambda one: one[1] + b" " * len(one[2]) + one[3], data[:end])
    first = head.find(b"\n") if b"\n" in head[:200] else head.find(b"\r")
    rest = _TYPE1_COMMENT.sub(lambda one: b" " * len(one[0]), head[max(0, first) :])
    kind = b"%!PS-AdobeFont-1.0".ljust(max(0, first))[: max(0, first)]
    return kind + rest + data[end:]
