"""Remember which pictures were compared, so that work that was stopped goes on where it stopped.

Of strangers' pictures nothing is kept but a sum over path, size and time of the last change, in the
encrypted catalogue. A picture in which something was found is not remembered: it is looked at
again, so that the answer of the second run is complete and no finding has to be kept.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import os
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from stillmine.app.storage.opening import open_vault
from stillmine.app.storage.vault import Vault
from stillmine.errors import DiskFull, HomeReadOnly, VaultBusy, WriteFailed

_KIND = "watch.compared"
SUM_BYTES = 12
_MOST_RUNS = 8
_SAVE_EVERY = 60.0  # seconds, and never more than one part in twenty of the time
_PART = 20
_CANNOT_WRITE_NOW = (VaultBusy, HomeReadOnly, DiskFull, WriteFailed)

Sum = bytes


class Memory:
    """What one run of the same paths over the same fingerprints compared already."""

    def __init__(self, vault: Vault, paths: Sequence[Path], generation: str) -> None:
        """Read what an earlier run left."""
        self._vault = vault
        named = b"\0".join(sorted({os.fsencode(path.absolute()) for path in paths}))
        whole = hashlib.blake2b(named, digest_size=16, person=b"stillmine-watch")
        whole.update(generation.encode())
        self._run = whole.hexdigest()
        self._known = _sums(vault.catalogue.record(_KIND, self._run))
        self._was_there = bool(self._known)
        self._saved = len(self._known)
        self._due = time.monotonic() + _SAVE_EVERY

    @staticmethod
    def sum_of(path: Path, number: int, status: os.stat_result) -> Sum:
        """Return what is remembered of one piece of a file, instead of anything about it."""
        said = (
            f"{number} {status.st_size} {status.st_mtime_ns} {status.st_ino}".encode()
            + b"\0"
            + os.fsencode(path.absolute())
        )
        return hashlib.blake2b(said, digest_size=SUM_BYTES, person=b"stillmine-piece").digest()

    def __contains__(self, piece: Sum) -> bool:
        """Say whether it was compared by a run that was stopped."""
        return piece in self._known

    def add(self, piece: Sum) -> None:
        """Note that it was compared, and nothing was found in it."""
        self._known.add(piece)

    def save_if_due(self) -> None:
        """Write it down from time to time, so that a crash costs a minute of work."""
        if time.monotonic() < self._due or len(self._known) == self._saved:
            return
        began = time.monotonic()
        self.save()
        now = time.monotonic()
        self._due = now + max(_SAVE_EVERY, _PART * (now - began))

    def save(self) -> bool:
        """Write it down; say whether that could be done, which somebody else's writing prevents."""
        with contextlib.suppress(*_CANNOT_WRITE_NOW):
            value = {
                "when": time.time_ns(),
                "done": base64.b64encode(b"".join(sorted(self._known))).decode("ascii"),
            }
            self._write(value)
            self._saved = len(self._known)
            return True
        return False

    def forget(self) -> None:
        """Drop it: the work came to its end."""
        if self._was_there or self._saved:
            with contextlib.suppress(*_CANNOT_WRITE_NOW):
                self._write(None)

    def _write(self, value: dict[str, Any] | None) -> None:
        # As the one writer, for a moment only: meanwhile others may add pictures to the vault.
        with open_vault(self._vault.home, self._vault.root, writing=True) as vault:
            others = vault.catalogue.records(_KIND)
            others.pop(self._run, None)
            newest = sorted(others, key=lambda run: -_when(others[run]))
            with vault.catalogue.change():
                for run in newest[_MOST_RUNS - 1 :]:
                    vault.catalogue.remove_records(_KIND, run)
                if value is None:
                    vault.catalogue.remove_records(_KIND, self._run)
                else:
                    vault.catalogue.set_record(_KIND, self._run, value)


def _when(value: Any) -> int:
    when = value.get("when") if isinstance(value, dict) else None
    return when if isinstance(when, int) else 0


def _sums(value: Any) -> set[Sum]:
    text = value.get("done") if isinstance(value, dict) else None
    try:
        data = base64.b64decode(text or "", validate=True)
    except (binascii.Error, ValueError, TypeError):
        return set()
    return {data[at : at + SUM_BYTES] for at in range(0, len(data), SUM_BYTES)}
