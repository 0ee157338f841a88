"""Make many keys out of one secret, each good for one purpose only."""

from __future__ import annotations

import hmac

from stillmine.crypto.key_wrap import hkdf

_LABEL = "stillmine/v1/"


def derive(secret: bytes, purpose: str, length: int = 32) -> bytes:
    """Return `length` bytes for a purpose: HKDF-SHA-256 (RFC 5869), no salt, labelled info."""
    return hkdf(secret, b"", (_LABEL + purpose).encode(), length)


def keyed_digest(key: bytes) -> hmac.HMAC:
    """Return an HMAC-SHA-256 to feed content to; without the key the digest says nothing."""
    return hmac.new(key, digestmod="sha256")
