"""A child with tasks that do what an attacker would, planted after the locks as before."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from stillmine.imaging import child, tasks

PARENT = os.getppid()  # asked before the locks: later even this is refused
_REFUSED = (errno.EPERM, errno.EACCES, errno.ENOSYS)


def refused(attempt: Callable[[], object]) -> int:
    """Return 1 if the system refused, 0 if the attempt went through."""
    try:
        attempt()
    except OSError as error:
        return int(error.errno in _REFUSED)
    return 0


def call(number: int, *arguments: int) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if library.syscall(number, *(ctypes.c_long(each) for each in arguments)) < 0:
        raise OSError(ctypes.get_errno(), "refused")


def fork() -> None:
    if os.fork() == 0:
        os._exit(0)


# Numbers are system calls of Linux on x86_64 (syscall_64.tbl).
ATTEMPTS: dict[str, Callable[[], object]] = {
    "inet socket": lambda: socket.socket(socket.AF_INET),
    "unix socket": lambda: socket.socket(socket.AF_UNIX),
    "socketpair": socket.socketpair,
    "connect": lambda: call(42, 0, 0, 0),
    "read a file": lambda: Path("/etc/passwd").read_bytes(),
    "write a file": lambda: Path(f"/tmp/escaped-{os.getpid()}").write_bytes(b"x"),
    "list a folder": lambda: list(Path("/").iterdir()),
    "make a folder": lambda: Path("/tmp/escaped-folder").mkdir(),
    "unlink": lambda: Path("/tmp/never-there").unlink(),
    "rename": lambda: Path("/tmp/never-there").rename("/tmp/nor-there"),
    "reopen through proc": lambda: os.open("/proc/self/fd/0", os.O_RDWR),
    "memfd": lambda: os.memfd_create("x"),
    "exec": lambda: os.execv(sys.executable, [sys.executable, "-c", ""]),
    "spawn": lambda: subprocess.run([sys.executable, "-c", ""], check=False),
    "fork": fork,
    "kill the parent": lambda: os.kill(PARENT, 0),
    "kill all": lambda: os.kill(-1, 0),
    "ptrace": lambda: call(101, 16, PARENT, 0, 0),
    "read another process": lambda: call(310, PARENT, 0, 0, 0, 0, 0),
    "new namespace": lambda: call(272, 0x10000000),
    "io_uring": lambda: call(425, 8, 0),
    "bpf": lambda: call(321, 0, 0, 0),
    "mount": lambda: call(165, 0, 0, 0, 0, 0),
    "chmod": lambda: Path("/tmp").chmod(0o1777),
    "limits of the parent": lambda: call(302, PARENT, 7, 0, 0),
    "raise the memory limit": lambda: call(160, 9, 0),
}


def attempt(file: object, numbers: tasks.Numbers) -> tasks.Done:
    return {"refused": refused(list(ATTEMPTS.values())[numbers["which"]])}, b""


def write_into_file(file: object, numbers: tasks.Numbers) -> tasks.Done:
    descriptor = file.raw._descriptor
    try:
        os.write(descriptor, b"changed")
    except OSError:
        return {"refused": 1}, b""
    return {"refused": 0}, b""


def spin(file: object, numbers: tasks.Numbers) -> tasks.Done:
    while True:
        pass


def sleep(file: object, numbers: tasks.Numbers) -> tasks.Done:
    time.sleep(3600)
    return {}, b""


def allocate(file: object, numbers: tasks.Numbers) -> tasks.Done:
    held = []
    while True:
        held.append(bytes(64 * 1024 * 1024))


def crash(file: object, numbers: tasks.Numbers) -> tasks.Done:
    ctypes.string_at(0)
    return {}, b""


def abort(file: object, numbers: tasks.Numbers) -> tasks.Done:
    os.abort()


def be_killed(file: object, numbers: tasks.Numbers) -> tasks.Done:
    signal.raise_signal(signal.SIGKILL)
    return {}, b""


def leave(file: object, numbers: tasks.Numbers) -> tasks.Done:
    os._exit(0)


def say_text(file: object, numbers: tasks.Numbers) -> tasks.Done:
    return {**_GOOD, "format": "a sentence out of the file"}, b""


def say_more(file: object, numbers: tasks.Numbers) -> tasks.Done:
    return {**_GOOD, "note": 1}, b""


def say_negative(file: object, numbers: tasks.Numbers) -> tasks.Done:
    return {**_GOOD, "width": -1}, b""


def say_true(file: object, numbers: tasks.Numbers) -> tasks.Done:
    return {**_GOOD, "width": True}, b""


def send_bytes(file: object, numbers: tasks.Numbers) -> tasks.Done:
    return _GOOD, bytes(10)


def flood(file: object, numbers: tasks.Numbers) -> tasks.Done:
    for _ in range(10_000):
        os.write(int(sys.argv[1]), b"\xff" * 65536)
    return _GOOD, b""


def ask_for_more(file: object, numbers: tasks.Numbers) -> tasks.Done:
    return {"offset": 0, "size": 10}, b""


def ask_for_too_much(file: object, numbers: tasks.Numbers) -> tasks.Done:
    return {"offset": 0, "size": 2**40}, b""


_GOOD = {
    "format": "png",
    "width": 1,
    "height": 1,
    "frames": 1,
    "seconds": None,
    "problem": None,
}
LOOKS = {
    each.__name__: each
    for each in (
        spin,
        sleep,
        allocate,
        crash,
        abort,
        be_killed,
        leave,
        say_text,
        say_more,
        say_negative,
        say_true,
        send_bytes,
        flood,
        ask_for_more,
        ask_for_too_much,
    )
}

if __name__ == "__main__":
    asked = sys.argv.pop(1)
    if asked == "no_extras":
        sys.modules.update(dict.fromkeys(("av", "pi_heif", "pylibjxl")))  # None: cannot be imported
    if asked == "no_recogniser":
        sys.modules["cv2"] = None  # type: ignore[assignment]  # None: it cannot be imported
    planted = LOOKS.get(asked)
    table = {**tasks.TASKS, "attempt": attempt, "write": write_into_file}
    if planted is not None:
        table["look"] = planted
    child.main(table)
