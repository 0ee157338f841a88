"""Read the list of items in a HEIC or AVIF file: pictures, thumbnails, notes, and their ties."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import BinaryIO

from stillmine.errors import FileDamaged, FileLocked, NotUnderstood
from stillmine.imaging.clean.isobmff import (
    Box,
    Cursor,
    boxes,
    children,
    content,
    length_of,
    only,
    read_at,
    required,
)

_MOST_META = 64 * 1024 * 1024
_MOST_ITEMS = 65_535
MOST_ITEM = 1024 * 1024 * 1024
"""How many bytes an item may have."""


@dataclass(slots=True)
class Item:
    """One item: its four-letter type, where its bytes lie, and its properties by number from 1."""

    id: int
    type: bytes
    name: bytes = b""
    content_type: bytes = b""
    locked: bool = False
    extents: list[tuple[int, int]] = field(default_factory=list)
    properties: list[tuple[bool, int]] = field(default_factory=list)
    elsewhere: bool = False

    @property
    def size(self) -> int:
        """Return how many bytes the item has."""
        return sum(size for _, size in self.extents)


@dataclass(slots=True)
class Items:
    """All items of a file. References are (type, from, to); properties are boxes, by number."""

    primary: int
    items: dict[int, Item]
    references: list[tuple[bytes, int, list[int]]]
    properties: list[tuple[bytes, bytes]]
    other_boxes: list[Box]

    def of(self, item: Item, kind: bytes) -> bytes | None:
        """Return the body of an item's first property of this type."""
        return next((body for which, body in self.listed(item) if which == kind), None)

    def listed(self, item: Item) -> list[tuple[bytes, bytes]]:
        """Return an item's properties."""
        known = range(1, len(self.properties) + 1)
        return [self.properties[number - 1] for _, number in item.properties if number in known]


def top_boxes(file: BinaryIO) -> tuple[list[Box], int]:
    """Return the outermost boxes, and where the last of them ends."""
    found = list(boxes(file, 0, length_of(file)))
    return found, found[-1].end if found else 0


def read_items(file: BinaryIO, meta: Box) -> Items:
    """Read a `meta` box (ISO/IEC 14496-12, 8.11). Raises FileDamaged or NotUnderstood."""
    if meta.size > _MOST_META:
        raise NotUnderstood(part="too-many-boxes")
    inside = children(file, meta, 4)
    primary = Cursor(content(file, required(inside, b"pitm"), 64))
    version = primary.number(4) >> 24
    items = _entries(file, required(inside, b"iinf"))
    _locations(file, required(inside, b"iloc"), only(inside, b"idat"), items)
    wide = only(inside, b"iref")
    known = (b"hdlr", b"pitm", b"iinf", b"iloc", b"idat", b"iref", b"iprp", b"dinf")
    found = Items(
        primary.number(4 if version else 2),
        items,
        _references(file, wide) if wide else [],
        _properties(file, required(inside, b"iprp"), items),
        [box for box in inside if box.type not in known],
    )
    if found.primary not in items or sum(one.size for one in items.values()) > 4 * length_of(file):
        raise FileDamaged(part="items")
    return found


def _entries(file: BinaryIO, table: Box) -> dict[int, Item]:
    version = read_at(file, table.body, 4)[0]
    items: dict[int, Item] = {}
    for entry in children(file, table, 8 if version else 6):
        cursor = Cursor(content(file, entry, 4096))
        version = cursor.number(4) >> 24
        if entry.type != b"infe" or version < 2:
            raise NotUnderstood(part="old-items")
        item = Item(cursor.number(4 if version > 2 else 2), b"")
        item.locked = cursor.number(2) != 0
        item.type = cursor.take(4)
        item.name, _, rest = cursor.take(cursor.left).partition(b"\0")
        item.content_type = rest.partition(b"\0")[0]
        items[item.id] = item
        if len(items) > _MOST_ITEMS:
            raise NotUnderstood(part="too-many-boxes")
    return items


def _locations(file: BinaryIO, table: Box, idat: Box | None, items: dict[int, Item]) -> None:
    cursor = Cursor(content(file, table))
    version = cursor.number(4) >> 24
    sizes = cursor.number(2)
    offset_size, length_size = sizes >> 12, sizes >> 8 & 15
    base_size, index_size = sizes >> 4 & 15, sizes & 15 if version else 0
    wide = 4 if version == 2 else 2
    for _ in range(cursor.number(wide)):
        item = items.get(cursor.number(wide), Item(0, b""))
        method = cursor.number(2) & 15 if version else 0
        item.elsewhere = cursor.number(2) != 0 or method > 1
        base = cursor.number(base_size)
        if method == 1 and idat is not None:
            base += idat.body
        for _ in range(cursor.number(2)):
            cursor.take(index_size)
            offset = base + cursor.number(offset_size)
            item.extents.append((offset, cursor.number(length_size)))


def _references(file: BinaryIO, table: Box) -> list[tuple[bytes, int, list[int]]]:
    wide = 4 if read_at(file, table.body, 4)[0] else 2
    found = []
    for one in children(file, table, 4):
        cursor = Cursor(content(file, one, _MOST_META))
        start = cursor.number(wide)
        found.append((one.type, start, [cursor.number(wide) for _ in range(cursor.number(2))]))
    return found


def _properties(file: BinaryIO, table: Box, items: dict[int, Item]) -> list[tuple[bytes, bytes]]:
    inside = children(file, table)
    for association in inside:
        if association.type == b"ipma":
            _associations(Cursor(content(file, association)), items)
    listed = children(file, required(inside, b"ipco"))
    return [(one.type, content(file, one, _MOST_META)) for one in listed]


def _associations(cursor: Cursor, items: dict[int, Item]) -> None:
    head = cursor.number(4)
    wide, large = (4 if head >> 24 else 2), head & 1
    for _ in range(cursor.number(4)):
        item = items.get(cursor.number(wide), Item(0, b""))
        for _ in range(cursor.number(1)):
            word = cursor.number(2 if large else 1)
            shift = 15 if large else 7
            item.properties.append((bool(word >> shift), word & (1 << shift) - 1))


def item_bytes(file: BinaryIO, item: Item) -> bytes:
    """Return the bytes of an item. Raises FileLocked if it is encrypted."""
    if item.locked:
        raise FileLocked
    if item.elsewhere or not item.extents:
        raise NotUnderstood(part="items-elsewhere")
    if item.size > MOST_ITEM:
        raise NotUnderstood(part="too-large")
    end = length_of(file)
    return b"".join(read_at(file, at, size or end - at) for at, size in item.extents)
