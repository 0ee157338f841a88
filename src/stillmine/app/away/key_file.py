"""The file with the watch key: it lets a locked vault be watched for, and opens no picture.

It lies with the person's own settings and never in the home, so that whoever takes the home or a
backup has ciphertext only. Its name and its content name neither the program nor the person.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import stat
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_config_path

from stillmine.app.home import Home
from stillmine.app.storage import durable
from stillmine.errors import InsideHome, NotScheduled, WatchKeyExposed

FOLDER = "upkeep"
"""What timers and folders are called: a word that says nothing to somebody who looks around."""
_MOST = 1024  # bytes
_KEY_BYTES = 32
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class WatchKey:
    """The key of one key epoch under which there are fingerprints and notes, 32 bytes."""

    epoch: int
    key: bytes = field(repr=False)


def name_of(home: Home) -> str:
    """Return the neutral name of what is scheduled for this home: `upkeep-` and 8 digits."""
    place = os.fsencode(home.root.resolve())
    return f"{FOLDER}-{hashlib.sha256(place).hexdigest()[:8]}"


def key_path(home: Home) -> Path:
    """Return where the key for this home lies, if there is one. Raise InsideHome."""
    path = user_config_path(FOLDER, appauthor=False, roaming=False) / name_of(home)
    if path.resolve().is_relative_to(home.root.resolve()):
        raise InsideHome(file=str(path))
    return path


def write(path: Path, key: WatchKey) -> None:
    """Put the key there for its owner alone, whole or not at all; durable on return.

    A link in its place is replaced, not followed. Raise WatchKeyExposed where others may write to
    the folder, and what `durable.named_failures` raises.
    """
    with durable.named_failures():
        durable.make_home(path.parent)
    _require_own_folder(path.parent)
    text = json.dumps({"v": 1, "n": key.epoch, "k": key.key.hex()}) + "\n"
    durable.write_file(path, text.encode("ascii"), unfinished=path.parent)


def read(path: Path) -> WatchKey:
    """Return the key.

    Raise NotScheduled where there is none, WatchKeyExposed for a link, for a file of somebody
    else, and where anybody but its owner may read it.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    try:
        if path.is_symlink():  # also where the system cannot refuse to follow
            raise WatchKeyExposed
        _require_own_folder(path.parent)
        descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    except OSError as problem:
        if problem.errno in (errno.ELOOP, errno.EACCES):
            raise WatchKeyExposed from problem
        raise NotScheduled from problem
    try:
        _require_own(os.fstat(descriptor))
        return _understood(os.read(descriptor, _MOST))
    finally:
        os.close(descriptor)


def remove(path: Path) -> bool:
    """Remove the key, and the folder if nothing else is in it; say whether there was one."""
    there = os.path.lexists(path)
    with durable.named_failures():
        durable.remove(path)
    with contextlib.suppress(OSError):
        path.parent.rmdir()  # refuses where something else is in it
    return there


def _require_own(status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode) or status.st_nlink > 1:
        raise WatchKeyExposed
    if os.name == "posix" and (status.st_uid != os.getuid() or status.st_mode & _OTHERS):
        raise WatchKeyExposed


def _require_own_folder(folder: Path) -> None:
    """Raise where somebody else could put another file in its place."""
    status = folder.stat()
    if os.name == "posix" and (
        status.st_uid != os.getuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    ):
        raise WatchKeyExposed


def _understood(content: bytes) -> WatchKey:
    try:
        facts = json.loads(content)
        key = WatchKey(int(facts["n"]), bytes.fromhex(facts["k"]))
    except (ValueError, KeyError, TypeError, RecursionError) as problem:
        raise NotScheduled from problem
    if len(key.key) != _KEY_BYTES or key.epoch < 1:
        raise NotScheduled
    return key
