"""List every byte that a command, and all it starts, writes to any file."""

from __future__ import annotations

import contextlib
import fcntl
import os
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .shim import preloaded
from .trace import Step, records

NAMING = frozenset({"create", "rename", "link", "mkdir", "unlink", "rmdir", "exchange"})
PIPE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Write:
    """All that one process wrote through one opening of a file, joined in the order of writing."""

    path: str
    data: bytes
    pid: int


@dataclass(frozen=True, slots=True)
class Written:
    """What a command left in files, even in those that are gone again.

    `names`: every path that was made, renamed or removed. `unseen`: files that were written in a
    way the shim cannot follow ("stdio PATH", "mmap PATH"); what is in them at the end is in
    `writes` too. `blind`: programs that were started and do not load the shim (static ones).
    A test that promises "nowhere" asserts that `unseen` and `blind` are empty.
    """

    writes: tuple[Write, ...]
    names: tuple[str, ...]
    unseen: tuple[str, ...]
    blind: tuple[str, ...]
    returncode: int
    stdout: bytes
    stderr: bytes

    def holding(self, needle: bytes, *, outside: Iterable[Path] = ()) -> list[str]:
        """Return the files into which `needle` was written, but not those at or below `outside`."""
        allowed = tuple(os.fspath(p.resolve()) for p in outside)
        return sorted(
            {w.path for w in self.writes if needle in w.data and not _below(w.path, allowed)}
        )

    def named(self, needle: str, *, outside: Iterable[Path] = ()) -> list[str]:
        """Return the paths with `needle` in their names, but not those at or below `outside`."""
        allowed = tuple(os.fspath(p.resolve()) for p in outside)
        return sorted({n for n in self.names if needle in n and not _below(n, allowed)})


def trace_writes(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    given: bytes = b"",
    cwd: Path | None = None,
    seconds: float = 300.0,
) -> Written:
    """Run `command` and its children to their end, and return all they wrote to files.

    `env` is added to this process's environment; `given` goes to its input. Pipes, sockets and
    terminals are left out. Raises subprocess.TimeoutExpired after `seconds`.
    """  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="stillmine-written-") as folder:
        pipe = os.path.join(folder, "log")  # noqa: PTH118 - text for the environment
        os.mkfifo(pipe, 0o600)
        log = _Log(pipe)
        started = subprocess.Popen(
            command, env=preloaded(STILLMINE_WRITES=pipe, **(env or {})), cwd=cwd,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            start_new_session=True,
        )  # fmt: skip
        try:
            out, errors = started.communicate(given, timeout=seconds)
        finally:
            if started.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(started.pid, signal.SIGKILL)
                started.communicate()
            steps = log.close(seconds)
    return _digest(steps, started.returncode, out, errors)


class _Log:
    """Reads the pipe in a thread, so that no writer ever has to wait for long."""

    def __init__(self, pipe: str) -> None:
        self._reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        self._keep_open = os.open(pipe, os.O_WRONLY | os.O_CLOEXEC)
        with contextlib.suppress(PermissionError):  # a system's limit: slower, not wrong
            fcntl.fcntl(self._reader, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        os.set_blocking(self._reader, True)
        self._got = bytearray()
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while part := os.read(self._reader, PIPE_BYTES):
            self._got += part

    def close(self, seconds: float) -> list[Step]:
        """Wait until the last descendant has ended; return the steps of all."""
        os.close(self._keep_open)
        self._thread.join(seconds)
        if self._thread.is_alive():
            raise subprocess.TimeoutExpired("a child that outlives its parent", seconds)
        os.close(self._reader)
        return list(records(bytes(self._got)))


def _digest(steps: Sequence[Step], code: int, out: bytes, errors: bytes) -> Written:
    openings: dict[tuple[int, int, str], list[bytes]] = {}
    unseen: dict[str, str] = {}
    for step in steps:
        if step.data:
            openings.setdefault((step.pid, step.handle, step.path), []).append(step.data)
        if step.op == "strange":
            unseen[f"{step.path2} {step.path}"] = step.path
    writes = [Write(path, b"".join(parts), pid) for (pid, _, path), parts in openings.items()]
    writes += [
        Write(p, Path(p).read_bytes(), 0) for p in sorted(set(unseen.values())) if Path(p).is_file()
    ]
    names = {p for s in steps if s.op in NAMING and not s.error for p in (s.path, s.path2) if p}
    return Written(
        tuple(writes),
        tuple(sorted(names)),
        tuple(sorted(unseen)),
        tuple(_blind(steps)),
        code,
        out,
        errors,
    )


def _blind(steps: Sequence[Step]) -> list[str]:
    """Find the programs that were started and never said hello."""
    waiting: dict[int, str] = {}
    spawned: list[str] = []
    greeted_after_exec, hellos = 0, 0
    for step in steps:
        if step.op == "exec" and step.flags:
            spawned.append(step.path)
        elif step.op == "exec":
            waiting[step.pid] = step.path
        elif step.op == "hello":
            hellos += 1
            greeted_after_exec += waiting.pop(step.pid, None) is not None
    others = hellos - greeted_after_exec - 1  # the first one was started by us
    return sorted(waiting.values()) + (spawned if others < len(spawned) else [])


def _below(path: str, allowed: Sequence[str]) -> bool:
    return any(path == a or path.startswith(a + "/") for a in allowed)
