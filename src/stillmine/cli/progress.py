"""Show how far long work is: one line that renews itself, or one JSON object a line."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TextIO

from stillmine.app.jobs import Progress
from stillmine.cli.asking import words
from stillmine.cli.plain_data import one_line
from stillmine.cli.rendering import size
from stillmine.messages import label, translate

_PAUSE = 0.25  # seconds between two lines for programs and for a line that renews itself
_CALM_PAUSE = 10.0  # seconds between two lines where each line stays


class ProgressLines:
    """Listens to a job and tells about it, not more often than somebody can read."""

    def __init__(
        self,
        *,
        json: bool,
        out: TextIO | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Write to `out` (standard error if None); `clock` counts seconds."""
        self._json = json
        self._out = out or sys.stderr
        self._clock = clock
        self._renews = not json and self._out.isatty()
        self._told_at = float("-inf")
        self._told: Progress | None = None
        self._line_is_open = False

    def __call__(self, progress: Progress) -> None:
        """Tell about it if it is new work, finished work, or some time has passed."""
        if progress == self._told or not (self._is_turn(progress) or self._is_due()):
            return
        self._told, self._told_at = progress, self._clock()
        if self._json:
            self._write(one_line(progress) + "\n")
        elif self._renews:
            self._write(f"\r\x1b[K{sentence(progress)}")
            self._line_is_open = True
        else:
            self._write(sentence(progress) + "\n")

    def close(self) -> None:
        """End the line that renews itself, so that what follows stands on its own."""
        if self._line_is_open:
            self._write("\r\x1b[K")
            self._line_is_open = False

    def _write(self, text: str) -> None:
        with suppress(OSError):  # the work goes on although nobody looks at its progress any more
            self._out.write(text)
            self._out.flush()

    def _is_turn(self, progress: Progress) -> bool:
        other_work = self._told is None or self._told.doing != progress.doing
        return other_work or progress.done == progress.total

    def _is_due(self) -> bool:
        pause = _PAUSE if self._json or self._renews else _CALM_PAUSE
        return self._clock() - self._told_at >= pause


def sentence(progress: Progress) -> str:
    """Return what is being done, how far it is and how long it will take, in a few words."""
    parts = [f"{label(progress.doing)}: {_so_far(progress)}"]
    if progress.seconds_left is not None and progress.done != progress.total:
        parts.append(_time_left(progress.seconds_left))
    return ", ".join(parts)


def _so_far(progress: Progress) -> str:
    in_bytes = progress.unit == "bytes"
    numbers = [progress.done] if progress.total is None else [progress.done, progress.total]
    counted = " / ".join(size(number) if in_bytes else str(number) for number in numbers)
    return counted if in_bytes else f"{counted} {translate(progress.unit)}".rstrip()


def _time_left(seconds: float) -> str:
    if seconds < 100:
        return words("seconds-left", seconds=max(1, round(seconds)))
    if seconds < 100 * 60:
        return words("minutes-left", minutes=round(seconds / 60))
    return words("hours-left", hours=round(seconds / 3600))
