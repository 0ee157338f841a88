"""What traces writes: whoever writes a stranger's picture is caught, by strace and without it."""

import os
import subprocess
import sys
from pathlib import Path

from bench.watch.writes import Marks, Written, read_trace, scanned, traced
from tests.servers.tools import tool

_WRITES = """
import mmap, os, socket, sys
picture = open(sys.argv[1], "rb").read()
def opened(name):
    return os.open(os.path.join(sys.argv[2], name), os.O_RDWR | os.O_CREAT)
if os.fork() == 0:
    os.pwrite(opened("piece"), b"x" * 100 + picture[3000:7000], 50)
    os.writev(opened("two"), [b"something", picture[:5000]])
    os._exit(0)
os.wait()
os.write(opened("own"), os.urandom(5000))
os.write(os.pipe()[1], picture[:5000])
shared = opened("shared")
os.truncate(shared, 4096)
mmap.mmap(shared, 4096)[:3] = b"abc"
try:
    socket.create_connection(("127.0.0.1", int(sys.argv[3])))
except OSError:
    pass
"""


def test_whoever_writes_a_part_of_a_picture_is_caught(tmp_path: Path) -> None:
    tool("strace")
    picture, kept = tmp_path / "picture", tmp_path / "kept"
    picture.write_bytes(os.urandom(20_000))
    kept.mkdir()
    marks = Marks()
    marks.note(picture.read_bytes())
    command = [sys.executable, "-c", _WRITES, str(picture), str(kept), "9"]
    subprocess.run(traced(command, tmp_path / "trace"), check=True)
    found = Written()
    with (tmp_path / "trace").open() as lines:
        read_trace(lines, marks, found)
    pieces = {Path(path).name: many for path, many in found.pieces.items()}
    assert pieces["piece"] >= 3
    assert pieces["two"] >= 4
    assert pieces["own"] == 0
    assert {Path(path).name: size for path, size in found.files.items()} == {
        "piece": 4100,
        "two": 5009,
        "own": 5000,
    }
    assert [Path(each.partition(" ")[2]).name for each in found.other_ways] == ["shared"]
    assert found.called == {"127.0.0.1:9": 1}


def test_a_picture_in_a_file_that_is_left_behind_is_found(tmp_path: Path) -> None:
    marks = Marks()
    picture = os.urandom(50_000)
    marks.note(picture)
    (tmp_path / "inside").write_bytes(os.urandom(70_001) + picture[10_000:12_000])
    (tmp_path / "other").write_bytes(os.urandom(200_000))
    found = scanned([tmp_path], marks)
    assert found[str(tmp_path / "inside")] in {1, 2}
    assert found[str(tmp_path / "other")] == 0


def test_what_all_pictures_have_in_common_is_no_picture() -> None:
    marks = Marks()
    marks.note(b"\0" * 10_000)
    assert marks.found_in(b"\0" * 10_000) == 0
