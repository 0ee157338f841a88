"""Rebuild a colour profile from its numbers: same colours, no words, dates, makers or serials.

Source: ICC.1:2022 (the same as ISO 15076-1), sections 7 (header and tag table) and 10 (tag types).
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from stillmine.imaging.clean.findings import Finding, found
from stillmine.imaging.clean.icc_tables import lookup_table

_HEAD, _ROW = 128, 12
_MOST_TAGS = 100
_NUMBERS = (
    *(b"rXYZ", b"gXYZ", b"bXYZ", b"wtpt", b"bkpt", b"rTRC", b"gTRC", b"bTRC", b"kTRC", b"chad"),
    *(b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"cicp"),
)
_SPACES = (b"RGB ", b"GRAY", b"CMYK", b"Lab ", b"XYZ ", b"YCbr")
_CLASSES = (b"scnr", b"mntr", b"prtr", b"spac")
_NO_DAY = struct.pack(">6H", 2000, 1, 1, 0, 0, 0)  # the field has to hold a date: one for all
_D50 = bytes.fromhex("0000f6d6000100000000d32d")
WORD = "colour"
"""The one word that stands in the text fields, which a profile has to have."""
_TEXTS: dict[bytes, tuple[str, str]] = {
    b"desc": ("colour-profile-text", "description"),
    b"cprt": ("colour-profile-text", "copyright"),
    b"dmnd": ("device", "device maker"),
    b"dmdd": ("device", "device model"),
    b"dscm": ("colour-profile-text", "description in other languages"),
    b"calt": ("time", "calibration date"),
    b"targ": ("colour-profile-text", "measurement data"),
    b"meta": ("colour-profile-text", "metadata"),
    b"vcgt": ("device", "curves of one screen"),
    b"psid": ("identifier", "profile sequence"),
    b"pseq": ("device", "profile sequence"),
}


def neutral(profile: bytes) -> bytes | None:
    """Return a profile of the same colour space with nothing in it but numbers.

    Returns None for what is no profile, or one whose colours this cannot keep: then the picture
    is shown without, or the caller refuses.
    """
    table = _table(profile)
    if table is None or profile[16:20] not in _SPACES or profile[12:16] not in _CLASSES:
        return None
    tags = {}
    for name in _NUMBERS:
        body = _numbers(table.get(name, b""))
        if body:
            tags[name] = body
    if not _enough(tags, profile[16:20]):
        return None
    return _written(_head(profile), _texts(profile[8] >= 4) | tags)


def findings(profile: bytes, where: str = "ICC") -> list[Finding]:
    """Say what a profile tells in words, dates, makers and serials. Never raises."""
    table = _table(profile)
    if table is None:
        return [found("unknown", where, f"{len(profile)} bytes that are no colour profile")]
    told = []
    for name, (what, field) in _TEXTS.items():
        if name in table and _text(table[name]) != WORD:
            told.append(found(what, f"{where}:{field}", _text(table[name])))
    if profile[24:36] not in (bytes(12), _NO_DAY):
        numbers = struct.unpack(">6H", profile[24:36])
        told.append(
            found("time", f"{where}:date", "{}-{:02}-{:02} {}:{:02}:{:02}".format(*numbers))
        )
    if any(profile[48:56]):
        told.append(found("device", f"{where}:maker and model", profile[48:56]))
    if any(profile[80:100]):
        told.append(found("identifier", f"{where}:creator and sum", profile[80:100].hex()))
    return told


def _table(profile: bytes) -> dict[bytes, bytes] | None:
    if len(profile) < _HEAD + 4 or profile[36:40] != b"acsp":
        return None
    (count,) = struct.unpack(">I", profile[_HEAD : _HEAD + 4])
    if count > _MOST_TAGS or _HEAD + 4 + _ROW * count > len(profile):
        return None
    table: dict[bytes, bytes] = {}
    for number in range(count):
        at = _HEAD + 4 + _ROW * number
        name, start, size = struct.unpack(">4sII", profile[at : at + _ROW])
        if start + size <= len(profile):
            table.setdefault(name, profile[start : start + size])
    return table


def _enough(tags: dict[bytes, bytes], space: bytes) -> bool:
    """Say whether the colours are all there: half a profile would be worse than none."""
    if b"A2B0" in tags or b"cicp" in tags:
        return True
    if space == b"GRAY":
        return b"kTRC" in tags
    matrix = {b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC"}
    return space == b"RGB " and matrix <= tags.keys()


def _head(profile: bytes) -> bytes:
    """Keep version, class, spaces and intent; no date, platform, maker, model, creator, sum."""
    head = bytearray(_HEAD)
    head[8:10] = profile[8:10]
    head[12:24] = profile[12:24]
    head[24:36] = _NO_DAY
    head[36:40] = b"acsp"
    head[67] = profile[67] & 3
    head[68:80] = _D50
    return bytes(head)


def _texts(modern: bool) -> dict[bytes, bytes]:
    if modern:
        words = WORD.encode("utf-16-be")
        text = struct.pack(">4sIII2s2sII", b"mluc", 0, 1, 12, b"en", b"US", len(words), 28) + words
        return {b"desc": text, b"cprt": text}
    word = WORD.encode() + b"\x00"
    described = b"desc" + bytes(4) + struct.pack(">I", len(word)) + word + bytes(4 + 4 + 2 + 1 + 67)
    return {b"desc": described, b"cprt": b"text" + bytes(4) + word}


def _written(head: bytes, tags: dict[bytes, bytes]) -> bytes:
    rows, body, places = b"", b"", dict[bytes, int]()
    start = _HEAD + 4 + _ROW * len(tags)
    for name, value in tags.items():
        if value not in places:
            places[value] = start + len(body)
            body += value + bytes(-len(value) % 4)
        rows += struct.pack(">4sII", name, places[value], len(value))
    whole = head[4:] + struct.pack(">I", len(tags)) + rows + body
    return struct.pack(">I", len(whole) + 4) + whole


def _numbers(body: bytes) -> bytes | None:
    """Return a tag's numbers at exactly the length that its type needs, or None."""
    read = _TYPES.get(body[:4])
    try:
        return read(body) if read is not None else None
    except (struct.error, IndexError):
        return None


