"""What is to be started, how often the system starts it, and what a system has to be able to do."""

from __future__ import annotations

import os
import subprocess
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from stillmine.app import outside
from stillmine.app.storage import durable
from stillmine.errors import CannotSchedule, NoTimer, TargetExists

SECONDS = 30.0  # that a program of the system may take
MOST_MINUTES = 30
"""How long one run may take at most; it stops by itself then, and goes on the next time."""
WAITING = ("--wait", "10")
"""Where the system has no delays by chance, the program waits up to so many minutes itself."""
_MOST_SAID = 300


@dataclass(frozen=True, slots=True)
class Start:
    """What the system starts once an hour, at one minute of it.

    `name` is neutral and of this home alone. `command` is the program and its arguments.
    """

    name: str
    command: tuple[str, ...]
    minute: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that is written: where (a path, or the name that a system has for it), and what."""

    place: str
    content: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the lines that a person reads."""
        return (self.place, *(f"    {line}" for line in self.content.splitlines()), "")


class System(Protocol):
    """One way in which systems start programs at set times."""

    name: str

    def is_here(self) -> bool:
        """Say whether this computer has it, and it works for this person."""
        ...

    def pieces(self, start: Start) -> tuple[Piece, ...]:
        """Return exactly what `put` will write. Raise CannotSchedule."""
        ...

    def put(self, start: Start) -> None:
        """Write it, in place of what is there under this name, and have it begin.

        All or nothing. Raise NoTimer, CannotSchedule, TargetExists for what is not ours.
        """
        ...

    def remove(self, name: str) -> bool:
        """Take away all that `put` wrote under this name, and nothing else; say if it was there."""
        ...

    def has(self, name: str) -> bool:
        """Say whether something of ours is there under this name."""
        ...


def require_plain(start: Start, system: str) -> None:
    """Raise CannotSchedule for signs that end a line or steer a terminal, or are no text."""
    for part in start.command:
        if any(unicodedata.category(sign) in ("Cc", "Cs", "Zl", "Zp") for sign in part):
            raise CannotSchedule(system=system, path=ascii(part))


def told(system: str, *command: str, given: bytes | None = None) -> bytes:
    """Run a program of the system; return what it says. Raise NoTimer where it refuses."""
    try:
        done = subprocess.run(  # noqa: S603  fixed names of the system's own programs
            command,
            input=given,
            stdin=None if given is not None else subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise NoTimer(system=system, said=type(problem).__name__) from problem
    if done.returncode:
        said = " ".join(done.stderr.decode("utf-8", "replace").split())
        raise NoTimer(system=system, said=said[:_MOST_SAID] or str(done.returncode))
    return done.stdout


def is_ours(file: Path, mark: str) -> bool:
    """Say whether a file holds our mark. A link is never ours."""
    try:
        return not file.is_symlink() and mark.encode() in file.read_bytes()[: 1 << 16]
    except OSError:
        return False


def require_ours_or_free(files: Sequence[Path], mark: str) -> None:
    """Raise TargetExists where a file is there that is not ours."""
    for file in files:
        if os.path.lexists(file) and not is_ours(file, mark):
            raise TargetExists(file=file.name)


def write_file(file: Path, content: bytes) -> None:
    """Write a file of settings whole or not at all; make the folders that are missing."""
    with outside.named_failures():
        file.parent.mkdir(parents=True, exist_ok=True)
    draft = outside.write_draft(file.parent, [content])
    with outside.named_failures():
        durable.rename(draft.path, file)
        durable.sync_folder(file.parent)


def remove_files(files: Sequence[Path], mark: str) -> bool:
    """Remove those of the files that are ours; say whether one was there."""
    ours = [file for file in files if is_ours(file, mark)]
    with outside.named_failures():
        for file in ours:
            durable.remove(file)
    return bool(ours)
