"""Inspect and clean files made by strangers, by way of a limited child that may die."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

from stillmine.errors import FileDamaged, NotUnderstood, ShownDiffers
from stillmine.imaging import wire
from stillmine.imaging.clean import drawing
from stillmine.imaging.clean.answers import (
    ANSWER,
    MOST_BLOB,
    Told,
    raise_refused,
    unpack_told,
)
from stillmine.imaging.clean.findings import WHATS
from stillmine.imaging.kinds import Problem
from stillmine.imaging.process import Died, Process
from stillmine.imaging.source import Readable, Source, Unreadable, opened

PROGRAM = (sys.executable, "-I", "-B", "-m", "stillmine.imaging.clean.child")
_MEMORY = 2 * 1024**3
_SECONDS, _BYTES_A_SECOND = 120.0, 2_000_000
_CLEANINGS_A_CHILD = 300


@dataclass(frozen=True, slots=True)
class Report:
    """What a cleaned copy lost, counted for each of `findings.WHATS`, and what of KEPT stays."""

    format: str
    removed: Mapping[str, int]
    kept: tuple[str, ...]


class _Child(Process):
    """A started child that answers in pieces."""

    def stream(
        self, task: str, source: Source, seconds: float
    ) -> Iterator[tuple[wire.Message, bytes]]:
        """Give each answer as it comes; the last is `done`. Raises Died and what was refused."""
        self.tasks_done += 1
        until = time.monotonic() + seconds
        text = wire.pack({"task": task, "seconds": max(1, round(seconds))}, len(source.data))
        with self._ended_after(seconds):
            self._send(text, source, seconds)
            kind = "piece"
            while kind == "piece":
                message, blob = self._answer(until, ANSWER, MOST_BLOB)
                kind = message.get("kind", "failed")
                yield message, blob


class Cleaner:
    """One limited child, for one file at a time: use it in a `with`.

    `memory` is in bytes for the child. A file that kills it costs that file, and a new child.
    """

    def __init__(self, *, memory: int = _MEMORY) -> None:
        """Start nothing yet."""
        self._memory = memory
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the child."""
        self.close()

    def close(self) -> None:
        """End the child; a later task would start a new one."""
        if self._child is not None:
            self._child.close()
            self._child = None

    def inspect(self, file: Readable) -> tuple[str, list[Told]]:
        """Return the format, and what the file says besides the picture. Raises what refuses it."""
        message, blob = self._last("inspect", file)
        try:
            return message["format"], unpack_told(blob)
        except wire.Garbled as error:
            self.close()
            raise FileDamaged(part="structure") from error

    def preview(self, file: Readable) -> tuple[int, int, bytes] | None:
        """Return the largest preview inside as width, height and RGB bytes, or None."""
        message, blob = self._last("preview", file)
        width, height = message["width"], message["height"]
        return (width, height, blob) if blob and len(blob) == 3 * width * height else None

    def clean(self, file: Readable) -> Iterator[bytes | Report]:
        """Give the cleaned file a piece at a time, and last the report.

        Nothing of it may be used before `prove` was asked about the whole.
        """
        for message, blob in self._stream("clean", file):
            if message["kind"] == "piece":
                yield blob
                continue
            counts = dict(zip(WHATS, message["removed"], strict=True))
            removed = {what: count for what, count in counts.items() if count}
            yield Report(message["format"], removed, tuple(message["kept"]))

    def redraw(self, file: Readable) -> tuple[str, bytes]:
        """Return the format and the bytes of a new file that only has the pixels of a still."""
        answers = list(self._stream("drawn", file))
        last = answers[-1][0]
        pixels = b"".join(blob for _, blob in answers)
        return drawing.coded(last["width"], last["height"], pixels)

    def prove(self, original: Readable, copy: Readable) -> None:
        """Read the copy with other code, and compare what both show.

        Raises StillSpeaks, ShownDiffers, or what refuses the copy.
        """
        _, ours = self._last("audit", copy)
        if ours == self._last("shown", original)[1]:
            return
        if self._last("shown-again", copy)[1] != self._last("shown-again", original)[1]:
            raise ShownDiffers

    def _last(self, task: str, file: Readable) -> tuple[wire.Message, bytes]:
        *_, last = self._stream(task, file)
        return last

    def _stream(self, task: str, file: Readable) -> Iterator[tuple[wire.Message, bytes]]:
        finished = False
        try:
            with opened(file) as source:
                for message, blob in self._started().stream(task, source, _seconds(source)):
                    if "problem" in message:
                        raise Died(Problem(message["problem"]))
                    finished = message["kind"] != "piece"
                    raise_refused(message)
                    yield message, blob
        except Unreadable as error:
            raise FileDamaged(part="it cannot be read") from error
        except Died as death:
            raise _refusal(death.problem) from death
        finally:
            if not finished:
                self.close()  # a stream that was not read to its end is of no more use

    def _started(self) -> _Child:
        if self._child is not None and self._child.tasks_done > _CLEANINGS_A_CHILD:
            self.close()
        if self._child is None:
            self._child = _Child(PROGRAM, self._memory)
        return self._child


def _seconds(source: Source) -> float:
    size = len(source.data) if source.descriptor is None else os.fstat(source.descriptor).st_size
    return _SECONDS + size / _BYTES_A_SECOND


def _refusal(problem: Problem) -> FileDamaged | NotUnderstood:
    if problem is Problem.OUT_OF_MEMORY:
        return NotUnderstood(part="it takes too much memory")
    if problem is Problem.TOOK_TOO_LONG:
        return NotUnderstood(part="it takes too long")
    return FileDamaged(part="the decoder broke off")
