"""What every answer says to the browser: keep nothing, load nothing from elsewhere, show me alone.

The list follows the OWASP Secure Headers Project and Fetch's isolation headers; it stands on errors
and on files of our own too, because a browser keeps those as readily as a page.
"""

from __future__ import annotations

from collections.abc import Iterable

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", POLICY.encode()),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-embedder-policy", b"require-corp"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"x-dns-prefetch-control", b"off"),
    (b"x-robots-tag", b"none"),
    (
        b"permissions-policy",
        b"camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
)

_OURS = frozenset(name for name, _value in HEADERS)


def with_ours(given: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Return the headers of an answer with ours, which no page can loosen."""
    return [pair for pair in given if pair[0].lower() not in _OURS] + list(HEADERS)
