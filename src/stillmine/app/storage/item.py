"""One item as the catalogue knows it."""

from __future__ import annotations

import os
from typing import NamedTuple

from stillmine.app.storage.container import Header
from stillmine.app.storage.key_table import KeyRow


class Kept(NamedTuple):
    """An object that the vault holds, whatever is in it: what backups and checks have to know."""

    item: str
    sum: str
    stored: int
    compartment: str
    table: int


class SealedRecord(NamedTuple):
    """One revision of a sealed record; the highest one counts. `value` is JSON.

    `kind` is empty where the object is damaged, so that nothing but its key is known of it.
    """

    item: str
    kind: str
    name: str
    revision: int
    value: str
    sum: str
    stored: int
    compartment: str
    table: int


class Chosen(NamedTuple):
    """Which items a list shows: of an album, of a kind, and which part of these, newest first.

    `newest` is how many at most, None for all; `skip` how many of the newest are left out. What was
    added before `since`, or at `until` and later, is left out: nanoseconds since 1970, or None.
    """

    album: str = ""
    kind: str = ""
    newest: int | None = None
    skip: int = 0
    since: int | None = None
    until: int | None = None

    def where(self) -> tuple[str, tuple[str | int, ...]]:
        """Return the condition for the table of items, and the values of its places."""
        parts: list[str] = []
        values: list[str | int] = []
        if self.album:
            parts.append("item IN (SELECT item FROM album WHERE album = ?)")
            values.append(self.album)
        if self.kind:
            parts.append("kind = ?")
            values.append(self.kind)
        if self.since is not None:
            parts.append("added >= ?")
            values.append(self.since)
        if self.until is not None:
            parts.append("added < ?")
            values.append(self.until)
        return ("WHERE " + " AND ".join(parts) if parts else "", tuple(values))


EVERYTHING = Chosen()


class Listed(NamedTuple):
    """What a list shows of an item. `size` is in bytes; `added` in nanoseconds since 1970, UTC."""

    item: str
    name: bytes
    kind: str
    format: str
    size: int
    label: str
    added: int
    albums: tuple[str, ...] = ()

    @property
    def shown_name(self) -> str:
        """The file name as text; bytes that are no text stand as lone surrogates."""
        return os.fsdecode(self.name)


class Item(NamedTuple):
    """A kept file. Sizes are in bytes; times are in nanoseconds since 1970, UTC.

    `digest` is the keyed fingerprint of the content and `sum` the SHA-256 of the sealed object,
    both as hexadecimal; `stored` is the size of the sealed object; `table` the number of the key
    table, in its compartment, where the key lies.
    """

    item: str
    name: bytes
    size: int
    modified: int
    added: int
    label: str
    kind: str
    format: str
    width: int | None
    height: int | None
    seconds: float | None
    problem: str | None
    digest: str
    sum: str
    stored: int
    compartment: str
    table: int
    albums: tuple[str, ...] = ()

    @property
    def shown_name(self) -> str:
        """The file name as text; bytes that are no text stand as lone surrogates."""
        return os.fsdecode(self.name)

    @classmethod
    def of(cls, header: Header, row: KeyRow, compartment: str, table: int) -> Item:
        """Join what the sealed header says with what the key table says."""
        return cls(
            item=header.item,
            name=header.name,
            size=header.size,
            modified=header.modified,
            added=header.added,
            label=row.label,
            kind=header.kind,
            format=header.format,
            width=header.width,
            height=header.height,
            seconds=header.seconds,
            problem=header.problem,
            digest=row.digest,
            sum=row.sum,
            stored=row.stored,
            compartment=compartment,
            table=table,
            albums=row.albums,
        )
