"""Write the objects of a PDF file, one after the other, in one fixed way (ISO 32000-1, 7.5)."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

from stillmine.errors import NotUnderstood

_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_PLAIN_NAME = re.compile(rb"[A-Za-z0-9.+_*:-]")
_MOST_OBJECTS = 1_000_000
_DEEPEST = 60


class Name(str):
    """A name, without its slash."""

    __slots__ = ()


class Number(str):
    """A number with a point, as it was written."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Ref:
    """Another object, by its number."""

    number: int


Value = None | bool | int | Name | Number | bytes | Ref | Sequence["Value"] | Mapping[str, "Value"]


def name_bytes(name: str) -> bytes:
    """Return a name as it is written; what is no plain letter as two digits."""
    raw = name.encode("utf-8", "surrogateescape")
    parts = (bytes((byte,)) for byte in raw)
    return b"/" + b"".join(one if _PLAIN_NAME.match(one) else b"#%02x" % one[0] for one in parts)


def written(value: Value, depth: int = 0) -> bytes:
    """Return a value as it is written. Raises NotUnderstood if it is nested too deeply."""
    if depth > _DEEPEST:
        raise NotUnderstood(part="nested-too-deeply")
    if value is None or isinstance(value, bool):
        return {None: b"null", True: b"true", False: b"false"}[value]
    for kind, way in _WAYS:
        if isinstance(value, kind):
            return way(value)
    return _collection(value, depth + 1)


_WAYS: tuple[tuple[type, Callable[[Any], bytes]], ...] = (
    (Name, name_bytes),
    (Number, lambda number: str(number).encode("ascii")),
    (int, lambda number: b"%d" % number),
    (Ref, lambda ref: b"%d 0 R" % ref.number),
    (bytes, lambda text: b"<" + text.hex().encode() + b">"),
)


def _collection(value: Value, depth: int) -> bytes:
    if isinstance(value, Mapping):
        rows = (name_bytes(key) + b" " + written(one, depth) for key, one in value.items())
        return b"<<" + b" ".join(rows) + b">>"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return b"[" + b" ".join(written(one, depth) for one in value) + b"]"
    raise NotUnderstood(part="value")


class Writer:
    """A PDF file that is being written from front to back."""

    def __init__(self, out: BinaryIO) -> None:
        """Write the head."""
        self._out = out
        self._at = 0
        self._places: dict[int, int] = {}
        self._next = 1
        self._write(_HEAD)

    def _write(self, data: bytes) -> None:
        self._out.write(data)
        self._at += len(data)

    def reserve(self) -> Ref:
        """Return the number of an object that will be written later."""
        if self._next > _MOST_OBJECTS:
            raise NotUnderstood(part="too-many-objects")
        self._next += 1
        return Ref(self._next - 1)

    def put(self, ref: Ref, value: Value, data: bytes | None = None) -> Ref:
        """Write an object, as a stream where it has data."""
        self._places[ref.number] = self._at
        self._write(b"%d 0 obj\n" % ref.number)
        if data is None:
            self._write(written(value))
        else:
            with_length = {**value, "Length": len(data)} if isinstance(value, Mapping) else None
            self._write(written(with_length) + b"\nstream\n")
            self._write(data)
            self._write(b"\nendstream")
        self._write(b"\nendobj\n")
        return ref

    def add(self, value: Value, data: bytes | None = None) -> Ref:
        """Write an object under the next number."""
        return self.put(self.reserve(), value, data)

    def add_packed(self, value: Mapping[str, Value], data: bytes) -> Ref:
        """Write a stream, compressed."""
        return self.add({**value, "Filter": Name("FlateDecode")}, zlib.compress(data, 6))

    def finish(self, root: Ref) -> None:
        """Write the table of places, and the end."""
        start = self._at
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % self._next)
        for number in range(1, self._next):
            self._write(b"%010d 00000 n \n" % self._places[number])
        trailer = written({"Size": self._next, "Root": root})
        self._write(b"trailer\n" + trailer + b"\nstartxref\n%d\n%%%%EOF\n" % start)
