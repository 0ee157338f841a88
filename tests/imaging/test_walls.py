"""Each wall on its own: the system call filter step by step, and Landlock without the filter."""

from __future__ import annotations

import struct
import subprocess
import sys

import pytest

from stillmine.imaging import landlock, seccomp
from tests.imaging.hostile_child import ATTEMPTS, refused

ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
ALLOW, EPERM, KILL = 0x7FFF0000, 0x00050001, 0x80000000
# From the kernel's tables, x86_64 and aarch64: what must never be in the list.
FORBIDDEN = {
    "open": (2, None),
    "openat": (257, 56),
    "openat2": (437, 437),
    "socket": (41, 198),
    "connect": (42, 203),
    "bind": (49, 200),
    "execve": (59, 221),
    "execveat": (322, 281),
    "fork": (57, None),
    "vfork": (58, None),
    "kill": (62, 129),
    "ptrace": (101, 117),
    "unlinkat": (263, 35),
    "renameat2": (316, 276),
    "ftruncate": (77, 46),
    "memfd_create": (319, 279),
    "io_uring_setup": (425, 425),
    "setrlimit": (160, 164),
    "ioctl": (16, 29),
}
NEEDED = {"read": (0, 63), "mmap": (9, 222), "futex": (202, 98), "exit_group": (231, 94)}


def verdict(machine: str, number: int, *arguments: int, arch: int | None = None) -> int:
    """Run the filter over one system call, as the kernel would (linux/filter.h)."""
    given = (*arguments, 0, 0, 0, 0, 0, 0)[:6]
    data = struct.pack("=IIQ6Q", number, arch or ARCHITECTURE[machine], 0, *given)
    steps = seccomp.program(machine, 1234)
    at = loaded = 0
    while True:
        code, if_true, if_false, constant = steps[at]
        at += 1
        if code == 0x20:
            loaded = struct.unpack_from("=I", data, constant)[0]
        elif code == 0x06:
            return constant
        else:
            holds = {0x15: loaded == constant, 0x45: loaded & constant, 0x35: loaded >= constant}
            at += if_true if holds[code] else if_false


@pytest.mark.parametrize("column", [0, 1])
def test_the_filter_lets_only_computing_through(column: int) -> None:
    machine = ("x86_64", "aarch64")[column]

    for name, numbers in NEEDED.items():
        assert verdict(machine, numbers[column]) == ALLOW, name
    for name, both in FORBIDDEN.items():
        number = both[column]
        assert number is None or verdict(machine, number) == EPERM, name


@pytest.mark.parametrize(
    ("machine", "clone", "tgkill"), [("x86_64", 56, 234), ("aarch64", 220, 131)]
)
def test_threads_are_allowed_and_processes_are_not(machine: str, clone: int, tgkill: int) -> None:
    assert verdict(machine, clone, 0x3D0F00) == ALLOW
    assert verdict(machine, clone, 17) == EPERM
    assert verdict(machine, 435, 0) == 0x00050000 | 38
    assert verdict(machine, tgkill, 1234) == ALLOW
    assert verdict(machine, tgkill, 1) == EPERM


def test_a_foreign_instruction_set_ends_the_process() -> None:
    assert verdict("x86_64", 0, arch=0x40000003) == KILL
    assert verdict("x86_64", 0x40000000) == KILL


def test_the_attempts_are_real_and_go_through_without_the_walls() -> None:
    for name in ("read a file", "list a folder"):
        assert refused(ATTEMPTS[name]) == 0, name


def test_a_ruleset_names_every_right_that_its_version_knows() -> None:
    assert struct.unpack("=Q", landlock.ruleset(1)) == (0x1FFF,)
    assert struct.unpack("=2Q", landlock.ruleset(4)) == (0x7FFF, 3)
    assert struct.unpack("=3Q", landlock.ruleset(7)) == (0xFFFF, 3, 3)


@pytest.mark.skipif(sys.platform != "linux", reason="Landlock is part of Linux")
def test_landlock_alone_takes_the_file_system_away() -> None:
    program = (
        "import ctypes, os\n"
        "from stillmine.imaging import landlock\n"
        "ctypes.CDLL(None).prctl(38, 1, 0, 0, 0)\n"
        "version = landlock.install()\n"
        "try: os.open('/etc/passwd', os.O_RDONLY); opened = True\n"
        "except PermissionError: opened = False\n"
        "print(version > 0, opened)\n"
    )

    said = subprocess.run(
        [sys.executable, "-I", "-c", program], capture_output=True, text=True, check=True
    ).stdout.split()
    if said[0] == "False":
        pytest.skip("this kernel has no Landlock")
    assert said[1] == "False"
