"""Say what an EXIF block tells, and make one that holds only how to turn the picture."""

from __future__ import annotations

import struct
from typing import BinaryIO

from stillmine.errors import FileDamaged
from stillmine.imaging.clean import iptc, xmp
from stillmine.imaging.clean.exif_names import FIELDS, GPS_FIELDS, STRUCTURE, UTF16_FIELDS
from stillmine.imaging.clean.findings import Finding, found
from stillmine.imaging.clean.ifd import Directory, Entry, directories, directory, in_memory
from stillmine.imaging.clean.place import coordinates, decimals_of

_ORIENTATION, _EXIF, _GPS, _XMP, _IPTC, _PHOTOSHOP = 0x0112, 0x8769, 0x8825, 0x02BC, 0x83BB, 0x8649
_MAKER_NOTE, _USER_COMMENT, _THUMBNAIL, _THUMBNAIL_SIZE = 0x927C, 0x9286, 0x0201, 0x0202


def orientation(block: bytes) -> int:
    """Return how the picture is to be turned, 1 to 8 (EXIF tag 0x0112); 1 where nobody says."""
    try:
        source, order, first = in_memory(block)
        turn = directory(source, order, first).whole(_ORIENTATION)
    except (FileDamaged, struct.error):
        return 1
    return turn[0] if turn and 1 <= turn[0] <= 8 else 1


def only_orientation(turn: int) -> bytes:
    """Return an EXIF block of one field: 26 bytes, big-endian, the directory right behind."""
    entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, turn, 0)
    return b"MM\x00*" + struct.pack(">IH", 8, 1) + entry + bytes(4)


def findings(block: bytes, where: str = "EXIF") -> list[Finding]:
    """Say what a block tells; one that cannot be read is told as unknown. Never raises."""
    told: list[Finding] = []
    try:
        source, order, first = in_memory(block)
        for number, one in enumerate(directories(source, order, first, 8)):
            told += _directory(source, one, f"{where} IFD{number}", block)
    except (FileDamaged, struct.error):
        told.append(found("unknown", where, f"{len(block)} bytes that cannot be read"))
    return told


def of_directory(source: BinaryIO, one: Directory, where: str) -> list[Finding]:
    """Say what one directory and those below it tell; for TIFF files."""
    return _directory(source, one, where, b"")


def _directory(source: BinaryIO, one: Directory, where: str, block: bytes) -> list[Finding]:
    told = _fields(one, where)
    for tag, below in ((_EXIF, "Exif"), (_GPS, "GPS")):
        place = one.whole(tag)
        if place:
            told += _below(source, one.order, place[0], below)
    told += _thumbnail(one, where, block)
    return told


def _below(source: BinaryIO, order: str, at: int, where: str) -> list[Finding]:
    try:
        inside = directory(source, order, at)
    except (FileDamaged, struct.error):
        return [found("unknown", where, "a directory that cannot be read")]
    return _position(inside) if where == "GPS" else _fields(inside, where)


def _fields(one: Directory, where: str) -> list[Finding]:
    told, others = [], 0
    for tag, entry in one.entries.items():
        if tag in _INSIDE:
            told += _INSIDE[tag](entry, where)
        elif tag in FIELDS:
            what, name = FIELDS[tag]
            told.append(found(what, f"{where}:{name}", _said(one, entry)))
        elif tag not in STRUCTURE:
            others += 1
    if others:
        told.append(found("settings", where, f"{others} fields"))
    return told


def _maker_note(entry: Entry, where: str) -> list[Finding]:
    name = entry.data[:10].split(b"\x00")[0]
    maker = name.decode("ascii") if name.isalnum() and name.isascii() else ""
    return [found("maker-notes", f"{where}:MakerNote", f"{maker} {entry.count} bytes".strip())]


def _iptc(entry: Entry, _where: str) -> list[Finding]:
    return iptc.datasets(entry.data)


def _photoshop(entry: Entry, _where: str) -> list[Finding]:
    return iptc.resources(entry.data)


def _xmp(entry: Entry, _where: str) -> list[Finding]:
    return xmp.findings(entry.data)


_INSIDE = {_MAKER_NOTE: _maker_note, _XMP: _xmp, _IPTC: _iptc, _PHOTOSHOP: _photoshop}


def _said(one: Directory, entry: Entry) -> str | bytes:
    if entry.tag in UTF16_FIELDS:
        return entry.data[:2000].decode("utf-16-le", "replace").rstrip("\x00")
    if entry.tag == _USER_COMMENT:
        return _comment(entry.data[:2000], one.order)
    if entry.kind in (1, 2, 7):
        return entry.data
    return ", ".join(f"{value:g}" for value in one.numbers(entry.tag)[:8])


def _comment(data: bytes, order: str) -> str | bytes:
    """EXIF 3.0, 4.6.6: the first eight bytes of a user comment name its characters."""
    if data.startswith(b"UNICODE"):
        return data[8:].decode("utf-16-le" if order == "<" else "utf-16-be", "replace")
    return data[8:] if data[:8].rstrip(b"\x00") in (b"ASCII", b"JIS", b"") else data


def _thumbnail(one: Directory, where: str, block: bytes) -> list[Finding]:
    at, size = one.whole(_THUMBNAIL), one.whole(_THUMBNAIL_SIZE)
    if not at or not size or not block:
        return []
    data = block[at[0] : at[0] + size[0]]
    return [found("preview", f"{where}:thumbnail", f"{len(data)} bytes", data)]


def _position(gps: Directory) -> list[Finding]:
    told = []
    latitude, longitude = _angle(gps, 1, 2), _angle(gps, 3, 4)
    if latitude and longitude:
        exact = decimals_of(min(latitude[1], longitude[1]))
        told.append(found("place", "GPS", coordinates(latitude[0], longitude[0], exact)))
    height = gps.numbers(6)
    if height:
        sign = -1 if gps.whole(5)[:1] == (1,) else 1
        told.append(found("place", "GPSAltitude", f"{sign * height[0]:.0f} m"))
    clock = gps.numbers(7)
    if len(clock) == 3:
        hour, minute, second = clock
        told.append(found("time", "GPSTimeStamp", f"{hour:02.0f}:{minute:02.0f}:{second:02.0f}"))
    for tag, entry in gps.entries.items():
        if tag in GPS_FIELDS:
            what, name = GPS_FIELDS[tag]
            told.append(found(what, name, _said(gps, entry)))
    return told


def _angle(gps: Directory, sign_tag: int, tag: int) -> tuple[float, float] | None:
    """Return degrees, and the smallest step that the field's denominators can express."""
    parts = gps.fractions(tag)[:3]
    if not parts or any(not below for _, below in parts):
        return None
    units = (1.0, 1 / 60, 1 / 3600)
    degrees = sum(above / below * unit for (above, below), unit in zip(parts, units, strict=False))
    used = [unit / below for (above, below), unit in zip(parts, units, strict=False) if above]
    if not -180 <= degrees <= 180:
        return None
    sign = gps.entries.get(sign_tag)
    turned = sign is not None and sign.data[:1] in (b"S", b"W")
    return (-degrees if turned else degrees), min(used, default=1.0)
