"""Ways to run the real program: as another program does, and as a person at a terminal does."""

import json
import os
import pty
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

_PROGRAM = Path(__file__).parent / "sample_program.py"
_LONGEST = 30.0  # seconds until a program that does not answer is given up


@dataclass(frozen=True)
class Finished:
    code: int
    out: bytes
    err: bytes

    @property
    def answer(self) -> dict[str, Any]:
        """The one JSON object on standard output, read as strictly as can be."""
        text = self.out.decode("utf-8", "strict")
        assert text.count("\n") == 1
        return json.loads(text, parse_constant=pytest.fail)

    @property
    def err_objects(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.err.decode().splitlines()]


def environment(tmp_path: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "COVERAGE_RUN")}
    return {
        **kept,
        "HOME": str(tmp_path),
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
        "TERM": "xterm",
        **more,
    }


class Runner:
    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def command(self, *typed: str | bytes) -> list[str | bytes]:
        return [sys.executable, str(_PROGRAM), *typed]

    def __call__(self, *typed: str | bytes, given: bytes = b"", **variables: str) -> Finished:
        done = subprocess.run(
            self.command(*typed),
            input=given,
            capture_output=True,
            cwd=self.folder,
            env=environment(self.folder, **variables),
            timeout=_LONGEST,
            check=False,
        )
        return Finished(done.returncode, done.stdout, done.stderr)


class Terminal:
    """A person at a real pseudo-terminal."""

    def __init__(self, command: list[str | bytes], folder: Path, **variables: str) -> None:
        self._master, slave = pty.openpty()
        self.seen = b""
        self._process = subprocess.Popen(
            command,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            cwd=folder,
            env=environment(folder, **variables),
            start_new_session=True,
            preexec_fn=_own_terminal,  # so that the hidden prompt finds it as /dev/tty
        )
        os.close(slave)

    def sees(self, text: str) -> bytes:
        """Wait until the text is on the screen, and return what came before it."""
        until = time.monotonic() + _LONGEST
        while text.encode() not in self.seen:
            assert time.monotonic() < until, f"{text!r} did not come: {self.seen!r}"
            if not self._read():
                pytest.fail(f"{text!r} did not come before the end: {self.seen!r}")
        before, _, self.seen = self.seen.partition(text.encode())
        return before

    def types(self, text: str) -> None:
        os.write(self._master, text.encode() + b"\n")

    def presses_ctrl_c(self) -> None:
        os.write(self._master, b"\x03")

    def leaves(self) -> tuple[int, bytes]:
        """Wait for the end; return the exit code and what was on the screen since."""
        while self._read():
            pass
        os.close(self._master)
        return self._process.wait(_LONGEST), self.seen

    def _read(self) -> bool:
        if not select.select([self._master], [], [], _LONGEST)[0]:
            self._process.send_signal(signal.SIGKILL)
            pytest.fail(f"nothing more came: {self.seen!r}")
        try:
            data = os.read(self._master, 65536)
        except OSError:  # the other side has ended
            return False
        self.seen += data
        return bool(data)


def _own_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture
def run(tmp_path: Path) -> Runner:
    return Runner(tmp_path)


@pytest.fixture
def terminal(run: Runner):
    def start(*typed: str, **variables: str) -> Terminal:
        return Terminal(run.command(*typed), run.folder, **variables)

    return start


@pytest.fixture
def secret_file(tmp_path: Path):
    def make(content: bytes, name: str = "secret", mode: int = 0o600) -> str:
        path = tmp_path / name
        path.write_bytes(content)
        path.chmod(mode)
        return str(path)

    return make
