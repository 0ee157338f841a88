"""Write fingerprints so that platforms' own tools can look for the pictures, and read such files.

The forms are those of github.com/facebook/ThreatExchange (the package `threatexchange` 1.2 and
Hasher-Matcher-Actioner), which calls a fingerprint a signal: PDQ for a picture, MD5 for a video
file, as StopNCII takes them, and vPDQ for what a video shows. Nothing else is written: no name, no
label, no date.

What is read was made by strangers: each line that does not hold is named by its number, and the
others are read.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import BinaryIO

from stillmine.errors import NotAFingerprint
from stillmine.imaging.likeness.pdq import Pdq

_HEX = frozenset("0123456789abcdef")
_COLUMNS = ("signal_type", "signal_str", "collab", "category", "tags")
# The category that ThreatExchange's tools give what nobody has judged yet.
_UNJUDGED = "INVESTIGATION_SEED"
# A line of vPDQ holds a fingerprint for each second of a video.
_LONGEST_LINE = 1 << 20
_MOST_MOMENTS = 8192
_MOMENT = re.compile(
    r"[0-9a-f]{64},(100|[1-9]?[0-9]),[0-9]{1,8}(\.[0-9]{1,6})?(e\+[0-9]{2})?", re.ASCII
)
_BLOCK = 1 << 20


class SignalType(Enum):
    """A kind of fingerprint, by the name that exchanges have for it."""

    PDQ = "pdq"
    VIDEO_MD5 = "video_md5"
    VPDQ = "vpdq"

    @property
    def digits(self) -> int | None:
        """How many hexadecimal digits it is written with; vPDQ is a list of such, and more."""
        return {SignalType.PDQ: 64, SignalType.VIDEO_MD5: 32}.get(self)


class Form(Enum):
    """How fingerprints are laid out in a file."""

    LINES = "lines"
    """`pdq f8f8…`: what `threatexchange config collab edit local_file` reads."""
    CSV = "csv"
    """With a heading: what `threatexchange dataset --print-signals --csv` prints."""
    HMA = "hma"
    """A JSON object a line, each a request to Hasher-Matcher-Actioner: `POST /c/bank/…/signal`."""
    HASHES = "hashes"
    """Nothing but digits, a kind a file: `threatexchange match --hashes`, PDQ's C++ tools."""


