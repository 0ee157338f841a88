"""A cable that can be cut: passes bytes on to a server until so many have gone by."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress


class Cable:
    """A loopback port that leads to another one.

    `calls` counts who rang, `passed` the bytes that went to the server. After `cut_after` bytes
    both sides are hung up on, once; then it works again. `at` is the port to listen on; 0 for any.
    """

    def __init__(self, port: int, at: int = 0) -> None:
        self._goal = port
        self.passed = self.calls = 0
        self.cut_after: int | None = None
        self._door = socket.create_server(("127.0.0.1", at))
        self.port = int(self._door.getsockname()[1])
        self._ends: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._door.accept()
                self.calls += 1
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
