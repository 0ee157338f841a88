"""Start a real server as a process of its own, wait until it listens, stop it after."""

from __future__ import annotations

import contextlib
import os
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

PATIENCE = 60.0
_WHILE_WE_LIVE = 'exec 3<&0; "$@" 3<&- & p=$!; (cat <&3 >/dev/null; kill $p) & wait $p'
"""Ends the server when our end of the pipe closes, even if the test run was killed."""


def free_port() -> int:
    """Return a port of loopback that nobody listens on, and that no other test is given.

    It stays taken for as long as the tests run, but for a server that says SO_REUSEADDR as all do:
    or somebody else could get it between being told of it and listening.
    """
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind(("127.0.0.1", 0))
    port = int(door.getsockname()[1])
    door.detach()
    return port


def on_tiny_disk(folder: Path, command: Sequence[str], size: str = "1m") -> list[str]:
    """Wrap a command so that it alone sees a disk of `size` at `folder`: a mount of its own."""
    mount = f"mount -t tmpfs -o size={size},mode=0777 none {shlex.quote(str(folder))}"
    namespace = ["unshare", "-m"] if os.geteuid() == 0 else ["unshare", "-rm"]
    return [*namespace, "sh", "-c", f'{mount} && exec "$@"', "sh", *command]


class ServerProcess:
    """A running server, in a process group that ends with `stop`."""

    def __init__(
        self,
        command: Sequence[str],
        port: int,
        log: Path,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.port = port
        with log.open("ab") as said:
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", _WHILE_WE_LIVE, "sh", *command],
                stdin=subprocess.PIPE,
                stdout=said,
                stderr=said,
                env={**os.environ, **(environment or {})},
                start_new_session=True,
            )
        until = time.monotonic() + PATIENCE
        while not self._listens():
            if self._process.poll() is not None or time.monotonic() > until:
                self.stop()
                raise RuntimeError(f"{command[0]} did not start:\n{log.read_text()[-4000:]}")
            time.sleep(0.05)

    def _listens(self) -> bool:
        with socket.socket() as door:
            return door.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> None:
        """End the server and whatever it started."""
        if self._process.stdin:
            self._process.stdin.close()
        for sign in (signal.SIGTERM, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self._process.pid, sign)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(5)
                return


def eventually(fact: Callable[[], bool]) -> None:
    """Wait until something becomes true, or fail."""
    until = time.monotonic() + PATIENCE
    while not fact():
        if time.monotonic() > until:
            raise AssertionError("it never happened")
        time.sleep(0.002)
