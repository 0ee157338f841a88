"""Put a page with all it is made of into one file that browsers open: MHTML (RFC 2557).

Made here, in memory: the browser's own way to make it puts all pictures into a file on the disk.
"""

from __future__ import annotations

import base64
import quopri
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.utils import format_datetime

_LINE = 76


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a page, by its address."""

    url: str
    media_type: str
    content: bytes


def make_mhtml(url: str, title: str, at: datetime, parts: Iterable[Part]) -> bytes:
    """Return one file that holds the parts, of which the first is the page itself."""
    boundary = f"----part-{secrets.token_hex(16)}"
    head = (
        "From: <Saved by stillmine>\r\n"
        f"Snapshot-Content-Location: {_one_line(url)}\r\n"
        f"Subject: {Header(_one_line(title)[:200], 'utf-8', maxlinelen=_LINE).encode()}\r\n"
        f"Date: {format_datetime(at)}\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n'
        f'\tboundary="{boundary}"\r\n\r\n'
    )
    pieces = [head.encode("ascii", "replace")]
    for number, part in enumerate(parts):
        pieces += [f"\r\n--{boundary}\r\n".encode(), _written(part, number)]
    return b"".join((*pieces, f"\r\n--{boundary}--\r\n".encode()))


def _written(part: Part, number: int) -> bytes:
    text = part.media_type.startswith("text/")
    coded = quopri.encodestring(part.content) if text else base64.encodebytes(part.content)
    head = (
        f"Content-Type: {_one_line(part.media_type)}\r\n"
        f"Content-ID: <part-{number}@stillmine>\r\n"
        f"Content-Transfer-Encoding: {'quoted-printable' if text else 'base64'}\r\n"
        f"Content-Location: {_one_line(part.url)}\r\n\r\n"
    )
    body = coded.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return head.encode("ascii", "replace") + body


def _one_line(text: str) -> str:
    """Return what a stranger wrote as one line, so that it cannot add lines of its own."""
    return "".join(sign if sign.isprintable() else " " for sign in text)
