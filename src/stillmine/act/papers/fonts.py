"""Which signs can be drawn: by the fonts that come with the program, and by those of the system.

The fonts that come along cover most living scripts (fonts/README.md says which, and their
licences), so that the same text gives the same file on every computer. Only where they lack a
sign are the fonts of the system looked at.
"""

from __future__ import annotations

import functools
import struct
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent / "fonts"
TEXT, EMOJI, HAN = "Noto Sans", "Noto Emoji", "Droid Sans Fallback"
_MOST_FONTS = 600
_LARGEST = 64 << 20  # bytes of a font file of the system that is looked at
_OUTLINES = {b"glyf", b"CFF ", b"CFF2"}


class Face(NamedTuple):
    """One font in a file: its family, and where in the file it is."""

    family: str
    path: Path
    number: int


def own_faces() -> tuple[Face, ...]:
    """Return the fonts that come with the program, in the order in which they are tried."""
    import typst

    found = typst.Fonts(False, False, [str(FOLDER)]).fonts()
    first = {TEXT: 0, HAN: 2, EMOJI: 1}
    faces = {Face(each.family, Path(each.path or ""), each.index) for each in found}
    return tuple(sorted(faces, key=lambda each: (first.get(each.family, 1), each)))


def system_faces() -> tuple[Face, ...]:
    """Return the upright fonts of the system, at most some hundreds."""
    import typst

    found = typst.Fonts(True, False, []).fonts()
    faces = [
        Face(each.family, Path(each.path), each.index)
        for each in found
        if each.path and each.style == "normal" and 300 <= each.weight <= 500
    ]
    return tuple(sorted(set(faces))[:_MOST_FONTS])


@functools.cache
def own_families() -> tuple[str, ...]:
    """Return the families that come with the program, the first to be tried first."""
    return tuple(dict.fromkeys(face.family for face in own_faces()))


@functools.cache
def _own_signs() -> frozenset[int]:
    return frozenset().union(*(signs_of(face) for face in own_faces()))


def lacking(text: Iterable[str]) -> frozenset[str]:
    """Return the signs in texts that no font that comes along can draw."""
    have = _own_signs()
    return frozenset(sign for sign in set().union(*text) if ord(sign) not in have and sign != "\n")


def system_families(signs: frozenset[str]) -> Mapping[str, str]:
    """Return, for each of these signs that a font of the system can draw, the family's name."""
    left, found = {ord(sign) for sign in signs}, {}
    for face in system_faces() if left else ():
        for number in left & signs_of(face):
            found[chr(number)] = face.family
            left.discard(number)
        if not left:
            break
    return found


@functools.lru_cache(maxsize=_MOST_FONTS)
def signs_of(face: Face) -> frozenset[int]:
    """Return the numbers of the signs that a font draws; none of a file that cannot be read.

    Read from the character map, formats 4 and 12 (OpenType 1.9, `cmap`). Fonts that hold only
    pictures, as some emoji fonts do, count as empty: an archival file needs outlines.
    """
    try:
        if face.path.stat().st_size > _LARGEST:
            return frozenset()
        data = face.path.read_bytes()
        return _signs(data, face.number)
    except (OSError, struct.error, IndexError, ValueError):
        return frozenset()


def _signs(data: bytes, index: int) -> frozenset[int]:
    start = 0
    if data[:4] == b"ttcf":
        (start,) = struct.unpack_from(">I", data, 12 + 4 * index)
    (count,) = struct.unpack_from(">H", data, start + 4)
    tables = {
        bytes(name): place
        for name, _sum, place, _size in (
            struct.unpack_from(">4sIII", data, start + 12 + 16 * number) for number in range(count)
        )
    }
    if not _OUTLINES & tables.keys() or b"cmap" not in tables:
        return frozenset()
    return _mapped(data, tables[b"cmap"])


def _mapped(data: bytes, cmap: int) -> frozenset[int]:
    (count,) = struct.unpack_from(">H", data, cmap + 2)
    found: set[int] = set()
    for number in range(count):
        platform, encoding, place = struct.unpack_from(">HHI", data, cmap + 4 + 8 * number)
        (form,) = struct.unpack_from(">H", data, cmap + place)
        if platform == 3 and encoding not in (1, 10):
            continue  # symbols of its own, not Unicode
        if form == 4:
            found |= _format_4(data, cmap + place)
        elif form == 12:
            found |= _format_12(data, cmap + place)
    return frozenset(found)


def _format_4(data: bytes, at: int) -> set[int]:
    (twice,) = struct.unpack_from(">H", data, at + 6)
    count = twice // 2
    shape = f">{count}H"
    lasts = struct.unpack_from(shape, data, at + 14)
    firsts = struct.unpack_from(shape, data, at + 16 + twice)
    deltas = struct.unpack_from(shape, data, at + 16 + 2 * twice)
    offsets_at = at + 16 + 3 * twice
    offsets = struct.unpack_from(shape, data, offsets_at)
    found: set[int] = set()
    for number, (first, last) in enumerate(zip(firsts, lasts, strict=True)):
        for sign in range(first, min(last, 0xFFFE) + 1):
            glyph = sign
            if offsets[number]:
                spot = offsets_at + 2 * number + offsets[number] + 2 * (sign - first)
                (glyph,) = struct.unpack_from(">H", data, spot)
                if not glyph:
                    continue
            if (glyph + deltas[number]) & 0xFFFF:
                found.add(sign)
    return found


def _format_12(data: bytes, at: int) -> set[int]:
    (count,) = struct.unpack_from(">I", data, at + 12)
    found: set[int] = set()
    for number in range(min(count, 100_000)):
        first, last, glyph = struct.unpack_from(">III", data, at + 16 + 12 * number)
        found.update(range(first + (not glyph), min(last, 0x10FFFF) + 1))
    return found
