"""Choose the segments that decoding a JPEG needs, each just before the scan that first uses it."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from stillmine.errors import FileDamaged, NotUnderstood
from stillmine.imaging.clean.jpeg_segments import DAC, DHT, DNL, DQT, DRI, SOF, SOS, Segment

PROGRESSIVE, ARITHMETIC = frozenset({0xC2, 0xCA}), frozenset({0xC9, 0xCA})


@dataclass(slots=True)
class Tables:
    """What a decoder would know at this place of the file, and what was written of it."""

    now: dict[tuple[int, int], bytes] = field(default_factory=dict)
    written: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def take(self, segment: Segment) -> None:
        """Learn the tables of one segment; a later one replaces an earlier one."""
        for name, table in _split(segment):
            self.now[segment.marker, name] = table

    def give(self, marker: int, name: int) -> Iterator[Segment]:
        """Return a table that is needed now, unless it was written already."""
        table = self.now.get((marker, name))
        if table is None:
            if marker == DAC:
                return  # T.81, F.1.4.4.1.4: conditioning has standard values
            raise FileDamaged(part="missing-table")
        if self.written.get((marker, name)) != table:
            self.written[marker, name] = table
            yield Segment(marker, table)


def _split(segment: Segment) -> Iterator[tuple[int, bytes]]:
    body, at = segment.body, 0
    while at < len(body):
        size = _size(segment.marker, body, at)
        if at + size > len(body):
            raise FileDamaged(part="table-cut-short")
        number = body[at] & 15 if segment.marker == DQT else body[at]
        yield number, body[at : at + size]
        at += size


def _size(marker: int, body: bytes, at: int) -> int:
    if marker == DHT:
        return 17 + sum(body[at + 1 : at + 17])
    if marker == DAC:
        return 2
    if body[at] >> 4 > 1:
        raise FileDamaged(part="quantisation-table")
    return 129 if body[at] >> 4 else 65


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame header: the process, and for each component its quantisation table."""

    segment: Segment
    tables: dict[int, int]

    @property
    def progressive(self) -> bool:
        """Say whether each scan carries only a part of the numbers."""
        return self.segment.marker in PROGRESSIVE

    @property
    def arithmetic(self) -> bool:
        """Say whether coded arithmetically."""
        return self.segment.marker in ARITHMETIC


def frame_of(segment: Segment) -> Frame:
    """Read a frame header. Raises FileDamaged, or NotUnderstood for a size that comes later."""
    body = segment.body
    if len(body) < 9 or len(body) != 6 + 3 * body[5]:
        raise FileDamaged(part="frame-header")
    if not int.from_bytes(body[1:3]):
        raise NotUnderstood(part="height-told-later")
    if body[0] != 8:
        raise NotUnderstood(part="more-than-eight-bits")
    return Frame(segment, {body[at]: body[at + 2] for at in range(6, len(body), 3)})


def needed(segments: list[Segment]) -> list[Segment]:
    """Return frame, scans and the tables they use, in an order that every decoder takes."""
    order = _Order()
    for segment in segments:
        step = _STEPS.get(segment.marker)
        if step is not None:
            step(order, segment)
    if order.frame is None or not order.seen:
        raise FileDamaged(part="no-picture-data")
    if order.seen != set(order.frame.tables):
        raise FileDamaged(part="missing-scan")
    return order.out


@dataclass(slots=True)
class _Order:
    """The segments written so far, and what a decoder of them knows."""

    out: list[Segment] = field(default_factory=list)
    tables: Tables = field(default_factory=Tables)
    frame: Frame | None = None
    seen: set[int] = field(default_factory=set)
    interval: int = 0
    interval_written: int = 0

    def set_interval(self, segment: Segment) -> None:
        """Learn how often coded data restarts."""
        self.interval = int.from_bytes(segment.body[:2])

    def begin(self, segment: Segment) -> None:
        """Learn the frame; it is written with the first scan."""
        if self.frame is not None:
            raise NotUnderstood(part="several-frames")
        self.frame = frame_of(segment)

    def scan(self, segment: Segment) -> None:
        """Write a scan behind all that it needs and that was not written yet."""
        if self.frame is None:
            raise FileDamaged(part="scan-before-frame")
        scan = scan_of(segment, self.frame)
        self.out += self._before(scan, self.frame)
        if self.interval != self.interval_written:
            self.out.append(Segment(DRI, struct.pack(">H", self.interval)))
            self.interval_written = self.interval
        self.out.append(scan)

    def _before(self, scan: Segment, frame: Frame) -> Iterator[Segment]:
        """Give quantisation tables (they hold from a component's first scan on), frame, codes."""
        names = {scan.body[at] for at in range(1, 1 + 2 * scan.body[0], 2)}
        first = not self.seen
        for name in sorted(set(frame.tables) if first else names - self.seen):
            table = frame.tables[name]
            if name in names or (DQT, table) in self.tables.now:
                yield from self.tables.give(DQT, table)
        if first:
            yield frame.segment
        self.seen |= names
        for kind, table in codes_of(scan, frame):
            yield from self.tables.give(kind, table)


_STEPS: dict[int, Callable[[_Order, Segment], None]] = {
    **{marker: lambda order, segment: order.tables.take(segment) for marker in (DQT, DHT, DAC)},
    **dict.fromkeys(SOF, _Order.begin),
    DRI: _Order.set_interval,
    SOS: _Order.scan,
}


def scan_of(segment: Segment, frame: Frame) -> Segment:
    """Return a scan with a checked header; where its last bytes mean nothing they are fixed."""
    body = segment.body
    if not body or len(body) != 4 + 2 * body[0] or not 1 <= body[0] <= 4:
        raise FileDamaged(part="scan-header")
    names = [body[at] for at in range(1, 1 + 2 * body[0], 2)]
    if len(set(names)) != len(names) or any(name not in frame.tables for name in names):
        raise FileDamaged(part="scan-header")
    if not frame.progressive:
        body = body[:-3] + b"\x00\x3f\x00"
    return Segment(SOS, body, segment.coded)


def codes_of(scan: Segment, frame: Frame) -> list[tuple[int, int]]:
    """Return which code tables a scan uses, as (marker, table's first byte)."""
    body = scan.body
    start, high = body[-3], body[-1] >> 4
    marker = DAC if frame.arithmetic else DHT
    used = set()
    for at in range(2, 2 + 2 * body[0], 2):
        direct, other = body[at] >> 4, body[at] & 15
        if not frame.progressive or (start == 0 and high == 0):
            used.add((marker, direct))
        if not frame.progressive or start > 0:
            used.add((marker, 0x10 | other))
    return sorted(used)


def unused(segments: list[Segment], kept: list[Segment]) -> int:
    """Return how many tables and other coding segments are left out."""
    coding = (DQT, DHT, DAC, DNL)
    given = sum(len(list(_split(one))) for one in segments if one.marker in coding[:3])
    given += sum(one.marker == DNL for one in segments)
    return max(0, given - sum(one.marker in coding for one in kept))
