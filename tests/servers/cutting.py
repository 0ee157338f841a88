"""A cable that can be cut: passes bytes on to a server until so many have gone by."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Cable:
    """A loopback port that leads to another one.

    `passed` counts what went to the server. After `cut_after` bytes both sides are hung up on,
    once; then it works again.
    """

    def __init__(self, port: int) -> None:
        self._goal = port
        self.passed = 0
        self.cut_after: int | None = None
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._door.getsockname()[1])
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                try:
                    server = socket.create_connection(("127.0.0.1", self._goal))
                except OSError:
                    client.close()
                    continue
                self._ends += [client, server]
                for ends in ((client, server, True), (server, client, False)):
                    threading.Thread(target=self._pass, args=ends, daemon=True).start()

    def _pass(self, source: socket.socket, goal: socket.socket, counted: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(65536):
                goal.sendall(piece)
                self.passed += len(piece) if counted else 0
                if self.cut_after is not None and self.passed >= self.cut_after:
                    self.cut_after = None
                    self.cut()
        for end in (source, goal):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def cut(self) -> None:
        """Hang up on everybody, now."""
        for end in self._ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        self._ends.clear()

    def close(self) -> None:
        """Take the cable away."""
        with suppress(OSError):
            self._door.shutdown(socket.SHUT_RDWR)  # wakes up the thread that waits there
        self._door.close()
        self.cut()
