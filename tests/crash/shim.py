"""Build and steer the library that stands between a program and the file system."""

from __future__ import annotations

import ctypes
import hashlib
import mmap
import os
import shutil
import struct
import subprocess
import sys
import tempfile
from pathlib import Path

from .trace import MUTATING, OPS, Trace, read_log

HERE = Path(__file__).resolve().parent
SOURCES = ("fsshim.c", "fsshim_state.c")
LOG_BYTES = 256 << 20  # address space only; memory is taken as the log grows
FOREVER = 2**62


class ShimUnavailable(Exception):
    """The shim cannot be had here: no LD_PRELOAD (not Linux), or no C compiler."""


def available() -> bool:
    """Say whether this system has LD_PRELOAD at all."""
    return sys.platform == "linux"


def build() -> Path:
    """Compile the shim once per source text and user; return the library's path."""
    if not available():
        raise ShimUnavailable("LD_PRELOAD exists on Linux only")
    texts = [(HERE / name).read_bytes() for name in (*SOURCES, "fsshim.h")]
    mark = hashlib.sha256(b"\0".join(texts)).hexdigest()[:16]
    folder = Path(tempfile.gettempdir()) / f"stillmine-fsshim-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise ShimUnavailable(f"{folder} belongs to somebody else")
    library = folder / f"fsshim-{mark}.so"
    if not library.exists():
        _compile(library)
    return library


def _compile(library: Path) -> None:
    compiler = next(
        (c for c in (os.environ.get("CC"), "cc", "gcc", "clang") if c and shutil.which(c)), ""
    )
    if not compiler:
        raise ShimUnavailable("no C compiler: install gcc or clang, or set CC")
    fresh = library.with_name(f"{library.name}.{os.getpid()}")
    flags = ["-O2", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-fvisibility=hidden"]
    sources = [str(HERE / name) for name in SOURCES]
    subprocess.run([compiler, *flags, "-o", fresh, *sources, "-ldl", "-lpthread"], check=True)
    fresh.replace(library)


def preloaded(**more: str) -> dict[str, str]:
    """Return this process's environment with the shim in it."""
    before = os.environ.get("LD_PRELOAD", "")
    return {**os.environ, "LD_PRELOAD": f"{build()} {before}".strip(), **more}


class Shim:
    """The switches, for a process that was started with the shim preloaded."""

    def __init__(self) -> None:
        """Find the shim in this process, and make the log that forked children share with us."""
        self._library = ctypes.CDLL(None)
        try:
            steps = self._library.shim_steps
        except AttributeError:
            raise ShimUnavailable("this process was started without LD_PRELOAD") from None
        steps.restype = ctypes.c_int64
        self._memory = mmap.mmap(-1, LOG_BYTES, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)
        self._address = ctypes.addressof(ctypes.c_char.from_buffer(self._memory))

    def arm(self, root: Path, *, data: bool) -> None:
        """Watch everything under `root` from step 1 on; keep the written bytes too if `data`."""
        watched = os.fsencode(root.resolve())
        address, size = ctypes.c_void_p(self._address), ctypes.c_uint64(LOG_BYTES)
        self._library.shim_arm(watched, address, size, int(data))

    def disarm(self) -> None:
        """Let everything pass."""
        self._library.shim_disarm()

    def kill(self, before_step: int, *, halfway: bool = False) -> None:
        """Die by SIGKILL before that step; `halfway`: after half of it, if it is a write."""
        self._library.shim_kill(ctypes.c_int64(before_step), int(halfway))

    def fail(
        self,
        step: int,
        error: int,
        *,
        onwards: bool = False,
        half_first: bool = False,
        only: frozenset[str] = MUTATING,
    ) -> None:
        """Refuse that step (`onwards`: all later ones too) with `error`, if its kind is in `only`.

        `half_first`: the step itself is a write cut short without an error.
        """
        ops = sum(1 << OPS.index(name) for name in only)
        last = FOREVER if onwards else step
        self._library.shim_fail(
            ctypes.c_int64(step), ctypes.c_int64(last), error, ctypes.c_uint64(ops), int(half_first)
        )

    def confirm(self, what: str) -> None:
        """Write down that the person was told `what` is safe."""
        self._library.shim_mark(0, what.encode())

    def note(self, text: str) -> None:
        """Write down a remark for the reader of the log."""
        self._library.shim_mark(1, text.encode())

    def steps(self) -> int:
        """Return how many steps were counted since `arm`."""
        return int(self._library.shim_steps())

    def forget(self) -> None:
        """Empty the log; a child may be killed before it arms."""
        struct.pack_into("<Q", self._memory, 0, 8)

    def log(self) -> Trace:
        """Return what the last armed process did; works after that process is dead."""
        (used,) = struct.unpack_from("<Q", self._memory, 0)
        if used == 2**64 - 1:
            raise OverflowError("the log of the shim is full: the scenario writes too much")
        return read_log(self._memory[8:used])
