"""Read pages saved as one file (MHTML, RFC 2557) and mail with pictures in it (MIME, RFC 2046).

Line by line and part by part: the parser of the standard library holds all of a message in memory
and calls itself for each layer, however many there are.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Iterator
from enum import Enum

from stillmine.app.sources.headers import Headers, parameters_of, read_headers
from stillmine.app.sources.limits import MOST_NAME, Budget
from stillmine.app.sources.member import Member
from stillmine.app.sources.stream import Stream
from stillmine.errors import ArchiveDamaged, ArchiveTooDeep

_MOST_LAYERS = 16
_MOST_LINE = 1 << 16
_MOST_BOUNDARY = 200
_NOT_BASE_64 = re.compile(rb"[^A-Za-z0-9+/]+")
_A_HEADER = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]{0,998}\n)(?:[ \t][^\n]{0,998}\n)*")
_MULTIPART = re.compile(rb"^content-type:[ \t\r\n]*multipart/", re.IGNORECASE | re.MULTILINE)


def is_mime(head: bytes) -> bool:
    """Say whether these first bytes are the headers of a message with several parts."""
    start = head.lstrip(b"\r\n")
    return bool(_A_HEADER.match(start)) and bool(_MULTIPART.search(start.partition(b"\r\n\r\n")[0]))


def mime_members(stream: Stream, budget: Budget) -> Iterator[Member]:
    """Yield the parts of a message, each under its address. Raises as the other readers do."""
    while stream.head(1) in (b"\r", b"\n"):
        stream.skip(1)
    yield from _Message(stream, budget).members()


class _Came(Enum):
    """What ended a run of lines."""

    PART = 1
    LAYER_END = 2
    END = 3


class _Message:
    """A message that is being read; `boundaries` are those of the layers that are open."""

    def __init__(self, stream: Stream, budget: Budget) -> None:
        self._stream, self._budget = stream, budget
        self._boundaries: list[bytes] = []
        self._at_line_start = True
        self._came: _Came | None = None

    def members(self) -> Iterator[Member]:
        self._enter(read_headers(self._stream))
        number = 0
        while self._next_part():
            self._budget.enter()
            headers = read_headers(self._stream)
            if not self._enter(headers):
                number += 1
                yield Member(_name(headers, number), self._content(headers))
        if self._boundaries:
            raise ArchiveDamaged

    def _enter(self, headers: Headers) -> bool:
        """Open another layer, if these are the headers of one."""
        kind, parameters = parameters_of(headers.get("content-type", ""))
        boundary = parameters.get("boundary", "")
        if not kind.startswith("multipart/") or not boundary:
            return False
        if len(self._boundaries) >= _MOST_LAYERS:
            raise ArchiveTooDeep
        self._boundaries.append(boundary.encode("utf-8", "surrogateescape")[:_MOST_BOUNDARY])
        return True

    def _next_part(self) -> bool:
        """Go on to the beginning of the next part; say whether there is one."""
        while self._came is not _Came.PART:
            if self._came is _Came.END:
                return False
            while self._line() is not None:
                pass
        self._came, self._at_line_start = None, True
        return True

    def _line(self) -> bytes | None:
        """Return the next line or a piece of a long one, None where something ends."""
        line = self._stream.line(_MOST_LINE)
        starts, self._at_line_start = self._at_line_start, line.endswith(b"\n")
        if not line:
            self._came = _Came.END
        elif starts and line.startswith(b"--"):
            self._came = self._boundary(line.rstrip())
        else:
            return line
        return None if self._came else line

    def _boundary(self, line: bytes) -> _Came | None:
        """Say what a line ends; a boundary of an outer layer closes the inner ones, too."""
        for depth in range(len(self._boundaries) - 1, -1, -1):
            start = b"--" + self._boundaries[depth]
            if line == start:
                del self._boundaries[depth + 1 :]
                return _Came.PART
            if line == start + b"--":
                del self._boundaries[depth:]
                return _Came.LAYER_END if self._boundaries else _Came.END
        return None

    def _content(self, headers: Headers) -> Stream:
        coding = headers.get("content-transfer-encoding", "").lower()
        decode = _CODINGS.get(coding, _AsItIs)()
        over = False

        def read(_count: int) -> bytes:
            nonlocal over
            while not over:
                line = self._line()
                over = line is None
                part = decode(line or b"")
                if part:
                    return part
            return b""

        return Stream(read)


class _AsItIs:
    """No coding; the line end before a boundary belongs to the boundary."""

    def __init__(self) -> None:
        self._kept = b""

    def __call__(self, line: bytes) -> bytes:
        if not line:
            return b""
        out = self._kept + line
        end = out[-2:] if out.endswith(b"\r\n") else out[-1:] if out.endswith(b"\n") else b""
        self._kept = end
        return out[: len(out) - len(end)]


class _Base64:
    """RFC 2045, section 6.8: signs that are not of the alphabet are passed over."""

    def __init__(self) -> None:
        self._kept = b""

    def __call__(self, line: bytes) -> bytes:
        signs = self._kept + _NOT_BASE_64.sub(b"", line)
        whole = len(signs) if not line else len(signs) & ~3
        self._kept = signs[whole:]
        try:
            return binascii.a2b_base64(signs[:whole] + b"=" * (-whole % 4))
        except binascii.Error:
            return b""


class _QuotedPrintable:
    """RFC 2045, section 6.7; a line that is cut into pieces may be cut within a sign."""

    def __init__(self) -> None:
        self._kept = b""

    def __call__(self, line: bytes) -> bytes:
        text = self._kept + line
        cut = len(text)
        if line and not line.endswith(b"\n") and b"=" in text[-2:]:
            cut = text.rindex(b"=")
        self._kept = text[cut:]
        return binascii.a2b_qp(text[:cut])


_CODINGS: dict[str, Callable[[], Callable[[bytes], bytes]]] = {
    "base64": _Base64,
    "quoted-printable": _QuotedPrintable,
}


def _name(headers: Headers, number: int) -> str:
    for value in (
        headers.get("content-location", ""),
        parameters_of(headers.get("content-disposition", ""))[1].get("filename", ""),
        parameters_of(headers.get("content-type", ""))[1].get("name", ""),
        headers.get("content-id", "").strip("<>"),
    ):
        if value:
            return value[:MOST_NAME]
    return f"part {number}"
