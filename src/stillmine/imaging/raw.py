"""Find out which camera wrote a RAW file, and where the JPEG preview lies that it carries.

Most RAW formats are TIFF files (TIFF 6.0, sections 2 and 8; TIFF/EP, ISO 12234-2) with the
preview in one of their directories. So no RAW library is needed to show a preview.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

_MOST_DIRECTORIES = 64
_MOST_ENTRIES = 1024
_MOST_VALUES = 64
_DIRECTORY_DEPTH = 4

_WIDTH, _HEIGHT, _COMPRESSION, _MAKE = 256, 257, 259, 271
_STRIP_OFFSETS, _STRIP_SIZES, _SUB_DIRECTORIES = 273, 279, 330
_JPEG_OFFSET, _JPEG_SIZE = 513, 514
_DNG_VERSION, _RW2_PREVIEW = 50706, 46
_CR2_MARK = b"CR\x02"
_INTEGERS = {1: "B", 3: "H", 4: "I", 13: "I"}
_WIDTHS = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4}
_MAKERS: tuple[tuple[bytes, str], ...] = (
    (b"NIKON", "raw-nef"),
    (b"SONY", "raw-arw"),
    (b"PENTAX", "raw-pef"),
    (b"RICOH", "raw-pef"),
    (b"SAMSUNG", "raw-srw"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of a directory: whole numbers, or the place of a longer value."""

    numbers: tuple[int, ...]
    offset: int
    size: int


Directory = dict[int, Entry]


@dataclass(frozen=True, slots=True)
class Preview:
    """Where a JPEG lies in the file, in bytes."""

    offset: int
    size: int


def tiff_or_raw(file: BinaryIO, head: bytes) -> str:
    """Return the RAW format of a TIFF-shaped file, or "tiff" for a plain one."""
    if head[8:11] == _CR2_MARK:
        return "raw-cr2"
    try:
        directories = list(_directories(file))
    except (struct.error, ValueError, OSError):
        return "tiff"
    if any(_DNG_VERSION in directory for directory in directories):
        return "raw-dng"
    if not _has_sensor_data(directories):
        return "tiff"
    maker = _maker(file, directories)
    return next((name for start, name in _MAKERS if maker.startswith(start)), "tiff")


def size_of(file: BinaryIO) -> tuple[int, int] | None:
    """Return the largest width and height that a directory of the file declares."""
    sizes = [
        (directory[_WIDTH].numbers[0], directory[_HEIGHT].numbers[0])
        for directory in _readable(file)
        if _number(directory, _WIDTH) and _number(directory, _HEIGHT)
    ]
    return max(sizes, key=lambda size: size[0] * size[1], default=None)


def previews(file: BinaryIO, file_format: str) -> list[Preview]:
    """Return where the JPEG previews lie, the largest first."""
    if file_format == "raw-raf":
        found = _fuji(file)
    elif file_format == "raw-cr3":
        found = list(_canon_boxes(file))
    else:
        found = [place for directory in _readable(file) for place in _in_directory(directory)]
    jpegs = [place for place in found if place.size > 0 and _starts_a_jpeg(file, place)]
    return sorted(jpegs, key=lambda place: -place.size)


def _readable(file: BinaryIO) -> list[Directory]:
    found: list[Directory] = []
    try:
        found.extend(_directories(file))
    except (struct.error, ValueError, OSError):
        return found
    return found


def _directories(file: BinaryIO) -> Iterator[Directory]:
    """Yield the directories of a TIFF file and those below them, each place once."""
    file.seek(0)
    head = file.read(8)
    order = "<" if head[:2] == b"II" else ">"
    todo = [(struct.unpack(order + "I", head[4:8])[0], 0)]
    seen: set[int] = set()
    while todo and len(seen) < _MOST_DIRECTORIES:
        offset, depth = todo.pop(0)
        if not offset or offset in seen or depth > _DIRECTORY_DEPTH:
            continue
        seen.add(offset)
        directory, following = _directory(file, order, offset)
        yield directory
        todo.append((following, depth))
        below = directory.get(_SUB_DIRECTORIES)
        todo.extend((place, depth + 1) for place in (below.numbers if below else ()))


