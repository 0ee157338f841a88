"""A backup anywhere that the program rclone can reach, if the person has set it up."""

from __future__ import annotations

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from contextlib import suppress
from types import MappingProxyType

from stillmine.app.network.address import Address
from stillmine.app.network.targets.webdav import WebDavTarget
from stillmine.errors import NotABackupPlace, StillmineError, TargetAway, ToolMissing

_PATIENCE = 30.0
_LIMITS = (
    *("--vfs-cache-mode", "off", "--dir-cache-time", "0s", "--retries", "3"),
    *("--low-level-retries", "3", "--contimeout", "15s", "--timeout", "60s"),
)

_WHILE_WE_LIVE = 'exec 3<&0; "$@" 3<&- & p=$!; (cat <&3 >/dev/null; kill $p) & wait $p'
"""Ends rclone when our end of the pipe closes, even if we were killed."""


class RcloneTarget(WebDavTarget):
    """A remote of rclone, reached over WebDAV that rclone serves to this computer only.

    rclone keeps running while the target is open, so that a small file costs
    milliseconds, not the start of a program. Its door has a password made for this once.
    """

    def __init__(self, address: Address) -> None:
        """Start rclone for `remote:path` and wait until it answers."""
        program = shutil.which("rclone")
        if program is None:
            raise ToolMissing(tool="rclone")
        if ":" not in address.path or address.path.startswith("-"):
            raise NotABackupPlace(reason="address")
        self._program = program
        self._remote = address.path
        _require_folder(program, address.path)
        port = _free_port()
        secret = secrets.token_urlsafe(32)
        serve = [program, "serve", "webdav", *_LIMITS, "--addr", f"127.0.0.1:{port}", address.path]
        self._process = subprocess.Popen(  # noqa: S603 (fixed programs, arguments apart)
            serve if sys.platform == "win32" else ["/bin/sh", "-c", _WHILE_WE_LIVE, "sh", *serve],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "RCLONE_USER": "stillmine", "RCLONE_PASS": secret},
        )
        nothing: MappingProxyType[str, str] = MappingProxyType({})
        door = Address("dav", "127.0.0.1", port, None, "/", nothing)
        try:
            self._knock(door, f"stillmine:{secret}")
        except StillmineError:
            self._stop()
            raise

    def free_space(self) -> int | None:
        """Return what rclone says is left; many services do not tell it."""
        answer = _ask(self._program, "about", "--json", self._remote)
        try:
            free = json.loads(answer.stdout).get("free")
        except (ValueError, AttributeError):
            return None
        return free if isinstance(free, int) else None

    def close(self) -> None:
        """Let the connections go, and rclone with them."""
        super().close()
        self._stop()

    def _knock(self, door: Address, secret: str) -> None:
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                return super().__init__(door, secret)
            except TargetAway:
                if self._process.poll() is not None or time.monotonic() > until:
                    raise
            time.sleep(0.05)

    def _stop(self) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        if sys.platform == "win32":
            self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


def _require_folder(program: str, path: str) -> None:
    """Ask once whether the remote is set up and the folder is there."""
    answer = _ask(program, "lsjson", "--max-depth", "1", "--dirs-only", path)
    if answer.returncode == 0:
        return
    said = answer.stderr.decode("utf-8", "replace")
    known = ("didn't find section", "directory not found", "unknown")
    raise (
        NotABackupPlace(reason="no-such-remote")
        if any(word in said for word in known)
        else TargetAway(reason="rclone")
    )


def _ask(program: str, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603 (a fixed program, no shell)
        [program, *arguments, *_LIMITS[4:]],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )


def _free_port() -> int:
    with suppress(OSError), socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])
    raise TargetAway(reason="no-port")
