"""The other programs that ours is compared with, and what happens when one is missing."""

from __future__ import annotations

import importlib.util
import os
import pty
import select
import shutil
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.servers.process import eventually

AGE_NPM = Path(__file__).parent / "interop" / "age-npm"
PAGE_TOOLS = Path(__file__).parents[1] / "scripts" / "page"
AXE = Path(__file__).parent / "pages/axe/node_modules/axe-core/axe.min.js"

_HOW = {
    "age": "install the Debian package age",
    "age-keygen": "install the Debian package age",
    "pyrage": "pip install pyrage",
    "exiftool": "install the Debian package libimage-exiftool-perl",
    "axe": "npm ci --ignore-scripts --prefix tests/pages/axe",
    "age-npm": "npm ci --prefix tests/interop/age-npm",
    "chromium": "install the Debian package chromium",
    "page-tools": "npm ci --ignore-scripts --prefix scripts/page",
}
# Take the terminal on stdin as one's own, then become the program: age asks /dev/tty only.
_WITH_TERMINAL = (
    "import fcntl, os, sys, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0);"
    "os.execvp(sys.argv[1], sys.argv[1:])"
)


def need(name: str) -> None:
    """Skip the test, with the reason, if a counterpart is missing; on CI that is a failure."""
    if _is_there(name):
        return
    reason = f"{name} is missing: {_HOW.get(name, f'install {name}')}"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def run(*command: str | Path, given: bytes = b"") -> bytes:
    """Run a counterpart that must succeed; return what it wrote to stdout."""
    done = subprocess.run(command, input=given, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return done.stdout


def age_npm(step: str, *argument: str, given: bytes = b"") -> bytes:
    """Run one step of the TypeScript implementation."""
    return run("node", AGE_NPM / "age.mjs", step, *argument, given=given)


def run_at_terminal(command: list[str], *, prompt: bytes, answers: list[str]) -> int:
    """Run a program that asks at the terminal; answer each prompt; return its exit status."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", _WITH_TERMINAL, *command],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        for answer in answers:
            _wait_for(ours, prompt)
            if b"passphrase" in prompt:
                _wait_until_unseen(ours)
            os.write(ours, answer.encode() + b"\n")
        _drain(ours)
        status = process.wait(timeout=120)
    os.close(ours)
    return status


def _is_there(name: str) -> bool:
    if name == "age-npm":
        return shutil.which("node") is not None and (AGE_NPM / "node_modules").is_dir()
    if name == "page-tools":
        return shutil.which("node") is not None and (PAGE_TOOLS / "node_modules").is_dir()
    if name == "axe":
        return AXE.is_file()
    if name == "pyrage":
        return importlib.util.find_spec("pyrage") is not None
    return shutil.which(name) is not None


def _read(terminal: int) -> bytes:
    ready, _, _ = select.select([terminal], [], [], 60)
    if not ready:
        return b""
    try:
        return os.read(terminal, 4096)
    except OSError:  # how Linux says that the other end is closed
        return b""


def _wait_for(terminal: int, prompt: bytes) -> None:
    seen = b""
    while prompt not in seen:
        more = _read(terminal)
        assert more, f"no prompt, only: {seen!r}"
        seen += more


def _wait_until_unseen(terminal: int) -> None:
    """Wait until what is typed is not shown: what was typed before that may be thrown away."""
    eventually(lambda: not termios.tcgetattr(terminal)[3] & termios.ECHO)


def _drain(terminal: int) -> None:
    while _read(terminal):
        pass
