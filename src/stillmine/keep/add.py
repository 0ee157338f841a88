"""Put files into the vault: sealed, proven on the disk, each once, originals untouched."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path

from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.jobs import Job
from stillmine.app.storage.container import Header
from stillmine.app.storage.objects import SealedObject, new_item
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import (
    CannotReadFile,
    ChangedWhileReading,
    NotAFile,
    StillmineError,
    Stopped,
)
from stillmine.imaging import Decoder, Look
from stillmine.keep.labels import wording
from stillmine.keep.sources import OpenSource, Skipped, find_files, skipped

_LOOKERS = 2
_WORKERS = 4  # more than cores: most of their time they wait for the disk
_IN_FLIGHT = 32  # so that they have work while a batch is confirmed
_FILES_PER_BATCH = 256
_BYTES_PER_BATCH = 1 << 30
_SECONDS_PER_BATCH = 5.0

# What goes wrong with one file and leaves the others untouched. Everything else (a full disk, a
# failing one) concerns the vault, and ends the work after what was confirmed.
_OF_ONE_FILE = (CannotReadFile, NotAFile, ChangedWhileReading)


@dataclass(frozen=True, slots=True)
class AddRequest:
    """What to keep."""

    paths: tuple[Path, ...] = given("Files and folders to keep; folders with all that is in them.")
    label: str = given("A few words of your own, kept with each file.", default="")
    album: str = given("An album to put them in.", default="")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file and the item that holds it."""

    item: str
    file: Path


@dataclass(frozen=True, slots=True)
class AddAnswer(Answer):
    """What is safe now, what was safe before, and what was left out.

    `unseen` names files that are kept bit by bit although no picture could be seen in them.
    """

    added: tuple[Kept, ...]
    already: tuple[Kept, ...]
    skipped: tuple[Skipped, ...]
    unseen: tuple[Skipped, ...]

    @property
    def outcome(self) -> Outcome:
        """Return how it went: finding no file at all is not the same as keeping some."""
        if not (self.added or self.already or self.skipped):
            return Outcome.NOTHING_FOUND
        return Outcome.GAPS if self.skipped else Outcome.DONE


@action("keep.add")
def add(context: Context, request: AddRequest) -> AddAnswer:
    """Keep files and folders: sealed copies go into the vault, the originals stay as they are."""
    with unlocked(context, writing=True) as vault, Decoder(workers=_LOOKERS) as decoder:
        found = list(_found(request, Home(context.home), context.job))
        return keep_files(vault, decoder, request, found, context.job)


def keep_files(
    vault: Vault,
    decoder: Decoder | None,
    request: AddRequest,
    found: list[Path | Skipped],
    job: Job,
) -> AddAnswer:
    """Keep what was found; without a decoder nothing is looked at, only kept bit by bit."""
    words = replace(request, label=wording(request.label), album=wording(request.album))
    work = _Import(vault, decoder, words)
    job.begin("keep.adding", len(found), "files")
    work.run(found, job)
    return work.answer(found)


def _found(request: AddRequest, home: Home, job: Job) -> Iterator[Path | Skipped]:
    job.begin("keep.looking-for-files", None, "files")
    for entry in find_files(request.paths, home.root):
        job.advance()
        yield entry


@dataclass(frozen=True, slots=True)
class _Sealed:
    """What became of one file: sealed and waiting to be confirmed, or kept before as `item`."""

    file: Path
    sealed: SealedObject | None
    item: str | None


@dataclass(slots=True)
class _Import:
    """One run: files are looked at and sealed side by side, and confirmed in batches."""

    vault: Vault
    decoder: Decoder | None
    request: AddRequest
    added: list[Kept] = field(default_factory=list)
    already: list[Kept] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    unseen: list[Skipped] = field(default_factory=list)
    _batch: list[_Sealed] = field(default_factory=list)
    _confirmed_at: float = field(default_factory=time.monotonic)

    def answer(self, found: list[Path | Skipped]) -> AddAnswer:
        """Return what was done, in the order in which the files were given."""
        order = {entry: at for at, entry in enumerate(found) if isinstance(entry, Path)}

        def given_at(each: Kept | Skipped) -> int:
            return order.get(each.file, -1)

        return AddAnswer(
            added=tuple(sorted(self.added, key=given_at)),
            already=tuple(sorted(self.already, key=given_at)),
            skipped=tuple(sorted(self.skipped, key=given_at)),
            unseen=tuple(sorted(self.unseen, key=given_at)),
        )

    def run(self, found: list[Path | Skipped], job: Job) -> None:
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
        entries: Iterator[Path | Skipped],
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
                running[pool.submit(self._seal, entry)] = entry

    def _seal(self, path: Path) -> _Sealed:
        with OpenSource(path) as source:
            known = self._known_before(source)
            if known is not None:
                return _Sealed(path, None, known)
            sealed = self.vault.seal(source.file, self._header(source, self._look(source)))
            try:
                source.require_unchanged()
            except StillmineError:
                sealed.draft.unlink(missing_ok=True)
                raise
        if self.request.album:
            albums = (self.request.album,)
            sealed = replace(sealed, row=replace(sealed.row, albums=albums))
        return _Sealed(path, sealed, None)

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

    def _look(self, source: OpenSource) -> Look | None:
        return self.decoder.look(source.file) if self.decoder else None

    def _header(self, source: OpenSource, look: Look | None) -> Header:
        header = Header(
            item=new_item(),
            name=os.fsencode(source.path.name),
            size=source.size,
            modified=source.modified,
            added=time.time_ns(),
            label=self.request.label,
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
        waited = time.monotonic() - self._confirmed_at
        return (
            len(self._batch) >= _FILES_PER_BATCH
            or size >= _BYTES_PER_BATCH
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
        self._batch.clear()
        self._confirmed_at = time.monotonic()

    def _put_into_album(self) -> None:
        """Put what was kept before into the album too: that is where the person looks for it."""
        if not self.request.album:
            return
        kept = {each.item for each in self._batch if each.item}
        changed = [
            item._replace(albums=tuple(sorted({*item.albums, self.request.album})))
            for item in map(self.vault.item, kept)
            if self.request.album not in item.albums
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
