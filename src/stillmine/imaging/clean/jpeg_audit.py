"""Read a cleaned JPEG again, with other code: every byte of it must be one that we know.

Nothing here is shared with the cleaner, so that one slip of thought does not hide another.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import BinaryIO

from stillmine.errors import StillSpeaks
from stillmine.imaging.clean.icc_audit import audit_profile

_JFIF = bytes.fromhex("ffe000104a46494600010100000100010000")
_TURN = "ffe100224578696600004d4d002a0000000800010112000300000001000"
_ADOBE = bytes.fromhex("ffee000e41646f626500640000000000")
_PIECE = 14
_ENDS_GIVEN = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_ENDS_CODED = re.compile(rb"\xff[^\x00\xd0-\xd7]")
_FRAMES = b"\xc0\xc1\xc2\xc9\xca"


def audit(source: BinaryIO) -> None:
    """Account for every byte, from the first marker to the end. Raises StillSpeaks."""
    data = _all_of(source)
    at = _heads(data)
    tables: dict[bytes, bytes] = {}
    scans = frames = 0
    while data[at : at + 2] != b"\xff\xd9":
        marker, body, end = _segment(data, at)
        if marker in _FRAMES:
            frames += 1
        elif marker == 0xDA:
            scans += 1
            end = _end_of_coded(data, end)
        elif marker not in _TABLES or not _TABLES[marker](body, tables):
            raise StillSpeaks(part="jpeg-segment")
        at = end
    if at + 2 != len(data) or frames != 1 or not scans:
        raise StillSpeaks(part="jpeg-end")


def _all_of(source: BinaryIO) -> bytes:
    size = source.seek(0, 2)
    source.seek(0)
    return source.read(size)


def _heads(data: bytes) -> int:
    """Return where the coding begins; before it only four things may stand, in this order."""
    if data[:2] != b"\xff\xd8":
        raise StillSpeaks(part="jpeg-start")
    at = 2
    if data[at : at + len(_JFIF)] == _JFIF:
        at += len(_JFIF)
    if data[at : at + 2] == b"\xff\xe1":
        if not _is_only_turn(data[at : at + 36]):
            raise StillSpeaks(part="jpeg-exif")
        at += 36
    at = _profile(data, at)
    if data[at : at + 2] == b"\xff\xee":
        head, turn = data[at : at + 15], data[at + 15 : at + 16]
        if head != _ADOBE[:15] or turn not in (b"\x00", b"\x01", b"\x02"):
            raise StillSpeaks(part="jpeg-adobe")
        at += 16
    return at


def _is_only_turn(segment: bytes) -> bool:
    """Say whether a block holds the turn, one of eight numbers, and zeros behind it."""
    text = segment.hex()
    return text[:59] == _TURN and text[59] in "2345678" and text[60:] == "0" * 12


def _profile(data: bytes, at: int) -> int:
    pieces: list[bytes] = []
    total = 0
    while data[at : at + 2] == b"\xff\xe2":
        _, body, end = _segment(data, at)
        if body[:12] != b"ICC_PROFILE\x00" or body[12] != len(pieces) + 1:
            raise StillSpeaks(part="jpeg-profile")
        total = body[13]
        pieces.append(body[_PIECE:])
        at = end
    if total != len(pieces):
        raise StillSpeaks(part="jpeg-profile")
    if pieces:
        audit_profile(b"".join(pieces))
    return at


def _segment(data: bytes, at: int) -> tuple[int, bytes, int]:
    size = (data[at + 2] << 8 | data[at + 3]) if at + 4 <= len(data) else 0
    if size < 2 or data[at] != 0xFF or at + 2 + size > len(data):
        raise StillSpeaks(part="jpeg-segment")
    return data[at + 1], data[at + 4 : at + 2 + size], at + 2 + size


def _end_of_coded(data: bytes, at: int) -> int:
    """Coded data may hold stuffed zeros and restarts; anything else behind 0xFF ends it."""
    match = _ENDS_CODED.search(data, at)
    if match is None:
        raise StillSpeaks(part="jpeg-coded-data")
    return match.start()


def _one_quantisation(body: bytes, tables: dict[bytes, bytes]) -> bool:
    fits = len(body) == (129 if body[0] & 0xF0 else 65)
    return fits and _is_new(b"q%d" % (body[0] & 15), body, tables)


def _one_code(body: bytes, tables: dict[bytes, bytes]) -> bool:
    fits = len(body) >= 17 and len(body) == 17 + sum(body[1:17])
    return fits and _is_new(b"h%d" % body[0], body, tables)


def _one_condition(body: bytes, tables: dict[bytes, bytes]) -> bool:
    return len(body) == 2 and _is_new(b"a%d" % body[0], body, tables)


def _interval(body: bytes, _tables: dict[bytes, bytes]) -> bool:
    return len(body) == 2


def _is_new(name: bytes, body: bytes, tables: dict[bytes, bytes]) -> bool:
    """Say whether a table is new: one that is said twice would be a place to hide something."""
    new = tables.get(name) != body
    tables[name] = body
    return new


_TABLES: dict[int, Callable[[bytes, dict[bytes, bytes]], bool]] = {
    0xDB: _one_quantisation,
    0xC4: _one_code,
    0xCC: _one_condition,
    0xDD: _interval,
}


def shown(source: BinaryIO) -> bytes:
    """Return a digest of all that decides over pixels: frame, used tables, scans, coded data.

    Two files with the same digest decode to the same pixels, whichever the decoder.
    """
    data = _all_of(source)
    reading = _Reading()
    at = 2
    while reading.going:
        at = data.find(0xFF, at)
        if at < 0:
            break
        while data[at + 1 : at + 2] == b"\xff":
            at += 1
        if at + 1 >= len(data):
            break
        at = reading.marker(data, at)
    return reading.digest.digest()


def _end_of_given(data: bytes, at: int) -> int:
    """Find the end in a file of anybody's: there, bytes of filling may stand before a marker."""
    match = _ENDS_GIVEN.search(data, at)
    return len(data) if match is None else match.start()


