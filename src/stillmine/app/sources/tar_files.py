"""Read tar archives as they stream by (POSIX.1-2017 pax, ustar, GNU long names).

The tar reader of the standard library holds a member's extended header in memory, whatever size
that states; here it has a bound.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from stillmine.app.sources.limits import Budget
from stillmine.app.sources.member import Member, name_of
from stillmine.app.sources.stream import Stream, limited
from stillmine.errors import ArchiveDamaged, CannotUnpack

BLOCK = 512
_MOST_HEADER = 1 << 20
_MOST_SIZE = 1 << 62
_FILES = (b"0", b"\0", b"7")
_SPARSE = b"S"
_PAX, _PAX_FOR_ALL, _GNU_NAME, _GNU_LINK = b"x", b"g", b"L", b"K"


@dataclass(slots=True)
class _Said:
    """What an extended header says about the member that follows."""

    name: bytes | None = None
    size: int | None = None
    sparse: bool = False


def is_tar(head: bytes) -> bool:
    """Say whether these first bytes are the header of a tar member, by its own sum."""
    return len(head) >= BLOCK and any(head[:BLOCK]) and _sum_fits(head[:BLOCK])


def tar_members(stream: Stream, budget: Budget) -> Iterator[Member]:
    """Yield the files of an archive. Raises ArchiveDamaged or ArchiveTooMuch, perhaps midway."""
    said = _Said()
    while (header := stream.head(BLOCK)) and any(header):
        header = stream.exactly(BLOCK)
        if not _sum_fits(header):
            raise ArchiveDamaged
        kind = header[156:157]
        size = _number(header[124:136])
        budget.enter()
        if kind in (_PAX, _PAX_FOR_ALL, _GNU_NAME, _GNU_LINK):
            _take_note(said, kind, _extended(stream, size))
            continue
        size = size if said.size is None else said.size
        content = limited(stream, size)
        yield from _member(header, kind, said, content)
        content.drain()
        _skip_padding(stream, size)
        said = _Said()


def _member(header: bytes, kind: bytes, said: _Said, content: Stream) -> Iterator[Member]:
    name = name_of(_name(header) if said.name is None else said.name)
    if kind == _SPARSE or said.sparse:
        yield Member(name, code=CannotUnpack.code)
    elif kind in _FILES and not name.endswith("/"):
        yield Member(name, content)


def _extended(stream: Stream, size: int) -> bytes:
    if size > _MOST_HEADER:
        raise ArchiveDamaged
    data = stream.exactly(size)
    _skip_padding(stream, size)
    return data


def _take_note(said: _Said, kind: bytes, data: bytes) -> None:
    if kind == _GNU_NAME:
        said.name = data.rstrip(b"\0")
    elif kind == _PAX:
        for key, value in _pax(data):
            if key == b"path":
                said.name = value
            elif key == b"size" and value.isdigit():
                said.size = min(int(value[:20]), _MOST_SIZE)
            said.sparse = said.sparse or key.startswith(b"GNU.sparse.")


def _pax(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the records of a pax header: `length key=value newline`, the length of all of it."""
    at = 0
    while at < len(data):
        digits, space, _ = data[at : at + 20].partition(b" ")
        if not space or not digits.isdigit() or int(digits) <= len(digits) + 1:
            return
        key, _, value = data[at + len(digits) + 1 : at + int(digits) - 1].partition(b"=")
        yield key, value
        at += int(digits)


def _name(header: bytes) -> bytes:
    name = header[:100].partition(b"\0")[0]
    prefix = header[345:500].partition(b"\0")[0] if header[257:263] == b"ustar\0" else b""
    return prefix + b"/" + name if prefix else name


def _skip_padding(stream: Stream, size: int) -> None:
    stream.skip(-size % BLOCK)


def _number(field: bytes) -> int:
    """Read an octal number, or the binary form that GNU tar has for large ones."""
    if field[0] & 0x80:
        number = int.from_bytes(field, "big") & ~(0x80 << 8 * (len(field) - 1))
    else:
        digits = field.strip(b" \0")
        if digits.strip(b"01234567"):
            raise ArchiveDamaged
        number = int(digits or b"0", 8)
    if number > _MOST_SIZE:
        raise ArchiveDamaged
    return number


def _sum_fits(header: bytes) -> bool:
    digits = header[148:156].strip(b" \0")
    if not digits or digits.strip(b"01234567"):
        return False
    return int(digits, 8) == sum(header[:148]) + 8 * ord(" ") + sum(header[156:])
