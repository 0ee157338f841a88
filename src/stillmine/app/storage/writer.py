"""One writer at a time, and a note for the next one if this one never came to its end."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from stillmine.app.home import Home
from stillmine.app.storage import durable
from stillmine.errors import HomeReadOnly, VaultBusy

_NOTE = "a-writer-was-here"


def note_path(home: Home) -> Path:
    """Return where a writer notes that it began; the note is gone when it came to its end."""
    return home.unfinished / _NOTE


def was_interrupted(home: Home) -> bool:
    """Say whether a writer began and did not come to its end (or is still at work)."""
    return note_path(home).exists()


@contextlib.contextmanager
def writer_lock(home: Home) -> Iterator[None]:
    """Be the only writer; raise VaultBusy where another process is. A crash frees the lock."""
    home.require_writable()
    lock = FileLock(home.lock, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout as problem:
        raise VaultBusy from problem
    except OSError as problem:
        raise HomeReadOnly(home=os.fspath(home.root)) from problem
    try:
        yield
    finally:
        lock.release()


def leave_note(home: Home) -> None:
    """Note durably that a writer is at work, before it changes anything."""
    durable.write_file(note_path(home), b"", unfinished=home.unfinished)


def take_note_away(home: Home) -> None:
    """Say that the writer came to its end and left nothing half done."""
    with durable.named_failures():
        durable.remove(note_path(home))
        durable.sync_folder(home.unfinished)
