"""ExifTool waits for the next file, and must not wait for ever when we are gone."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stillmine.imaging.drawn import draw
from tests.counterparts import need

_WAITS = """
import sys, time
from pathlib import Path
from stillmine.imaging.clean.exiftool import ExifTool
tool = ExifTool()
tool.check(Path(sys.argv[1]))
print(tool._running.pid, flush=True)
time.sleep(600)
"""
_PATIENCE = 60  # seconds, of a busy machine


def _is_running(process):
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends the children of the killed")
def test_exiftool_ends_when_its_owner_is_killed(tmp_path):
    need("exiftool")
    (tmp_path / "clean.jpg").write_bytes(draw(1, size=(64, 48)))
    owner = subprocess.Popen(
        [sys.executable, "-c", _WAITS, str(tmp_path / "clean.jpg")], stdout=subprocess.PIPE
    )
    assert owner.stdout
    waiting = int(owner.stdout.readline())
    assert _is_running(waiting)
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    owner.stdout.close()
    until = time.monotonic() + _PATIENCE
    while _is_running(waiting) and time.monotonic() < until:
        time.sleep(0.05)
    running = _is_running(waiting)
    if running:
        os.kill(waiting, signal.SIGKILL)
    assert not running