@dataclass(frozen=True, slots=True)
class Signal:
    """A fingerprint as exchanges write it: lower-case hexadecimal digits.

    vPDQ is a JSON list of texts `digits,quality,seconds`, one for each picture that was taken.
    """

    signal_type: SignalType
    value: str

    def __post_init__(self) -> None:
        """Refuse other digits, or more or fewer, with NotAFingerprint."""
        if self.signal_type is SignalType.VPDQ:
            _moments(self.value)
        elif len(self.value) != self.signal_type.digits or not _HEX.issuperset(self.value):
            raise NotAFingerprint

    @classmethod
    def of_picture(cls, found: Pdq) -> Signal:
        """Make the signal of a picture; ask `found.usable` first whether it is worth giving."""
        return cls(SignalType.PDQ, found.hex)

    @classmethod
    def of_moments(cls, found: Iterable[tuple[float, Pdq]]) -> Signal:
        """Make the vPDQ signal of a video: of its seconds, those with a usable PDQ.

        What looks the same to the bit is given once, as its matchers count it once. Raises
        NotAFingerprint where no second is left.
        """
        once = {pdq.hex: f"{pdq.hex},{pdq.quality},{at:.3f}" for at, pdq in found if pdq.usable}
        return cls(SignalType.VPDQ, json.dumps(list(once.values())))

    @classmethod
    def of_video(cls, stream: BinaryIO) -> Signal:
        """Make the signal of a video file, which finds copies that are the same to the byte."""
        digest = hashlib.md5(usedforsecurity=False)
        while block := stream.read(_BLOCK):
            digest.update(block)
        return cls(SignalType.VIDEO_MD5, digest.hexdigest())


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file held: signals in its order, each once, and the numbers of lines that did not."""

    signals: tuple[Signal, ...]
    refused_lines: tuple[int, ...]


def write(signals: Iterable[Signal], form: Form, *, collab: str = "stillmine") -> str:
    """Lay `signals` out, each once; `collab` is the name of the collection in the CSV form.

    `Form.HASHES` does not say which kind a line is, so two kinds together are NotAFingerprint, and
    so is vPDQ, which is more than digits.
    """
    once = list(dict.fromkeys(signals))
    if form is Form.CSV:
        return _write_csv(once, collab)
    if form is Form.HMA:
        return "".join(
            json.dumps({signal.signal_type.value: signal.value}) + "\n" for signal in once
        )
    if form is Form.HASHES:
        if len({signal.signal_type for signal in once}) > 1 or not all(
            signal.signal_type.digits for signal in once
        ):
            raise NotAFingerprint
        return "".join(f"{signal.value}\n" for signal in once)
    return "".join(f"{signal.signal_type.value} {signal.value}\n" for signal in once)


def read(text: str, form: Form) -> Reading:
    """Read the signals of a file of this form; kinds that are not known here are refused lines."""
    signals: dict[Signal, None] = {}
    refused = []
    for number, line in _lines(text, form):
        try:
            for signal in _read_line(line, form):
                signals[signal] = None
        except NotAFingerprint:
            refused.append(number)
    return Reading(tuple(signals), tuple(refused))


def _lines(text: str, form: Form) -> Iterator[tuple[int, str]]:
    """Lines that say something, with their numbers from 1; the heading of a CSV file says none."""
    for number, line in enumerate(text.splitlines(), start=1):
        heading = form is Form.CSV and number == 1 and line.startswith(_COLUMNS[0] + ",")
        if line.strip() and not heading:
            yield number, line


def _read_line(line: str, form: Form) -> list[Signal]:
    """Signals of a line, NotAFingerprint if it is none of this form."""
    if len(line) > _LONGEST_LINE:
        raise NotAFingerprint
    if form is Form.LINES:
        kind, _, value = line.strip().partition(" ")
        return [_signal(kind, value)]
    if form is Form.CSV:
        return [_signal(*_first_two(line))]
    if form is Form.HMA:
        return [_signal(kind, value) for kind, value in _json_pairs(line)]
    # PDQ's C++ tools write the digits, or hash= and the digits, and after a comma what they like.
    value = line.split(",")[0].strip().removeprefix("hash=")
    kind = next((kind.value for kind in SignalType if kind.digits == len(value)), "")
    return [_signal(kind, value)]


def _signal(kind: str, value: str) -> Signal:
    try:
        known = SignalType(kind)
    except ValueError as unknown:
        raise NotAFingerprint from unknown
    return Signal(known, value.strip().lower())


def _moments(value: str) -> list[str]:
    """Texts of a vPDQ signal, NotAFingerprint if it is none."""
    try:
        found = json.loads(value) if len(value) <= _LONGEST_LINE else None
    except (ValueError, RecursionError) as broken:
        raise NotAFingerprint from broken
    if not isinstance(found, list) or not 0 < len(found) <= _MOST_MOMENTS:
        raise NotAFingerprint
    if not all(isinstance(each, str) and _MOMENT.fullmatch(each) for each in found):
        raise NotAFingerprint
    return found


def _first_two(line: str) -> tuple[str, str]:
    # Fields of 128 KiB at most is what the reader of CSV allows unless it is told otherwise.
    csv.field_size_limit(_LONGEST_LINE)
    try:
        kind, value, *_ = next(csv.reader([line], strict=True))
    except (csv.Error, ValueError) as broken:
        raise NotAFingerprint from broken
    return kind, value


def _json_pairs(line: str) -> list[tuple[str, str]]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError) as broken:
        raise NotAFingerprint from broken
    if not isinstance(found, dict) or not found:
        raise NotAFingerprint
    if not all(isinstance(value, str) for value in found.values()):
        raise NotAFingerprint
    return list(found.items())


def _write_csv(signals: list[Signal], collab: str) -> str:
    held = io.StringIO()
    writer = csv.writer(held)
    writer.writerow(_COLUMNS)
    for signal in signals:
        writer.writerow([signal.signal_type.value, signal.value, collab, _UNJUDGED, ""])
    return held.getvalue()
