"""Take what a web server answered out of how it was sent: chunked, compressed (RFC 9112, 9110)."""

from __future__ import annotations

from stillmine.app.sources.headers import Headers, read_headers
from stillmine.app.sources.limits import Budget
from stillmine.app.sources.stream import Stream
from stillmine.app.sources.unpacking import unpacked
from stillmine.errors import ArchiveDamaged, CannotUnpack

_MOST_LINE = 4096
_DEEPEST = 3
_SENT_AS_IS = frozenset({"", "identity"})
_CODINGS = {"gzip": "gzip", "x-gzip": "gzip", "zstd": "zstd"}


def http_body(stream: Stream, budget: Budget) -> Stream:
    """Read status line and headers of an answer; return the body as its sender meant it.

    Raises ArchiveDamaged, or CannotUnpack for a coding that is not read here.
    """
    if not stream.line(_MOST_LINE).startswith(b"HTTP/"):
        raise ArchiveDamaged
    headers = read_headers(stream)
    return as_meant(_joined(stream, headers), headers.get("content-encoding", ""), budget)


def as_meant(body: Stream, codings: str, budget: Budget) -> Stream:
    """Return a body without the codings that a `Content-Encoding` header names.

    Raises CannotUnpack for a coding that is not read here.
    """
    for coding in reversed(_codings(codings)):
        body = _decoded(body, coding, budget)
    return body


def _codings(named: str) -> list[str]:
    found = [part.strip().lower() for part in named.split(",")]
    found = [part for part in found if part not in _SENT_AS_IS]
    if len(found) > _DEEPEST:
        raise CannotUnpack
    return found


def _joined(stream: Stream, headers: Headers) -> Stream:
    """Join the chunks, unless whoever saved the answer did and left the header as it was."""
    if "chunked" not in headers.get("transfer-encoding", "").lower():
        return stream
    first = stream.head(_MOST_LINE).split(b"\r\n", 1)[0]
    return chunks_joined(stream) if _chunk_size(first) is not None else stream


def _chunk_size(line: bytes) -> int | None:
    digits = line.partition(b";")[0].strip()
    if not digits or len(digits) > 15 or digits.strip(b"0123456789abcdefABCDEF"):
        return None
    return int(digits, 16)


def chunks_joined(stream: Stream) -> Stream:
    """Return what was sent in chunks (RFC 9112, 7.1). Reading raises ArchiveDamaged."""
    left, over = 0, False

    def read(count: int) -> bytes:
        nonlocal left, over
        if not left and not over:
            line = stream.line(_MOST_LINE)
            if line in (b"\r\n", b"\n"):  # the end of the chunk before
                line = stream.line(_MOST_LINE)
            size = _chunk_size(line)
            if size is None:
                raise ArchiveDamaged
            left, over = size, size == 0
        if over:
            return b""
        part = stream.read(min(count, left))
        if not part:
            raise ArchiveDamaged
        left -= len(part)
        return part

    return Stream(read)


def _decoded(body: Stream, coding: str, budget: Budget) -> Stream:
    if coding == "deflate":
        # Meant is zlib; some servers send the bare form.
        head = body.head(2)
        wrapped = len(head) == 2 and head[0] & 15 == 8 and int.from_bytes(head, "big") % 31 == 0
        return unpacked(body, "zlib" if wrapped else "deflate", budget)
    if coding not in _CODINGS:
        raise CannotUnpack
    # Here too some who saved the answer unpacked it and left the header as it was.
    if _CODINGS[coding] == "gzip" and body.head(2) != b"\x1f\x8b":
        return body
    return unpacked(body, _CODINGS[coding], budget)
