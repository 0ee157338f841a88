"""What is inside a seal: a plain tar archive of three files, so that nobody needs us to unpack it.

    manifest.json    what the sender states
    manifest.sig     their signature under it
    picture.jpg      the picture, under a name that says nothing
    zeros            up to the padded size; tar stops before them

`age -d FILE | tar x` unpacks it. Written as POSIX ustar; read by a reader that knows these three
entries, in this order, and nothing else: no links, no folders, no paths, no extensions.
"""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from stillmine.crypto import padded_size
from stillmine.errors import NotAHandover, NotAsSigned
from stillmine.share import manifest as statement
from stillmine.share.manifest import Manifest

MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
_BLOCK = tarfile.BLOCKSIZE
_LONGEST_SIGNATURE = 1024
_END = 2 * _BLOCK
_PIECE = 1 << 18
_PLAIN_FILE = b"0"


class Plain(Protocol):
    """Opened plaintext that can be sought in."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes."""
        ...

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place and return it."""
        ...


@dataclass(frozen=True, slots=True)
class Contents:
    """What was found inside: the statement, whose signature was checked, and where the file is.

    Without a statement it is whatever somebody sealed with `age` alone.
    """

    manifest: Manifest | None
    start: int
    size: int

    def read_from(self, plain: Plain) -> Iterator[bytes]:
        """Yield the file in pieces. Raise NotAsSigned behind the last one if it is another file."""
        plain.seek(self.start)
        left, total = self.size, hashlib.sha256()
        while left and (piece := plain.read(min(left, _PIECE))):
            left -= len(piece)
            total.update(piece)
            yield piece
        if self.manifest is not None and total.hexdigest() != self.manifest.sha256:
            raise NotAsSigned


def pack(manifest: Manifest, signature: bytes, picture: bytes) -> Iterator[bytes]:
    """Yield the archive, in pieces, with zeros up to the padded size behind it."""
    facts = manifest.to_json()
    written = 0
    parts = ((MANIFEST, facts), (SIGNATURE, signature), (manifest.file, picture))
    for name, content in parts:
        entry, fill = _entry(name, len(content)), bytes(-len(content) % _BLOCK)
        written += len(entry) + len(content) + len(fill)
        yield entry
        yield content
        yield fill
    yield bytes(padded_size(written + _END) - written)


def _entry(name: str, size: int) -> bytes:
    entry = tarfile.TarInfo(name)
    # No time: the manifest has one, which is signed.
    entry.size, entry.mode, entry.mtime = size, 0o600, 0
    return entry.tobuf(tarfile.USTAR_FORMAT, "ascii", "strict")


def unpack_or_plain(plain: Plain) -> Contents:
    """Find the parts of a hand-over; what does not begin like one is taken as it is, unsigned."""
    begins = plain.read(len(MANIFEST) + 1)
    size = plain.seek(0, io.SEEK_END)
    plain.seek(0)
    if begins != MANIFEST.encode("ascii") + b"\0":
        return Contents(None, 0, size)
    return unpack(plain)


def unpack(plain: Plain) -> Contents:
    """Find the parts, and prove each of them. Raise NotAHandover or NotAsSigned.

    Whoever made the seal may be anyone: every size is bounded before it is read.
    """
    facts = _small(plain, MANIFEST, statement.LONGEST)
    signature = _small(plain, SIGNATURE, _LONGEST_SIGNATURE)
    manifest = Manifest.from_json(facts)
    statement.check(manifest, signature)
    name, size = _next(plain)
    if (name, size) != (manifest.file, manifest.size):
        raise NotAsSigned
    found = Contents(manifest, plain.seek(0, io.SEEK_CUR), manifest.size)
    for _piece in found.read_from(plain):
        pass
    return found


def _small(plain: Plain, name: str, most: int) -> bytes:
    found, size = _next(plain)
    if found != name or size > most:
        raise NotAHandover(why="entries")
    content = plain.read(size)
    plain.seek(-size % _BLOCK, io.SEEK_CUR)
    if len(content) != size:
        raise NotAHandover(why="cut")
    return content


def _next(plain: Plain) -> tuple[str, int]:
    """Read one header block and return the name and the size in it."""
    block = plain.read(_BLOCK)
    if len(block) != _BLOCK:
        raise NotAHandover(why="entries")
    prefix = block[345:500].strip(b"\0")
    if block[156:157] != _PLAIN_FILE or prefix or block[257:262] != b"ustar":
        raise NotAHandover(why="entries")
    blank = block[:148] + b" " * 8 + block[156:]
    if _number(block[148:156]) != sum(blank):
        raise NotAHandover(why="entries")
    return block[:100].rstrip(b"\0").decode("ascii", "replace"), _number(block[124:136])


def _number(field: bytes) -> int:
    digits = field.strip(b"\0 ")
    if not digits or digits.strip(b"01234567"):
        raise NotAHandover(why="entries")
    return int(digits, 8)
