"""Find copies of the own pictures, however changed, in files that somebody else made."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from stillmine.app.actions import Answer, Outcome, action, given
from stillmine.app.context import Context
from stillmine.app.jobs import Job
from stillmine.app.sources.finding import Skipped, find_sources
from stillmine.app.sources.handed import HandedFile
from stillmine.app.storage.vault import Vault
from stillmine.app.unlocking import unlocked
from stillmine.errors import InsideHome, NoRecogniser
from stillmine.imaging import Decoder

if TYPE_CHECKING:
    from stillmine.watch.copies import Copy

_LIBRARY = "cv2"


@dataclass(frozen=True, slots=True)
class CompareRequest:
    """Where to look for copies."""

    paths: tuple[Path, ...] = given(
        "Pictures, videos, folders, archives, web captures and saved pages to look through."
    )


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What could not be looked at: a file, or something `inside` it, and the code that says why."""

    path: Path
    inside: str | None
    code: str


@dataclass(frozen=True, slots=True)
class CompareAnswer(Answer):
    """Which copies were found, how much was looked at, and what was left out.

    Of the `looked_at` pictures and videos, `before` were compared by an earlier run that was
    stopped. `others` are files that show no picture. Of the `items` in the vault those that are
    `unrecognised` are known bit by bit only. Where it was `stopped`, the same command goes on if
    that could be `remembered`.
    """

    matches: tuple[Copy, ...]
    looked_at: int
    skipped: tuple[LeftOut, ...]
    others: int
    before: int
    items: int
    unrecognised: int
    stopped: bool
    remembered: bool

    @property
    def outcome(self) -> Outcome:
        """Return gaps where something was left out, else whether a copy was found."""
        if self.skipped or self.stopped:
            return Outcome.GAPS
        return Outcome.DONE if self.matches else Outcome.NOTHING_FOUND


@action("watch.compare")
def compare(context: Context, request: CompareRequest) -> CompareAnswer:
    """Look for copies of your pictures in files, archives and saved pages, however changed."""
    if importlib.util.find_spec(_LIBRARY) is None:
        raise NoRecogniser
    with unlocked(context) as vault:
        found = list(_found(request.paths, context))
        return _compare(vault, request, found, context.job)


def _compare(
    vault: Vault, request: CompareRequest, found: Sequence[Path | HandedFile | Skipped], job: Job
) -> CompareAnswer:
    # Here, and not on top: they load large libraries, which the rest of the room does not need.
    from stillmine.watch.own import own_pictures
    from stillmine.watch.recognising import Recogniser
    from stillmine.watch.remembering import Memory
    from stillmine.watch.searching import LOOKERS, Search

    with Decoder(workers=LOOKERS) as decoder:
        own = own_pictures(vault, decoder, job)
        memory = Memory(vault, request.paths, own.generation)
        recogniser = Recogniser(own, decoder, vault.fingerprint)
        search = Search(recogniser, memory, job, frozenset(request.paths))
        search.run(found)
    remembered = memory.save() if search.stopped else False
    if not search.stopped:
        memory.forget()
    copies = sorted(search.copies, key=lambda one: one[0])
    gaps = sorted(search.gaps, key=lambda one: one[0])
    return CompareAnswer(
        matches=tuple(copy for _, copy in copies),
        looked_at=search.looked_at,
        skipped=tuple(LeftOut(gap.path, gap.inside, gap.code) for _, gap in gaps),
        others=search.others,
        before=search.before,
        items=len(own.items),
        unrecognised=len(own.items) - own.recognisable,
        stopped=search.stopped,
        remembered=remembered,
    )


def _found(paths: Sequence[Path], context: Context) -> Iterator[Path | HandedFile | Skipped]:
    """Yield the files to look through. The vault itself holds no copy, unless it was named."""
    context.job.begin("watch.looking-for-files", None, "files")
    named = set(paths)
    for entry in find_sources(paths, context):
        context.job.advance()
        if isinstance(entry, Skipped) and entry.code == InsideHome.code and entry.file not in named:
            continue
        yield entry
