"""One limited child, seen from our side: start it, ask it, and end it when it misbehaves."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from stillmine.errors import DecoderWillNotStart
from stillmine.imaging import wire
from stillmine.imaging.kinds import Problem
from stillmine.imaging.line import Line, descriptors_travel
from stillmine.imaging.shapes import FAILED, HELLO, MOST_BYTES, WANTED
from stillmine.imaging.source import Source

PROGRAM: tuple[str, ...] = (sys.executable, "-I", "-B", "-m", "stillmine.imaging.child")
_START_SECONDS = 60.0
_EXIT_SECONDS = 5.0
# Nothing of our environment is the child's business; one thread where a library would take many.
_ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    "MALLOC_ARENA_MAX": "2",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "OPENCV_OPENCL_RUNTIME": "disabled",  # no graphics driver of this computer meets the file
}


class Died(Exception):
    """The child is gone, and why."""

    def __init__(self, problem: Problem) -> None:
        """Keep the reason."""
        super().__init__(problem.value)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Request:
    """A task by name, its whole numbers, and the answer it may give."""

    task: str
    numbers: Mapping[str, int]
    shape: Mapping[str, wire.Check]


class Process:
    """A started child. Not thread-safe: the pool hands it to one task at a time."""

    def __init__(self, program: Sequence[str], memory: int, *, heavy: bool = False) -> None:
        """Start it and wait until it says that it is locked in. Raises DecoderWillNotStart.

        Only a heavy one can do the tasks in `shapes.HEAVY`; it can do all the others too.
        """
        self._line, self._process = _start(program, (str(memory), "heavy" if heavy else "light"))
        self.heavy = heavy
        self.tasks_done = 0
        self._late = False
        try:
            with self._ended_after(_START_SECONDS):
                message, _ = self._answer(time.monotonic() + _START_SECONDS, HELLO, 0)
        except Died as error:
            raise DecoderWillNotStart(problem=error.problem.value) from error
        self.protections: Mapping[str, int] = message

    def ask(self, request: Request, source: Source, seconds: float) -> tuple[wire.Message, bytes]:
        """Return the checked answer and its raw bytes. Raises Died; the child is then ended."""
        self.tasks_done += 1
        body = {
            "task": request.task,
            "numbers": dict(request.numbers),
            "seconds": max(1, round(seconds)),
            "stream": None if source.stream is None else source.size,
        }
        text = wire.pack(body, len(source.data))
        until = time.monotonic() + seconds
        with self._ended_after(seconds):
            self._send(text, source, seconds)
            return self._answer(until, request.shape, MOST_BYTES.get(request.task, 0), source)

    def close(self) -> None:
        """End the child and clean up after it."""
        self._line.close()
        self._process.kill()
        self._process.wait()

    def _send(self, text: bytes, source: Source, seconds: float) -> None:
        """Hand over a request and its file, or the way to it. Raises Died."""
        try:
            self._line.wait_at_most(seconds)
            self._line.send(text, source.descriptor)
            self._line.send(source.data)
        except TimeoutError as error:
            raise self._end(Problem.TOOK_TOO_LONG) from error
        except OSError as error:
            raise self._gone() from error

    def _answer(
        self,
        until: float,
        shape: Mapping[str, wire.Check],
        most_bytes: int,
        source: Source | None = None,
    ) -> tuple[wire.Message, bytes]:
        try:
            message, blob = self._message(until, most_bytes)
            while source is not None and source.stream and message.keys() == WANTED.keys():
                self._give(source.stream, wire.checked(message, WANTED))
                message, blob = self._message(until, most_bytes)
            expected = FAILED if message.keys() == FAILED.keys() else shape
            return wire.checked(message, expected), blob
        except TimeoutError as error:
            raise self._end(Problem.TOOK_TOO_LONG) from error
        except wire.Garbled as error:
            raise self._end(Problem.DECODER_CRASHED) from error
        except (EOFError, OSError) as error:
            raise self._gone() from error

    def _message(self, until: float, most_bytes: int) -> tuple[wire.Message, bytes]:
        head = self._receive(wire.HEAD.size, until)
        text_size, blob_size = wire.sizes(head, most_bytes)
        message = wire.unpack(self._receive(text_size, until))
        return message, self._receive(blob_size, until)

    def _give(self, stream: BinaryIO, wanted: wire.Message) -> None:
        """Send a piece of the file under way, which is all that the child can reach by asking.

        What reading it raises is the caller's: it is the vault's file that is damaged then.
        """
        try:
            stream.seek(wanted["offset"])
            piece = stream.read(wanted["size"])
        except OSError as error:
            raise self._end(Problem.CANNOT_READ) from error
        self._line.send(wire.HEAD.pack(0, len(piece)) + piece)

    def _receive(self, size: int, until: float) -> bytes:
        """Receive against the clock: a child that dribbles bytes gains no time."""
        parts: list[bytes] = []
        while size:
            left = until - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._line.wait_at_most(left)
            part = self._line.receive_some(size)
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    @contextlib.contextmanager
    def _ended_after(self, seconds: float) -> Iterator[None]:
        """Kill the child when its time is over, where the line itself has no clock."""
        if self._line.has_clock:
            yield
            return
        timer = threading.Timer(seconds, self._time_is_over)
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _time_is_over(self) -> None:
        self._late = True
        self._process.kill()

    def _end(self, problem: Problem) -> Died:
        self.close()
        return Died(problem)

    def _gone(self) -> Died:
        """Tell from how it ended what went wrong."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_EXIT_SECONDS)
        code = self._process.poll()
        self.close()
        if self._late or code == -getattr(signal, "SIGXCPU", 0):
            return Died(Problem.TOOK_TOO_LONG)
        if code == -getattr(signal, "SIGKILL", 0):  # nobody but the kernel, short of memory
            return Died(Problem.OUT_OF_MEMORY)
        return Died(Problem.DECODER_CRASHED)


