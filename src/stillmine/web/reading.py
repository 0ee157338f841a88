"""Read a form as it comes in: bounded in size, in number and in time, and only into memory."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote_plus

import anyio
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, QuerystringParser, parse_options_header
from starlette.requests import ClientDisconnect, Request

from stillmine.app.sources.handed import HandedFile, memory_file
from stillmine.web.received import Received

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

_MEBIBYTE = 1 << 20
_MOST_FIELDS = 500
_MOST_FIELD = 256 * 1024  # bytes; a long letter
_MOST_FORM = 2 * _MEBIBYTE  # all fields of a form without files
_MOST_FILES = 1_000
_SECONDS = 20.0  # without a byte
_SECONDS_IN_ALL = 60.0  # and a second more for each MiB that came


def _most_upload() -> int:
    """Return a quarter of this computer's memory in bytes, and 1 GiB at most."""
    most = 1024 * _MEBIBYTE
    if hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names:
        most = min(most, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 4)
    return most


MOST_UPLOAD = _most_upload()
"""Files are held in memory until they are sealed; more than this is added from a folder."""


class Refused(Exception):
    """The form is not read: too large (413), too slow (408), or not a form (400)."""

    def __init__(self, status: int) -> None:
        """Keep the status that is answered."""
        super().__init__(status)
        self.status = status


async def read_form(request: Request, *, uploads: bool = False) -> Received:
    """Read what a form sent. Files are taken only where `uploads` says so. Raises Refused."""
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    most = MOST_UPLOAD if uploads else _MOST_FORM
    length = request.headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit() and len(length) < 16):
        raise Refused(400)
    if int(length) > most:
        raise Refused(413)
    received = Received()
    reader = _reader(kind, options, received, uploads=uploads)
    try:
        async for piece in _pieces(request, most):
            reader.write(piece)
        reader.finalize()
    except BaseException as problem:
        received.close()
        if isinstance(problem, (FormParserError, UnicodeError)):
            raise Refused(400) from problem
        raise
    return received


async def _pieces(request: Request, most: int) -> AsyncIterator[bytes]:
    """Yield the body as it comes, and give up where it is too much or too slow."""
    total = 0
    began = anyio.current_time()
    pieces = aiter(request.stream())
    while True:
        left = _SECONDS_IN_ALL + total / _MEBIBYTE - (anyio.current_time() - began)
        piece = None
        with anyio.move_on_after(max(0.0, min(_SECONDS, left))):
            try:
                piece = await anext(pieces, b"")
            except ClientDisconnect as problem:
                raise Refused(400) from problem
        if piece is None:
            raise Refused(408)
        total += len(piece)
        if total > most:
            raise Refused(413)
        if not piece:
            return
        yield piece


Parser = MultipartParser | QuerystringParser


def _reader(kind: bytes, options: dict[bytes, bytes], into: Received, *, uploads: bool) -> Parser:
    if kind == b"application/x-www-form-urlencoded":
        return _fields_reader(into)
    boundary = options.get(b"boundary", b"")
    if kind != b"multipart/form-data" or not boundary:
        raise Refused(400)
    parts = _Parts(into, uploads=uploads)
    return MultipartParser(boundary, parts.callbacks())


def _fields_reader(into: Received) -> QuerystringParser:
    name, value = bytearray(), bytearray()

    def began() -> None:
        name.clear()
        value.clear()

    def ended() -> None:
        _add_field(into, unquote_plus(name.decode("ascii")), unquote_plus(value.decode("ascii")))

    return QuerystringParser(
        {
            "on_field_start": began,
            "on_field_name": lambda data, start, end: name.extend(data[start:end]),
            "on_field_data": lambda data, start, end: value.extend(data[start:end]),
            "on_field_end": ended,
        }
    )


def _add_field(into: Received, name: str, value: str) -> None:
    if len(value.encode("utf-8", "replace")) > _MOST_FIELD:
        raise Refused(413)
    if sum(map(len, into.fields.values())) >= _MOST_FIELDS:
        raise Refused(413)
    into.fields.setdefault(name, []).append(value)


@dataclass(slots=True)
class _Parts:
    """The parts of a form with files (RFC 7578), one after the other."""

    into: Received
    uploads: bool
    _header: bytearray = field(default_factory=bytearray)
    _value: bytearray = field(default_factory=bytearray)
    _disposition: bytes = b""
    _name: str = ""
    _file_name: str | None = None
    _text: bytearray = field(default_factory=bytearray)
    _file: BinaryIO | None = None
    _files: int = 0

    def callbacks(self) -> MultipartCallbacks:
        """Return what the parser calls."""
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._header.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
            "on_header_end": self._header_ends,
            "on_headers_finished": self._headers_end,
            "on_part_data": self._take,
            "on_part_end": self._end,
        }

    def _begin(self) -> None:
        self._disposition, self._name, self._file_name = b"", "", None
        self._text.clear()
        self._file = None

    def _header_ends(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = bytes(self._value)
        self._header.clear()
        self._value.clear()

    def _headers_end(self) -> None:
        _kind, options = parse_options_header(self._disposition)
        self._name = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" not in options:
            return
        self._file_name = options[b"filename"].decode("utf-8", "replace")
        self._files += 1
        if not self.uploads or self._files > _MOST_FILES:
            raise Refused(413)
        self._file = memory_file()
        # Kept from now on, so that it is closed whatever comes.
        self.into.files.setdefault(self._name, []).append(HandedFile("", self._file, 0))

    def _take(self, data: bytes, start: int, end: int) -> None:
        if self._file is not None:
            self._file.write(data[start:end])
        elif len(self._text) + end - start > _MOST_FIELD:
            raise Refused(413)
        else:
            self._text.extend(data[start:end])

    def _end(self) -> None:
        if self._file is None:
            _add_field(self.into, self._name, self._text.decode("utf-8", "replace"))
            return
        files = self.into.files[self._name]
        files.pop()
        size = self._file.tell()
        self._file.seek(0)
        if not size and not self._file_name:
            self._file.close()  # a field for files into which nothing was put
        else:
            files.append(HandedFile(_last_part(self._file_name or ""), self._file, size))


def _last_part(name: str) -> str:
    """Return the name without folders; what is left of a hostile one names no place."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1].replace("\0", "")
    return last if last not in ("", ".", "..") else "file"
