"""Unpack gzip, bzip2, xz and zstd bit by bit, so that a small file cannot grow huge at once.

The ready-made file classes of the standard library unpack a whole block at a time: 40 bytes of
bzip2 can be 45 megabytes. The decompressors below them take a most for each step, and that is used.
"""

from __future__ import annotations

import bz2
import importlib
import lzma
import zlib
from collections.abc import Callable
from typing import Any

from stillmine.app.sources.limits import Budget
from stillmine.app.sources.stream import Stream
from stillmine.errors import ArchiveDamaged, CannotUnpack

_BLOCK = 1 << 16
_MOST_MEMORY = 192 << 20  # of one decompressor; `xz -9` needs 65 MiB
_ZSTD_WINDOW = 128 << 20  # what `zstd --long` makes
_GZIP, _RAW = 31, -15
_PROBLEMS = (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError)


class _Zlib:
    """zlib's decompressor, made to keep what it did not get to."""

    def __init__(self, bits: int) -> None:
        self._inner = zlib.decompressobj(bits)
        self.needs_input = True

    def decompress(self, data: bytes, most: int) -> bytes:
        out = self._inner.decompress(self._inner.unconsumed_tail + data, most)
        self.needs_input = not self._inner.unconsumed_tail and len(out) < most
        return out

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data


def _xz() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(memlimit=_MOST_MEMORY)


_MAKERS: dict[str, Callable[[], Any]] = {
    "gzip": lambda: _Zlib(_GZIP),
    "deflate": lambda: _Zlib(_RAW),
    "zlib": lambda: _Zlib(zlib.MAX_WBITS),
    "bzip2": bz2.BZ2Decompressor,
    "xz": _xz,
}
_SEVERAL = frozenset({"gzip", "bzip2", "xz"})  # one after the other they are one file

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)
"""The first bytes by which a compressed file is known."""


def unpacked(packed: Stream, form: str, budget: Budget) -> Stream:
    """Return what a compressed stream holds; `form` is a name of `MAGIC`, "deflate" or "zlib".

    Reading raises ArchiveDamaged, ArchiveTooMuch, or CannotUnpack where no library is there.
    """
    if form == "zstd":
        return _zstd(packed, budget)
    return _Unpacking(packed, _MAKERS[form], budget, again=form in _SEVERAL).stream


class _Unpacking:
    """One compressed stream on its way."""

    def __init__(
        self, packed: Stream, make: Callable[[], Any], budget: Budget, *, again: bool
    ) -> None:
        self._packed, self._make, self._budget, self._again = packed, make, budget, again
        self._unpacker: Any = make()
        self._left = b""
        self._over = False
        self.stream = Stream(self._read)

    def _read(self, count: int) -> bytes:
        try:
            while not self._over:
                out: bytes = self._step(min(count, _BLOCK))
                if out:
                    self._budget.spend(len(out))
                    return out
        except _PROBLEMS as problem:
            raise ArchiveDamaged from problem
        return b""

    def _step(self, most: int) -> bytes:
        if self._unpacker.eof:
            self._next_member()
            return b""
        data = self._left
        self._left = b""
        if not data and self._unpacker.needs_input:
            data = self._packed.read(_BLOCK)
            if not data:
                raise ArchiveDamaged
        out: bytes = self._unpacker.decompress(data, most)
        return out

    def _next_member(self) -> None:
        """Go on with what follows a finished member; padding and rubbish at the end are let be."""
        self._left = self._unpacker.unused_data or self._packed.read(_BLOCK)
        starts = self._left.lstrip(b"\0")[:2]
        known = any(magic.startswith(starts) for magic, _ in MAGIC) if starts else False
        self._over = not (self._again and known)
        if not self._over:
            self._left = self._left.lstrip(b"\0")
            self._unpacker = self._make()


def _zstd(packed: Stream, budget: Budget) -> Stream:
    try:
        library = importlib.import_module("zstandard")
    except ImportError as problem:
        raise CannotUnpack from problem
    inner = library.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    reader = inner.stream_reader(_AsFile(packed), read_size=_BLOCK, read_across_frames=True)

    def read(count: int) -> bytes:
        try:
            out: bytes = reader.read(min(count, _BLOCK))
        except library.ZstdError as problem:
            raise ArchiveDamaged from problem
        budget.spend(len(out))
        return out

    return Stream(read)


class _AsFile:
    """The little of a file that the zstd library asks of what it reads from."""

    def __init__(self, stream: Stream) -> None:
        self.read = stream.read


def lzma_of_zip(packed: Stream, budget: Budget) -> Stream:
    """Return what a ZIP member of method 14 holds (APPNOTE 6.3.10, section 5.8.8)."""
    size = int.from_bytes(packed.exactly(4)[2:], "little")
    properties = packed.exactly(size)
    if size != 5 or properties[0] >= 9 * 5 * 5:
        raise CannotUnpack
    window = int.from_bytes(properties[1:], "little")
    if window > _MOST_MEMORY:
        raise CannotUnpack
    rest, literal = divmod(properties[0], 9)
    position, low = divmod(rest, 5)
    one = {
        "id": lzma.FILTER_LZMA1, "dict_size": window, "lc": literal, "lp": low, "pb": position
    }  # fmt: skip
    return _Unpacking(
        packed, lambda: lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[one]), budget, again=False
    ).stream
