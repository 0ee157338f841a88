"""Speak the SSH file transfer protocol, version 3, to a server behind OpenSSH's `ssh`.

The format is draft-ietf-secsh-filexfer-02, with OpenSSH's extensions as its file PROTOCOL
lists them. The program `ssh` does the encryption; only file requests pass through here.
"""

from __future__ import annotations

import struct
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from stillmine.errors import ConnectionLost, StrangeAnswer

INIT, VERSION, OPEN, CLOSE, READ, WRITE, LSTAT = 1, 2, 3, 4, 5, 6, 7
OPENDIR, READDIR, REMOVE, MKDIR, STAT, RENAME = 11, 12, 13, 14, 17, 18
STATUS, HANDLE, DATA, NAME, ATTRS, EXTENDED, EXTENDED_REPLY = 101, 102, 103, 104, 105, 200, 201
OK, END, NO_SUCH_FILE, DENIED, FAILURE = 0, 1, 2, 3, 4
FOR_READING, FOR_NEW_FILE = 0x01, 0x02 | 0x08 | 0x20
BLOCK = 32 << 10
"""The most bytes that every server must take in one request."""
_AHEAD = 32
_MOST_ANSWER = 1 << 20
_SIZE, _OWNER, _MODE, _TIMES, _MORE = 1, 2, 4, 8, 0x80000000


class Status(Exception):
    """The server's answer to a request that did not work."""

    def __init__(self, code: int) -> None:
        """Keep the number that the protocol gives it."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Attributes:
    """What the server says of a file: bytes, type and permission bits, Unix time."""

    size: int
    mode: int
    modified: int


def text(value: bytes) -> bytes:
    """Write a string as the protocol does: its length, then its bytes."""
    return struct.pack(">I", len(value)) + value


class Reader:
    """Take an answer apart; what is too short is a StrangeAnswer."""

    def __init__(self, packet: bytes) -> None:
        """Start at the beginning of one answer's contents."""
        self._rest = memoryview(packet)

    def number(self, form: str = ">I") -> int:
        """Take a number off the front."""
        return int(struct.unpack(form, self._take(struct.calcsize(form)))[0])

    def text(self) -> bytes:
        """Take a string off the front."""
        return bytes(self._take(self.number()))

    def attributes(self) -> Attributes:
        """Take a file's attributes off the front."""
        flags = self.number()
        size = self.number(">Q") if flags & _SIZE else 0
        if flags & _OWNER:
            self._take(8)
        mode = self.number() if flags & _MODE else 0
        modified = 0
        if flags & _TIMES:
            self._take(4)
            modified = self.number()
        if flags & _MORE:
            for _ in range(self.number()):
                self.text()
                self.text()
        return Attributes(size, mode, modified)

    def more(self) -> bool:
        """Tell whether something is left."""
        return bool(self._rest)

    def _take(self, length: int) -> memoryview:
        if length > len(self._rest):
            raise StrangeAnswer(reason="short")
        taken, self._rest = self._rest[:length], self._rest[length:]
        return taken


