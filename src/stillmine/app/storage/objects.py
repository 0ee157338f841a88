"""Items on disk: immutable, read-only, padded in size, each sealed to a key of its own."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import re
import secrets
import tarfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from stillmine.app.storage import durable
from stillmine.app.storage.container import Header, after_content, before_content, open_container
from stillmine.app.storage.key_table import KeyRow
from stillmine.app.storage.twin import NOT_GOOD
from stillmine.crypto import (
    Opener,
    Sealer,
    X25519Identity,
    keyed_digest,
    padded_size,
    parse_identities,
)
from stillmine.errors import CannotReadFile, ChangedWhileReading, Damaged, ItemDamaged

_NAME = re.compile(r"[0-9a-f]{32}\.age")
_ZEROS = bytes(1 << 16)
_KEPT_TO_COMPARE = 8 << 20


def new_item() -> str:
    """Return a name for an item: 128 random bits, which say nothing about it."""
    return secrets.token_hex(16)


def object_path(objects: Path, item: str) -> Path:
    """Return where an item lies."""
    return objects / item[:2] / f"{item}.age"


def objects_on_disk(objects: Path) -> Iterator[tuple[str, int]]:
    """Yield the name and the size in bytes of every object there is."""
    for folder in os.scandir(objects):
        if len(folder.name) != 2 or not folder.is_dir(follow_symlinks=False):
            continue
        for entry in os.scandir(folder.path):
            if _NAME.fullmatch(entry.name):
                yield entry.name[:-4], entry.stat(follow_symlinks=False).st_size


@dataclass(frozen=True, slots=True)
class SealedObject:
    """An object that is whole on the disk under a temporary name, and not yet part of the vault."""

    draft: Path
    header: Header
    row: KeyRow


class _Workspace(threading.local):
    """What a thread seals with, kept from file to file: fresh memory costs more than the sums."""

    def __init__(self) -> None:
        self.plain = memoryview(bytearray(durable.PIECE))
        self.sealed = memoryview(bytearray(_KEPT_TO_COMPARE))


_workspace = _Workspace()


class _SummingFile:
    """Write to a descriptor, and keep the SHA-256 of all that was written.

    What fits into a few megabytes is also kept as it is: comparing is cheaper than a second sum.
    """

    def __init__(self, descriptor: int, room: memoryview) -> None:
        self._descriptor = descriptor
        self._sum = hashlib.sha256()
        self._room = room
        self._filled = self._flushed = 0
        self._has_all = True
        self.size = 0

    def write(self, data: bytes | bytearray | memoryview) -> int:
        taken = min(len(data), len(self._room) - self._filled)
        self._room[self._filled : self._filled + taken] = data[:taken]
        self._filled += taken
        if self._filled - self._flushed >= durable.PIECE or self._filled == len(self._room):
            self._flush()
        if self._filled == len(self._room):
            self._filled = self._flushed = 0
            self._has_all = False
        return taken

    def finish(self) -> None:
        self._flush()
        written = self._room[: self._filled] if self._has_all else None
        durable.finish(self._descriptor, self.digest(), written)

    def digest(self) -> bytes:
        return self._sum.digest()

    def _flush(self) -> None:
        piece = self._room[self._flushed : self._filled]
        durable.write_all(self._descriptor, piece)
        self._sum.update(piece)
        self.size += len(piece)
        self._flushed = self._filled


def seal_object(
    source: BinaryIO, header: Header, content_key: bytes, unfinished: Path
) -> SealedObject:
    """Seal a file to a new key and make it durable under a temporary name.

    Reads `source` once, in pieces, so that memory stays small however large the file is.
    Raises ChangedWhileReading where it does not have the size that the header says, and
    CannotReadFile where it cannot be read to its end.
    """
    identity = X25519Identity.generate()
    with durable.named_failures():
        draft = durable.temporary(unfinished)
        descriptor = durable.create_exclusive(draft)
        try:
            sink = _SummingFile(descriptor, _workspace.sealed)
            digest = _seal_into(sink, source, header, content_key, identity)
            sink.finish()
            os.fchmod(descriptor, 0o400) if hasattr(os, "fchmod") else None
        except BaseException:
            os.close(descriptor)
            durable.remove(draft)
            raise
        os.close(descriptor)
    row = KeyRow(
        header.item, str(identity), digest, sink.digest().hex(), sink.size, label=header.label
    )
    return SealedObject(draft, header, row)


def _seal_into(
    sink: _SummingFile,
    source: BinaryIO,
    header: Header,
    content_key: bytes,
    identity: X25519Identity,
) -> str:
    sealer = Sealer(sink, [identity.recipient])
    before = before_content(header)
    sealer.write(before)
    fingerprint = keyed_digest(content_key)
    left = header.size
    room = _workspace.plain
    while count := _read(source, room[: left + 1], header):
        left -= count
        if left < 0:
            break
        fingerprint.update(room[:count])
        sealer.write(room[:count])
    if left:
        raise ChangedWhileReading
    after = after_content(header.size)
    sealer.write(after)
    plain = len(before) + header.size + len(after)
    padding = padded_size(plain) - plain
    while padding > 0:
        sealer.write(_ZEROS[:padding])
        padding -= len(_ZEROS)
    sealer.close()
    return fingerprint.digest().hex()


def _read(source: BinaryIO, room: memoryview, header: Header) -> int:
    try:
        return source.readinto(room) or 0  # type: ignore[attr-defined]  # BinaryIO leaves it out
    except OSError as problem:
        # Said here, where it is known that not the vault's disk is to blame.
        raise CannotReadFile(file=os.fsdecode(header.name)) from problem


def fingerprint_of(source: BinaryIO, content_key: bytes) -> str:
    """Return the keyed fingerprint by which a file is found again; reads all of it."""
    fingerprint = keyed_digest(content_key)
    while data := source.read(durable.READ_SIZE):
        fingerprint.update(data)
    return fingerprint.digest().hex()


def place_objects(objects: Path, sealed: list[SealedObject]) -> None:
    """Give finished objects their final names, durably."""
    with durable.named_failures():
        placed = [(each.draft, object_path(objects, each.header.item)) for each in sealed]
        folders = {path.parent for _draft, path in placed}
        for folder in folders:
            folder.mkdir(mode=0o700, exist_ok=True)
        for draft, path in placed:
            durable.rename(draft, path)
        # Once for all new folders, and for those whose name an interrupted writer never synced.
        durable.sync_folder(objects)
        for folder in folders:
            durable.sync_folder(folder)


def sync_names(objects: Path, items: list[str]) -> None:
    """Wait until the names of objects that are there are on the disk."""
    with durable.named_failures():
        folders = {object_path(objects, item).parent for item in items}
        for folder in (folder for folder in folders if folder.is_dir()):
            durable.sync_folder(folder)
        if folders:
            durable.sync_folder(objects)


def remove_objects(objects: Path, items: list[str]) -> None:
    """Remove objects; those that are gone already are fine."""
    with durable.named_failures():
        for item in items:
            durable.remove(object_path(objects, item))
        for folder in {object_path(objects, item).parent for item in items}:
            if folder.is_dir():
                durable.sync_folder(folder)


@contextlib.contextmanager
def open_object(objects: Path, row: KeyRow) -> Iterator[tuple[Header, BinaryIO]]:
    """Give the header and the file of one item; raise ItemDamaged where it is not what was written.

    Every piece is authenticated before it is handed out.
    """
    try:
        file = object_path(objects, row.item).open("rb")
    except OSError as problem:
        raise ItemDamaged(item=row.item, what="object-missing") from problem
    with file:
        try:
            opener = Opener(file, parse_identities(row.key))
            header, content = open_container(io.BufferedReader(opener, durable.READ_SIZE))
            if header.item != row.item:
                raise Damaged
            yield replace(header, label=row.label), content
        except (*NOT_GOOD, tarfile.ReadError, OSError) as problem:
            raise ItemDamaged(item=row.item, what="object-damaged") from problem
