"""Turn what a browser brought back into the files and facts of a bundle of proof."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from stillmine import __version__
from stillmine.act.proof import Page, Piece
from stillmine.act.proof.canonical import canonical
from stillmine.app.network.browser import Captured, Exchange

_MOST_TEXT = 2000


def facts_of(captured: Captured) -> dict[str, Any]:
    """Return what is part of the signed facts: what was done, when, with what, and what lacks."""
    return {
        "kind": "capture",
        "level": captured.level,
        "url": captured.url,
        "final_url": captured.final_url,
        "began": _second(captured.began),
        "ended": _second(captured.ended),
        "server_date": captured.server_date,
        "status": captured.status,
        "browser": captured.browser,
        "system": f"{platform.system()} {platform.release()}",
        "redirects": list(captured.redirects),
        "problems": list(captured.problems),
    }


def page_of(captured: Captured) -> Page:
    """Return the page that the bundle shows."""
    return Page(captured.url, captured.began, captured.title, captured.text)


def pieces_of(captured: Captured) -> tuple[Piece, ...]:
    """Return the files of a capture; one that could not be made is left out."""
    found = (
        Piece("screenshot.png", "image/png", captured.screenshot),
        Piece("page.pdf", "application/pdf", captured.pdf),
        Piece("page.txt", "text/plain", captured.text.encode("utf-8", "replace")),
        Piece("page.html", "text/html", captured.html.encode("utf-8", "replace")),
        Piece("page.mhtml", "multipart/related", captured.mhtml),
        Piece("connection.json", "application/json", canonical(_connection(captured))),
        *_certificates(captured),
    )
    return tuple(piece for piece in found if piece.content)


def _certificates(captured: Captured) -> Iterator[Piece]:
    for number, shown in enumerate(captured.certificates, 1):
        for place, der in enumerate(shown.chain, 1):
            name = f"certificate-{number:02d}-{place:02d}.der"
            yield Piece(name, "application/pkix-cert", der)


def _connection(captured: Captured) -> dict[str, Any]:
    """Return what is known of who answered, and of all that was asked: also what is not kept."""
    return {
        "tool": f"stillmine {__version__}",
        "certificates": [
            {
                "host": each.host,
                "trusted_by_browser": each.trusted,
                "sha256": [hashlib.sha256(der).hexdigest() for der in each.chain],
            }
            for each in captured.certificates
        ],
        "names": [
            {
                "host": each.host,
                "addresses": list(each.addresses),
                "called": each.chosen,
                "at": _second(each.at),
            }
            for each in captured.dns
        ],
        "refused": [{"place": each.place, "why": each.why} for each in captured.refused],
        "exchanges": [_exchange(each) for each in captured.exchanges],
    }


def _exchange(each: Exchange) -> dict[str, Any]:
    return {
        "url": each.url,
        "method": each.method,
        "kind": each.kind,
        "status": each.status,
        "server": each.server_address,
        "at": _second(each.began),
        "body_kept": each.body is not None,
        "pictures_taken_out": each.changed,
        "why_not_kept": each.why_not,
        "sha256_as_served": each.sha256,
        "coding_headers": [[name, value[:_MOST_TEXT]] for name, value in each.sent_as],
    }


def _second(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds")
