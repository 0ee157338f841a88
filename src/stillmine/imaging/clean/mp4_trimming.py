"""Leave out what a film's list of edits cut away: many programs cut by that list alone."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator

from stillmine.errors import NotUnderstood
from stillmine.imaging.clean.mp4_samples import Runs, Samples
from stillmine.imaging.clean.mp4_tracks import Film, Track
from stillmine.imaging.clean.mp4_writing import chunk_size

_UNTOUCHED = 0.5  # seconds: less is the usual slack of encoders
_MOST_LEFT = 2.0  # seconds that may stay because what is shown is drawn from them
_WARM_UP = 2  # pieces of sound before the first one that a decoder needs


def trim(film: Film) -> None:
    """Drop the samples outside the one stretch that is played. Raises NotUnderstood.

    Pictures are dropped from the last one before the cut that can be drawn by itself; if more
    than two seconds have to stay for that, the film is refused.
    """
    for track in film.tracks:
        played = [edit for edit in track.edits if edit[1] >= 0]
        if len(played) != 1 or not track.samples.count:
            continue
        length, begin, _ = played[0]
        end = begin + length * track.timescale / film.timescale
        if hidden(film, track) > _UNTOUCHED:
            _cut(track, *_needed(track, begin, end))
        if track.kind == b"vide" and hidden(film, track) > _MOST_LEFT:
            raise NotUnderstood(part="cut-away-but-still-in-it")


def hidden(film: Film, track: Track) -> float:
    """Return how many seconds of a track are in the file and not played."""
    if not track.edits:
        return 0.0
    whole = sum(count * value for count, value in track.samples.times) / track.timescale
    return whole - sum(edit[0] for edit in track.edits if edit[1] >= 0) / film.timescale


def _each(runs: Runs, count: int) -> Iterator[int]:
    for length, value in runs:
        for _ in range(length):
            yield value
            count -= 1
    for _ in range(count):
        yield 0


def _needed(track: Track, begin: float, end: float) -> tuple[int, int, int]:
    """Return the first and the last sample that are needed, and when the first is decoded."""
    samples = track.samples
    if track.kind == b"soun" and len(samples.times) == 1 and not samples.shifts:
        return _evenly_spaced(samples, begin, end)
    alone = None if samples.sync is None else set(samples.sync)
    first = last = start = time = 0
    sound = track.kind == b"soun"
    shifts = _each(samples.shifts, samples.count)
    for number, (length, shift) in enumerate(
        zip(_each(samples.times, samples.count), shifts, strict=False)
    ):
        shown = time + shift
        entered = alone is None or number + 1 in alone
        if entered and shown + (length * (1 + _WARM_UP) if sound else 0) <= begin:
            first, start = number, time
        if shown < end:
            last = number
        time += length
    return first, max(first, last), start


def _evenly_spaced(samples: Samples, begin: float, end: float) -> tuple[int, int, int]:
    """Return the same for pieces of one length, of which plain sound has many millions."""
    length = max(1, samples.times[0][1])
    first = min(max(0, int(begin // length) - _WARM_UP), samples.count - 1)
    last = min(max(first, math.ceil(end / length) - 1), samples.count - 1)
    return first, last, first * length


def _cut(track: Track, first: int, last: int, start: int) -> None:
    samples = track.samples
    chunks = list(samples.chunks())
    offsets, counts, entries = array("Q"), array("I"), array("I")
    for _, offset, begin, count, entry in chunks:
        low, high = max(first, begin), min(last + 1, begin + count)
        if low < high:
            before = chunk_size(track, begin, low - begin, entry, samples.sizes)
            offsets.append(offset + before)
            counts.append(high - low)
            entries.append(entry)
    samples.offsets, samples.counts, samples.entries = offsets, counts, entries
    samples.times = _within(samples.times, first, last)
    samples.shifts = _within(samples.shifts, first, last)
    if samples.sync is not None:
        kept = (number - first for number in samples.sync if first < number <= last + 1)
        samples.sync = array("I", kept)
    samples.sizes = samples.sizes[first : last + 1]
    samples.count = last + 1 - first
    track.edits = [
        (length, begin - start if begin >= 0 else begin, rate)
        for length, begin, rate in track.edits
    ]


def _within(runs: Runs, first: int, last: int) -> Runs:
    made, at = Samples(), 0
    for count, value in runs:
        low, high = max(first, at), min(last + 1, at + count)
        if low < high:
            made.add_time(high - low, value)
        at += count
    return made.times
