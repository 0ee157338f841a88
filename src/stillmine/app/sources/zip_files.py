"""Read ZIP archives one member after the other (APPNOTE 6.3.10), trusting no size that they state.

The list at the end is read record by record and never held whole, so that a list of a hundred
million names costs nothing; members are unpacked bit by bit, and only those that are asked for.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stillmine.app.sources.limits import Budget
from stillmine.app.sources.member import Member, name_of
from stillmine.app.sources.stream import Seekable, Stream, limited
from stillmine.app.sources.unpacking import lzma_of_zip, unpacked
from stillmine.errors import ArchiveDamaged, ArchiveLocked, CannotUnpack

MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
_END = struct.Struct("<4sHHHHIIH")
_END_MAGIC = b"PK\x05\x06"
_LOCATOR = struct.Struct("<4sIQI")
_END_64 = struct.Struct("<4sQHHIIQQQQ")
_ENTRY = struct.Struct("<4sHHHHHHIIIHHHHHII")
_LOCAL = struct.Struct("<4sHHHHHIIIHH")
_MOST_COMMENT = 1 << 16
_ENCRYPTED = 0x1 | 0x40 | 0x2000
_UTF_8 = 0x800
_NO_16, _NO_32 = 0xFFFF, 0xFFFFFFFF
_FORMS = {8: "deflate", 12: "bzip2", 93: "zstd", 20: "zstd"}
_STORED, _LZMA = 0, 14
_ZIP_64 = 1


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the list at the end."""

    name: str
    flags: int
    method: int
    packed: int
    size: int
    at: int


def zip_members(file: Seekable, budget: Budget) -> Iterator[Member]:
    """Yield the files of an archive. Raises ArchiveDamaged or ArchiveTooMuch, perhaps midway."""
    for entry in _entries(file, *_list_place(file)):
        budget.enter()
        if entry.name.endswith("/"):
            continue
        if entry.flags & _ENCRYPTED:
            yield Member(entry.name, code=ArchiveLocked.code)
            continue
        opened = _opened(file, entry, budget)
        refused = "" if opened else CannotUnpack.code
        yield Member(entry.name, opened, refused)


def _list_place(file: Seekable) -> tuple[int, int, int]:
    """Return where the list begins, where it ends, and how many bytes lie before the archive."""
    size = file.seek(0, 2)
    start = max(0, size - _MOST_COMMENT - _END.size - _LOCATOR.size)
    file.seek(start)
    tail = file.read(size - start)
    at = tail.rfind(_END_MAGIC)
    if at < 0 or len(tail) - at < _END.size:
        raise ArchiveDamaged
    _, disk, _, _, count, length, offset, _ = _END.unpack_from(tail, at)
    end = start + at
    if _NO_32 in (length, offset) or _NO_16 in (disk, count):
        length, offset, end = _list_place_64(file, tail[:at], end, (length, offset))
    before = end - length - offset
    if before < 0:
        raise ArchiveDamaged
    return before + offset, end, before


def _list_place_64(
    file: Seekable, tail: bytes, end: int, small: tuple[int, int]
) -> tuple[int, int, int]:
    """Return length and offset of the list, and its end, where 32 bits may not do."""
    length, offset = small
    if len(tail) < _LOCATOR.size or not tail[-_LOCATOR.size :].startswith(b"PK\x06\x07"):
        return length, offset, end
    _, _, place, _ = _LOCATOR.unpack(tail[-_LOCATOR.size :])
    # What lies before the archive shifts all places; then the record is right before its locator.
    for at in (place, end - _LOCATOR.size - _END_64.size):
        if not 0 <= at < end:
            continue
        file.seek(at)
        record = file.read(_END_64.size)
        if len(record) == _END_64.size and record.startswith(b"PK\x06\x06"):
            *_, length, offset = _END_64.unpack(record)
            return length, offset, at
    raise ArchiveDamaged


def _entries(file: Seekable, at: int, end: int, before: int) -> Iterator[_Entry]:
    while at + _ENTRY.size <= end:
        file.seek(at)
        record = file.read(_ENTRY.size)
        if len(record) < _ENTRY.size or not record.startswith(b"PK\x01\x02"):
            raise ArchiveDamaged
        fields = _ENTRY.unpack(record)
        name, extra, comment = fields[10:13]
        text = file.read(name + extra)
        if len(text) < name + extra:
            raise ArchiveDamaged
        yield _entry(fields, text[:name], text[name:], before)
        at += _ENTRY.size + name + extra + comment


def _entry(fields: tuple[int, ...], name: bytes, extra: bytes, before: int) -> _Entry:
    flags, method, packed, size, offset = fields[3], fields[4], fields[8], fields[9], fields[16]
    wide = _wide_numbers(extra)
    # Of the 64-bit field only those numbers are there that do not fit, in this order.
    size = next(wide, size) if size == _NO_32 else size
    packed = next(wide, packed) if packed == _NO_32 else packed
    offset = next(wide, offset) if offset == _NO_32 else offset
    encoding = "utf-8" if flags & _UTF_8 else "cp437"
    return _Entry(name_of(name, encoding), flags, method, packed, size, before + offset)


def _wide_numbers(extra: bytes) -> Iterator[int]:
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        if kind == _ZIP_64:
            part = extra[at + 4 : at + 4 + size]
            yield from (number for (number,) in struct.iter_unpack("<Q", part[: len(part) & ~7]))
        at += 4 + size


def _opened(file: Seekable, entry: _Entry, budget: Budget) -> Stream | None:
    """Return what an entry holds, None where it is packed in a way that is not read here."""
    if entry.method not in _FORMS and entry.method not in (_STORED, _LZMA):
        return None
    packed = _packed(file, entry)
    if entry.method == _STORED:
        return _counted(packed, budget.spend)
    if entry.method == _LZMA:
        return Stream(_Late(lambda: limited(lzma_of_zip(packed, budget), entry.size)).read)
    return unpacked(packed, _FORMS[entry.method], budget)


def _packed(file: Seekable, entry: _Entry) -> Stream:
    """Return the bytes of an entry as they lie in the archive, found when they are first read."""
    at = -1

    def read(count: int) -> bytes:
        nonlocal at
        at = _content(file, entry) if at < 0 else at
        file.seek(at)
        part = file.read(count)
        at += len(part)
        return part

    return limited(Stream(read), entry.packed)


def _content(file: Seekable, entry: _Entry) -> int:
    file.seek(entry.at)
    record = file.read(_LOCAL.size)
    if len(record) < _LOCAL.size or not record.startswith(b"PK\x03\x04"):
        raise ArchiveDamaged
    name, extra = struct.unpack_from("<HH", record, _LOCAL.size - 4)
    return entry.at + _LOCAL.size + int(name) + int(extra)


def _counted(stream: Stream, count: Callable[[int], None]) -> Stream:
    """Count stored bytes too: many entries may name the same ones."""

    def read(most: int) -> bytes:
        part = stream.read(most)
        count(len(part))
        return part

    return Stream(read)


class _Late:
    """A stream that is opened when it is first read, so that a bad one is its own problem."""

    def __init__(self, make: Callable[[], Stream]) -> None:
        self._make = make
        self._stream: Stream | None = None

    def read(self, count: int) -> bytes:
        """Open it if need be, and read."""
        self._stream = self._stream or self._make()
        return self._stream.read(count)
