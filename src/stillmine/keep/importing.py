"""Look at files, seal them side by side, and confirm them in batches."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path

from stillmine.app.jobs import Job
from stillmine.app.sources.finding import OpenSource, Skipped, skipped
from stillmine.app.sources.handed import HandedFile
from stillmine.app.storage.container import Header
from stillmine.app.storage.fingerprint_rows import Taken
from stillmine.app.storage.objects import SealedObject, new_item
from stillmine.app.storage.vault import Vault
from stillmine.errors import (
    CannotReadFile,
    ChangedWhileReading,
    NotAFile,
    StillmineError,
    Stopped,
)
from stillmine.imaging import Decoder, Kind, Likeness, Look, Problem, Role
from stillmine.imaging.sniff import HEAD_SIZE, kind_by_head

_WORKERS = 4  # more than cores: most of their time they wait for the disk
_IN_FLIGHT = 32  # so that they have work while a batch is confirmed
_FILES_PER_BATCH = 256
_BYTES_PER_BATCH = 1 << 30
_SECONDS_PER_BATCH = 5.0
_LIKENESS_PER_BATCH = 32 << 20
NO_RECOGNISER = Problem.NO_RECOGNISER.value
MOVES = "moves"  # no problem: its fingerprints are taken once it is safe

# What goes wrong with one file and leaves the others untouched. Everything else (a full disk, a
# failing one) concerns the vault, and ends the work after what was confirmed.
_OF_ONE_FILE = (CannotReadFile, NotAFile, ChangedWhileReading)


@dataclass(frozen=True, slots=True)
class Kept:
    """A file and the item that holds it."""

    item: str
    file: Path


@dataclass(frozen=True, slots=True)
class _Sealed:
    """What became of one file: sealed and waiting to be confirmed, or kept before as `item`."""

    file: Path
    sealed: SealedObject | None
    item: str | None
    likeness: Likeness | None = None


@dataclass(slots=True)
class Import:
    """One run: files are looked at and sealed side by side, and confirmed in batches."""

    vault: Vault
    decoder: Decoder | None
    label: str
    album: str
    added: list[Kept] = field(default_factory=list)
    already: list[Kept] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    unseen: list[Skipped] = field(default_factory=list)
    without: list[str] = field(default_factory=list)
    moving: list[str] = field(default_factory=list)
    _batch: list[_Sealed] = field(default_factory=list)
    _confirmed_at: float = field(default_factory=time.monotonic)

    def run(self, found: list[Path | HandedFile | Skipped], job: Job) -> None:
        """Keep everything. What is asked to stop stops between files, and keeps what is done."""
        entries = iter(found)
        running: dict[Future[_Sealed], Path] = {}
        with ThreadPoolExecutor(_WORKERS, thread_name_prefix="seal") as pool:
            try:
                self._fill(pool, running, entries, job)
                while running:
                    done, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in done:
                        self._take(future, running.pop(future))
                        job.advance()
                    if self._batch_is_full():
                        self._confirm()
                    self._fill(pool, running, entries, job)
            except Stopped:
                pool.shutdown(cancel_futures=True)
                for future, path in running.items():
                    if not future.cancelled():
                        self._take(future, path)
                self._confirm()
                raise
        self._confirm()

    def _fill(
        self,
        pool: ThreadPoolExecutor,
        running: dict[Future[_Sealed], Path],
        entries: Iterator[Path | HandedFile | Skipped],
        job: Job,
    ) -> None:
        while len(running) < _IN_FLIGHT:
            entry = next(entries, None)
            if entry is None:
                return
            if isinstance(entry, Skipped):
                self.skipped.append(entry)
                job.advance()
            else:
                path = entry.path if isinstance(entry, HandedFile) else entry
                running[pool.submit(self._seal, entry)] = path

    def _seal(self, entry: Path | HandedFile) -> _Sealed:
        with OpenSource(entry) as source:
            path = source.path
            known = self._known_before(source)
            if known is not None:
                return _Sealed(path, None, known)
            likeness = self._look(source)
            look = None if likeness is None else likeness.look
            sealed = self.vault.seal(source.file, self._header(source, look))
            try:
                source.require_unchanged()
            except StillmineError:
                sealed.draft.unlink(missing_ok=True)
                raise
        if self.album:
            albums = (self.album,)
            sealed = replace(sealed, row=replace(sealed.row, albums=albums))
        return _Sealed(path, sealed, None, likeness)

    def _known_before(self, source: OpenSource) -> str | None:
        """Return the item with this content; read the file twice only where one can exist."""
        if not self.vault.catalogue.has_size(source.size):
            return None
        try:
            digest = self.vault.fingerprint(source.file)
            source.file.seek(0)
        except OSError as problem:
            raise CannotReadFile(file=source.path.name) from problem
        return self.vault.catalogue.by_digest(digest)

    def _look(self, source: OpenSource) -> Likeness | None:
        """See what the file is and by what it is known again, out of one decode.

        What moves is only looked at: to go through a film takes long, and is done once it is safe.
        """
        if self.decoder is None:
            return None
        try:
            kind = kind_by_head(source.file.read(HEAD_SIZE))
            source.file.seek(0)
        except OSError as problem:
            raise CannotReadFile(file=source.path.name) from problem
        if kind in (Kind.ANIMATION, Kind.VIDEO):
            return Likeness(self.decoder.look(source.file), problem=MOVES)
        if kind is Kind.DOCUMENT:
            return Likeness(self.decoder.look(source.file))
        return self.decoder.fingerprints(source.file, Role.ITEM)

    def _header(self, source: OpenSource, look: Look | None) -> Header:
        header = Header(
            item=new_item(),
            name=os.fsencode(source.path.name),
            size=source.size,
            modified=source.modified,
            added=time.time_ns(),
            label=self.label,
        )
        if look is None:
            return header
        return replace(
            header,
            kind=look.kind.value,
            format=look.format,
            width=look.width,
            height=look.height,
            seconds=look.seconds,
            problem=look.problem,
        )

    def _take(self, future: Future[_Sealed], path: Path) -> None:
        try:
            self._batch.append(future.result())
        except _OF_ONE_FILE as problem:
            self.skipped.append(skipped(path, problem))
        except StillmineError:
            # The vault itself cannot be written: what is whole is confirmed before that is said.
            self._confirm()
            raise

    def _batch_is_full(self) -> bool:
        size = sum(each.sealed.row.stored for each in self._batch if each.sealed)
        samples = [s for each in self._batch if each.likeness for s in each.likeness.samples]
        waited = time.monotonic() - self._confirmed_at
        return (
            len(self._batch) >= _FILES_PER_BATCH
            or size >= _BYTES_PER_BATCH
            or sum(len(sample.fingerprint) for sample in samples) >= _LIKENESS_PER_BATCH
            or waited >= _SECONDS_PER_BATCH
        )

    def _confirm(self) -> None:
        """Make the batch part of the vault; only then is a file said to be kept."""
        first: dict[str, SealedObject] = {}
        for each in self._batch:
            if each.sealed and self._item_with(each.sealed) is None:
                first.setdefault(each.sealed.row.digest, each.sealed)
        self.vault.add(list(first.values()))
        for each in self._batch:
            self._say(each, first)
        self._put_into_album()
        self._learn(first)
        self._batch.clear()
        self._confirmed_at = time.monotonic()

    def _learn(self, kept: dict[str, SealedObject]) -> None:
        """Keep by what the new items are known, now that they are safe whatever becomes of this."""
        taken = []
        for each in self._batch:
            if not (each.sealed and each.likeness):
                continue
            item = each.sealed.header.item
            if kept.get(each.sealed.row.digest) is not each.sealed:
                continue
            if each.likeness.problem == MOVES:
                self.moving.append(item)
                continue
            if each.likeness.problem == NO_RECOGNISER and not each.sealed.header.problem:
                self.without.append(item)
            if each.sealed.header.kind != Kind.DOCUMENT.value:
                taken.append(Taken(item, each.likeness.samples, each.likeness.problem))
        self.vault.fingerprints.put_all(taken)

    def _put_into_album(self) -> None:
        """Put what was kept before into the album too: that is where the person looks for it."""
        if not self.album:
            return
        kept = {each.item for each in self._batch if each.item}
        changed = [
            item._replace(albums=tuple(sorted({*item.albums, self.album})))
            for item in map(self.vault.item, kept)
            if self.album not in item.albums
        ]
        if changed:
            self.vault.change(changed)

    def _item_with(self, sealed: SealedObject) -> str | None:
        return self.vault.catalogue.by_digest(sealed.row.digest)

    def _say(self, each: _Sealed, first: dict[str, SealedObject]) -> None:
        if each.sealed is None:
            self.already.append(Kept(each.item or "", each.file))
            return
        kept = first.get(each.sealed.row.digest)
        if kept is not each.sealed:
            # The same content came twice in one batch: the second copy is thrown away.
            each.sealed.draft.unlink(missing_ok=True)
            item = kept.header.item if kept else self._item_with(each.sealed)
            self.already.append(Kept(item or "", each.file))
            return
        self.added.append(Kept(kept.header.item, each.file))
        if kept.header.problem:
            self.unseen.append(Skipped(each.file, kept.header.problem))
