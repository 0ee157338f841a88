"""Put together what was recognised at single moments: which stretch of a clip shows which item.

An item that is a still is found from one second to another. Of an item that is a video, moments of
the clip agree with moments of the item; those that lie on one line (the item's seconds = speed x
the clip's seconds + a start) are one stretch of it, however it was trimmed, sped up or mixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from stillmine.imaging.likeness.arrays import Flags, Floats, Ints
from stillmine.imaging.likeness.matches import Match

# A fragment of a video, as the W3C writes it (Media Fragments URI 1.0, section 4.2.1).
_FRAGMENT = "#t="
_MOST_SECONDS = 1e7
# The speeds at which clips are reposted; anything else is found moment by moment.
_SLOWEST, _FASTEST = 0.4, 2.6
# Two moments that are closer than this in the clip say nothing about its speed.
_LEVER = 1.0
_LEAST_SLACK = 0.75
_OWN_SPEED = 0.04
# Moments in a row without the item end a stretch when they take longer than this, in seconds and in
# distances between the clip's own moments.
_GAP_SECONDS = 6.0
_GAP_MOMENTS = 2.5
_MOST_POINTS, _MOST_PAIRED, _MOST_LINES = 400, 60, 8
# A vote for a stretch whose speed is the clip's own counts a little more than one for another.
_SAME_SPEED = 1.02


class Place(NamedTuple):
    """What a name in an index stands for: an item, or its seconds `start` to `end` in a video."""

    item: str
    start: float | None = None
    end: float | None = None


def name_of(place: Place) -> str:
    """Return the name under which the fingerprint of a place goes into an index.

    A still has its item's name; a sample of a video the item's name and `#t=12.48,14.5`: this
    sample stands for all that is shown until the next one.
    """
    if place.start is None:
        return place.item
    end = place.start if place.end is None else place.end
    return f"{place.item}{_FRAGMENT}{place.start:.3f},{end:.3f}"


def place_of(name: str) -> Place:
    """Read what `name_of` wrote; any other name is an item's."""
    item, mark, times = name.rpartition(_FRAGMENT)
    if not mark:
        return Place(name)
    try:
        start, end = (float(part) for part in times.split(","))
    except ValueError:
        return Place(name)
    return Place(item, start, end) if 0 <= start <= end <= _MOST_SECONDS else Place(name)


