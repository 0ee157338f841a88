"""How the content of a sealed file is cut into chunks that each prove themselves.

Source: the payload of https://c2sp.org/age, a STREAM of ChaCha20-Poly1305.
"""

from __future__ import annotations

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from stillmine.crypto.key_wrap import hkdf

CHUNK = 64 * 1024  # bytes of plaintext
TAG = 16
SEALED_CHUNK = CHUNK + TAG
NONCE_LENGTH = 16

Buffer = bytes | bytearray | memoryview


def payload_cipher(file_key: bytes, nonce: bytes) -> ChaCha20Poly1305:
    """Return the cipher of one file."""
    return ChaCha20Poly1305(hkdf(file_key, nonce, b"payload"))


def chunk_nonce(number: int, *, final: bool) -> bytes:
    """Return the nonce of a chunk: its number, and whether it is the last.

    Order and end are authenticated so: a moved, missing or added chunk does not decrypt.
    """
    return number.to_bytes(11, "big") + (b"\x01" if final else b"\x00")
