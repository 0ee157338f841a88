"""Sign proof so that common tools can check it: ECDSA on the curve P-384 with SHA-256."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_der_public_key,
)

from stillmine.crypto.derivation import derive
from stillmine.errors import BadSignature

_ORDER = int(
    "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973",
    16,
)
_NUMBER = 48  # bytes of r and of s


@dataclass(frozen=True, slots=True)
class EvidenceKey:
    """A key pair on P-384, the curve that tools for WACZ files expect of an anonymous signature.

    Signatures are deterministic (RFC 6979), so that the same bundle is made twice alike and no
    weak source of chance can give the key away.
    """

    _key: ec.EllipticCurvePrivateKey = field(repr=False)

    @classmethod
    def from_secret(cls, secret: bytes) -> Self:
        """Use a key made of these 32 secret bytes.

        64 more bits than the order has are reduced, so that each key is as likely as any other
        (FIPS 186-5, A.2.1).
        """
        number = int.from_bytes(derive(secret, "evidence/p384", _NUMBER + 8), "big")
        return cls(ec.derive_private_key(number % (_ORDER - 1) + 1, ec.SECP384R1()))

    @property
    def public(self) -> bytes:
        """Return the public key as DER (SubjectPublicKeyInfo, RFC 5480)."""
        return self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)

    def sign(self, message: bytes) -> bytes:
        """Return a signature as DER, as `openssl dgst -sha256 -verify` reads it."""
        return self._key.sign(message, ec.ECDSA(SHA256(), deterministic_signing=True))

    def sign_raw(self, message: bytes) -> bytes:
        """Return a signature as the 96 bytes r and s, as browsers read it (IEEE P1363)."""
        r, s = decode_dss_signature(self.sign(message))
        return r.to_bytes(_NUMBER, "big") + s.to_bytes(_NUMBER, "big")


def check_evidence_signature(public: bytes, signature: bytes, message: bytes) -> None:
    """Raise BadSignature unless the pair of `public` made this DER signature over `message`."""
    try:
        _public_key(public).verify(signature, message, ec.ECDSA(SHA256()))
    except (InvalidSignature, ValueError) as error:
        raise BadSignature from error


def check_raw_evidence_signature(public: bytes, signature: bytes, message: bytes) -> None:
    """Raise BadSignature unless the pair of `public` made these r and s over `message`."""
    half = len(signature) // 2
    r, s = int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big")
    if not half or len(signature) % 2:
        raise BadSignature
    check_evidence_signature(public, encode_dss_signature(r, s), message)


def key_name(public: bytes) -> str:
    """Return by what people tell a public key: the SHA-256 of its DER, in hexadecimal."""
    return hashlib.sha256(public).hexdigest()


def public_pem(public: bytes) -> bytes:
    """Return a DER public key as PEM (RFC 7468), as `openssl` reads it."""
    text = base64.b64encode(public).decode("ascii")
    lines = [text[at : at + 64] for at in range(0, len(text), 64)]
    whole = "\n".join(["-----BEGIN PUBLIC KEY-----", *lines, "-----END PUBLIC KEY-----", ""])
    return whole.encode("ascii")


def public_from_pem(pem: bytes) -> bytes:
    """Return the DER of a PEM public key in exactly our form. Raise BadSignature."""
    lines = pem.split(b"\n")
    try:
        public = base64.b64decode(b"".join(lines[1:-2]), validate=True)
    except binascii.Error as error:
        raise BadSignature from error
    # One key has one spelling, so that no byte of the file can be another unnoticed.
    if public_pem(public) != pem:
        raise BadSignature
    _public_key(public)
    return public


def _public_key(public: bytes) -> ec.EllipticCurvePublicKey:
    try:
        key = load_der_public_key(public)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise BadSignature from error
    if not isinstance(key, ec.EllipticCurvePublicKey):
        raise BadSignature
    return key
