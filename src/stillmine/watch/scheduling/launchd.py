"""An agent of launchd, as macOS starts programs for one person (launchd.plist(5), launchctl(1))."""

from __future__ import annotations

import contextlib
import os
import plistlib
import shutil
import sys
from pathlib import Path
from typing import Any

from stillmine.errors import NoTimer
from stillmine.watch.scheduling.start import (
    WAITING,
    Piece,
    Start,
    is_ours,
    remove_files,
    require_ours_or_free,
    require_plain,
    told,
    write_file,
)


class Launchd:
    """Agents of launchd. What was missed while the Mac slept is started once when it wakes up."""

    name = "launchd"

    def is_here(self) -> bool:
        """Say whether this is a Mac."""
        return sys.platform == "darwin" and shutil.which("launchctl") is not None

    def pieces(self, start: Start) -> tuple[Piece, ...]:
        """Return the one file."""
        require_plain(start, self.name)
        return (Piece(str(_file(start.name)), plistlib.dumps(_agent(start)).decode()),)

    def put(self, start: Start) -> None:
        """Write the file and have launchd load it; leave nothing where it refuses."""
        (piece,) = self.pieces(start)
        file = _file(start.name)
        require_ours_or_free([file], _mark(start.name))
        self.remove(start.name)
        try:
            write_file(file, piece.content.encode())
            told(self.name, "launchctl", "bootstrap", _domain(), str(file))
        except BaseException:
            self.remove(start.name)
            raise

    def remove(self, name: str) -> bool:
        """Have launchd forget it, and remove the file."""
        file = _file(name)
        if not self.has(name):
            return False
        # It may not be loaded: the file alone is what starts it at the next login.
        with contextlib.suppress(NoTimer):
            told(self.name, "launchctl", "bootout", f"{_domain()}/{_label(name)}")
        return remove_files([file], _mark(name))

    def has(self, name: str) -> bool:
        """Say whether the file is there."""
        return is_ours(_file(name), _mark(name))


def _agent(start: Start) -> dict[str, Any]:
    return {
        "Label": _label(start.name),
        "ProgramArguments": [*start.command, *WAITING],
        "StartCalendarInterval": {"Minute": start.minute},
        "ProcessType": "Background",
        "LowPriorityIO": True,
        "Nice": 19,
        "Umask": 0o077,
        "HardResourceLimits": {"Core": 0},
        "ExitTimeOut": 60,
        "StandardOutPath": os.devnull,
        "StandardErrorPath": os.devnull,
    }


def _label(name: str) -> str:
    return f"local.{name}"


def _mark(name: str) -> str:
    return f"<string>{_label(name)}</string>"


def _file(name: str) -> Path:
    return Path.home() / "Library" / "LaunchAgents" / f"{_label(name)}.plist"


def _domain() -> str:
    return f"gui/{os.getuid()}" if hasattr(os, "getuid") else "gui"
