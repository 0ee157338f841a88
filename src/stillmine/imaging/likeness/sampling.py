"""Choose the few pictures of a video or an animation that show all that is to be seen in it.

A picture is taken after every cut, once the new scene stands, and every few seconds within a scene
that moves, sooner where much has changed: a pan is followed. Count and time are bounded; how far
the looking came is told.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from stillmine.imaging.kinds import Problem
from stillmine.imaging.likeness.arrays import Bytes, Floats
from stillmine.imaging.sight import Unseen

# Grey levels, as the mean of what differs most in a quarter of the picture: below the first the two
# pictures are the same, above the second they show something else, above the third it still moves.
_SAME = 3.0
_CHANGED = 22.0
_CHANGING = 9.0
_SETTLED_AFTER = 0.4
_LOOKS_A_SECOND = 12.5
# A scene in which nothing moves is taken again only after so many spacings.
_STILL_SPACINGS = 5
# So many changes of scene may follow each other at once, beyond their even share of the count.
_BURST = 12
# The share of the time that is used may be this much of the share of the reel that was seen: below
# the first every picture is decoded; below the second key frames, and above it, when a few of those
# have not helped, not even all of them.
_AHEAD, _BEHIND, _KEYS_FIRST = 0.7, 0.9, 5
_HEAD_START = 0.04
_MOST_SECONDS = 1e7


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of a moving picture is looked at.

    At most `most` samples, those of one scene at least `spacing` seconds apart, none with a side
    above `side` pixels, and no further once `seconds` of time have gone by.
    """

    most: int
    spacing: float
    side: int
    seconds: float


# A video of one's own is looked at once and sought for ever; a leaked clip is one of many.
ITEM_PLAN = Plan(most=200, spacing=1.5, side=800, seconds=45.0)
SCAN_PLAN = Plan(most=120, spacing=2.0, side=720, seconds=45.0)


class Frame(Protocol):
    """One picture of a reel; it is only turned into pixels when it is asked for them."""

    number: int
    seconds: float

    def small(self) -> Bytes:
        """Return it grey and tiny: SMALL x SMALL bytes, see `videos.SMALL`."""
        ...

    def rgb(self, side: int) -> Bytes:
        """Return it upright, height x width x 3 bytes, no side above `side`."""
        ...


class Reel(Protocol):
    """A video or an animation that was opened."""

    @property
    def seconds(self) -> float | None:
        """How long it says that it is, if it says so."""
        ...

    @property
    def problem(self) -> Problem | None:
        """What kept it from giving all of its pictures, known once they have been given."""
        ...

    def frames(self, pace: Callable[[float], float | None]) -> Iterator[Frame]:
        """Give the pictures in order.

        `pace` may be asked now and then: at so many seconds, None: there is time for all of them.
        A number: go on with those that can be decoded alone, so many seconds farther on if need be.
        """
        ...


@dataclass(frozen=True, slots=True)
class Sampled:
    """A picture of a reel: when it is shown, the how manieth it is, height x width x 3 bytes."""

    seconds: float
    number: int
    rgb: Bytes


