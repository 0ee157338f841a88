"""Wrap a file's key under a key that is used only this once."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

# A fixed nonce is safe here: each wrapping key is derived from fresh random bytes
# and encrypts one message in its life.
_NONCE = bytes(12)


def hkdf(secret: bytes, salt: bytes, info: bytes, length: int = 32) -> bytes:
    """Return `length` bytes by HKDF-SHA-256 (RFC 5869); an empty salt is no salt."""
    return HKDF(SHA256(), length, salt or None, info).derive(secret)


def wrap_key(wrapping_key: bytes, file_key: bytes) -> bytes:
    """Return the file key, encrypted and authenticated."""
    return ChaCha20Poly1305(wrapping_key).encrypt(_NONCE, file_key, None)


def unwrap_key(wrapping_key: bytes, body: bytes) -> bytes | None:
    """Return the file key, or None if it was wrapped under another key."""
    try:
        return ChaCha20Poly1305(wrapping_key).decrypt(_NONCE, body, None)
    except InvalidTag:
        return None
