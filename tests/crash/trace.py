"""What a program did to its files, step by step, read from the shim's log."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass

# The order is that of `enum op` in fsshim.h.
OPS = (
    "", "open", "create", "write", "truncate", "fsync", "fdatasync", "range_sync", "sync_all",
    "rename", "link", "unlink", "mkdir", "rmdir", "allocate", "chmod", "exchange", "strange",
    "confirm", "note", "hello", "exec",
)  # fmt: skip
MUTATING = frozenset(OPS[2:17])
GROWING = frozenset({"create", "write", "truncate", "rename", "link", "mkdir", "allocate"})

_HEAD = struct.Struct("<IHHHHIIIIqqqII")


@dataclass(frozen=True, slots=True)
class Step:
    """One call that the kernel answered.

    `handle` names an opening of a file (0: none); `offset` is a byte offset, a new size or a
    mode, as the op has it; `result` is what the call returned, `error` its errno if it failed.
    """

    op: str
    number: int
    handle: int
    flags: int
    path: str
    path2: str
    offset: int
    result: int
    error: int
    data: bytes
    pid: int
    thread: int
    continued: bool

    @property
    def mutates(self) -> bool:
        """Say whether this step was counted."""
        return self.op in MUTATING

    def __str__(self) -> str:
        """Say it in one line, for a person who looks for a bug."""
        where = f"{self.path} -> {self.path2}" if self.path2 else self.path
        size = f" {self.result} bytes at {self.offset}" if self.op == "write" else ""
        failed = f" ({os.strerror(self.error)})" if self.error else ""
        return f"{self.number}: {self.op} {where}{size}{failed}"


@dataclass(frozen=True, slots=True)
class Trace:
    """All steps of one run, in the order in which the kernel made them."""

    steps: tuple[Step, ...]

    @property
    def confirmed(self) -> tuple[str, ...]:
        """What the person was told is safe, in order."""
        return tuple(s.path for s in self.steps if s.op == "confirm")

    @property
    def notes(self) -> tuple[str, ...]:
        """Remarks of the run itself, such as how it ended."""
        return tuple(s.path for s in self.steps if s.op == "note")

    @property
    def count(self) -> int:
        """How many steps there are to stop before."""
        return max((s.number for s in self.steps), default=0)

    def numbered(self) -> dict[int, Step]:
        """Return the counted steps by their number."""
        return {s.number: s for s in self.steps if s.mutates}


def read_log(log: bytes) -> Trace:
    """Read whole records from the shim's memory."""
    return Trace(tuple(records(log)))


def records(log: bytes) -> Iterator[Step]:
    """Yield each whole record; a last one that is not all there is left out."""
    at = 0
    while at + _HEAD.size <= len(log):
        step, size = _record(log, at)
        if step is None:
            return
        yield step
        at += size


def _record(log: bytes, at: int) -> tuple[Step | None, int]:
    (total, op, one, two, more, pid, thread, handle, flags, number, offset, result, error, size) = (
        _HEAD.unpack_from(log, at)
    )
    if at + total > len(log):
        return None, 0
    first = at + _HEAD.size
    second, third = first + one, first + one + two
    path, path2 = os.fsdecode(log[first:second]), os.fsdecode(log[second:third])
    return Step(
        OPS[op], number, handle, flags, path, path2, offset, result, error,
        log[third : third + size], pid, thread, bool(more),
    ), total  # fmt: skip
