"""Shut the child in, once its decoders are loaded and before it sees the first file."""

from __future__ import annotations

import contextlib
import ctypes
import math
import sys
from pathlib import Path

from setproctitle import setproctitle

from stillmine.imaging import landlock, seccomp

_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 4, 38
_MOST_DESCRIPTORS = 32


def lock(memory: int) -> dict[str, int]:
    """Set every limit this system has; `memory` bytes are allowed on top of the loaded code.

    Returns which protections are on: 1 or 0, and the version for Landlock.
    """
    if sys.platform == "win32":
        return {"memory": 0, "cpu": 0, "files": 0, "seccomp": 0, "landlock": 0}
    on = _resource_limits(memory)
    if sys.platform == "linux":
        process = ctypes.CDLL(None, use_errno=True)
        # No other program of the same person may read this memory; no core file of it is made.
        process.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        # Needed by both walls below. A parent-death signal is left out on purpose: it fires when
        # the thread that started us ends, not the program; the closed line ends us instead.
        process.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    on["landlock"] = landlock.install()
    on["seccomp"] = int(seccomp.install())
    if not on["seccomp"]:
        _no_new_processes()
    return on


def take_plain_name() -> None:
    """Be called as any Python program in the list of processes, which everybody on it can read."""
    setproctitle("python3")


def allow_seconds(seconds: int) -> None:
    """Give the next task this much processor time; the kernel ends us if it takes more."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = math.ceil(used.ru_utime + used.ru_stime) + seconds
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))


if sys.platform != "win32":
    import resource

    def _resource_limits(memory: int) -> dict[str, int]:
        on = {"memory": 0, "cpu": 1, "files": 1}
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_NOFILE, (_MOST_DESCRIPTORS, _MOST_DESCRIPTORS))
        if sys.platform == "linux":
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
            most = pages * resource.getpagesize() + memory
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
            on["memory"] = 1
        return on

    def _no_new_processes() -> None:
        """Where no filter stops a fork, the count of processes does (not for root)."""
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
