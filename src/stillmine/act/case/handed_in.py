"""Files that are handed in as proof: read once for their sums, kept bit by bit, never changed."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO, cast

from stillmine.act.case.model import Case, KeptFile
from stillmine.act.case.sorts import HEAD, kind_of, media_type
from stillmine.act.keeping import ToKeep
from stillmine.act.proof import Piece, piece_name
from stillmine.app.jobs import Job
from stillmine.app.sources.finding import OpenSource
from stillmine.app.storage.vault import Vault
from stillmine.errors import CannotReadFile, ChangedWhileReading

LARGEST_INSIDE = 32 << 20
"""Bytes of the largest file that lies in a bundle; a larger one is kept beside it."""
_PIECE = 1 << 20
_NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Sums:
    """What stands for a file: its size in bytes and two sums, as hexadecimal.

    Two files are the same where size and SHA-256 are: the other sum is for the bundle.
    """

    size: int
    sha256: str
    sha3_512: str = field(default="", compare=False)


Known = Container[Sums]


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A file that was handed in, with what the bundle says of it, and its bytes if they fit."""

    file: Path
    kept: KeptFile
    sums: Sums
    facts: dict[str, Any]
    piece: Piece | None


@dataclass(slots=True)
class _Read:
    """What reading a file once found: its sums, its first bytes, and all of them if they fit."""

    sha256: Any = field(default_factory=hashlib.sha256)
    sha3_512: Any = field(default_factory=hashlib.sha3_512)
    size: int = 0
    content: bytearray = field(default_factory=bytearray)

    def take(self, data: bytes, *, keep: bool) -> None:
        self.sha256.update(data)
        self.sha3_512.update(data)
        self.size += len(data)
        if keep:
            self.content += data

    @property
    def sums(self) -> Sums:
        return Sums(self.size, self.sha256.hexdigest(), self.sha3_512.hexdigest())


def shown_name(path: Path) -> str:
    """Return the name of a file as text that can be written; strange bytes become a sign."""
    return path.name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def take_in(
    vault: Vault, case: Case, source: OpenSource, number: int, known: Known, job: Job
) -> HandedIn | Sums:
    """Read a file, and keep it sealed at once where it is too large for the bundle.

    Returns only its sums where they are `known`: it was handed in before. Raises CannotReadFile
    and ChangedWhileReading: then nothing of it was kept.
    """
    read = _read(source, job)
    if read.sums in known:
        return read.sums
    name = shown_name(source.path)
    kind = kind_of(name, bytes(read.content[:HEAD]))
    inside = source.size <= LARGEST_INSIDE
    apart = "" if inside else _apart(vault, case, source, read.sums, job)
    piece = Piece(piece_name(name, number), media_type(name), bytes(read.content))
    facts = {
        "apart": not inside,
        "kind": kind,
        "modified": "" if source.was_handed else _time(source.modified),
        "name": name,
        "piece": piece.name if inside else "",
        "sha256": read.sums.sha256,
        "sha3_512": read.sums.sha3_512,
        "size": read.size,
    }
    kept = KeptFile(name, kind, read.size, read.sums.sha256, apart)
    return HandedIn(source.path, kept, read.sums, facts, piece if inside else None)


def to_keep(
    vault: Vault, case: str, kind: str, taken: Sequence[HandedIn], *, title: str, **said: str
) -> ToKeep:
    """Return the proof that files become: what they are, what is `said` of them, and the log."""
    head = vault.custody.head(case)
    facts = {
        "case": case,
        "custody": {"hash": head.hash, "lines": head.lines},
        "files": [each.facts for each in taken],
        "kind": kind,
        **said,
    }
    pieces = [each.piece for each in taken if each.piece]
    return ToKeep(kind, pieces, facts, title=title, files=tuple(each.kept for each in taken))


def _read(source: OpenSource, job: Job) -> _Read:
    read = _Read()
    keep_all = source.size <= LARGEST_INSIDE
    for data in _pieces(source):
        read.take(data, keep=keep_all or len(read.content) < HEAD)
        if read.size > source.size:
            break
        job.advance(len(data))
    source.require_unchanged()
    if read.size != source.size:
        raise ChangedWhileReading(file=source.path.name)
    return read


def _pieces(source: OpenSource) -> Iterator[bytes]:
    try:
        while data := source.file.read(_PIECE):
            yield data
    except OSError as problem:
        raise CannotReadFile(file=source.path.name) from problem


def _apart(vault: Vault, case: Case, source: OpenSource, sums: Sums, job: Job) -> str:
    """Keep a large file as evidence of its own; return its name there."""
    here = {each.evidence for each in vault.evidence.all(case.case)}
    for line in vault.custody.entries(case=case.case):
        # Kept by an attempt that was cut off before its bundle was made.
        if line.what == "kept" and line.content == sums.sha256 and line.evidence in here:
            return line.evidence
    same = cast(BinaryIO, _Same(source.file, sums, job))
    return vault.evidence.put(os.fsencode(source.path.name), same, case=case.case, why="import")


class _Same(io.RawIOBase):
    """Reads a file once more, and raises ChangedWhileReading at its end if it is another now."""

    def __init__(self, source: BinaryIO, sums: Sums, job: Job) -> None:
        self._source, self._sums, self._job = source, sums, job
        self._sum = hashlib.sha256()

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._source.seek(offset, whence)

    def readable(self) -> bool:
        return True

    def readinto(self, room: Any) -> int:
        count = self._source.readinto(room) or 0  # type: ignore[attr-defined]  # BinaryIO leaves it out
        self._sum.update(memoryview(room)[:count])
        self._job.check()
        if not count and self._sum.hexdigest() != self._sums.sha256:
            raise ChangedWhileReading
        return int(count)


def _time(nanoseconds: int) -> str:
    """Return a time of a file system; of one that no calendar has, nothing."""
    try:
        at = datetime.fromtimestamp(nanoseconds // _NANOSECONDS, UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