class _Reading:
    """A decoder's memory, as far as it decides over pixels."""

    def __init__(self) -> None:
        self.digest = hashlib.sha256()
        self.going = True
        self.frame = b""
        self.tables: dict[str, bytes] = {}
        self.colours = ["", ""]
        self.latched: dict[int, bytes] = {}

    def marker(self, data: bytes, at: int) -> int:
        """Take in one marker; return where to look for the next."""
        code = data[at + 1]
        if code == 0xD9:
            self.going = False
        if code in (0, 1) or 0xD0 <= code <= 0xD9:
            return at + 2
        size = int.from_bytes(data[at + 2 : at + 4])
        body, at = data[at + 4 : at + 2 + size], at + 2 + max(size, 2)
        if code == 0xDA:
            return self._scan(body, data, at)
        if code in _FRAMES:
            self.frame = bytes([code]) + body
        elif code in (0xDB, 0xC4, 0xCC, 0xDD):
            self._learn(code, body)
        elif code == 0xE0 and body[:5] == b"JFIF\x00":
            self.colours[0] = "jfif"
        elif code == 0xEE and body[:5] == b"Adobe" and len(body) >= 12:
            self.colours[1] = f"adobe {body[11]}" if body[11] < 3 else ""
        return at

    def _learn(self, code: int, body: bytes) -> None:
        at = 0
        while at < len(body):
            if code == 0xDB:
                name, size = f"q{body[at] & 15}", 129 if body[at] > 15 else 65
            elif code == 0xC4:
                name, size = f"h{body[at]}", 17 + sum(body[at + 1 : at + 17])
            else:
                name, size = (f"a{body[at]}" if code == 0xCC else "interval"), 2
            self.tables[name] = body[at : at + size]
            at += size

    def _scan(self, body: bytes, data: bytes, at: int) -> int:
        start = at
        at = _end_of_given(data, at)
        coded = data[start:at].rstrip(b"\xff")
        self._say(self.frame, *self.colours, self.tables.get("interval", b"\x00\x00"))
        self._names(body)
        self._say(coded)
        return at

    def _names(self, body: bytes) -> None:
        """Digest the scan's header, and the tables that its components use."""
        progressive = self.frame[:1] in (b"\xc2", b"\xca")
        kind = "a" if self.frame[:1] in (b"\xc9", b"\xca") else "h"
        begin, finer = (body[-3], body[-1] >> 4) if progressive else (0, 0)
        for at in range(1, len(body) - 3, 2):
            name, use = body[at], body[at + 1]
            place = self.frame.find(bytes([name]), 7)
            while place >= 0 and (place - 7) % 3:
                place = self.frame.find(bytes([name]), place + 1)
            table = self.tables.get(f"q{self.frame[place + 2]}", b"") if place >= 0 else b""
            self._say(bytes([name]), self.latched.setdefault(name, table))
            if not progressive or (begin == 0 and not finer):
                self._say(self.tables.get(f"{kind}{use >> 4}", b""))
            if not progressive or begin:
                self._say(self.tables.get(f"{kind}{16 | use & 15}", b""))
        self._say(body[-3:] if progressive else b"")

    def _say(self, *things: bytes | str) -> None:
        for thing in things:
            text = thing.encode() if isinstance(thing, str) else thing
            self.digest.update(len(text).to_bytes(8) + text)
