"""A line for cron, between two lines that mark it as ours (crontab(1), crontab(5))."""

from __future__ import annotations

import shlex
import shutil

from stillmine.errors import NoTimer
from stillmine.watch.scheduling.start import WAITING, Piece, Start, require_plain, told

_NONE_YET = "no crontab for"
_OURS = b"stillmine.scheduler"
_LONGEST = 990  # bytes in one line that every cron takes


class Cron:
    """The person's own table of cron. Lines of others are kept byte by byte."""

    name = "cron"

    def is_here(self) -> bool:
        """Say whether this person may have a table."""
        if shutil.which("crontab") is None:
            return False
        try:
            _table()
        except NoTimer:
            return False
        return True

    def pieces(self, start: Start) -> tuple[Piece, ...]:
        """Return the three lines."""
        return (Piece("crontab", _block(start).decode()),)

    def put(self, start: Start) -> None:
        """Put the lines at the end of the table, or in place of ours; cron takes all or nothing."""
        block = _block(start)
        before = _table()
        after = _without(before, start.name)
        if after and not after.endswith(b"\n"):
            after += b"\n"
        after += block
        if after != before:
            told(self.name, "crontab", "-", given=after)

    def remove(self, name: str) -> bool:
        """Take our lines out; a table in which nothing else stood goes as a whole."""
        if not self.has(name):
            return False
        left = _without(_table(), name)
        if left.strip():
            told(self.name, "crontab", "-", given=left)
        else:
            told(self.name, "crontab", "-r")
        return True

    def has(self, name: str) -> bool:
        """Say whether our lines are there."""
        if shutil.which("crontab") is None:
            return False
        try:
            table = _table()
        except NoTimer:
            return False
        return _without(table, name) != table


def _table() -> bytes:
    try:
        return told(Cron.name, "crontab", "-l")
    except NoTimer as problem:
        if _NONE_YET in str(problem.facts["said"]):
            return b""
        raise


def _block(start: Start) -> bytes:
    require_plain(start, Cron.name)
    # cron takes % for the end of the line, also within quotes, unless \ stands before it.
    command = shlex.join((*start.command, *WAITING)).replace("%", "\\%")
    line = f"{start.minute} * * * * {command} >/dev/null 2>&1"
    if len(line.encode()) > _LONGEST:
        raise NoTimer(system=Cron.name, said="the line is too long")
    first, last = _marks(start.name)
    return f"{first}\n{line}\n{last}\n".encode()


def _marks(name: str) -> tuple[str, str]:
    return f"# {name}", f"# {name} end"


def _without(table: bytes, name: str) -> bytes:
    """Return the table without our lines, even where somebody took one of the three away."""
    first, last = (mark.encode() for mark in _marks(name))
    kept: list[bytes] = []
    inside = False
    for line in table.splitlines(keepends=True):
        bare = line.strip()
        if bare == first:
            inside = True
        elif bare == last:
            inside = False
        elif not (inside and _OURS in line):
            inside = False  # a line that somebody put there is not ours to remove
            kept.append(line)
    return b"".join(kept)
