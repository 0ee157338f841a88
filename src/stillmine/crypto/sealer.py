"""Seal a file while it is being read, however large it is."""

from __future__ import annotations

import os
from collections.abc import Sequence
from types import TracebackType
from typing import Protocol, Self

from stillmine.crypto.header import build_header
from stillmine.crypto.payload import (
    CHUNK,
    NONCE_LENGTH,
    SEALED_CHUNK,
    TAG,
    Buffer,
    chunk_nonce,
    payload_cipher,
)
from stillmine.crypto.stanza import FILE_KEY_LENGTH, Recipient


class Sink(Protocol):
    """Where sealed bytes go."""

    def write(self, data: memoryview, /) -> int | None:
        """Take bytes and return how many were taken."""
        ...


class Readable(Protocol):
    """A binary file to read plaintext from; an unbuffered one costs the fewest copies."""

    def readinto(self, buffer: memoryview, /) -> int | None:
        """Fill the buffer as far as it goes and return how far; nothing at the end."""
        ...


class Sealer:
    """Write plaintext in, and an age file comes out at the sink.

    Holds three chunks of 64 KiB. The sink is not closed. Without `close` the file has no end and
    is refused as damaged; a `with` block that is left by an error therefore does not close it.
    """

    def __init__(self, sink: Sink, recipients: Sequence[Recipient]) -> None:
        """Write the header. Raise RecipientsDoNotMix or NotARecipient before writing."""
        file_key, nonce = os.urandom(FILE_KEY_LENGTH), os.urandom(NONCE_LENGTH)
        header = build_header(file_key, recipients)
        self._sink = sink
        self._cipher = payload_cipher(file_key, nonce)
        self._number = 0
        self._held = memoryview(bytearray(CHUNK))
        self._spare = memoryview(bytearray(CHUNK))
        self._held_length = 0
        self._sealed = memoryview(bytearray(SEALED_CHUNK))
        self._open = True
        self._write_all(memoryview(header + nonce))

    def write(self, data: Buffer) -> int:
        """Seal any number of bytes and return it. ValueError once closed or failed."""
        self._check_open()
        rest = memoryview(data).cast("B")
        length = len(rest)
        if self._held_length:
            rest = rest[self._hold(rest) :]
            if not rest:
                return length
            self._seal(self._held, final=False)
            self._held_length = 0
        # The last chunk is marked, so a full one is sealed only when more is known to follow.
        while len(rest) > CHUNK:
            self._seal(rest[:CHUNK], final=False)
            rest = rest[CHUNK:]
        self._hold(rest)
        return length

    def read_from(self, source: Readable) -> int:
        """Seal all that is left in a file, without a copy in between; return the bytes read."""
        self._check_open()
        total = 0
        while True:
            full = self._held_length == CHUNK
            length = source.readinto(self._spare if full else self._held[self._held_length :])
            if not length:
                return total
            if full:
                self._seal(self._held, final=False)
                self._held, self._spare = self._spare, self._held
                self._held_length = 0
            self._held_length += length
            total += length

    def close(self) -> None:
        """Seal and write the last chunk. ValueError if a write had failed before."""
        self._check_open()
        self._seal(self._held[: self._held_length], final=True)
        self._open = False

    def __enter__(self) -> Self:
        """Begin a block that closes the file if it ends well."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the file, unless an error left the block."""
        if kind is None and self._open:
            self.close()

    def _check_open(self) -> None:
        if not self._open:
            raise ValueError("this sealed file is closed, or a write to it failed")

    def _hold(self, data: memoryview) -> int:
        taken = min(len(data), CHUNK - self._held_length)
        self._held[self._held_length : self._held_length + taken] = data[:taken]
        self._held_length += taken
        return taken

    def _seal(self, plain: memoryview, *, final: bool) -> None:
        # A chunk that failed half-way must not be followed by others under the same numbers.
        self._open = False
        sealed = self._sealed[: len(plain) + TAG]
        self._cipher.encrypt_into(chunk_nonce(self._number, final=final), plain, None, sealed)
        self._number += 1
        self._write_all(sealed)
        self._open = True

    def _write_all(self, data: memoryview) -> None:
        while data:
            taken = self._sink.write(data)
            if not taken:
                raise BlockingIOError("the sink takes no more bytes")
            data = data[taken:]
