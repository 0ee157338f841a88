"""Read what a web server answers, strictly and within bounds (RFC 9112): it may be anybody's."""

from __future__ import annotations

import re
from dataclasses import dataclass

from stillmine.app.sources.http_bodies import as_meant, chunks_joined
from stillmine.app.sources.limits import Budget, Limits
from stillmine.app.sources.stream import Stream, limited
from stillmine.errors import ArchiveDamaged, ArchiveTooMuch, CannotUnpack, StrangeAnswer

MOST_HEAD = 256 << 10
"""Bytes of status line and headers, of all answers that come before the real one together."""
_MOST_LINE = 64 << 10
_MOST_HEADERS = 256
_STATUS = re.compile(rb"HTTP/1\.[01] ([1-5][0-9]{2})(?: |\r?$)", re.MULTILINE)
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_NO_BODY = frozenset({204, 205, 304})

Pairs = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Head:
    """Status and headers, in their order and as they were written."""

    status: int
    headers: Pairs

    def all(self, name: str) -> list[str]:
        """Return each value of a header, by its lower-case name."""
        return [value for each, value in self.headers if each.lower() == name]

    def first(self, name: str) -> str:
        """Return the first value of a header; nothing where it is not there."""
        return next(iter(self.all(name)), "")


def read_head(stream: Stream) -> Head:
    """Read the head of an answer, past those that only say "wait" (1xx).

    Raises StrangeAnswer for what is no HTTP/1, or too long; ArchiveDamaged where nothing comes.
    """
    left = MOST_HEAD
    while True:
        status, left = _status(stream, left)
        headers, left = _headers(stream, left)
        if status >= 200:
            return Head(status, headers)


def read_body(stream: Stream, head: Head, method: str, limit: int) -> tuple[bytes, bool]:
    """Return the body as its sender meant it, and whether it is cut.

    It is cut where it is longer than `limit` bytes, breaks off, or is damaged on its way. `limit`
    holds for what is sent and for what comes out of it, so that a small answer cannot unpack to a
    huge one. Raises StrangeAnswer for a coding that was not asked for.
    """
    if method == "HEAD" or head.status in _NO_BODY:
        return b"", False
    budget = Budget(0, Limits(unpacked=limit + _MOST_LINE))
    held = bytearray()
    try:
        sent = _at_most(_framed(stream, head), limit)
        body = as_meant(sent, ",".join(head.all("content-encoding")), budget)
        while len(held) <= limit and (piece := body.read(_MOST_LINE)):
            held += piece
    except (ArchiveDamaged, ArchiveTooMuch):
        return bytes(held[:limit]), True
    except CannotUnpack as cause:
        raise StrangeAnswer(reason="coding") from cause
    return bytes(held[:limit]), len(held) > limit


def _status(stream: Stream, left: int) -> tuple[int, int]:
    line = stream.line(min(_MOST_LINE, left))
    if not line:
        raise ArchiveDamaged
    found = _STATUS.match(line)
    if found is None:
        raise StrangeAnswer(reason="no-http")
    return int(found[1]), left - len(line)


def _headers(stream: Stream, left: int) -> tuple[Pairs, int]:
    found: list[tuple[str, str]] = []
    while True:
        line = stream.line(min(_MOST_LINE, left))
        left -= len(line)
        if not line.endswith(b"\n") or len(found) > _MOST_HEADERS:
            raise StrangeAnswer(reason="headers")
        if line in (b"\r\n", b"\n"):
            return tuple(found), left
        if line[:1] in b" \t" and found:  # obs-fold: it goes on with the line before
            name, value = found.pop()
            found.append((name, f"{value} {_text(line)}"))
            continue
        raw, colon, value_part = line.partition(b":")
        if colon and _NAME.fullmatch(raw):  # what is no header is let be, as browsers do
            found.append((raw.decode(), _text(value_part)))


def _text(raw: bytes) -> str:
    return raw.strip(b" \t\r\n").decode("latin-1")


def _framed(stream: Stream, head: Head) -> Stream:
    """Return the body where it ends: by chunks, by its length, or when the other side hangs up."""
    if "chunked" in ",".join(head.all("transfer-encoding")).lower():
        return chunks_joined(stream)
    lengths = {part.strip() for value in head.all("content-length") for part in value.split(",")}
    if not lengths:
        return stream
    length = lengths.pop()
    if lengths or not (length.isascii() and length.isdigit()) or len(length) > 18:
        raise StrangeAnswer(reason="length")
    return limited(stream, int(length))


def _at_most(sent: Stream, limit: int) -> Stream:
    left = limit

    def read(count: int) -> bytes:
        nonlocal left
        piece = sent.read(min(count, max(left, 1)))
        if piece and not left:
            raise ArchiveTooMuch
        left -= len(piece)
        return piece

    return Stream(read)