class Sampler:
    """Go through a reel once and give its samples; then `until` and `problem` are known.

    `until` is the second up to which pictures were looked at. `problem` is None if that was all of
    it; otherwise it says why that was not the end, or what is wrong with the file. Took-too-long
    also says that parts before `until` were passed over, or that there were too many scenes.
    Raises Unseen if there is no picture at all.
    """

    def __init__(
        self, reel: Reel, plan: Plan, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Look at nothing yet; the time of the plan starts now."""
        self._reel, self._plan, self._clock = reel, plan, clock
        self._started = clock()
        self.until = 0.0
        self.problem: Problem | None = None
        self._jumped = False
        self._hurried = 0

    def __iter__(self) -> Iterator[Sampled]:
        """Give the samples in order."""
        chooser = Chooser(self._plan, self._reel.seconds)
        last: Frame | None = None
        for frame in self._reel.frames(self._pace):
            if self._left() <= 0:
                self.problem = Problem.TOOK_TOO_LONG
                break
            self.until = max(self.until, frame.seconds)
            if last is not None and chooser.stood(frame.seconds):
                yield self._sampled(last)
                last = None
            if chooser.full:
                break
            if not chooser.looks(frame.seconds):
                continue
            last = frame
            if chooser.takes(frame.seconds, frame.small()):
                yield self._sampled(frame)
                last = None
        if last is not None and chooser.ends_with(last.small()):
            yield self._sampled(last)
        self._finish(chooser)

    def _finish(self, chooser: Chooser) -> None:
        if not chooser.taken:
            raise Unseen(self.problem or self._reel.problem or Problem.CANNOT_DECODE)
        if self.problem is None and (self._jumped or chooser.full or chooser.missed):
            self.problem = Problem.TOOK_TOO_LONG
        self.problem = self.problem or self._reel.problem

    def _left(self) -> float:
        return self._plan.seconds - (self._clock() - self._started)

    def _pace(self, seconds: float) -> float | None:
        """Say how to go on so that the end is reached in time."""
        whole = self._reel.seconds
        if whole is None or whole <= 0:
            return None
        used = (self._clock() - self._started) / self._plan.seconds - _HEAD_START
        share = min(1.0, seconds / whole)
        if used <= _AHEAD * share:
            self._hurried = 0
            return None
        self._hurried += 1
        if self._hurried <= _KEYS_FIRST or used <= _BEHIND * share:
            return 0.0
        self._jumped = True
        return whole / self._plan.most

    def _sampled(self, frame: Frame) -> Sampled:
        return Sampled(frame.seconds, frame.number, frame.rgb(self._plan.side))


class Chooser:
    """Say of each picture whether it is worth taking. Knows pictures only as small grey ones.

    Half of the samples are kept for an even walk through the whole length, the other half goes to
    changes of scene, as they come, but never so fast that none is left for the rest. `missed` tells
    that there were more cuts than that.
    """

    def __init__(self, plan: Plan, seconds: float | None) -> None:
        """Share the samples out over `seconds`; of unknown length, over ever longer stretches."""
        self._most = plan.most
        self._whole = seconds
        self._spacing = plan.spacing
        if seconds is not None:
            self._spacing = max(plan.spacing, 2 * seconds / plan.most)
        self._kept: Floats | None = None
        self._seen: Floats | None = None
        self._kept_at = self._looked_at = -_MOST_SECONDS
        self._cut_at: float | None = None
        self._changes = 0
        self.taken = 0
        self.missed = False

    @property
    def full(self) -> bool:
        """Say whether no more may be taken."""
        return self.taken >= self._most

    def looks(self, seconds: float) -> bool:
        """Say whether a picture is far enough from the last one to be looked at."""
        # A clock that runs backwards is looked at, too: the file may lie about its times.
        passed = abs(seconds - self._looked_at)
        if passed * _LOOKS_A_SECOND < 1 and self.taken:
            return False
        self._looked_at = seconds
        return True

    def stood(self, seconds: float) -> bool:
        """Say whether the last picture, which came after a cut, is shown until now: take it then.

        So are the pictures of a slide show, of which none comes twice.
        """
        stayed = abs(seconds - self._looked_at) >= _SETTLED_AFTER
        if self._cut_at is None or not stayed or not self._may_change(self._looked_at):
            return False
        self._changes += 1
        self._keep(self._looked_at, self._seen)
        return True

    def takes(self, seconds: float, small: Bytes) -> bool:
        """Say whether the picture is to be taken, and remember it."""
        now = small.astype(np.float32)
        moved = difference(self._seen, now) if self._seen is not None else 0.0
        self._seen = now
        if self._kept is not None and not self._wanted(seconds, difference(self._kept, now), moved):
            return False
        self._keep(seconds, now)
        return True

    def _keep(self, seconds: float, small: Floats | None) -> None:
        self._kept, self._kept_at, self._cut_at = small, seconds, None
        self.taken += 1

    def ends_with(self, small: Bytes) -> bool:
        """Say whether the last picture of all shows something that was not taken yet."""
        now = small.astype(np.float32)
        if self.full or (self._kept is not None and difference(self._kept, now) <= _SAME):
            return False
        self.taken += 1
        return True

    def _wanted(self, seconds: float, changed: float, moved: float) -> bool:
        """Say whether a picture is wanted that changed so much since the last one that was taken.

        `moved` is by how much it differs from the picture just before it.
        """
        if moved > _CHANGED and self._cut_at is None:
            self._cut_at = seconds
        if self._cut_at is not None and changed > _CHANGED:
            if moved > _CHANGING and abs(seconds - self._cut_at) < _SETTLED_AFTER:
                return False
            if self._may_change(seconds):
                self._changes += 1
                return True
            self.missed = True
        self._cut_at = None
        passed = abs(seconds - self._kept_at)
        spacing = self._spacing_now()
        if passed >= spacing and (changed > _SAME or passed >= _STILL_SPACINGS * spacing):
            return True
        if changed <= _CHANGED or passed < spacing / 2 or not self._may_change(seconds):
            return False
        self._changes += 1
        return True

    def _may_change(self, seconds: float) -> bool:
        """Say whether a change of scene may still be taken, going by how far we are."""
        half = self._most // 2
        if self._whole is None:
            return self._changes < half
        share = min(1.0, seconds / max(self._whole, 1e-3))
        return self._changes < min(half, half * share + _BURST)

    def _spacing_now(self) -> float:
        """Return the spacing; of unknown length it doubles with every eighth that is used up."""
        if self._whole is not None:
            return self._spacing
        return self._spacing * 2.0 ** (8 * self.taken // self._most)


def difference(one: Floats, other: Floats) -> float:
    """Return by how many grey levels two small pictures differ in the quarter that differs most.

    Light that changes as a whole counts half: a flash is no other scene, a fade to black is.
    """
    apart = other - one
    # Not `np.median`: it loads more of the library when it is first called, too late for the child.
    shift = float(np.sort(apart, axis=None)[apart.size // 2])
    away = np.sort(np.abs(apart - shift / 2), axis=None)
    return float(away[-len(away) // 4 :].mean())
