"""Open a sealed file and read any part of it, with every byte proven before it is shown."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag

from stillmine.crypto.header import Source, parse_header
from stillmine.crypto.payload import (
    CHUNK,
    NONCE_LENGTH,
    SEALED_CHUNK,
    TAG,
    chunk_nonce,
    payload_cipher,
)
from stillmine.crypto.stanza import Identity
from stillmine.errors import Damaged, NotAge

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


class Opener(io.RawIOBase):
    """The plaintext of an age file, as a read-only binary file that can be sought in.

    Every chunk is authenticated before a byte of it is given out. A missing or added end is
    noticed at `size`, at a seek from the end, and at the end of reading, never passed over.
    Holds three chunks of 64 KiB. Not for use by two threads at once. The source stays open.
    """

    def __init__(self, source: Source, identities: Sequence[Identity]) -> None:
        """Read the header, from where the source stands.

        Raise NotAge, UnsupportedVersion, NoKeyFits, WorkFactorTooHigh or Damaged.
        """
        super().__init__()
        start = source.tell()
        header = parse_header(source)
        file_key = header.open(identities)
        nonce = _read_up_to(source, NONCE_LENGTH)
        if len(nonce) != NONCE_LENGTH:
            raise NotAge(why="nonce")
        self._source = source
        self._cipher = payload_cipher(file_key, nonce)
        self._start = start + header.length + NONCE_LENGTH
        self._sealed_size = source.seek(0, os.SEEK_END) - self._start
        self._chunks = max(1, -(-self._sealed_size // SEALED_CHUNK))
        self._at = 0
        self._source_at = -1
        self._plain = memoryview(bytearray(CHUNK))
        self._plain_number = -1
        self._plain_length = 0
        self._end_proven = False
        self._wrong_end: int | None = None

    @property
    def size(self) -> int:
        """Return how many bytes of plaintext there are, proven by the last chunk. Raise Damaged."""
        if not self._end_proven:
            self._load(self._chunks - 1)
        if self._wrong_end is not None:
            raise Damaged(where="end", chunk=self._wrong_end)
        return self._sealed_size - self._chunks * TAG

    def readable(self) -> bool:
        """Return True."""
        return True

    def seekable(self) -> bool:
        """Return True."""
        return True

    def tell(self) -> int:
        """Return the place in the plaintext, in bytes."""
        return self._at

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to a place in the plaintext and return it; from the end, the end is proven first."""
        if whence not in (os.SEEK_SET, os.SEEK_CUR, os.SEEK_END):
            raise ValueError("unknown origin")
        origin = self._at if whence == os.SEEK_CUR else 0
        if whence == os.SEEK_END:
            origin = self.size
        if origin + offset < 0:
            raise ValueError("before the start of the file")
        self._at = origin + offset
        return self._at

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        """Fill the buffer as far as there is plaintext; return the bytes written. Raise Damaged."""
        target = memoryview(buffer).cast("B")
        done = 0
        while done < len(target):
            piece = self._piece(self._at + done, len(target) - done)
            if not piece:
                break
            target[done : done + len(piece)] = piece
            done += len(piece)
        self._at += done
        return done

    def read(self, size: int | None = -1, /) -> bytes:
        """Return up to `size` bytes, or all that are left. Raise Damaged."""
        if size is None or size < 0:
            return self.readall()
        pieces, done = [], 0
        while done < size and (piece := self._piece(self._at + done, size - done)):
            pieces.append(bytes(piece))
            done += len(piece)
        self._at += done
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def readall(self) -> bytes:
        """Return all that is left. Raise Damaged."""
        return self.read(max(0, self.size - self._at))

    def _piece(self, at: int, most: int) -> memoryview:
        """Return the proven plaintext from a place to the end of its chunk; empty at the end."""
        if self.closed:
            raise ValueError("this file is closed")
        number, offset = divmod(at, CHUNK)
        if number >= self._chunks:
            number, offset = self._chunks - 1, CHUNK
        if self._wrong_end is not None and number > self._wrong_end:
            raise Damaged(where="end", chunk=number)
        if number != self._plain_number:
            self._load(number)
        piece = self._plain[offset : min(offset + most, self._plain_length)]
        if not piece and self._wrong_end is not None:
            raise Damaged(where="end", chunk=number)
        return piece

    def _load(self, number: int) -> None:
        """Read and prove one chunk. Raise Damaged."""
        self._plain_number = -1
        final = number == self._chunks - 1
        wanted = self._sealed_size - number * SEALED_CHUNK if final else SEALED_CHUNK
        sealed = self._read_sealed(self._start + number * SEALED_CHUNK, wanted)
        length = wanted - TAG
        if len(sealed) != wanted or length < 0 or (length == 0 and number > 0):
            raise Damaged(where="content", chunk=number)
        if self._decrypt(number, sealed, final=final):
            self._end_proven = self._end_proven or final
        elif length == CHUNK and self._decrypt(number, sealed, final=not final):
            # The chunk is as it was sealed, but the file is longer or shorter than what was sealed.
            self._wrong_end = number
        else:
            raise Damaged(where="content", chunk=number)
        self._plain_number, self._plain_length = number, length

    def _decrypt(self, number: int, sealed: bytes, *, final: bool) -> bool:
        # Into our own buffer: what does not authenticate never reaches the caller's.
        plain = self._plain[: len(sealed) - TAG]
        try:
            self._cipher.decrypt_into(chunk_nonce(number, final=final), sealed, None, plain)
        except InvalidTag:
            return False
        return True

    def _read_sealed(self, at: int, length: int) -> bytes:
        if at != self._source_at:
            self._source.seek(at)
        self._source_at = -1  # unknown, should the read fail
        sealed = _read_up_to(self._source, length)
        self._source_at = at + len(sealed)
        return sealed


def _read_up_to(source: Source, length: int) -> bytes:
    data = source.read(length) or b""
    while len(data) < length and (more := source.read(length - len(data))):
        data += more
    return data