def _exactly(body: bytes, size: int) -> bytes | None:
    """Cut to size, with the four reserved bytes behind the type's name zero."""
    return body[:4] + bytes(4) + body[8:size] if len(body) >= size else None


def _curve(body: bytes) -> bytes | None:
    (count,) = struct.unpack(">I", body[8:12])
    return _exactly(body, 12 + 2 * count)


def _formula(body: bytes) -> bytes | None:
    (kind,) = struct.unpack(">H", body[8:10])
    if kind > 4:
        return None
    whole = _exactly(body, 12 + 4 * (1, 3, 4, 5, 7)[kind])
    return whole and whole[:10] + bytes(2) + whole[12:]


def _table_of_8(body: bytes) -> bytes | None:
    inputs, outputs, points = body[8], body[9], body[10]
    whole = _exactly(body, 48 + 256 * inputs + points**inputs * outputs + 256 * outputs)
    return whole and whole[:11] + bytes(1) + whole[12:]


def _table_of_16(body: bytes) -> bytes | None:
    inputs, outputs, points = body[8], body[9], body[10]
    before, after = struct.unpack(">HH", body[48:52])
    numbers = before * inputs + points**inputs * outputs + after * outputs
    whole = _exactly(body, 52 + 2 * numbers)
    return whole and whole[:11] + bytes(1) + whole[12:]


_TYPES: dict[bytes, Callable[[bytes], bytes | None]] = {
    b"XYZ ": lambda body: _exactly(body, 20),
    b"curv": _curve,
    b"para": _formula,
    b"sf32": lambda body: _exactly(body, 44),
    b"mft1": _table_of_8,
    b"mft2": _table_of_16,
    b"mAB ": lambda body: lookup_table(body, _numbers),
    b"mBA ": lambda body: lookup_table(body, _numbers),
    b"cicp": lambda body: _exactly(body, 12),
}


def _text(body: bytes) -> str:
    if body[:4] == b"desc" and len(body) >= 12:
        (size,) = struct.unpack(">I", body[8:12])
        return body[12 : 12 + min(size, 4000)].rstrip(b"\x00").decode("latin-1")
    if body[:4] == b"mluc" and len(body) >= 28:
        size, start = struct.unpack(">II", body[20:28])
        return body[start : start + min(size, 4000)].decode("utf-16-be", "replace")
    if body[:4] == b"text":
        return body[8:4000].rstrip(b"\x00").decode("latin-1")
    return f"{len(body)} bytes"
