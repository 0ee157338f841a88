"""Ask ExifTool, where it is installed, what it finds in a cleaned copy: a reader of other hands.

It is a program of its own, started with no configuration, a bare environment and small limits. It
only ever sees copies that our own readers passed.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import select
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any, BinaryIO, Self

from stillmine.errors import StillSpeaks
from stillmine.imaging.clean.exiftool_names import is_known

_SECONDS = 60.0
_MOST_ANSWER = 8 * 1024 * 1024
_ARGUMENTS = ("-j", "-G1", "-a", "-u", "-ee")
_WITHOUT_CONFIG = ("-config", "")
_WAITING = (*_WITHOUT_CONFIG, "-stay_open", "True", "-@", "-")
_READY = b"{ready}\n"
_MEMORY = 1 << 30
_SLUG = re.compile(r"[^a-z0-9]+")


class ExifTool:
    """One running ExifTool for many files: use it in a `with`. Where it is missing, none runs."""

    def __init__(self) -> None:
        """Find the program; start nothing yet."""
        self._program = shutil.which("exiftool") if sys.platform != "win32" else None
        self._running: subprocess.Popen[bytes] | None = None

    @property
    def is_there(self) -> bool:
        """Say whether this computer has it."""
        return self._program is not None

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the program."""
        self.close()

    def close(self) -> None:
        """End the program; another file would start it again."""
        if self._running is not None:
            self._running.kill()
            self._running.communicate()
            self._running = None

    def check(self, copy: Path | BinaryIO) -> None:
        """Raise StillSpeaks if ExifTool finds what no cleaned file has; `part` is its name.

        A copy that is in memory is piped to it, and is on no disk.
        """
        if self._program is None:
            return
        for name, value in self._read(copy).items():
            if not is_known(name, value):
                raise StillSpeaks(part=_SLUG.sub(" ", name.lower())[:60])

    def _read(self, copy: Path | BinaryIO) -> dict[str, Any]:
        try:
            if isinstance(copy, Path):
                rows = json.loads(self._answer(copy.resolve()))
            else:
                rows = json.loads(self._piped(copy))
        except (ValueError, RecursionError, OSError) as error:
            self.close()
            raise StillSpeaks(part="exiftool cannot read it") from error
        if type(rows) is not list or len(rows) != 1 or type(rows[0]) is not dict:
            raise StillSpeaks(part="exiftool cannot read it")
        return rows[0]

    def _answer(self, path: Path) -> bytes:
        name = os.fsencode(path)
        if b"\n" in name or b"\r" in name:
            raise ValueError(name)  # its list of arguments is made of lines
        running = self._started()
        if running.stdin is None or running.stdout is None:
            raise OSError
        lines = [*(word.encode() for word in _ARGUMENTS), name, b"-execute", b""]
        running.stdin.write(b"\n".join(lines))
        running.stdin.flush()
        return _until(_READY, running.stdout.fileno())

    def _piped(self, copy: BinaryIO) -> bytes:
        """Ask a program of its own about what has no path. Raises OSError, ValueError."""
        copy.seek(0)
        # One of the system's own files it can seek in; of others it has to take all.
        is_file = isinstance(copy, io.FileIO)
        words = (*_WITHOUT_CONFIG, *_ARGUMENTS, "-")
        running = self._start(words, copy.fileno() if is_file else subprocess.PIPE)
        feeding = threading.Thread(target=_feed, args=(copy, running.stdin))
        feeding.start()
        try:
            return _until(b"", running.stdout.fileno() if running.stdout else -1)
        finally:
            running.kill()
            feeding.join()
            if running.stdout is not None:
                running.stdout.close()
            running.wait()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._running is None or self._running.poll() is not None:
            self._running = self._start(_WAITING, subprocess.PIPE)
        return self._running

    def _start(self, words: tuple[str, ...], stdin: int) -> subprocess.Popen[bytes]:
        started = subprocess.Popen(  # noqa: S603 - found on the path, fixed words
            [*_dies_with_us(), str(self._program), *words],
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin", "EXIFTOOL_HOME": "/nonexistent"},
            cwd="/",
            start_new_session=True,
        )
        _limit(started.pid)
        return started


def _feed(copy: BinaryIO, into: IO[bytes] | None) -> None:
    """Hand over the copy; it stops taking once it knows enough, and that is no trouble."""
    if into is None:
        return
    with contextlib.suppress(OSError), into:
        shutil.copyfileobj(copy, into)


def _dies_with_us() -> list[str]:
    """Return what to put before the program so that it ends when we are killed (Linux).

    It waits on when its input ends, so it would stay for ever. The system ends it too when only
    the thread ends that started it; then the next file starts it again.
    """
    setpriv = shutil.which("setpriv") if sys.platform == "linux" else None
    return [setpriv, "--pdeathsig", "KILL", "--"] if setpriv else []


def _until(end: bytes, descriptor: int) -> bytes:
    """Read up to these bytes, or all there is, against the clock. Raises OSError, ValueError."""
    answer = bytearray()
    until = time.monotonic() + _SECONDS
    while not end or not answer.endswith(end):
        left = until - time.monotonic()
        ready, _, _ = select.select([descriptor], [], [], max(0.0, left))
        more = os.read(descriptor, 65536) if ready else b""
        if ready and not more and not end:
            break
        if not more or len(answer) > _MOST_ANSWER:
            raise OSError
        answer += more
    return bytes(answer[: len(answer) - len(end)])


def _limit(process: int) -> None:
    """Let it write no file and take little memory (Linux; elsewhere there is no such call)."""
    if sys.platform == "linux":
        import resource

        resource.prlimit(process, resource.RLIMIT_FSIZE, (0, 0))
        resource.prlimit(process, resource.RLIMIT_CORE, (0, 0))
        resource.prlimit(process, resource.RLIMIT_AS, (_MEMORY, _MEMORY))
