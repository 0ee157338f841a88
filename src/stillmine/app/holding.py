"""The process that holds the key of an unlocked vault, and gives it to programs of its user only.

It is started by `keyholder`, which hands it the key over standard input. It loads next to nothing:
it starts at once, and there is little in it that could fail.
"""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import sys
from pathlib import Path

from stillmine.app.process import hide_from_debuggers, take_plain_name

KEY, END, ENDED = b"key\n", b"end\n", b"ended"
ANSWERING = 30.0  # seconds; who is not there says so at once, and a busy computer is not locked
_ASKING = 10.0  # seconds that somebody may take to ask; meanwhile nobody else is answered
KEY_BYTES = 32


def other_user(channel: socket.socket) -> int:
    """Return the user at the other end, as the system knows it."""
    if hasattr(socket, "SO_PEERCRED"):
        size = struct.calcsize("3i")
        given = channel.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
        return int(struct.unpack("3i", given)[1])
    # Where the system does not say, the folder that only this user can enter has to do.
    return os.getuid()


def _hold(address: Path, idle_seconds: float) -> None:
    secret = sys.stdin.buffer.read(KEY_BYTES)
    os.umask(0o077)
    with contextlib.suppress(FileNotFoundError):
        address.unlink()
    answers, ready = os.pipe()
    if os.fork():
        # The program that started this need not stay to clear up after it: it waits for this end.
        os.close(ready)
        os._exit(0 if os.read(answers, 1) else 1)
    with contextlib.closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as listener:
        listener.bind(str(address))
        listener.listen()
        listener.settimeout(idle_seconds)
        os.write(ready, b"+")
        with contextlib.suppress(TimeoutError):
            while True:
                _serve_one(listener, secret, address)
        address.unlink(missing_ok=True)


def _serve_one(listener: socket.socket, secret: bytes, address: Path) -> None:
    channel, _ = listener.accept()
    with contextlib.closing(channel), contextlib.suppress(OSError):
        channel.settimeout(_ASKING)
        if other_user(channel) != os.getuid():
            return
        question = channel.recv(16)
        if question == KEY:
            channel.sendall(secret)
        if question == END:
            # The name goes first: from then on it may be the next keyholder's.
            address.unlink(missing_ok=True)
            channel.sendall(ENDED)
            # With the process the channel closes, which tells the other end that the key is gone.
            os._exit(0)


if __name__ == "__main__":
    take_plain_name()
    hide_from_debuggers()
    _hold(Path(sys.argv[1]), float(sys.argv[2]))
