"""What is found in a file to know it again: one fingerprint of a still, several of what moves."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from stillmine.errors import NotAFingerprint
from stillmine.imaging.kinds import Look
from stillmine.imaging.likeness import form
from stillmine.imaging.wire import Garbled

# Before each fingerprint on its way out of the child: seconds (NaN: a still), frame, its length.
_HEAD = struct.Struct(">dII")
_MOST_SECONDS = 1e7

MOST_SAMPLES = 2_000
"""The most moments of one file."""
MOST_BYTES = 128 * 1024 * 1024
"""The most bytes that the child may answer with."""


class Role(IntEnum):
    """What a fingerprint is for: to be kept of an item, or to look for items in it.

    A glance tells at a third of the cost whether a still is worth a scan. What moves has none:
    asked for one, it is scanned.
    """

    ITEM = 0
    SCAN = 1
    GLANCE = 2


class Sample(NamedTuple):
    """One fingerprint, and where it comes from.

    `seconds` since the beginning, None for a still; `frame` counts from 0; `fingerprint` is what
    `Fingerprint.to_bytes` returned.
    """

    seconds: float | None
    frame: int
    fingerprint: bytes


class Likeness(NamedTuple):
    """What a limited child saw in a file, and by what it can be known again.

    `problem` is the value of a `Problem` that says why there are no samples, or None where there
    are some. A file that can be seen (`look.problem` is None) may still have none: a document, or
    a computer that cannot recognise.

    Of what moves, `until` is the second up to which it was looked at, and `cut` the value of a
    `Problem` where that was not all of it: it is broken there, or there was no time for the rest.
    """

    look: Look
    samples: tuple[Sample, ...] = ()
    problem: str | None = None
    until: float | None = None
    cut: str | None = None


def pack(samples: Iterable[Sample]) -> bytes:
    """Return the bytes of all samples, for the way out of the child."""
    parts = []
    for seconds, frame, fingerprint in samples:
        parts += [
            _HEAD.pack(math.nan if seconds is None else seconds, frame, len(fingerprint)),
            fingerprint,
        ]
    return b"".join(parts)


def unpack(data: bytes) -> tuple[Sample, ...]:
    """Read what `pack` wrote; anything else is Garbled: it comes from where strangers' files are.

    Only the shape of each fingerprint is checked. Any bytes of the right length are numbers in
    range, so the worst that a false one can do is to resemble nothing.
    """
    samples = tuple(_samples(data))
    if len(samples) > MOST_SAMPLES:
        raise Garbled
    return samples


def _samples(data: bytes) -> Iterator[Sample]:
    at = 0
    while at < len(data):
        if len(data) - at < _HEAD.size:
            raise Garbled
        seconds, frame, size = _HEAD.unpack_from(data, at)
        at += _HEAD.size
        fingerprint = data[at : at + size]
        at += size
        still = math.isnan(seconds)
        if not still and not 0 <= seconds <= _MOST_SECONDS:
            raise Garbled
        try:
            form.head_of(fingerprint)
        except NotAFingerprint as error:
            raise Garbled from error
        yield Sample(None if still else seconds, frame, fingerprint)
