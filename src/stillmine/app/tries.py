"""After several wrong passphrases in a row, each further try has to wait a little longer.

This slows down somebody who sits at this computer and guesses. Somebody who copied the vault is
slowed down by the key derivation alone. The count is a plain number beside the slots; where it
cannot be written (a read-only home), nothing is counted.
"""

from __future__ import annotations

import contextlib
import json
from datetime import datetime
from pathlib import Path

from stillmine.app.home import Home
from stillmine.app.storage import durable
from stillmine.errors import StillmineError, TooManyTries

_FREE_TRIES = 5
_LONGEST_WAIT = 300  # seconds
_MOST_COUNTED = 100


def _path(home: Home) -> Path:
    return home.slots / "tries"


def _read(home: Home) -> tuple[int, float]:
    try:
        failed, last = json.loads(_path(home).read_bytes()[:200])
        return max(0, min(int(failed), _MOST_COUNTED)), float(last)
    except (OSError, ValueError, TypeError, OverflowError):
        return 0, 0.0


def require_patience(home: Home, now: datetime) -> None:
    """Raise TooManyTries where the next try has to wait; the fact `seconds` says how long."""
    failed, last = _read(home)
    if failed < _FREE_TRIES:
        return
    wait = min(_LONGEST_WAIT, 2 ** (failed - _FREE_TRIES + 1))
    # A clock that was set back must not lock the person out for longer than the wait itself.
    passed = max(0.0, now.timestamp() - last)
    if passed < wait and last <= now.timestamp() + _LONGEST_WAIT:
        raise TooManyTries(seconds=int(wait - passed) + 1)


def count_wrong(home: Home, now: datetime) -> None:
    """Remember one more wrong try."""
    failed, _last = _read(home)
    _write(home, [min(failed + 1, _MOST_COUNTED), now.timestamp()])


def forget_wrong(home: Home) -> None:
    """Start counting anew after a right try."""
    if _path(home).exists():
        _write(home, [0, 0])


def _write(home: Home, counted: list[float]) -> None:
    # The draft lies beside the file: this is no writer, and a writer sweeps the other place.
    with contextlib.suppress(StillmineError):
        durable.write_file(_path(home), json.dumps(counted).encode(), unfinished=home.slots)
