"""Read web captures record by record (WARC 1.0 and 1.1, ISO 28500), as they stream by.

Our own few lines and not the library `warcio`, which holds a record's headers in memory whatever
their length; its writer makes the files that these lines are tested with.
"""

from __future__ import annotations

from collections.abc import Iterator

from stillmine.app.sources.headers import Headers, parameters_of, read_headers
from stillmine.app.sources.http_bodies import http_body
from stillmine.app.sources.limits import MOST_NAME, Budget
from stillmine.app.sources.member import Member
from stillmine.app.sources.stream import Stream, limited
from stillmine.errors import ArchiveDamaged, CannotUnpack

MAGIC = b"WARC/"
_MOST_LINE = 256
_WITH_CONTENT = frozenset({"response", "resource", "conversion"})


def warc_members(stream: Stream, budget: Budget) -> Iterator[Member]:
    """Yield what servers answered, each under its address.

    Raises ArchiveDamaged or ArchiveTooMuch, perhaps midway. What was asked, and notes about the
    capture, are passed over; so is a "revisit", whose content another record has.
    """
    while line := stream.line(_MOST_LINE):
        if line in (b"\r\n", b"\n"):
            continue
        if not line.startswith(MAGIC):
            raise ArchiveDamaged
        headers = read_headers(stream)
        length = headers.get("content-length", "")
        if not (length.isascii() and length.isdigit()) or len(length) > 18:
            raise ArchiveDamaged
        budget.enter()
        record = limited(stream, int(length))
        yield from _content(record, headers, budget)
        record.drain()


def _content(record: Stream, headers: Headers, budget: Budget) -> Iterator[Member]:
    kind = headers.get("warc-type", "").lower()
    name = headers.get("warc-target-uri", "").strip("<>")[:MOST_NAME]
    if kind == "continuation":
        yield Member(name, code=CannotUnpack.code)
    if kind not in _WITH_CONTENT or name.startswith("dns:"):
        return
    is_http = parameters_of(headers.get("content-type", ""))[0] == "application/http"
    if kind != "response" or not is_http:
        yield Member(name, record)
        return
    try:
        body = http_body(record, budget)
    except (ArchiveDamaged, CannotUnpack) as problem:
        yield Member(name, code=problem.code)
        return
    yield Member(name, body)
