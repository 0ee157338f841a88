"""Keep what this process knows in memory from landing on the disk or in other programs' hands."""

from __future__ import annotations

import contextlib
import sys

_SET_DUMPABLE = 4  # PR_SET_DUMPABLE, prctl(2)


def forbid_core_files() -> None:
    """See that a crash leaves no copy of the memory, with keys and pictures in it, on the disk."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def hide_from_debuggers() -> None:
    """Forbid other programs of the same user to read this process's memory (Linux).

    Only for a process that opens nothing under /dev/fd: the system then gives /proc/self to root.
    """
    forbid_core_files()
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_SET_DUMPABLE, 0, 0, 0, 0)


def take_plain_name() -> None:
    """Be called as any Python program in the list of processes, which everybody on it can read.

    What was typed to start it stands there until this is called.
    """
    from setproctitle import setproctitle  # a command that ends at once has no use for it

    setproctitle("python3")
