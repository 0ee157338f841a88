"""Compare one picture or video with the own ones: by its bytes, then by what can be seen in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from stillmine.app.sources.finding import OpenSource
from stillmine.app.sources.opening import Gap, Piece
from stillmine.errors import CannotReadFile, StillmineError
from stillmine.imaging import Decoder
from stillmine.imaging.likeness import Likeness, Sample, look_for
from stillmine.imaging.likeness.form import head_of
from stillmine.imaging.likeness.timeline import ClipMatch
from stillmine.watch.copies import Copy, Where, exact_copy, found_copy
from stillmine.watch.own import Own

Digest = Callable[[BinaryIO], str]
"""The sum of a file's content that `Own.by_digest` has: the vault's keyed one, or `sha256_of`."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found in one piece; `compared` says whether there was anything to compare."""

    copies: tuple[Copy, ...] = ()
    gap: Gap | None = None
    compared: bool = False


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Compares pieces, from several threads at once; what it is shown it forgets."""

    own: Own
    decoder: Decoder
    digest: Digest

    def compare(self, piece: Piece) -> Seen:
        """Return the copies in a piece. A piece that cannot be read or seen is a gap."""
        if piece.held is not None:
            return self._compare(piece, piece.held, len(piece.held.getbuffer()))
        try:
            with OpenSource(piece.path) as source:
                return self._compare(piece, source.file, source.size)
        except OSError:
            return Seen(gap=Gap(piece.path, piece.inside, CannotReadFile.code))
        except StillmineError as problem:
            if isinstance(problem, CannotReadFile):
                return Seen(gap=Gap(piece.path, piece.inside, problem.code))
            raise

    def _compare(self, piece: Piece, file: BinaryIO, size: int) -> Seen:
        same = self._same_bytes(file, size)
        closely = same is not None  # a place is told for it, and a score
        likeness, found = look_for(self.own.index, file, self.decoder, closely=closely)
        where = Where(piece.path, piece.inside)
        copies = [] if same is None else [self._exact(where, same, likeness, found)]
        copies += [
            found_copy(where, self.own.items[one.item], one, _size(likeness, one.best_at))
            for one in found
            if one.item != same
        ]
        problem = likeness.cut or (likeness.problem if not likeness.samples else None)
        gap = Gap(piece.path, piece.inside, problem) if problem and same is None else None
        return Seen(tuple(copies), gap, bool(copies or likeness.samples))

    def _same_bytes(self, file: BinaryIO, size: int) -> str | None:
        """Return the item with exactly this content; only what has the size of one is read."""
        if size not in self.own.sizes:
            return None
        file.seek(0)
        item = self.own.by_digest.get(self.digest(file))
        file.seek(0)
        return item

    def _exact(self, where: Where, item: str, likeness: Likeness, found: list[ClipMatch]) -> Copy:
        score = max((one.best.score for one in found if one.item == item), default=None)
        sample = likeness.samples[0] if likeness.samples else None
        return exact_copy(where, self.own.items[item], sample, score)


def _size(likeness: Likeness, seconds: float | None) -> tuple[int, int]:
    """Return the size of the picture in which a match was found, as it is meant to be seen."""
    samples: tuple[Sample, ...] = likeness.samples
    best = next((one for one in samples if one.seconds == seconds), samples[0])
    head = head_of(best.fingerprint)
    return head.width, head.height
