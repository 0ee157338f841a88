"""A timer of systemd for one person: two small files, and a link that switches the timer on.

systemd.unit(5), systemd.service(5), systemd.timer(5), systemd.syntax(7).
"""

from __future__ import annotations

import shutil
from pathlib import Path

from platformdirs import user_config_path

from stillmine.errors import NoTimer, StillmineError
from stillmine.watch.scheduling.start import (
    MOST_MINUTES,
    Piece,
    Start,
    remove_files,
    require_ours_or_free,
    require_plain,
    told,
    write_file,
)
from stillmine.watch.scheduling.start import is_ours as _is_ours

_SERVICE = """\
# {name}
[Unit]
Description=Regular upkeep

[Service]
Type=oneshot
ExecStart=:{command}
StandardOutput=null
StandardError=null
Nice=19
CPUSchedulingPolicy=idle
IOSchedulingClass=idle
UMask=0077
LimitCORE=0
KillMode=mixed
TimeoutStartSec={minutes}min
TimeoutStopSec=60
"""
_TIMER = """\
# {name}
[Unit]
Description=Regular upkeep

[Timer]
OnCalendar=*-*-* *:{minute:02}:00
RandomizedDelaySec=10min
AccuracySec=1min
Persistent=true

[Install]
WantedBy=timers.target
"""


class Systemd:
    """Timers of the person's own systemd. They run while the person is logged in."""

    name = "systemd"

    def is_here(self) -> bool:
        """Say whether the person's own systemd runs and answers."""
        if shutil.which("systemctl") is None:
            return False
        try:
            told(self.name, "systemctl", "--user", "show-environment")
        except NoTimer:
            return False
        return True

    def pieces(self, start: Start) -> tuple[Piece, ...]:
        """Return the two files."""
        require_plain(start, self.name)
        command = " ".join(quoted(part) for part in _startable(start.command))
        # A minute more than the run gives itself: it tidies up before anybody ends it.
        service = _SERVICE.format(name=start.name, command=command, minutes=MOST_MINUTES + 15)
        timer = _TIMER.format(name=start.name, minute=start.minute)
        files = _files(start.name)
        return Piece(str(files[0]), service), Piece(str(files[1]), timer)

    def put(self, start: Start) -> None:
        """Write the files, and switch the timer on; leave nothing where systemd refuses."""
        pieces = self.pieces(start)
        files = _files(start.name)
        require_ours_or_free(files, _mark(start.name))
        try:
            for piece in pieces:
                write_file(Path(piece.place), piece.content.encode())
            told(self.name, "systemctl", "--user", "daemon-reload")
            told(self.name, "systemctl", "--user", "enable", files[1].name)
            told(self.name, "systemctl", "--user", "restart", files[1].name)
        except BaseException:
            self.remove(start.name)
            raise

    def remove(self, name: str) -> bool:
        """Switch the timer off and remove the files; systemd may be gone by now."""
        files = _files(name)
        if not self.has(name):
            return False
        _quietly("disable", "--now", files[1].name)
        link = files[1].parent / "timers.target.wants" / files[1].name
        if link.is_symlink():  # systemctl could not be asked
            link.unlink(missing_ok=True)
        removed = remove_files(files, _mark(name))
        _quietly("daemon-reload")
        _quietly("reset-failed", files[0].name)
        return removed

    def has(self, name: str) -> bool:
        """Say whether one of the files is there."""
        return any(_is_ours(file, _mark(name)) for file in _files(name))


def quoted(part: str) -> str:
    r"""Return one word of a command as systemd reads it: quoted, `%` doubled, `\` and `"` escaped.

    Variables are not filled in, because the line begins with `:`.
    """
    escaped = part.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{escaped}"'


def _startable(command: tuple[str, ...]) -> tuple[str, ...]:
    """Return a command that systemd starts: it refuses a program with these signs in its path."""
    if any(sign in command[0] for sign in "\"'\\"):
        return ("/bin/sh", "-c", 'exec "$@"', "sh", *command)
    return command


def _files(name: str) -> tuple[Path, Path]:
    folder = user_config_path("systemd", appauthor=False) / "user"
    return folder / f"{name}.service", folder / f"{name}.timer"


def _mark(name: str) -> str:
    return f"# {name}\n"


def _quietly(*words: str) -> None:
    """Tell systemd, where it is there; what it would only forget anyway need not be told."""
    try:
        told(Systemd.name, "systemctl", "--user", *words)
    except StillmineError:
        return
