"""Start OpenSSH's `ssh` for file transfer, and say plainly why it could not connect."""

from __future__ import annotations

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, cast

from stillmine.app.network.address import Address
from stillmine.errors import (
    ConnectionLost,
    HostKeyChanged,
    NotABackupPlace,
    StillmineError,
    TargetAway,
    ToolMissing,
    UnknownHostKey,
    WrongTargetSecret,
)

_STRICT = (
    *("-F", "none", "-T", "-x", "-a"),
    *("-o", "UpdateHostKeys=no"),
    *("-o", "VerifyHostKeyDNS=no"),
    *("-o", "ClearAllForwardings=yes"),
    *("-o", "ControlPath=none"),
    *("-o", "ConnectTimeout=15"),
    *("-o", "ServerAliveInterval=15"),
    *("-o", "NumberOfPasswordPrompts=1"),
)
_AWAY = (
    *("refused", "timed out", "resolve hostname", "No route to host", "unreachable"),
    *("closed by remote host", "Connection closed by", "Connection reset"),
)
_ASKPASS = "#!/bin/sh\nprintf '%s\\n' \"$STILLMINE_SSH_SECRET\"\n"
_ASKPASS_WINDOWS = "@echo %STILLMINE_SSH_SECRET%\r\n"


class SshProgram:
    """A running `ssh` whose pipes carry file requests.

    The settings of the person's own ssh are left out, because they may lead by way of
    other machines; keys at the usual places and the ssh-agent are used.
    """

    def __init__(self, address: Address, secret: str | None) -> None:
        """Start it. Whether it got through shows when the first answer is read."""
        if address.host.startswith("-") or (address.user or "").startswith("-"):
            raise NotABackupPlace(reason="address")
        program = shutil.which("ssh")
        if program is None:
            raise ToolMissing(tool="ssh (OpenSSH)")
        self._program = program
        self._address = address
        self._folder = tempfile.TemporaryDirectory(prefix="stillmine-")
        self._private = Path(self._folder.name)
        self._said = (self._private / "said").open("w+b")
        known = self._known_hosts()
        batch = "no" if secret else "yes"
        options = ["-o", "StrictHostKeyChecking=yes", "-o", f"BatchMode={batch}", *known]
        self._process = subprocess.Popen(  # noqa: S603 (a fixed program, no shell)
            [*self._command(options), "-s", "--", address.host, "sftp"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            env=self._surroundings(secret),
            start_new_session=sys.platform != "win32",
        )

    @property
    def pipes(self) -> tuple[BinaryIO, BinaryIO]:
        """Return the way to the server and the way back."""
        return cast("BinaryIO", self._process.stdin), cast("BinaryIO", self._process.stdout)

    def why(self) -> StillmineError:
        """Say why the connection ended, after what `ssh` wrote about it."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)
        self._said.seek(0)
        said = self._said.read(65536).decode("utf-8", "replace")
        if "IDENTIFICATION HAS CHANGED" in said:
            return HostKeyChanged(**self._shown_key())
        if "Host key verification failed" in said:
            chosen = self._address.option("host-key") is not None
            return (HostKeyChanged if chosen else UnknownHostKey)(**self._shown_key())
        if "Permission denied" in said or "Too many authentication failures" in said:
            return WrongTargetSecret(reason="ssh")
        if "subsystem request failed" in said:
            return NotABackupPlace(reason="no-sftp")
        if any(word in said for word in _AWAY):
            return TargetAway(reason="ssh")
        return ConnectionLost(reason="ssh-ended")

    def close(self) -> None:
        """Hang up and leave no file behind."""
        for pipe in self.pipes:
            with suppress(OSError):
                pipe.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._said.close()
        self._folder.cleanup()

    def _command(self, options: list[str]) -> list[str]:
        address = self._address
        user = ["-l", address.user] if address.user else []
        key = address.option("identity")
        identity = ["-i", key, "-o", "IdentitiesOnly=yes"] if key else []
        return [self._program, *_STRICT, *options, "-p", str(address.port or 22), *user, *identity]

    def _known_hosts(self) -> list[str]:
        """Return the options that say which host keys are accepted."""
        if accepted := self._address.option("host-key"):
            kind, _, key = accepted.partition(" ")
            line = f"{self._host_and_port()} {kind} {key.strip().replace(' ', '+')}\n"
            file = self._private / "accepted"
            file.write_text(line, encoding="ascii", errors="replace")
            nothing = ["-o", f"GlobalKnownHostsFile={os.devnull}"]
            return ["-o", f'UserKnownHostsFile="{file}"', *nothing]
        if chosen := self._address.option("known-hosts"):
            return ["-o", f'UserKnownHostsFile="{chosen}"']
        return []

    def _host_and_port(self) -> str:
        host, port = self._address.host, self._address.port or 22
        return host if port == 22 else f"[{host}]:{port}"

    def _shown_key(self) -> dict[str, str]:
        """Ask the server, without logging in, for the key that it shows."""
        file = self._private / "shown"
        options = ["-o", "StrictHostKeyChecking=accept-new", "-o", "BatchMode=yes"]
        options += ["-o", f'UserKnownHostsFile="{file}"', "-o", "HashKnownHosts=no"]
        options += ["-o", f"GlobalKnownHostsFile={os.devnull}"]
        options += ["-o", "PreferredAuthentications=none"]
        with suppress(OSError, subprocess.TimeoutExpired):
            subprocess.run(  # noqa: S603 (a fixed program, no shell)
                [*self._command(options), "--", self._address.host, "true"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=30,
                check=False,
            )
        try:
            _host, kind, key = file.read_text(encoding="ascii").split()[:3]
            digest = hashlib.sha256(base64.b64decode(key, validate=True)).digest()
        except (OSError, ValueError):
            return {"host": self._address.host, "fingerprint": "?", "host_key": ""}
        fingerprint = "SHA256:" + base64.b64encode(digest).decode().rstrip("=")
        shown = f"{kind} {key}"
        return {"host": self._address.host, "fingerprint": fingerprint, "host_key": shown}

    def _surroundings(self, secret: str | None) -> dict[str, str]:
        """Return the environment; a secret is handed over there, readable to this user only."""
        plain = {**os.environ, "LC_ALL": "C"}
        if not secret:
            return plain
        windows = sys.platform == "win32"
        helper = self._private / ("askpass.cmd" if windows else "askpass")
        helper.write_text(_ASKPASS_WINDOWS if windows else _ASKPASS, encoding="ascii", newline="")
        helper.chmod(0o700)
        asking = {"SSH_ASKPASS": str(helper), "SSH_ASKPASS_REQUIRE": "force", "DISPLAY": ":0"}
        return {**plain, **asking, "STILLMINE_SSH_SECRET": secret}
