"""Put files into the vault: sealed, proven on the disk, each once, originals untouched."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from stillmine.app import fingerprinting
from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.jobs import Job
from stillmine.app.sources.finding import Skipped, find_sources
from stillmine.app.sources.handed import HandedFile
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import Stopped
from stillmine.imaging import Decoder
from stillmine.keep.importing import NO_RECOGNISER, Import, Kept
from stillmine.keep.labels import wording

_LOOKERS = 2


@dataclass(frozen=True, slots=True)
class AddRequest:
    """What to keep."""

    paths: tuple[Path, ...] = given("Files and folders to keep; folders with all that is in them.")
    label: str = given("A few words of your own, kept with each file.", default="")
    album: str = given("An album to put them in.", default="")


@dataclass(frozen=True, slots=True)
class AddAnswer(Answer):
    """What is safe now, what was safe before, and what was left out.

    `unseen` names files that are kept bit by bit although no picture could be seen in them.
    `cannot_recognise` counts those of which a changed copy cannot be found, because this computer
    lacks the part for it.
    """

    added: tuple[Kept, ...]
    already: tuple[Kept, ...]
    skipped: tuple[Skipped, ...]
    unseen: tuple[Skipped, ...]
    cannot_recognise: int = 0

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
        found = list(_found(request, context))
        return keep_files(vault, decoder, request, found, context.job)


def keep_files(
    vault: Vault,
    decoder: Decoder | None,
    request: AddRequest,
    found: list[Path | HandedFile | Skipped],
    job: Job,
) -> AddAnswer:
    """Keep what was found; without a decoder nothing is looked at, only kept bit by bit."""
    words = replace(request, label=wording(request.label), album=wording(request.album))
    work = Import(vault, decoder, words.label, words.album)
    job.begin("keep.adding", len(found), "files")
    work.run(found, job)
    if decoder is not None and work.moving:
        # It is all safe: whoever has no time for this now has it done when copies are looked for.
        with contextlib.suppress(Stopped):
            without = fingerprinting.make_missing(vault, decoder, job, only=work.moving)
            work.without += [each.item for each in without if each.problem == NO_RECOGNISER]
    return _answer(work, found)


def _found(request: AddRequest, context: Context) -> Iterator[Path | HandedFile | Skipped]:
    context.job.begin("keep.looking-for-files", None, "files")
    for entry in find_sources(request.paths, context):
        context.job.advance()
        yield entry


def _answer(work: Import, found: list[Path | HandedFile | Skipped]) -> AddAnswer:
    """Return what was done, in the order in which the files were given."""
    paths = (each.path if isinstance(each, HandedFile) else each for each in found)
    order = {path: at for at, path in enumerate(paths) if isinstance(path, Path)}

    def given_at(each: Kept | Skipped) -> int:
        return order.get(each.file, -1)

    return AddAnswer(
        added=tuple(sorted(work.added, key=given_at)),
        already=tuple(sorted(work.already, key=given_at)),
        skipped=tuple(sorted(work.skipped, key=given_at)),
        unseen=tuple(sorted(work.unseen, key=given_at)),
        cannot_recognise=len(work.without),
    )
