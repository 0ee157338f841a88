"""Start, ask and end the process that holds the keys of an unlocked vault until it is locked.

Ending a process is the only way to be sure that a key is gone from memory. The keys are handed,
over a socket in a private folder of this computer, to programs of the same user only.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import subprocess
import sys
from pathlib import Path

from stillmine.app.holding import ANSWERING, END, ENDED, KEY, KEY_BYTES, other_user
from stillmine.app.home import Home
from stillmine.app.storage.root_key import RootKey
from stillmine.errors import NoKeyholder

_STARTING = 30.0  # seconds: one that can not start says so at once; a busy computer needs a while
_NAME = 16  # hexadecimal digits
_LONGEST = 107 if sys.platform == "linux" else 103  # bytes that a socket's path may have (unix(7))
_HOLDING = "stillmine.app.holding"


def _folder() -> Path:
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    if runtime and Path(runtime).is_dir():
        folder = Path(runtime) / "stillmine"
        if len(os.fsencode(folder)) + 1 + _NAME <= _LONGEST:
            return folder
    # Not tempfile.gettempdir(), which writes a file into each folder that it tries.
    return Path(os.environ.get("TMPDIR") or "/tmp") / f"stillmine-{os.getuid()}"  # noqa: S108 - the folder is checked before use


def _address(home: Home) -> Path:
    # By a sum: the path of a home may be too long for a socket, and is nobody's business.
    name = hashlib.sha256(os.fsencode(home.root.resolve())).hexdigest()[:_NAME]
    return _folder() / name


def is_possible() -> bool:
    """Say whether this system has what a keyholder needs."""
    return hasattr(socket, "AF_UNIX") and hasattr(os, "getuid")


def start(home: Home, root: RootKey, idle_minutes: int) -> None:
    """Start a process that holds the keys of this home; an older one ends first."""
    if not is_possible():
        raise NoKeyholder
    end(home)
    private_folder()
    process = subprocess.Popen(  # noqa: S603 - our own module, no shell, no outside input
        [sys.executable, "-I", "-m", _HOLDING, str(_address(home)), str(idle_minutes * 60)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    if process.stdin is None:
        raise NoKeyholder
    with contextlib.suppress(BrokenPipeError), process.stdin as pipe:
        pipe.write(root.secret)
    try:
        # It ends as soon as its own child, which holds the key, can be asked.
        process.wait(_STARTING)
    except subprocess.TimeoutExpired as problem:
        process.kill()
        process.wait()
        raise NoKeyholder from problem
    if root_key(home) is None:
        raise NoKeyholder


def private_folder() -> Path:
    """Return a folder for what runs now, which only this user can enter. Raise NoKeyholder."""
    folder = _folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    # Somebody else's folder, or one that others can enter, would hand them the key.
    if status.st_uid != os.getuid() or status.st_mode & 0o077 or folder.is_symlink():
        raise NoKeyholder
    return folder


def root_key(home: Home) -> RootKey | None:
    """Return the key that is held for this home, or None where the vault is locked."""
    answer = _ask(home, KEY)
    return RootKey(answer) if len(answer) == KEY_BYTES else None


def seems_held(home: Home) -> bool:
    """Say whether a process holds the key of this home, without asking, which would count as use.

    After a crash of that process this may still be true; whoever needs the key then finds out.
    """
    return is_possible() and _address(home).exists()


def end(home: Home) -> bool:
    """Lock: end the process that holds the keys. Says whether there was one."""
    return _ask(home, END) == ENDED


def _ask(home: Home, question: bytes) -> bytes:
    if not is_possible():
        return b""
    with contextlib.closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as channel:
        channel.settimeout(ANSWERING)
        try:
            channel.connect(str(_address(home)))
            if other_user(channel) != os.getuid():
                return b""
            channel.sendall(question)
            answer = channel.recv(64)
            if answer == ENDED:
                channel.recv(1)  # nothing comes: this returns when the process is gone
            return answer
        except OSError:
            return b""  # nobody holds a key: the vault is locked
