"""What every server of ours on loopback does: take lines, and hang up on everybody at the end."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Listening:
    """Takes lines on a port of this computer, each in a thread of its own."""

    def __init__(self) -> None:
        self._ends: list[socket.socket] = []
        self._door = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = int(self._door.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Hang up on everybody and go away."""
        for end in (self._door, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                line, _ = self._door.accept()
                self._ends.append(line)
                threading.Thread(target=self._serve, args=(line,), daemon=True).start()

    def _serve(self, line: socket.socket) -> None:
        raise NotImplementedError
