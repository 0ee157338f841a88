"""Compare files that somebody brings with pictures that they bring: in memory, without a vault."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from stillmine.app.actions import Answer, Outcome
from stillmine.app.context import Context
from stillmine.app.sources.handed import HandedFile
from stillmine.errors import NoRecogniser, Stopped
from stillmine.imaging import Decoder

if TYPE_CHECKING:
    from stillmine.watch.copies import Copy
    from stillmine.watch.own import Own

_LIBRARY = "cv2"
_LONGEST = 60  # signs of the name of a file


@dataclass(frozen=True, slots=True)
class NotSeen:
    """A file, or something `inside` it, that could not be looked at, and the code of why."""

    file: str
    inside: str
    code: str


@dataclass(frozen=True, slots=True)
class Compared(Answer):
    """Which of the pictures were found in which files.

    `own` is how many pictures there were, `looked_at` how many pictures and videos were compared
    with them. `unknown` are own files by which nothing can be known again.
    """

    matches: tuple[Copy, ...]
    own: int
    looked_at: int
    others: int
    skipped: tuple[NotSeen, ...]
    unknown: tuple[NotSeen, ...]

    @property
    def outcome(self) -> Outcome:
        """Return gaps where something was left out, else whether a copy was found."""
        if self.skipped or self.unknown:
            return Outcome.GAPS
        return Outcome.DONE if self.matches else Outcome.NOTHING_FOUND


class _Nothing:
    """Remembers nothing: what is brought along leaves no sum behind, either."""

    def __contains__(self, _piece: bytes, /) -> bool:
        """Say that it was not compared before."""
        return False

    def add(self, _piece: bytes, /) -> None:
        """Forget it."""

    def save_if_due(self) -> None:
        """Write nothing."""


def compare_brought(
    context: Context, own: Sequence[HandedFile], files: Sequence[HandedFile]
) -> Compared:
    """Look for pictures in files; both are in memory, and nothing of either is kept or written.

    No vault is opened, and none is needed. Where none of the pictures can be known again, nothing
    is compared. Raises NoRecogniser, Stopped, DecoderWillNotStart.
    """
    if importlib.util.find_spec(_LIBRARY) is None:
        raise NoRecogniser
    # Here, and not on top: they load large libraries.
    from stillmine.watch.own import sha256_of
    from stillmine.watch.recognising import Recogniser
    from stillmine.watch.searching import LOOKERS, Search

    with Decoder(workers=LOOKERS) as decoder:
        known, unknown = _known(context, own, decoder)
        if not known.recognisable:
            return Compared((), len(own), 0, 0, (), unknown)
        search = Search(Recogniser(known, decoder, sha256_of), _Nothing(), context.job)
        search.run(files)
    if search.stopped:
        raise Stopped(done=search.looked_at, total=len(files))
    return Compared(
        matches=tuple(copy for _, copy in sorted(search.copies, key=lambda one: one[0])),
        own=len(own),
        looked_at=search.looked_at,
        others=search.others,
        skipped=tuple(
            NotSeen(gap.path.name, gap.inside or "", gap.code)
            for _, gap in sorted(search.gaps, key=lambda one: one[0])
        ),
        unknown=unknown,
    )


def _known(
    context: Context, own: Sequence[HandedFile], decoder: Decoder
) -> tuple[Own, tuple[NotSeen, ...]]:
    """Return the pictures, ready to be looked for, and those that cannot be."""
    from stillmine.imaging.likeness import LikenessIndex, Role
    from stillmine.imaging.likeness.filling import fill
    from stillmine.watch.own import Own, OwnItem, sha256_of

    context.job.begin("watch.reading-own", len(own), "items")
    index, unknown, known = LikenessIndex(), [], []
    items, sums = {}, {}
    for number, file in enumerate(own, 1):
        item = str(number)
        items[item] = OwnItem(item, file.name[:_LONGEST])
        file.content.seek(0)
        sums[sha256_of(file.content)] = item
        file.content.seek(0)
        likeness = decoder.fingerprints(file.content, Role.ITEM)
        known += [(item, seconds, data) for seconds, _, data in likeness.samples]
        if not likeness.samples:
            unknown.append(NotSeen(file.name, "", likeness.problem or "imaging.no-decoder"))
        context.job.advance()
    fill(index, known)
    recognisable = len({item for item, _, _ in known})
    sizes = frozenset(file.size for file in own)
    return Own(index, items, sums, sizes, recognisable, ""), tuple(unknown)
