"""Read and write elements, which WebM and Matroska files are made of (RFC 8794, RFC 9559)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from stillmine.errors import FileDamaged, NotUnderstood
from stillmine.imaging.clean.isobmff import length_of, read_at

HEAD, SEGMENT, CLUSTER, VOID, CRC = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0xEC, 0xBF
SEEK_HEAD, INFO, TRACKS, CUES = 0x114D9B74, 0x1549A966, 0x1654AE6B, 0x1C53BB6B
TAGS, CHAPTERS, ATTACHMENTS = 0x1254C367, 0x1043A770, 0x1941A469
TIMESTAMP, SIMPLE_BLOCK, BLOCK_GROUP, BLOCK = 0xE7, 0xA3, 0xA0, 0xA1
LEVEL_ONE = frozenset({CLUSTER, SEEK_HEAD, INFO, TRACKS, CUES, TAGS, CHAPTERS, ATTACHMENTS})
MOST_IN_MEMORY = 512 * 1024 * 1024
"""How large an element may be that is read as a whole, in bytes."""
_MOST_ELEMENTS = 5_000_000


@dataclass(frozen=True, slots=True)
class Element:
    """One element: its number, and where its body lies in the file."""

    id: int
    start: int
    body: int
    end: int

    @property
    def size(self) -> int:
        """Return how many bytes the body has."""
        return self.end - self.body


def variable(data: bytes, at: int, *, whole: bool = False) -> tuple[int, int]:
    """Return a number whose first bits tell its length, and its length in bytes.

    `whole` keeps those bits, as identifiers do. All ones mean an unknown size: -1.
    """
    first = data[at] if at < len(data) else 0
    size = 9 - first.bit_length()
    if not first or at + size > len(data):
        raise FileDamaged(part="elements")
    value = int.from_bytes(data[at : at + size])
    if whole:
        return value, size
    value &= (1 << 7 * size) - 1
    return (-1 if value == (1 << 7 * size) - 1 else value), size


def elements(file: BinaryIO, start: int, end: int) -> Iterator[Element]:
    """Yield the elements between two places. Stop, without an error, at what is none.

    An element of unknown size ends where the next one of its own or a higher level begins.
    """
    for _ in range(_MOST_ELEMENTS):
        found = _element(file, start, end)
        if found is None:
            return
        yield found
        start = found.end
    raise NotUnderstood(part="too-many-elements")


def _element(file: BinaryIO, start: int, end: int) -> Element | None:
    file.seek(start)
    head = file.read(min(16, max(0, end - start)))
    try:
        number, id_size = variable(head, 0, whole=True)
        size, size_size = variable(head, id_size)
    except FileDamaged:
        return None
    body = start + id_size + size_size
    if id_size > 4 or body + size > end:
        return None
    if size >= 0:
        return Element(number, start, body, body + size)
    if number == SEGMENT:
        return Element(number, start, body, end)
    return (
        Element(number, start, body, _end_of_open(file, body, end)) if number == CLUSTER else None
    )


def _end_of_open(file: BinaryIO, at: int, end: int) -> int:
    """Return where a cluster of unknown size ends."""
    for _ in range(_MOST_ELEMENTS):
        file.seek(at)
        head = file.read(min(16, end - at))
        try:
            number, id_size = variable(head, 0, whole=True)
            size, size_size = variable(head, id_size)
        except FileDamaged:
            return at
        after = at + id_size + size_size + size
        if number in LEVEL_ONE or number == HEAD or size < 0 or after > end:
            return at
        at = after
    return at


def children(file: BinaryIO, parent: Element) -> list[Element]:
    """Return the elements inside another one, without gaps and checksums. Raises FileDamaged."""
    found = list(elements(file, parent.body, parent.end))
    if (found[-1].end if found else parent.body) != parent.end:
        raise FileDamaged(part="elements")
    return [one for one in found if one.id not in (VOID, CRC)]


def content(file: BinaryIO, one: Element, most: int = MOST_IN_MEMORY) -> bytes:
    """Return the body of an element. Raises NotUnderstood if it is larger than `most` bytes."""
    if one.size > most:
        raise NotUnderstood(part="too-large")
    return read_at(file, one.body, one.size)


def number_of(file: BinaryIO, one: Element) -> int:
    """Return the number in an element, of at most eight bytes."""
    return int.from_bytes(content(file, one, 8))


def segment_of(file: BinaryIO) -> tuple[Element, Element]:
    """Return the head and the segment of a file. Raises FileDamaged."""
    top = elements(file, 0, length_of(file))
    head = next(top, None)
    if head is None or head.id != HEAD:
        raise FileDamaged(part="elements")
    for one in top:
        if one.id == SEGMENT:
            return head, one
    raise FileDamaged(part="elements")


def identifier(number: int) -> bytes:
    """Return the bytes of an element's number."""
    return number.to_bytes((number.bit_length() + 7) // 8)


def sized(size: int) -> bytes:
    """Return a size in as few bytes as hold it."""
    width = next(width for width in range(1, 9) if size < (1 << 7 * width) - 1)
    return (size | 1 << 7 * width).to_bytes(width)


def element(number: int, *parts: bytes) -> bytes:
    """Return an element with a body of these parts."""
    return identifier(number) + sized(sum(map(len, parts))) + b"".join(parts)


def unsigned(number: int, value: int, width: int = 0) -> bytes:
    """Return an element that holds a number, in as few bytes as hold it, or in `width` bytes."""
    return element(number, value.to_bytes(width or max(1, (value.bit_length() + 7) // 8)))
