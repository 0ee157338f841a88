"""A task of Windows' Task Scheduler, as XML of its documented form ([MS-TSCH], section 2.5).

Its own program, `schtasks`, takes it in, shows it and removes it.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from pathlib import Path
from xml.sax.saxutils import escape

from platformdirs import user_config_path

from stillmine.app import outside
from stillmine.app.storage import durable
from stillmine.errors import CannotSchedule, NoTimer
from stillmine.watch.scheduling.start import MOST_MINUTES, Piece, Start, require_plain, told

_XML = """\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Regular upkeep</Description>
    <URI>\\{name}</URI>
  </RegistrationInfo>
  <Triggers>
    <CalendarTrigger>
      <Repetition>
        <Interval>PT1H</Interval>
        <Duration>P1D</Duration>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
      <StartBoundary>2026-01-01T00:{minute:02}:00</StartBoundary>
      <Enabled>true</Enabled>
      <RandomDelay>PT10M</RandomDelay>
      <ScheduleByDay>
        <DaysInterval>1</DaysInterval>
      </ScheduleByDay>
    </CalendarTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT{minutes}M</ExecutionTimeLimit>
    <Priority>9</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{program}</Command>
      <Arguments>{arguments}</Arguments>
    </Exec>
  </Actions>
</Task>
"""


class TaskScheduler:
    """Tasks of Windows. They run while the person is logged in; what was missed is caught up."""

    name = "task-scheduler"

    def is_here(self) -> bool:
        """Say whether this is Windows."""
        return sys.platform == "win32" and shutil.which("schtasks") is not None

    def pieces(self, start: Start) -> tuple[Piece, ...]:
        """Return the task."""
        require_plain(start, self.name)
        program, *arguments = (_unfilled(part) for part in start.command)
        content = _XML.format(
            name=start.name,
            minute=start.minute,
            minutes=MOST_MINUTES + 15,
            program=escape(_quiet_program(program)),
            arguments=escape(subprocess.list2cmdline(arguments)),
        )
        return (Piece(f"\\{start.name}", content),)

    def put(self, start: Start) -> None:
        """Hand the task over in a file, which goes away again; Windows takes it whole or not."""
        (piece,) = self.pieces(start)
        folder = user_config_path(start.name.partition("-")[0], appauthor=False, roaming=False)
        with outside.named_failures():
            durable.make_home(folder)
        draft = outside.write_draft(folder, [piece.content.encode("utf-16")])
        try:
            told(self.name, "schtasks", "/Create", "/TN", start.name, "/XML", str(draft.path), "/F")
        finally:
            draft.discard()

    def remove(self, name: str) -> bool:
        """Have Windows forget the task."""
        if not self.has(name):
            return False
        told(self.name, "schtasks", "/Delete", "/TN", name, "/F")
        return True

    def has(self, name: str) -> bool:
        """Say whether there is a task of this name."""
        if shutil.which("schtasks") is None:
            return False
        with contextlib.suppress(NoTimer):
            told(self.name, "schtasks", "/Query", "/TN", name)
            return True
        return False


def _quiet_program(program: str) -> str:
    """Return the Python that opens no window, where it lies beside the one that runs now."""
    path = Path(program)
    quiet = path.with_name("pythonw.exe")
    return str(quiet) if path.name.lower() == "python.exe" and quiet.exists() else program


def _unfilled(part: str) -> str:
    """Return a part. Raise CannotSchedule where Windows would take some of it for a variable."""
    if part.count("%") > 1:
        raise CannotSchedule(system=TaskScheduler.name, path=part)
    return part