def _directory(file: BinaryIO, order: str, offset: int) -> tuple[Directory, int]:
    file.seek(offset)
    entries = struct.unpack(order + "H", file.read(2))[0]
    if entries > _MOST_ENTRIES:
        raise ValueError
    table = file.read(entries * 12 + 4)
    directory: Directory = {}
    for at in range(0, entries * 12, 12):
        tag, entry = _entry(file, order, table[at : at + 12])
        directory[tag] = entry
    return directory, struct.unpack(order + "I", table[entries * 12 :])[0]


def _entry(file: BinaryIO, order: str, field: bytes) -> tuple[int, Entry]:
    tag, kind, count = struct.unpack(order + "HHI", field[:8])
    size = _WIDTHS.get(kind, 1) * count
    place = struct.unpack(order + "I", field[8:])[0]
    letter = _INTEGERS.get(kind)
    if letter is None or count > _MOST_VALUES:
        return tag, Entry((), place, size)
    data = field[8 : 8 + size]
    if size > 4:
        file.seek(place)
        data = file.read(size)
    return tag, Entry(struct.unpack(f"{order}{count}{letter}", data), place, size)


def _number(directory: Directory, tag: int) -> int:
    entry = directory.get(tag)
    return entry.numbers[0] if entry and entry.numbers else 0


def _has_sensor_data(directories: list[Directory]) -> bool:
    """Tell a camera's TIFF by directories below the first one, which plain TIFF files lack."""
    return any(_SUB_DIRECTORIES in directory for directory in directories) or any(
        _number(directory, _COMPRESSION) in (32767, 32770, 34713, 65535)
        for directory in directories
    )


def _maker(file: BinaryIO, directories: list[Directory]) -> bytes:
    for directory in directories:
        entry = directory.get(_MAKE)
        if entry and 4 < entry.size <= 64:
            file.seek(entry.offset)
            return file.read(entry.size).upper()
    return b""


def _in_directory(directory: Directory) -> Iterator[Preview]:
    if _JPEG_OFFSET in directory:
        yield Preview(_number(directory, _JPEG_OFFSET), _number(directory, _JPEG_SIZE))
    strips = directory.get(_STRIP_OFFSETS)
    if strips and len(strips.numbers) == 1 and _number(directory, _COMPRESSION) in (6, 7):
        yield Preview(strips.numbers[0], _number(directory, _STRIP_SIZES))
    inside = directory.get(_RW2_PREVIEW)
    if inside:
        yield Preview(inside.offset, inside.size)


def _fuji(file: BinaryIO) -> list[Preview]:
    """Read the fixed header of a RAF file: the JPEG's offset and size stand at byte 84."""
    file.seek(84)
    words = file.read(8)
    if len(words) < 8:
        return []
    return [Preview(*struct.unpack(">II", words))]


def _canon_boxes(file: BinaryIO) -> Iterator[Preview]:
    """Find the PRVW box (an ISO 14496-12 `uuid` box beside `moov`) that holds CR3's preview."""
    at = 0
    for _ in range(_MOST_DIRECTORIES):
        file.seek(at)
        head = file.read(24)
        if len(head) < 24:
            return
        size, name = struct.unpack(">I4s", head[:8])
        if name == b"uuid":
            start = file.read(64)
            found = start.find(b"PRVW")
            if 0 <= found <= 40:
                length = struct.unpack_from(">I", start, found + 16)[0]
                yield Preview(at + 24 + found + 20, length)
        at += struct.unpack_from(">Q", head, 8)[0] if size == 1 else size
        if size == 0:
            return


def _starts_a_jpeg(file: BinaryIO, place: Preview) -> bool:
    file.seek(place.offset)
    return file.read(3) == b"\xff\xd8\xff"
