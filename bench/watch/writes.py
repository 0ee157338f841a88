"""Trace every write of a process and its children (strace), and look for strangers' pictures in it.

Of each picture that is served, eight bytes of every kilobyte are noted; whoever writes a kilobyte
of it to a file, anywhere, writes some of those. What goes through a socket or a pipe is no file.
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

_STEP, _WIDE = 1024, 8
_PAST_HEAD = 700  # tables that many JPEGs have in common
_DIFFERENT = 6  # bytes of eight, so that a run of one colour is nobody's picture
_BITS = 24
_SHOWN = 8192  # bytes of one write that are looked at
CALLS = "write,pwrite64,writev,pwritev,pwritev2,sendfile,copy_file_range,splice,mmap,connect"
_WRITE = re.compile(r"\b(?:p?writev?2?|pwrite64)\((\d+)<([^>]*)>, (.*)")
_COPY = re.compile(r"\b(?:sendfile|copy_file_range|splice)\((.*)")
_MAP = re.compile(r"\bmmap\([^,]*, (\d+), ([A-Z_|]*), ([A-Z_|0-9x]*), (\d+)<([^>]*)>")
_CONNECT = re.compile(r"\bconnect\(\d+<[^>]*>, \{sa_family=AF_INET6?.*")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_COUNT = re.compile(r"\"(?:\.\.\.)?, (?:iov_len=)?(\d+)")
_TO = re.compile(r"sin6?_port=htons\((\d+)\).*?(?:inet_addr\(\"|inet_pton\(AF_INET6, \")([^\"]+)")
_MEMORY = re.compile(r"/memfd:|/dev/(?:null$|pts/)|/proc/|socket:|pipe:|anon_inode")


class Marks:
    """Pieces of all pictures that were served."""

    def __init__(self) -> None:
        """Begin with none."""
        self._few = np.zeros(1 << _BITS, bool)
        self._all: set[int] = set()
        self._lock = threading.Lock()
        self.pictures = self.bytes = 0

    def note(self, body: bytes) -> None:
        """Note the pieces of a file that is served."""
        starts = range(_PAST_HEAD, len(body) - _WIDE, _STEP)
        pieces = [body[at : at + _WIDE] for at in starts]
        kept = [each for each in pieces if len(set(each)) >= _DIFFERENT]
        numbers = [int.from_bytes(each, "little") for each in kept]
        with self._lock:
            self.pictures += 1
            self.bytes += len(body)
            self._all.update(numbers)
            for number in numbers:
                self._few[number & ((1 << _BITS) - 1)] = True

    def found_in(self, data: bytes) -> int:
        """Return how many pieces of pictures stand in some bytes, at any place."""
        if len(data) < _WIDE:
            return 0
        raw = np.frombuffer(data, np.uint8)
        windows = np.lib.stride_tricks.sliding_window_view(raw, _WIDE)
        low = windows[:, 0] + (windows[:, 1].astype(np.uint32) << 8)
        low = low + (windows[:, 2].astype(np.uint32) << 16)
        places = np.flatnonzero(self._few[low])
        with self._lock:
            return sum(
                int.from_bytes(data[at : at + _WIDE], "little") in self._all for at in places
            )


@dataclass(slots=True)
class Written:
    """What a trace shows: bytes by file, pieces of pictures in them, and whom was called.

    `unseen` are writes that were longer than what is looked at of one.
    """

    files: Counter[str] = field(default_factory=Counter)
    pieces: Counter[str] = field(default_factory=Counter)
    called: Counter[str] = field(default_factory=Counter)
    other_ways: list[str] = field(default_factory=list)
    unseen: Counter[str] = field(default_factory=Counter)
    lines: int = 0

    @property
    def bytes(self) -> int:
        """Return how many bytes were written to files."""
        return sum(self.files.values())


def has_strace() -> bool:
    """Say whether every write can be traced here."""
    return shutil.which("strace") is not None


def traced(command: Sequence[str], to: Path) -> list[str]:
    """Return a command that also writes each of its writes to `to`."""
    options = ["-f", "-qq", "--seccomp-bpf", "-y", "-xx", "-s", str(_SHOWN), "-e", f"trace={CALLS}"]
    return ["strace", *options, "-e", "signal=none", "-o", os.fspath(to), *command]


def read_trace(lines: Iterable[str], marks: Marks, found: Written) -> Written:
    """Read a trace into `found`, line by line as it comes."""
    for line in lines:
        found.lines += 1
        if write := _WRITE.search(line):
            _note_write(found, _path(write[2]), write[3], marks)
        elif mapped := _MAP.search(line):
            shared = "MAP_SHARED" in mapped[3] and "PROT_WRITE" in mapped[2]
            if shared and not _MEMORY.search(_path(mapped[5])):
                found.other_ways.append(f"mmap {_path(mapped[5])}")
        elif _CONNECT.search(line) and (goal := _TO.search(line)):
            found.called[f"{_path(goal[2])}:{goal[1]}"] += 1
        elif copied := _COPY.search(line):
            ends = [_path(each) for each in re.findall(r"\d+<([^>]*)>", copied[1])]
            if any(end.startswith("/") and not _MEMORY.search(end) for end in ends):
                found.other_ways.append(" ".join(ends))
    return found


def _note_write(found: Written, path: str, rest: str, marks: Marks) -> None:
    if not path.startswith("/") or _MEMORY.search(path):
        return
    data = [bytes.fromhex(each.replace("\\x", "")) for each in _TEXT.findall(rest)]
    shown = sum(len(each) for each in data)
    whole = sum(int(each) for each in _COUNT.findall(rest)) or shown
    found.files[path] += whole
    if whole > shown:
        found.unseen[path] += whole - shown
    found.pieces[path] += sum(marks.found_in(each) for each in data)


def _path(written: str) -> str:
    """Return a path; strace -xx writes it in hexadecimal as well."""
    if "\\x" not in written:
        return written
    plain = re.sub(r"\\x([0-9a-f]{2})", lambda sign: chr(int(sign[1], 16)), written)
    return plain.encode("latin-1").decode("utf-8", "replace")


def scanned(folders: Iterable[Path], marks: Marks) -> Counter[str]:
    """Return how many pieces of pictures stand in the files below some folders, by file."""
    found: Counter[str] = Counter()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not file.is_symlink():
                found[os.fspath(file)] += _in_file(file, marks)
    return found


def _in_file(file: Path, marks: Marks) -> int:
    pieces, tail = 0, b""
    with file.open("rb") as opened:
        while data := opened.read(1 << 16):
            pieces += marks.found_in(tail + data)
            tail = data[-(_WIDE - 1) :]
    return pieces