def names_of(item: str, seconds: Sequence[float | None]) -> list[str]:
    """Return the names of all samples of an item, given their seconds in order (None: a still)."""
    following = [*seconds[1:], None]
    return [
        name_of(
            Place(item, start, max(start, end) if start is not None and end is not None else None)
        )
        for start, end in zip(seconds, following, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class ClipMatch:
    """An item that was found in a clip, or in a still (then all seconds of the clip are None).

    `start` and `end` are the first and the last second of the clip at which it was seen, `moments`
    at how many of the moments that were looked at. For an item that is a video, `item_start` and
    `item_end` are the seconds of the item that are shown there; None for a still. `speed` is how
    many of the item's seconds pass in one of the clip's, None where a single moment cannot tell.
    `best` is the surest single match, at the clip's second `best_at`; its `name` is the item's.

    `expected_false` is how many items would be named by chance at one moment or another of a clip
    of so many moments. Moments resemble each other, so that several that agree are not counted as
    several proofs.
    """

    item: str
    best: Match
    best_at: float | None
    start: float | None
    end: float | None
    item_start: float | None
    item_end: float | None
    speed: float | None
    moments: int
    expected_false: float


@dataclass(frozen=True, slots=True)
class _Point:
    """One match at one moment: the number of the moment, its second, the place in the item."""

    moment: int
    at: float
    place: Place
    match: Match


def gather(moments: Sequence[tuple[float | None, Sequence[Match]]]) -> list[ClipMatch]:
    """Return what was found in a clip, the surest first, from what was found at its moments.

    `moments` are all that were looked at, in order, those without a match too: the second (None
    where the picture is a still) and what `LikenessIndex.query` answered. The names in the index
    are those of `name_of`. The same item is named several times if it is seen again after a gap, or
    if another part of it is shown.
    """
    by_item: dict[tuple[str, bool], list[_Point]] = {}
    for number, (second, matches) in enumerate(moments):
        for match in matches:
            place = place_of(match.name)
            point = _Point(number, second or 0.0, place, match)
            by_item.setdefault((place.item, place.start is None), []).append(point)
    found = []
    for (_, still), points in by_item.items():
        parts = _of_still(points, moments) if still else _of_video(points, moments)
        found += [_clip_match(points, line, moments) for points, line in parts]
    return sorted(found, key=lambda one: (-one.best.score, one.item, one.start or 0.0))


_Moments = Sequence[tuple[float | None, Sequence[Match]]]


class _Line(NamedTuple):
    """The item's seconds = `speed` x the clip's seconds + `offset`."""

    speed: float
    offset: float


_Part = tuple[list[_Point], _Line | None]


def _of_still(points: list[_Point], moments: _Moments) -> Iterator[_Part]:
    """Cut the moments at which a still is seen into stretches."""
    for part in _unbroken(points, moments):
        yield part, None


def _of_video(points: list[_Point], moments: _Moments) -> Iterator[_Part]:
    """Find lines through the moments at which a video is seen; the longest first.

    A lone moment amid a stretch of the same item, where another of its scenes looks alike, is not
    told again.
    """
    told: list[tuple[int, int]] = []
    for part, line in _by_lines(points, moments):
        first, last = part[0].moment, part[-1].moment
        if first == last and any(start <= first <= end for start, end in told):
            continue
        told.append((first, last))
        yield part, line


def _by_lines(points: list[_Point], moments: _Moments) -> Iterator[_Part]:
    """Take away line after line, each with the moments that it explains."""
    left = sorted(points, key=lambda point: -point.match.score)[:_MOST_POINTS]
    for _ in range(_MOST_LINES):
        inside, line = _most_agreed(left)
        chosen = [point for point, is_in in zip(left, inside, strict=True) if is_in]
        for part in _unbroken(chosen, moments):
            yield part, line if len({point.at for point in part}) > 1 else None
        # What the line explains at its moments is not reported again as other parts of the item.
        explained = {point.moment for point in chosen}
        left = [point for point in left if point.moment not in explained]
        if not left or line is None:
            break
    for part in _unbroken(left, moments):
        yield part, None


def _most_agreed(points: list[_Point]) -> tuple[Flags, _Line | None]:
    """Return which points lie on the line with most votes, and the line.

    Each moment of the clip has one vote, that of its best point on the line.
    """
    at = np.array([point.at for point in points])
    start = np.array([point.place.start or 0.0 for point in points])
    slack = np.array([_slack(point.place) for point in points])
    score = np.array([point.match.score for point in points])
    moment = np.array([point.moment for point in points])
    speeds, offsets = _guesses(at, start)
    inside = np.abs(speeds[:, None] * at + offsets[:, None] - start) <= slack
    votes = _votes(inside * score, moment) * np.where(speeds == 1.0, _SAME_SPEED, 1.0)
    best = int(votes.argmax())
    chosen = inside[best]
    if len(set(moment[chosen])) < 2:
        return chosen, None
    line = _Line(float(speeds[best]), float(offsets[best]))
    return chosen, _refined(at[chosen], start[chosen], score[chosen], line)


def _guesses(at: Floats, start: Floats) -> tuple[Floats, Floats]:
    """Return speeds and offsets to try: through each point at the clip's own, and through pairs."""
    some = np.arange(min(len(at), _MOST_PAIRED))
    first, second = np.meshgrid(some, some)
    near = at[second] - at[first] < _LEVER
    one, other = first[~near], second[~near]
    speed = (start[other] - start[one]) / (at[other] - at[one])
    good = (speed >= _SLOWEST) & (speed <= _FASTEST)
    speeds = np.concatenate([np.ones(len(at)), speed[good]])
    offsets = np.concatenate([start - at, (start[one] - speed * at[one])[good]])
    return speeds, offsets


def _votes(scores: Floats, moment: Ints) -> Floats:
    """Return for each line the sum, over moments, of the best score at each (lines x points)."""
    order = np.argsort(moment, kind="stable")
    firsts = np.flatnonzero(np.diff(moment[order], prepend=-1))
    return np.asarray(np.maximum.reduceat(scores[:, order], firsts, axis=1).sum(axis=1))


def _refined(at: Floats, start: Floats, score: Floats, line: _Line) -> _Line:
    """Return the line that fits all points best (weighted least squares).

    Fewer than three samples of the item, a scene in which little moves, cannot tell a speed; it is
    the one that was guessed, and the item is not shown before the first of those samples.
    """
    if len(set(start)) < 3 or np.ptp(at) < _LEVER:
        return _Line(round(line.speed, 2), float((start - line.speed * at).max()))
    middle = float(np.average(at, weights=score))
    height = float(np.average(start, weights=score))
    away = at - middle
    speed = float((score * away * (start - height)).sum() / (score * away * away).sum())
    speed = min(max(speed, _SLOWEST), _FASTEST)
    speed = 1.0 if abs(speed - 1) < _OWN_SPEED else round(speed, 2)
    return _Line(speed, height - speed * middle)


def _slack(place: Place) -> float:
    """Return by how much a sample of a video may be away from its line, in seconds of the item."""
    start = place.start or 0.0
    return max(_LEAST_SLACK, (start if place.end is None else place.end) - start)


def _unbroken(points: Iterable[_Point], moments: _Moments) -> Iterator[list[_Point]]:
    """Cut points, put in order, where too many moments between two of them have none."""
    seconds = [second or 0.0 for second, _ in moments]
    usual = float(np.median(np.diff(seconds))) if len(seconds) > 1 else 0.0
    part: list[_Point] = []
    for point in sorted(points, key=lambda point: point.moment):
        if part and point.moment - part[-1].moment > 1:
            apart = point.at - part[-1].at
            if apart > max(_GAP_SECONDS, _GAP_MOMENTS * usual):
                yield part
                part = []
        part.append(point)
    if part:
        yield part


def _clip_match(points: list[_Point], line: _Line | None, moments: _Moments) -> ClipMatch:
    best = max(points, key=lambda point: point.match.score)
    of_clip = moments[best.moment][0] is not None
    first, last = min(point.at for point in points), max(point.at for point in points)
    in_item = _shown(points, best, line, of_clip=of_clip)
    return ClipMatch(
        item=best.place.item,
        best=replace(best.match, name=best.place.item),
        best_at=best.at if of_clip else None,
        start=first if of_clip else None,
        end=last if of_clip else None,
        item_start=in_item[0],
        item_end=in_item[1],
        speed=line.speed if line is not None else None,
        moments=len({point.moment for point in points}),
        expected_false=best.match.expected_false * max(1, len(moments)),
    )


def _shown(
    points: list[_Point], best: _Point, line: _Line | None, *, of_clip: bool
) -> tuple[float | None, float | None]:
    """Return the first and the last second of the item that is seen."""
    if best.place.start is None or not of_clip:
        return best.place.start, best.place.start
    if line is None:
        known = [point.place.start or 0.0 for point in points]
        return min(known), max(known)
    ends = (min(point.at for point in points), max(point.at for point in points))
    start, end = (round(max(0.0, line.speed * at + line.offset), 3) for at in ends)
    return start, end
