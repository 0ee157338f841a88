"""The limited process that opens strangers' files: `python -I -m stillmine.imaging.child`.

It is given one line to us, a memory limit, and how much to load: decoders ("light"), or what
recognises too ("heavy"). It loads that, locks itself in, says which locks hold, and then does one
task after the other until the line is closed. Files come as open
descriptors or as bytes; it never sees a path. Only codes and numbers, and the pixels that a task
was asked for, go back.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any, BinaryIO

from stillmine.imaging import limits, tasks, wire
from stillmine.imaging.line import Line
from stillmine.imaging.shapes import MOST_INLINE, MOST_PIECE


class Positioned(io.RawIOBase):
    """A file read through its own position: the descriptor's own, shared with us, stays put."""

    def __init__(self, descriptor: int) -> None:
        """Take over an open, readable descriptor."""
        super().__init__()
        self._descriptor = descriptor
        self._at = 0
        self._size = os.fstat(descriptor).st_size

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer from the current position."""
        count = os.preadv(self._descriptor, [buffer], self._at)
        self._at += count
        return count

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move the position; a place before the start is refused."""
        self._at = _place(offset, {0: 0, 1: self._at, 2: self._size}[whence])
        return self._at

    def tell(self) -> int:
        """Return the position."""
        return self._at

    def close(self) -> None:
        """Close the descriptor."""
        if not self.closed:
            os.close(self._descriptor)
        super().close()


class Asked(io.RawIOBase):
    """A file that lies on our side: each piece is asked for over the line."""

    def __init__(self, line: Line, size: int) -> None:
        """Begin at its first byte."""
        super().__init__()
        self._line, self._size, self._at = line, size, 0

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Ask for the bytes from the current position on."""
        wanted = min(len(buffer), MOST_PIECE)
        self._line.send(wire.pack({"offset": self._at, "size": wanted}))
        _nothing, count = wire.sizes(self._line.receive(wire.HEAD.size), wanted)
        buffer[:count] = self._line.receive(count)
        self._at += count
        return count

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        """Move the position; a place before the start is refused."""
        self._at = _place(offset, {0: 0, 1: self._at, 2: self._size}[whence])
        return self._at

    def tell(self) -> int:
        """Return the position."""
        return self._at


def _place(offset: int, base: int) -> int:
    if not 0 <= base + offset < 2**53:
        raise ValueError(offset)
    return base + offset


def main(table: Mapping[str, tasks.Task] = tasks.TASKS) -> None:
    """Load, lock, and serve until nobody asks any more."""
    if sys.platform != "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the program that started us decides
    limits.take_plain_name()
    line = Line.to_parent(sys.argv[1])
    tasks.prepare(heavy=sys.argv[3] == "heavy")
    line.send(wire.pack(limits.lock(int(sys.argv[2]))))
    with contextlib.suppress(EOFError, ConnectionError):
        while True:
            _serve(line, table)


def _serve(line: Line, table: Mapping[str, tasks.Task]) -> None:
    head, descriptor = line.receive_head(wire.HEAD.size)
    text_size, blob_size = wire.sizes(head, MOST_INLINE)
    request = wire.unpack(line.receive(text_size))
    data = line.receive(blob_size)
    file: BinaryIO = io.BytesIO(data)
    if descriptor is not None:
        file = io.BufferedReader(Positioned(descriptor), 65536)
    elif request["stream"] is not None:
        file = io.BufferedReader(Asked(line, request["stream"]), MOST_PIECE)
    del data
    limits.allow_seconds(request["seconds"])
    with file:
        message, blob = _run(table[request["task"]], file, request["numbers"])
    line.send(wire.pack(message, len(blob)))
    line.send(blob)


def _run(task: tasks.Task, file: BinaryIO, numbers: Mapping[str, int]) -> tasks.Done:
    try:
        return task(file, numbers)
    except Exception as error:  # noqa: BLE001 - decoders raise anything; only a code goes back
        return {"problem": tasks.problem_of(error).value}, b""


if __name__ == "__main__":
    main()
