"""Join the fragments of a streamed MP4 file into plain tables (ISO/IEC 14496-12, 8.8)."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from stillmine.errors import FileDamaged
from stillmine.imaging.clean.isobmff import Box, Cursor, children, content, only, required
from stillmine.imaging.clean.mp4_tracks import Film, Track

_MOST_IN_A_RUN = 10_000_000
_NOT_SYNC = 0x10000
_BASE, _ENTRY, _DURATION, _SIZE, _FLAGS, _FROM_MOOF = 1, 2, 8, 16, 32, 0x20000


@dataclass(slots=True)
class _Defaults:
    entry: int
    duration: int
    size: int
    flags: int


def join_fragments(file: BinaryIO, film: Film, moov: Box, top: list[Box]) -> None:
    """Add the samples of all `moof` boxes to the tracks. Raises FileDamaged."""
    fragments = [one for one in top if one.type == b"moof"]
    if not fragments:
        return
    inside = children(file, moov)
    mvex = only(inside, b"mvex")
    defaults = dict(_defaults(file, children(file, mvex) if mvex else []))
    tracks = {track.id: track for track in film.tracks}
    for moof in fragments:
        _join(file, moof, tracks, defaults)
    for track in film.tracks:
        sync = track.samples.sync
        if sync is not None and len(sync) == track.samples.count:
            track.samples.sync = None
    _line_up(film)


def _defaults(file: BinaryIO, inside: list[Box]) -> Iterator[tuple[int, _Defaults]]:
    for one in inside:
        if one.type == b"trex":
            cursor = Cursor(content(file, one, 256), 4)
            number = cursor.number(4)
            yield number, _Defaults(*(cursor.number(4) for _ in range(4)))


def _join(
    file: BinaryIO, moof: Box, tracks: dict[int, Track], defaults: dict[int, _Defaults]
) -> None:
    after = moof.start
    for traf in children(file, moof):
        if traf.type != b"traf":
            continue
        inside = children(file, traf)
        head = Cursor(content(file, required(inside, b"tfhd"), 256))
        flags, number = head.number(4) & 0xFFFFFF, head.number(4)
        track = tracks.get(number)
        usual = defaults.get(number, _Defaults(1, 0, 0, 0))
        base = head.number(8) if flags & _BASE else moof.start if flags & _FROM_MOOF else after
        own = _Defaults(
            head.number(4) if flags & _ENTRY else usual.entry,
            head.number(4) if flags & _DURATION else usual.duration,
            head.number(4) if flags & _SIZE else usual.size,
            head.number(4) if flags & _FLAGS else usual.flags,
        )
        if track is not None:
            _catch_up(track, file, only(inside, b"tfdt"))
        after = base
        for run in inside:
            if run.type == b"trun":
                after = _run(Cursor(content(file, run)), track, own, base, after)


def _catch_up(track: Track, file: BinaryIO, tfdt: Box | None) -> None:
    """Let the last sample last until the fragment begins, where time was left out between."""
    if tfdt is None:
        return
    cursor = Cursor(content(file, tfdt, 64))
    begins = cursor.number(8 if cursor.number(4) >> 24 else 4)
    samples = track.samples
    if track.start is None:
        track.start = 0 if samples.count else begins
    reached = track.start + sum(count * value for count, value in samples.times)
    if begins > reached and samples.times:
        count, value = samples.times.pop()
        samples.add_time(count - 1, value)
        samples.add_time(1, min(value + begins - reached, 0xFFFFFFFF))


def _run(cursor: Cursor, track: Track | None, own: _Defaults, base: int, after: int) -> int:
    """Add the samples of one run; return the place behind them."""
    word, count = cursor.number(4), cursor.number(4)
    at = base + cursor.signed(4) if word & 1 else after
    first_flags = cursor.number(4) if word & 4 else None
    wide = sum(4 for bit in (0x100, 0x200, 0x400, 0x800) if word & bit)
    if count > _MOST_IN_A_RUN or count * wide > cursor.left or at < 0:
        raise FileDamaged(part="fragments")
    begin = at
    for number in range(count):
        duration = cursor.number(4) if word & 0x100 else own.duration
        size = cursor.number(4) if word & 0x200 else own.size
        flags = cursor.number(4) if word & 0x400 else own.flags
        shift = cursor.signed(4) if word & 0x800 else 0
        if number == 0 and first_flags is not None:
            flags = first_flags
        at += size
        if track is not None:
            _add(track, duration, size, flags, shift)
    if track is not None and count:
        track.samples.offsets.append(begin)
        track.samples.counts.append(count)
        track.samples.entries.append(own.entry)
    return at


def _add(track: Track, duration: int, size: int, flags: int, shift: int) -> None:
    samples = track.samples
    if samples.same:
        raise FileDamaged(part="fragments")
    if samples.sync is None:
        samples.sync = array("I", range(1, samples.count + 1))
    if not samples.shifts and shift and samples.count:
        samples.add_shift(samples.count, 0)
    samples.count += 1
    samples.sizes.append(size)
    samples.add_time(1, duration)
    if shift or samples.shifts:
        samples.add_shift(1, shift)
    if not flags & _NOT_SYNC:
        samples.sync.append(samples.count)


def _line_up(film: Film) -> None:
    """Keep picture and sound together: a track that began later is preceded by a pause."""
    starts = [track.start / track.timescale for track in film.tracks if track.start is not None]
    first = min(starts, default=0.0)
    for track in film.tracks:
        length = sum(count * value for count, value in track.samples.times)
        until = length + max(0, *(value for _, value in track.samples.shifts), 0)
        # The list was written before the fragments: its last stretch goes on until the end.
        if track.edits and track.edits[-1][1] >= 0:
            _, begin, rate = track.edits[-1]
            track.edits[-1] = (_movie_time(film, track, until - begin), begin, rate)
        pause = round(((track.start or 0) / track.timescale - first) * film.timescale)
        if pause > 0 and track.start is not None:
            whole = [(_movie_time(film, track, until), 0, 0x10000)]
            track.edits = [(pause, -1, 0x10000), *(track.edits or whole)]


def _movie_time(film: Film, track: Track, length: int) -> int:
    return max(0, length) * film.timescale // track.timescale
