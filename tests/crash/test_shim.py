"""The shim sees every step, stops the right one, and passes the rest through unchanged."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from .shim import available, preloaded

pytestmark = pytest.mark.skipif(not available(), reason="LD_PRELOAD exists on Linux only")

START = """
import errno, json, os, signal, subprocess, sys, threading
from pathlib import Path
from tests.crash.shim import Shim
room = Path(sys.argv[1])
shim = Shim()
def forked(work):
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
def ops(log):
    return [s.op for s in log.steps]
"""


def under_shim(room: Path, code: str) -> Any:
    """Run `code` after START in a process with the shim; return what it prints, as JSON."""
    command = [sys.executable, "-c", START + code, str(room)]
    path = ":".join(p for p in sys.path if p)
    done = subprocess.run(command, env=preloaded(PYTHONPATH=path), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_each_step_is_written_down_in_order_with_its_bytes(tmp_path: Path) -> None:
    seen = under_shim(
        tmp_path,
        """
shim.arm(room, data=True)
(room / "d").mkdir()
f = os.open(room / "d" / "x", os.O_WRONLY | os.O_CREAT | os.O_EXCL)
os.write(f, b"one"); os.pwrite(f, b"two", 10); os.writev(f, [b"a", b"b"])
os.fsync(f); os.ftruncate(f, 4); os.fchmod(f, 0o400); os.close(f)
os.rename(room / "d" / "x", room / "d" / "y")
shim.confirm("y is safe")
os.link(room / "d" / "y", room / "z"); os.unlink(room / "z")
shim.disarm()
log = shim.log()
print(json.dumps([[s.op, s.offset, s.data.decode()] for s in log.steps]))
""",
    )
    assert [s[0] for s in seen] == [
        "mkdir", "create", "write", "write", "write", "fsync", "truncate", "chmod", "rename",
        "confirm", "link", "unlink",
    ]  # fmt: skip
    assert [s[1:] for s in seen if s[0] == "write"] == [[0, "one"], [10, "two"], [3, "ab"]]


def test_what_lies_outside_the_watched_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    seen = under_shim(
        tmp_path,
        """
shim.arm(room / "in", data=True)
(room / "out").write_bytes(b"x"); (room / "inner").mkdir(); (room / "in" / ".." / "also").mkdir()
os.chdir(room / "in"); open("here", "wb").close()
here = os.open(room / "in", os.O_RDONLY); os.mkdir("by-handle", dir_fd=here)
print(json.dumps([[s.op, s.path] for s in shim.log().steps if s.mutates]))
""",
    )
    inside = tmp_path.resolve() / "in"
    assert seen == [["create", f"{inside}/here"], ["mkdir", f"{inside}/by-handle"]]


def test_a_kill_comes_before_the_step_and_halfway_means_half_a_write(tmp_path: Path) -> None:
    seen = under_shim(
        tmp_path,
        """
def work(name, at, halfway):
    shim.arm(room, data=False); shim.kill(at, halfway=halfway)
    (room / name).write_bytes(b"12345678")
codes = [forked(lambda: work("a", 1, False)), forked(lambda: work("b", 2, False)),
         forked(lambda: work("c", 2, True)), forked(lambda: work("d", 3, False))]
print(json.dumps([codes, {p.name: p.read_text() for p in room.iterdir()}]))
""",
    )
    assert seen == [[-9, -9, -9, 0], {"b": "", "c": "1234", "d": "12345678"}]


def test_errors_come_once_or_from_then_on_and_short_writes_are_short(tmp_path: Path) -> None:
    seen = under_shim(
        tmp_path,
        """
shim.arm(room, data=True)
f = os.open(room / "x", os.O_WRONLY | os.O_CREAT)
def tried(n):
    try: return os.write(f, b"1234")
    except OSError as problem: return errno.errorcode[problem.errno]
shim.fail(2, errno.EIO); once = [tried(2), tried(3)]
shim.fail(4, errno.ENOSPC, onwards=True); later = [tried(4), tried(5)]
shim.fail(6, errno.ENOSPC, onwards=True, half_first=True); short = [tried(6), tried(7)]
shim.fail(8, errno.ENOSPC, onwards=True, only=frozenset({"mkdir"})); other = [tried(8)]
print(json.dumps([once, later, short, other]))
""",
    )
    assert seen == [["EIO", 4], ["ENOSPC", "ENOSPC"], [2, "ENOSPC"], [4]]


def test_threads_leave_a_log_that_explains_the_files(tmp_path: Path) -> None:
    seen = under_shim(
        tmp_path,
        """
from tests.crash.disk import Disk, Profile
from tests.crash.image import read_image, differences
shim.arm(room, data=True)
def work(k):
    for n in range(40):
        with open(room / f"{n % 7}", "ab", buffering=0) as f: f.write(b"%d." % k)
        if n % 9 == 0: os.replace(room / f"{n % 7}", room / f"r{k}")
threads = [threading.Thread(target=work, args=(k,)) for k in range(6)]
[t.start() for t in threads]; [t.join() for t in threads]
subprocess.run([sys.executable, "-c", "pass"])      # vfork must not disturb the table of open files
(room / "after").write_bytes(b"x")
shim.disarm()
log = shim.log(); disk = Disk({}, str(room), Profile.MINIMAL)
for step in log.steps: disk.replay(step)
numbers = [s.number for s in log.steps if s.mutates]
print(json.dumps([differences(disk.seen(), read_image(room)), numbers]))
""",
    )
    missed, numbers = seen
    assert missed == []
    assert numbers == list(range(1, len(numbers) + 1))


def test_sqlite_and_kernel_copies_pass_through_the_shim(tmp_path: Path) -> None:
    seen = under_shim(
        tmp_path,
        """
import shutil, sqlite3
from tests.crash.disk import Disk, Profile
from tests.crash.image import read_image, differences
shim.arm(room, data=True)
db = sqlite3.connect(room / "db")
db.execute("CREATE TABLE t (x)"); db.execute("INSERT INTO t VALUES (zeroblob(9000))")
db.commit(); db.close()
shutil.copyfile(room / "db", room / "sendfile")
a = os.open(room / "db", os.O_RDONLY); b = os.open(room / "range", os.O_WRONLY | os.O_CREAT)
os.copy_file_range(a, b, 5000)
shim.disarm()
disk = Disk({}, str(room), Profile.MINIMAL)
for step in shim.log().steps: disk.replay(step)
syncs = sum("sync" in op for op in ops(shim.log()))
print(json.dumps([differences(disk.seen(), read_image(room)), syncs]))
""",
    )
    assert seen[0] == []
    assert seen[1] >= 2
