"""Folders: planted links, write-protected disks, sticks that know no links, leftovers."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from stillmine.app.network import THIS_COMPUTER, Permit
from stillmine.app.network.targets import Entry, Target, open_target
from stillmine.errors import NotABackupPlace, StillmineError, TargetAway, TargetRefused
from tests.network.conftest import ROOT
from tests.servers.process import eventually
from tests.servers.tools import tool

Files = Callable[[int], Path]


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


def opened(folder: Path) -> Target:
    return open_target(str(folder), Permit("keep.backup", THIS_COMPUTER))


def test_links_planted_in_the_folder_lead_nowhere(
    shelf: Path, tmp_path: Path, some_file: Files
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "diary").write_bytes(b"private")
    (shelf / "objects").symlink_to(outside)
    (shelf / "manifest").symlink_to(outside / "diary")
    target = opened(shelf)
    assert list(target.names()) == []
    for attempt in (
        lambda: target.put_new("objects/new", some_file(1)),
        lambda: target.replace("objects/diary", b"gone"),
        lambda: target.remove("objects/diary"),
        lambda: target.read("objects/diary").__enter__(),
        lambda: target.read("manifest").__enter__(),
        lambda: list(target.names("objects/")),
    ):
        with pytest.raises(NotABackupPlace):
            attempt()
    target.replace("manifest", b"new")
    assert (outside / "diary").read_bytes() == b"private"
    assert [path.name for path in outside.iterdir()] == ["diary"]


def test_a_folder_for_parts_that_is_a_link_is_refused(
    shelf: Path, tmp_path: Path, some_file: Files
) -> None:
    (shelf / ".parts").symlink_to(tmp_path)
    with pytest.raises(NotABackupPlace):
        opened(shelf).put_new("a", some_file(1))


def test_a_file_is_no_place(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(NotABackupPlace):
        opened(tmp_path / "file")


def test_what_is_not_ours_is_neither_listed_nor_opened(shelf: Path) -> None:
    os.mkfifo(shelf / "pipe")
    (shelf / "Photo.JPG").write_bytes(b"x")
    (shelf / ".hidden").write_bytes(b"x")
    (shelf / "ours").write_bytes(b"x")
    target = opened(shelf)
    assert list(target.names()) == [Entry("ours", 1)]


def test_leftovers_go_after_a_day_and_not_before(shelf: Path, some_file: Files) -> None:
    parts = shelf / ".parts"
    parts.mkdir()
    old, fresh = parts / "old", parts / "fresh"
    old.write_bytes(b"x")
    fresh.write_bytes(b"x")
    os.utime(old, (time.time() - 90_000,) * 2)
    opened(shelf).put_new("a", some_file(1))
    assert [path.name for path in parts.iterdir()] == ["fresh"]


def _in_a_mount(mount: str, shelf: Path, program: str) -> str:
    """Run Python where `shelf` is mounted in a special way, and return what it prints."""
    script = f"{mount}; {shlex.quote(sys.executable)} -c {shlex.quote(program)}"
    namespace = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    done = subprocess.run(
        [*namespace, "sh", "-ec", script], capture_output=True, check=False, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


_OPEN = """
from pathlib import Path
from stillmine.app.network import *
from stillmine.app.network.targets import *
from stillmine.errors import *
target = open_target({shelf!r}, Permit("keep.backup", THIS_COMPUTER))
"""


def test_a_write_protected_disk_can_be_read_and_says_no_to_writing(
    shelf: Path, some_file: Files
) -> None:
    (shelf / "a").write_bytes(b"1")
    place = shlex.quote(str(shelf))
    program = _OPEN.format(shelf=str(shelf)) + (
        "print([entry.name for entry in target.names()])\n"
        f"for attempt in (lambda: target.put_new('b', Path({str(some_file(1))!r})),\n"
        "                lambda: target.replace('a', b''), lambda: target.remove('a')):\n"
        "    try: attempt()\n"
        "    except StillmineError as error: print(error.code)\n"
    )
    mount = f"mount --bind {place} {place}; mount -o remount,bind,ro {place}"
    said = _in_a_mount(mount, shelf, program).split("\n")
    assert said[:4] == ["['a']", *[TargetRefused.code] * 3]


def test_a_disk_that_knows_no_hard_links_is_create_only_too(
    shelf: Path, tmp_path: Path, some_file: Files
) -> None:
    """A mount of rclone refuses links, as FAT sticks and some network drives do."""
    behind = tmp_path / "behind"
    behind.mkdir()
    serve = subprocess.Popen(
        [tool("rclone"), "mount", "--vfs-cache-mode", "writes", str(behind), str(shelf)],
        stderr=subprocess.PIPE,
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")},
    )
    try:
        eventually(lambda: shelf.is_mount() or serve.poll() is not None)
        if serve.poll() is not None:
            pytest.skip("this computer lets nobody mount with FUSE")
        (shelf / "probe").write_bytes(b"")
        with pytest.raises(OSError, match=r"\[Errno \d+\]"):
            os.link(shelf / "probe", shelf / "other")
        target = opened(shelf)
        one, two = some_file(100_000), some_file(100_001)
        target.put_new("objects/one", one)
        with pytest.raises(StillmineError) as refused:
            target.put_new("objects/one", two)
        assert refused.value.code == "backup.already-there"
        with target.read("objects/one") as stream:
            assert stream.read() == one.read_bytes()
    finally:
        subprocess.run(["umount", str(shelf)], check=False, capture_output=True)
        serve.terminate()
        serve.communicate()


def test_a_copy_is_made_durable_before_it_gets_its_name(
    shelf: Path, tmp_path: Path, some_file: Files
) -> None:
    """The order of system calls, as strace saw it."""
    log, source = tmp_path / "calls", some_file(100_000)
    program = _OPEN.format(shelf=str(shelf)) + f"target.put_new('new/a', Path({str(source)!r}))"
    calls = "mkdir,openat,write,fsync,linkat,link,rename,unlink"
    trace = [tool("strace"), "-f", "-y", "-e", f"trace={calls}", "-o", str(log)]
    subprocess.run([*trace, sys.executable, "-c", program], check=True, cwd=ROOT)
    lines = [line for line in log.read_text().splitlines() if str(shelf) in line]

    def last(*words: str) -> int:
        return max(n for n, line in enumerate(lines) if all(word in line for word in words))

    def first(*words: str) -> int:
        return min(n for n, line in enumerate(lines) if all(word in line for word in words))

    linked = first("link", f"{shelf}/new/a")
    assert last("write(", ".parts/") < last("fsync(", ".parts/") < linked
    assert first("fsync(", f"{shelf}>") < linked
    assert linked < last("fsync(", f"{shelf}/new>")


def test_errors_of_a_folder_keep_the_reason_of_the_system(shelf: Path) -> None:
    target = opened(shelf)
    shelf.rmdir()
    with pytest.raises(TargetAway) as away:
        list(target.names())
    assert away.value.facts == {"reason": "ENOENT"}