class Session:
    """One conversation over a pair of pipes. Several threads may use it, one at a time."""

    def __init__(self, to_server: BinaryIO, from_server: BinaryIO) -> None:
        """Greet the server and note which extensions it has."""
        self._out = to_server
        self._in = from_server
        self._lock = threading.RLock()
        self._number = 0
        self._send(struct.pack(">BI", INIT, 3))
        kind, answer = self._receive()
        if kind != VERSION or answer.number() < 3:
            raise StrangeAnswer(reason="version")
        self.extensions: frozenset[bytes] = frozenset(self._pairs(answer))

    def ask(self, kind: int, contents: bytes, expected: int = STATUS) -> Reader:
        """Send one request and wait for its answer. Raises Status."""
        return self.ask_all([(kind, contents)], expected)[0]

    def ask_all(self, requests: Sequence[tuple[int, bytes]], expected: int) -> list[Reader]:
        """Send up to 32 requests at once; the answers come back in the order of the requests."""
        return [_expect(answer, expected) for answer in self._exchange(requests)]

    def extended(self, name: bytes, contents: bytes, expected: int = STATUS) -> Reader:
        """Use an extension of the server."""
        return self.ask(EXTENDED, text(name) + contents, expected)

    def write_all(self, handle: bytes, pieces: Iterator[bytes]) -> None:
        """Write a whole file, a megabyte on its way at a time."""
        offset = 0
        waiting: deque[tuple[int, bytes]] = deque()
        for piece in pieces:
            for start in range(0, len(piece), BLOCK):
                block = piece[start : start + BLOCK]
                waiting.append((WRITE, text(handle) + struct.pack(">Q", offset) + text(block)))
                offset += len(block)
            while len(waiting) >= _AHEAD:
                self.ask_all([waiting.popleft() for _ in range(_AHEAD)], STATUS)
        if waiting:
            self.ask_all(list(waiting), STATUS)

    def reader(self, handle: bytes) -> Callable[[int], bytes]:
        """Return a function that reads an open file onwards, up to so many bytes."""
        offset = 0

        def read(room: int) -> bytes:
            nonlocal offset
            piece = self._read_at(handle, offset, room)
            offset += len(piece)
            return piece

        return read

    def _read_at(self, handle: bytes, offset: int, room: int) -> bytes:
        starts = range(offset, offset + room, BLOCK)[:_AHEAD]
        sizes = [min(BLOCK, offset + room - start) for start in starts]
        requests = [
            (READ, text(handle) + struct.pack(">QI", start, size))
            for start, size in zip(starts, sizes, strict=True)
        ]
        whole = bytearray()
        for answer, size in zip(self._ask_data(requests), sizes, strict=True):
            whole += answer[:size]
            if len(answer) < size:
                break
        return bytes(whole)

    def _ask_data(self, requests: list[tuple[int, bytes]]) -> list[bytes]:
        found = []
        for answer in self._exchange(requests):
            try:
                found.append(_expect(answer, DATA).text())
            except Status as status:
                if status.code != END:
                    raise
                found.append(b"")
        return found

    def _exchange(self, requests: Sequence[tuple[int, bytes]]) -> list[tuple[int, Reader] | None]:
        """Send all requests, take all answers, and sort them by their numbers."""
        with self._lock:
            numbers = []
            for kind, contents in requests:
                self._send(struct.pack(">BI", kind, self._number) + contents)
                numbers.append(self._number)
                self._number = (self._number + 1) & 0xFFFFFFFF
            answers = dict(self._numbered() for _ in requests)
        return [answers.get(number) for number in numbers]

    def _numbered(self) -> tuple[int, tuple[int, Reader]]:
        kind, answer = self._receive()
        return answer.number(), (kind, answer)

    def _send(self, packet: bytes) -> None:
        try:
            self._out.write(struct.pack(">I", len(packet)) + packet)
            self._out.flush()
        except (OSError, ValueError) as cause:
            raise ConnectionLost(reason="ssh-ended") from cause

    def _receive(self) -> tuple[int, Reader]:
        length = int.from_bytes(self._exactly(4), "big")
        if not 1 <= length <= _MOST_ANSWER:
            raise StrangeAnswer(reason="length")
        packet = self._exactly(length)
        return packet[0], Reader(packet[1:])

    def _exactly(self, length: int) -> bytes:
        try:
            found = self._in.read(length)
        except (OSError, ValueError) as cause:
            raise ConnectionLost(reason="ssh-ended") from cause
        if len(found) < length:
            raise ConnectionLost(reason="ssh-ended")
        return found

    def _pairs(self, answer: Reader) -> Iterator[bytes]:
        while answer.more():
            yield answer.text()
            answer.text()


def _expect(answer: tuple[int, Reader] | None, expected: int) -> Reader:
    """Return an answer of the expected kind; a refusal is a Status."""
    if answer is None:
        raise StrangeAnswer(reason="number")
    kind, contents = answer
    if kind == STATUS and (code := contents.number()) != OK:
        raise Status(code)
    if kind != expected:
        raise StrangeAnswer(reason="kind")
    return contents
