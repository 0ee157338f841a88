"""Where each piece of picture and sound lies in an MP4 or MOV file, and when it is shown."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from stillmine.errors import FileDamaged, NotUnderstood
from stillmine.imaging.clean.isobmff import Box, Cursor, content, length_of, only, required

_MOST_SAMPLES = 50_000_000

Runs = list[tuple[int, int]]


@dataclass(slots=True)
class Samples:
    """The samples of a track.

    `sizes` in bytes, or empty where all have `same`. A chunk is a run of samples that lie one
    behind the other: its place, how many, and which entry describes them (from 1). `times` and
    `shifts` are runs of (how many, value in the track's own time). `sync` numbers the samples
    that can be decoded by themselves, from 1; None means all.
    """

    count: int = 0
    same: int = 0
    sizes: array[int] = field(default_factory=lambda: array("I"))
    offsets: array[int] = field(default_factory=lambda: array("Q"))
    counts: array[int] = field(default_factory=lambda: array("I"))
    entries: array[int] = field(default_factory=lambda: array("I"))
    times: Runs = field(default_factory=list)
    shifts: Runs = field(default_factory=list)
    sync: array[int] | None = None

    def chunks(self) -> Iterator[tuple[int, int, int, int, int]]:
        """Yield of each chunk its number, place, first sample (from 0), samples and entry."""
        first = 0
        for number, offset in enumerate(self.offsets):
            yield number, offset, first, self.counts[number], self.entries[number]
            first += self.counts[number]

    def add_time(self, count: int, value: int) -> None:
        """Say how long the next samples last."""
        _add(self.times, count, value)

    def add_shift(self, count: int, value: int) -> None:
        """Say how much later than decoded the next samples are shown."""
        _add(self.shifts, count, value)


def _add(runs: Runs, count: int, value: int) -> None:
    if runs and runs[-1][1] == value:
        runs[-1] = (runs[-1][0] + count, value)
    elif count:
        runs.append((count, value))


def numbers(data: bytes, kind: str) -> array[int]:
    """Return big-endian numbers as an array of a type of the `array` module."""
    found = array(kind)
    found.frombytes(data[: len(data) // found.itemsize * found.itemsize])
    if sys.byteorder == "little":
        found.byteswap()
    return found


def packed(values: array[int]) -> bytes:
    """Return an array as big-endian bytes."""
    copy = values[:]
    if sys.byteorder == "little":
        copy.byteswap()
    return copy.tobytes()


def read_samples(file: BinaryIO, table: list[Box]) -> Samples:
    """Read the tables of an `stbl` box (ISO/IEC 14496-12, 8.6 and 8.7)."""
    samples = Samples()
    _read_sizes(file, table, samples)
    _read_chunks(file, table, samples)
    _read_times(file, table, samples)
    sync = only(table, b"stss")
    if sync is not None:
        values = numbers(_rows(file, sync, 4), "I")
        samples.sync = array("I", (value for value in values if 0 < value <= samples.count))
    if sum(samples.counts) != samples.count:
        raise FileDamaged(part="sample-tables")
    return samples


def _rows(file: BinaryIO, table: Box, width: int, head: int = 4) -> bytes:
    """Return the rows of a table that begins with their number."""
    data = content(file, table)
    count = Cursor(data, head).number(4)
    rows = data[head + 4 : head + 4 + count * width]
    if len(rows) != count * width:
        raise FileDamaged(part="sample-tables")
    return rows


def _read_sizes(file: BinaryIO, table: list[Box], samples: Samples) -> None:
    plain = only(table, b"stsz")
    if plain is not None:
        cursor = Cursor(content(file, plain), 4)
        samples.same, samples.count = cursor.number(4), cursor.number(4)
        if not samples.same:
            samples.sizes = numbers(cursor.take(4 * samples.count), "I")
        elif samples.count > length_of(file):
            raise FileDamaged(part="sample-tables")
        return
    cursor = Cursor(content(file, required(table, b"stz2")), 4)
    width, samples.count = cursor.number(4) & 255, cursor.number(4)
    if width not in (4, 8, 16) or samples.count > _MOST_SAMPLES:
        raise FileDamaged(part="sample-tables")
    data = cursor.take((samples.count * width + 7) // 8)
    if width == 4:
        halves = (part for byte in data for part in (byte >> 4, byte & 15))
        samples.sizes = array("I", halves)[: samples.count]
    else:
        samples.sizes = array("I", numbers(data, "B" if width == 8 else "H"))


def _read_chunks(file: BinaryIO, table: list[Box], samples: Samples) -> None:
    far = only(table, b"co64")
    if far is not None:
        samples.offsets = numbers(_rows(file, far, 8), "Q")
    else:
        near = numbers(_rows(file, required(table, b"stco"), 4), "I")
        samples.offsets = array("Q", near)
    rows = list(struct.iter_unpack(">III", _rows(file, required(table, b"stsc"), 12)))
    total, left = len(samples.offsets), samples.count
    for place, (first, count, entry) in enumerate(rows):
        until = rows[place + 1][0] if place + 1 < len(rows) else total + 1
        if not 0 < first <= until:
            raise FileDamaged(part="sample-tables")
        for _ in range(min(until, total + 1) - first):
            samples.counts.append(min(count, left))
            samples.entries.append(entry)
            left -= samples.counts[-1]
    del samples.offsets[len(samples.counts) :]


def _read_times(file: BinaryIO, table: list[Box], samples: Samples) -> None:
    left = samples.count
    for count, value in struct.iter_unpack(">II", _rows(file, required(table, b"stts"), 8)):
        samples.add_time(min(count, left), value)
        left -= min(count, left)
    if left and samples.times:
        samples.add_time(left, samples.times[-1][1])
    shifts = only(table, b"ctts")
    if shifts is None:
        return
    left = samples.count
    # Version 0 is without sign by the letter, but old QuickTime wrote signs there as well.
    for count, value in struct.iter_unpack(">Ii", _rows(file, shifts, 8)):
        samples.add_shift(min(count, left), value)
        left -= min(count, left)
    samples.add_shift(left, 0)


def expanded(samples: Samples) -> None:
    """Give each sample its own size, as samples that are cleaned may become smaller."""
    if samples.same:
        if samples.count > _MOST_SAMPLES:
            raise NotUnderstood(part="sample-tables")
        samples.sizes = array("I", [samples.same]) * samples.count
        samples.same = 0
