"""Find of which item a leaked picture is a copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

from stillmine.app.storage.vault import Vault
from stillmine.errors import CannotTrace
from stillmine.imaging import Decoder, Problem, Role
from stillmine.imaging.likeness import Fingerprint, LikenessIndex
from stillmine.imaging.likeness.filling import fill
from stillmine.imaging.likeness.matches import Match
from stillmine.imaging.likeness.timeline import place_of

_MOST_LIKELY = 3
# A picture that was bent is not known again by its features alone; each item of which a copy was
# handed over is then laid over it, the latest first.
_MOST_TRIED = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item that may be in the picture.

    `quad` are its corners there, in pixels, where they are known; `sure` is whether the item is.
    """

    item: str
    quad: tuple[tuple[float, float], ...] | None = None
    sure: bool = True


def find_originals(
    vault: Vault, decoder: Decoder, file: BinaryIO, handed: Sequence[str]
) -> list[Candidate]:
    """Return the items that the picture may show, those that were handed over first.

    `handed` are the items of which there are marked copies, the latest first. Raises CannotTrace
    for a file that is no picture.
    """
    likeness = decoder.fingerprints(file, Role.SCAN)
    if not likeness.samples:
        raise CannotTrace(why=likeness.problem or Problem.CANNOT_DECODE.value)
    seconds, _, data = likeness.samples[0]
    if seconds is not None:
        raise CannotTrace(why=Problem.NO_STILL.value)
    scan, known = Fingerprint.from_bytes(data), set(handed)
    found = _matches(vault, scan, known, handed_over=True)
    if found:
        return found
    others = _matches(vault, scan, known, handed_over=False)
    if others:
        return others
    kept = {item.item for item in vault.items()}
    there = [item for item in handed if item in kept]
    return [Candidate(item, sure=False) for item in there[:_MOST_TRIED]]


def _matches(
    vault: Vault, scan: Fingerprint, handed: set[str], *, handed_over: bool
) -> list[Candidate]:
    """Return the items that the recogniser sees in the picture, the surest first."""
    index = LikenessIndex()
    rows = sorted(vault.fingerprints.all(), key=lambda row: (row[0], row[1] or 0.0))
    fill(index, (row for row in rows if (row[0] in handed) is handed_over))
    best: dict[str, Match] = {}
    for match in index.query(scan) if len(index) else ():
        best.setdefault(place_of(match.name).item, match)
    return [Candidate(item, match.quad) for item, match in best.items()][:_MOST_LIKELY]
