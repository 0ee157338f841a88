"""The web capture inside a bundle: what was asked and answered, as WARC 1.1 with its index.

Written with `warcio`, into memory only: pages are bounded before they come here. Record names are
made from what is in the record, so that the same page gives the same file.
"""

from __future__ import annotations

import gzip
import io
import re
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.utils import Digester
from warcio.warcwriter import WARCWriter

from stillmine.act.proof.canonical import canonical
from stillmine.act.proof.pieces import Page, Piece
from stillmine.app.network.browser import Exchange

ARCHIVE, INDEX, PAGES = "archive/data.warc.gz", "indexes/index.cdx.gz", "pages/pages.jsonl"
_FILE = "data.warc.gz"
_ORIGINAL = "X-Archive-Orig-"  # how replay tools mark headers that no longer fit the body
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://([^/?#]*)([^?#]*)(\?[^#]*)?")
_CONTROL = {code: " " for code in (*range(32), 127)}
_URN = {"screenshot.png": "urn:fullPage:", "page.txt": "urn:text:", "page.pdf": "urn:pdf:"}


@dataclass(frozen=True, slots=True)
class WebArchive:
    """The three files of a capture: the WARC, its index, and the list of pages."""

    archive: bytes
    index: bytes
    pages: bytes


class _Writer(WARCWriter):  # type: ignore[misc]  # warcio ships no types
    """A writer whose sums are SHA-256: the SHA-1 it writes otherwise is no proof any more."""

    @staticmethod
    def _create_digester() -> Digester:
        return Digester("sha256")


@dataclass(slots=True)
class _Archive:
    out: io.BytesIO = field(default_factory=io.BytesIO)
    lines: list[bytes] = field(default_factory=list)
    records: int = 0

    def add(
        self,
        kind: str,
        url: str,
        at: datetime,
        content: bytes,
        *,
        media_type: str = "",
        http: StatusAndHeaders | None = None,
        more: dict[str, str] | None = None,
    ) -> str:
        """Write one record; return its name."""
        began = self.out.tell()
        name = f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{kind} {url} {at} {self.records}')}>"
        headers = {"WARC-Record-ID": name, "WARC-Date": _time(at), **(more or {})}
        writer = _Writer(self.out, gzip=True, warc_version="1.1")
        record = writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(content),
            length=len(content),
            warc_content_type=media_type,
            warc_headers_dict=headers,
            http_headers=http,
        )
        writer.write_record(record)
        self.records += 1
        if kind in ("response", "resource"):
            digest = str(record.rec_headers.get_header("WARC-Payload-Digest"))
            self._index(url, at, began, media_type, http, digest)
        return name

    def _index(
        self,
        url: str,
        at: datetime,
        began: int,
        media_type: str,
        http: StatusAndHeaders | None,
        digest: str,
    ) -> None:
        said = (http.get_header("content-type") or "") if http else media_type
        status = http.statusline.split(" ", 1)[0] if http else "200"
        line = {
            "digest": digest,
            "filename": _FILE,
            "length": str(self.out.tell() - began),
            "mime": said.partition(";")[0].strip() or "unk",
            "offset": str(began),
            "status": status,
            "url": url,
        }
        key = f"{sort_key(url)} {at.astimezone(UTC):%Y%m%d%H%M%S} "
        self.lines.append(key.encode() + canonical(line) + b"\n")


def web_archive(
    made: datetime,
    facts: dict[str, Any],
    page: Page | None,
    pieces: Sequence[Piece],
    exchanges: Iterable[Exchange],
) -> WebArchive:
    """Return the capture of a page, or, where nothing was visited, one that holds the facts only.

    The order is: what made it, each exchange (answer, question), the pieces that show the page, and
    what was not kept and why.
    """
    whole = _Archive()
    info = f"software: {facts['software']}\r\nformat: WARC File Format 1.1\r\n".encode()
    more = {"WARC-Filename": _FILE}
    whole.add("warcinfo", "", made, info, media_type="application/warc-fields", more=more)
    left_out = [note for each in exchanges if (note := _exchange(whole, each))]
    if page:
        for piece in pieces:
            url = f"{_URN.get(piece.name, f'urn:stillmine:{piece.name}:')}{page.url}"
            whole.add("resource", url, page.at, piece.content, media_type=piece.media_type)
    about = canonical({"facts": facts, "left_out": left_out})
    # Not under the page's own address: some replay tools would show it in the place of the page.
    target = f"urn:stillmine:proof:{page.url if page else ''}"
    whole.add("metadata", target, made, about, media_type="application/json")
    index = gzip.compress(b"".join(sorted(whole.lines)), 9, mtime=0)
    return WebArchive(whole.out.getvalue(), index, _pages(page))


def _exchange(whole: _Archive, exchange: Exchange) -> dict[str, Any] | None:
    """Write what was asked and answered. Return a note where that is not all there was."""
    redirect = 300 <= exchange.status < 400
    if exchange.status and (exchange.body is not None or redirect):
        body = exchange.body or b""
        headers = [
            *exchange.response_headers,
            *((_ORIGINAL + name, value) for name, value in exchange.sent_as),
            ("Content-Length", str(len(body))),
        ]
        line = f"{exchange.status} {exchange.status_text}".strip()
        where = exchange.server_address
        address = {"WARC-IP-Address": _one_line(where)} if where else {}
        http = StatusAndHeaders(_one_line(line), _clean(headers), protocol="HTTP/1.1")
        name = whole.add("response", exchange.url, exchange.began, body, http=http, more=address)
        _request(whole, exchange, name)
        if not exchange.changed:
            return None
    return {
        "blocked": exchange.blocked,
        "changed": exchange.changed,
        "kind": exchange.kind,
        "method": exchange.method,
        "sha256": exchange.sha256,
        "status": exchange.status,
        "url": exchange.url,
        "why": exchange.why_not,
    }


def _request(whole: _Archive, exchange: Exchange, answer: str) -> None:
    found = _ADDRESS.match(exchange.url)
    path = f"{found[2] or '/'}{found[3] or ''}" if found else exchange.url
    http = StatusAndHeaders(
        _one_line(f"{exchange.method} {path} HTTP/1.1"),
        _clean(exchange.request_headers),
        is_http_request=True,
    )
    more = {"WARC-Concurrent-To": answer}
    whole.add("request", exchange.url, exchange.began, b"", http=http, more=more)


def _clean(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    # A browser hands lines of its own over: a name with a colon, or several values in one.
    return [(_one_line(name).lstrip(":"), _one_line(value)) for name, value in headers]


def _one_line(text: str) -> str:
    """Return a text without the line ends that would let a site write headers of its own."""
    return text.translate(_CONTROL).strip()


def _time(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _pages(page: Page | None) -> bytes:
    lines = [canonical({"format": "json-pages-1.0", "id": "pages", "title": "All Pages"})]
    if page:
        shown = {"id": "page-1", "title": page.title, "ts": _time(page.at), "url": page.url}
        lines.append(canonical({**shown, "text": page.text} if page.text else shown))
    return b"\n".join(lines) + b"\n"


def sort_key(url: str) -> str:
    """Return the address as indexes sort it: `com,example)/path?query` (SURT, in small letters)."""
    found = _ADDRESS.match(url)
    if not found or not found[1]:
        return url.replace(" ", "%20")
    name, colon, port = found[1].rpartition("@")[2].lower().partition(":")
    host = ",".join(reversed(name.removeprefix("www.").split("."))) + colon + port
    return f"{host}){found[2] or '/'}{found[3] or ''}".lower().replace(" ", "%20")
