"""The line between us and the limited child: a socket pair, or two pipes on Windows."""

from __future__ import annotations

import os
import socket
import sys
from typing import Self

_CHUNK = 1 << 20


def descriptors_travel() -> bool:
    """Return whether this system can hand an open file to another process over a socket."""
    return hasattr(socket, "send_fds")


class Line:
    """One end of the line. Everything is sent and received whole, or the line is at its end."""

    def __init__(self, reading: int, writing: int, channel: socket.socket | None = None) -> None:
        """Keep the descriptors; on POSIX both are those of one socket."""
        self._reading, self._writing, self._channel = reading, writing, channel
        self._closed = False

    @classmethod
    def over(cls, channel: socket.socket) -> Self:
        """Return a line over one end of a socket pair."""
        return cls(channel.fileno(), channel.fileno(), channel)

    @classmethod
    def to_parent(cls, place: str) -> Self:
        """Return the child's end: a socket's number, or "pipes" for the standard ones."""
        if place != "pipes":
            return cls.over(socket.socket(fileno=int(place)))
        if sys.platform == "win32":
            import msvcrt

            msvcrt.setmode(0, os.O_BINARY)
            msvcrt.setmode(1, os.O_BINARY)
        # A decoder that prints must not talk on the line: it keeps 0 and 1, which lead nowhere.
        line = cls(os.dup(0), os.dup(1))
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, 0)
        os.dup2(nowhere, 1)
        os.close(nowhere)
        return line

    @property
    def has_clock(self) -> bool:
        """Return whether `wait_at_most` works: pipes have no time limit."""
        return self._channel is not None

    def wait_at_most(self, seconds: float) -> None:
        """Let receiving and sending end with TimeoutError after this long without a byte."""
        if self._channel is not None:
            self._channel.settimeout(seconds)

    def send(self, data: bytes, descriptor: int | None = None) -> None:
        """Send all of `data`; a descriptor travels with its first bytes."""
        if self._channel is None:
            self._write(data)
            return
        sent = 0
        if descriptor is not None:
            sent = socket.send_fds(self._channel, [data], [descriptor])
        self._channel.sendall(memoryview(data)[sent:])

    def receive_head(self, size: int) -> tuple[bytes, int | None]:
        """Return the first `size` bytes of a message, and the descriptor that came with them."""
        if self._channel is None:
            return self.receive(size), None
        head, descriptors, _, _ = socket.recv_fds(self._channel, size, 1)
        if not head:
            raise EOFError
        head += self.receive(size - len(head))
        return head, descriptors[0] if descriptors else None

    def receive(self, size: int) -> bytes:
        """Return exactly `size` bytes; raise EOFError if the other end is gone."""
        parts: list[bytes] = []
        while size:
            parts.append(self.receive_some(size))
            size -= len(parts[-1])
        return b"".join(parts)

    def receive_some(self, most: int) -> bytes:
        """Return at least one byte and at most `most`; raise EOFError if the other end is gone."""
        part = self._read(min(most, _CHUNK))
        if not part:
            raise EOFError
        return part

    def close(self) -> None:
        """Close this end; closing twice does nothing, whoever has the numbers by then."""
        if self._closed:
            return
        self._closed = True
        if self._channel is not None:
            self._channel.close()
            return
        os.close(self._reading)
        os.close(self._writing)

    def _read(self, size: int) -> bytes:
        if self._channel is not None:
            return self._channel.recv(size)
        return os.read(self._reading, size)

    def _write(self, data: bytes) -> None:
        view = memoryview(data)
        while view:
            view = view[os.write(self._writing, view) :]
