"""Bundles of proof to look at, with stamps by real authorities on loopback."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from stillmine.act.proof import Made, Page, Piece, Stamp, Trust, make_bundle
from stillmine.act.proof.authorities import Authority
from stillmine.act.proof.stamping import stamp_root
from stillmine.app.network.browser import Exchange
from stillmine.crypto import EvidenceKey
from tests.servers.stampers import Stamper

NOW = datetime(2026, 11, 22, 20, 0, tzinfo=UTC)
KEY = EvidenceKey.from_secret(b"a key for a test".ljust(32))
URL = "https://example.org/gallery?page=2"
PAGE = Page(URL, NOW, "A gallery", "Some words")
PIECES = (
    Piece("screenshot.png", "image/png", bytes(range(256)) * 9),
    Piece("page.txt", "text/plain", "Some words, and ünïcode".encode()),
)
FACTS = {"case": "0a1b2c3d", "level": "covered", "dns": [{"host": "example.org"}]}


def exchange(url: str = URL, **more: object) -> Exchange:
    """Return one question and its answer."""
    body = b"<h1>A gallery</h1>"
    usual = {
        "method": "GET",
        "status": 200,
        "status_text": "OK",
        "request_headers": (("host", "example.org"), ("accept", "text/html")),
        "response_headers": (("content-type", "text/html; charset=utf-8"),),
        "body": body,
        "kind": "document",
        "server_address": "93.184.216.34",
        "began": NOW,
    }
    return Exchange(url, **{**usual, **more})


EXCHANGES = (
    exchange(sent_as=(("content-encoding", "br"),)),
    exchange("https://example.org/old", status=301, status_text="Moved", body=None),
    exchange("https://example.org/a.jpg", body=None, blocked=True, why_not="covered", status=0),
)


def bundle(
    stamp: Callable[[bytes], Sequence[Stamp]] = lambda _root: (), **more: object
) -> tuple[bytes, Made]:
    """Return the bytes of a bundle, and what was said of it."""
    out = io.BytesIO()
    usual = {"facts": FACTS, "pieces": PIECES, "exchanges": EXCHANGES, "page": PAGE, "key": KEY}
    made = make_bundle(out, made=NOW, stamp=stamp, **{**usual, **more})
    return out.getvalue(), made


def stamped_by(*stampers: Stamper) -> Callable[[bytes], Sequence[Stamp]]:
    """Return what asks these authorities, through the one way out of the computer."""
    authorities = [Authority(each.kind, each.kind, each.url) for each in stampers]

    def ask(root: bytes) -> Sequence[Stamp]:
        return stamp_root(root, authorities, Trust(), action="act.stamp").stamps

    return ask


def trusting(*stampers: Stamper) -> Trust:
    """Return the trust in just these authorities."""
    return Trust(tuple(each.root_der for each in stampers))


@pytest.fixture
def wacz(tmp_path: Path) -> Callable[[bytes], Path]:
    """Write bytes to a file that ends in .wacz."""

    def write(content: bytes) -> Path:
        path = tmp_path / "proof.wacz"
        path.write_bytes(content)
        return path

    return write
