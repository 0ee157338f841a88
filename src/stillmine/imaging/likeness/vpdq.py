"""vPDQ, the standard fingerprint of a video: PDQ of its pictures, one a second. Runs in the child.

Source: `vpdq/README.md` and the C++ reference in github.com/facebook/ThreatExchange. Like there,
every n-th picture is taken, n being the whole pictures a second. Two videos match if enough of one
one's pictures are within PDQ's distance of some of the other's; their order does not count.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np

from stillmine.imaging.flat import eight_bits, on_white, upright
from stillmine.imaging.kinds import Kind, Problem
from stillmine.imaging.likeness.moving import reel_of
from stillmine.imaging.likeness.pdq import Pdq, dihedral_pdq_of, pdq_of
from stillmine.imaging.likeness.sampling import Frame, Reel
from stillmine.imaging.likeness.standard import StandardPrint
from stillmine.imaging.sight import Opened, Unseen

# A still is decoded this large or larger, a picture of a video made at most so large: PDQ looks at
# 64 x 64 blocks, and the bits of what is larger differ in a handful at most.
_STILL_SIDE, _FRAME_SIDE = 4096, 1920
_MOST_PRINTS = 4_000
_USUAL_RATE = 25.0


class TakenStandard(NamedTuple):
    """The fingerprints of a file; of what moves, how far the looking came and why no farther."""

    prints: tuple[StandardPrint, ...]
    until: float | None = None
    cut: Problem | None = None


def prepare() -> None:
    """Take one fingerprint, so that all that NumPy loads late is loaded before the locks."""
    grain = np.random.default_rng(0).integers(0, 255, (96, 80, 3), np.uint8)
    dihedral_pdq_of(grain)


def take_standard(opened: Opened, kind: Kind, seconds: float) -> TakenStandard:
    """Return PDQ of a still in eight positions, or vPDQ of what moves.

    What moves is looked at for so many seconds of time. Raises whatever the decoder raises.
    """
    reel = reel_of(opened, kind)
    if reel is None:
        picture = opened.decode(_STILL_SIDE)
        plain = eight_bits(picture)
        factor = max(plain.size) // _STILL_SIDE
        small = plain.reduce(factor) if factor > 1 else plain
        turned = dihedral_pdq_of(np.asarray(on_white(upright(small, like=picture))))
        return TakenStandard(tuple(_print(None, n, found) for n, found in enumerate(turned)))
    walk = _Walk(reel, seconds)
    prints = tuple(_print(frame.seconds, frame.number, pdq_of(frame.rgb(_FRAME_SIDE)))
                   for frame in walk.frames())  # fmt: skip
    if not prints:
        raise Unseen(reel.problem or Problem.CANNOT_DECODE)
    return TakenStandard(prints, walk.until, walk.problem or reel.problem)


def _print(seconds: float | None, frame: int, found: Pdq) -> StandardPrint:
    return StandardPrint(seconds, frame, found.quality, found.hash)


class _Walk:
    """Go through a reel, stopping once a second of it, for so many seconds of time."""

    def __init__(
        self, reel: Reel, seconds: float, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._reel, self._clock = reel, clock
        self._whole = reel.seconds or 0.0
        self._started, self._allowed = clock(), seconds
        rate = getattr(reel, "rate", None) or _USUAL_RATE
        self._step = max(1, int(rate)) / rate
        self._half_frame = 0.5 / rate
        self.until = 0.0
        self.problem: Problem | None = None

    def frames(self) -> Iterator[Frame]:
        """Give the pictures that are to be fingerprinted."""
        due, given = 0.0, 0
        for frame in self._reel.frames(self._pace):
            if self._used() >= 1 or given >= _MOST_PRINTS:
                self.problem = Problem.TOOK_TOO_LONG
                return
            self.until = max(self.until, frame.seconds)
            if frame.seconds >= due - self._half_frame:
                due = frame.seconds + self._step
                given += 1
                yield frame

    def _used(self) -> float:
        return (self._clock() - self._started) / self._allowed

    def _pace(self, seconds: float) -> float | None:
        """Say how to go on so that the end is reached in time; see `sampling.Reel`."""
        if not self._whole or self._used() <= 0.8 * seconds / self._whole + 0.05:
            return None
        self.problem = Problem.TOOK_TOO_LONG
        return self._whole * self._step / 300