def _start(program: Sequence[str], words: Sequence[str]) -> tuple[Line, subprocess.Popen[bytes]]:
    start = _with_socket if descriptors_travel() else _with_pipes
    try:
        return start(program, words)
    except OSError as error:
        raise DecoderWillNotStart from error


def _with_socket(
    program: Sequence[str], words: Sequence[str]
) -> tuple[Line, subprocess.Popen[bytes]]:
    ours, theirs = socket.socketpair()
    with theirs:
        try:
            process = subprocess.Popen(  # noqa: S603 - our own program and three words, no shell
                [*program, str(theirs.fileno()), *words],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,  # what a decoder prints may quote the file
                stderr=subprocess.DEVNULL,
                pass_fds=(theirs.fileno(),),
                env=_ENVIRONMENT,
                cwd="/",
                start_new_session=True,
            )
        except OSError:
            ours.close()
            raise
    return Line.over(ours), process


def _with_pipes(
    program: Sequence[str], words: Sequence[str]
) -> tuple[Line, subprocess.Popen[bytes]]:
    """Start it where a socket cannot carry descriptors: files are sent as bytes there."""
    to_child, ours_out = os.pipe()
    ours_in, from_child = os.pipe()
    try:
        process = subprocess.Popen(  # noqa: S603 - our own program and three words, no shell
            [*program, "pipes", *words],
            stdin=to_child,
            stdout=from_child,
            stderr=subprocess.DEVNULL,
            env={**_ENVIRONMENT, **_needed_by_windows()},
        )
    except OSError:
        os.close(ours_out)
        os.close(ours_in)
        raise
    finally:
        os.close(to_child)
        os.close(from_child)
    return Line(ours_in, ours_out), process


def _needed_by_windows() -> dict[str, str]:
    """Return the one variable without which Python does not start there."""
    return {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}
