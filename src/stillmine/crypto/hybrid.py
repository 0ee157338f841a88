"""The age key pair that should also withstand a quantum computer.

ML-KEM-768 joined with X25519 (X-Wing) through HPKE (RFC 9180).
Source: the mlkem768x25519 recipient type of https://c2sp.org/age and draft-ietf-hpke-pq-03.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import (
    MLKEM768PrivateKey,
    MLKEM768PublicKey,
)
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from stillmine.crypto import bech32
from stillmine.crypto.stanza import Stanza, check_shape, decode_sized, encode_base64
from stillmine.errors import NotAge, NotAnIdentity, NotARecipient

SEED_LENGTH = 32
_MLKEM_PUBLIC_LENGTH = 1184
_MLKEM_CIPHERTEXT_LENGTH = 1088
_MLKEM_SEED_LENGTH = 64
_X25519_LENGTH = 32
_PUBLIC_LENGTH = _MLKEM_PUBLIC_LENGTH + _X25519_LENGTH
_ENCAPSULATED_LENGTH = _MLKEM_CIPHERTEXT_LENGTH + _X25519_LENGTH
_TYPE = b"mlkem768x25519"
_INFO = b"age-encryption.org/mlkem768x25519"
_RECIPIENT_PREFIX = "age1pq"
_IDENTITY_PREFIX = "AGE-SECRET-KEY-PQ-"


def _suite() -> hpke.Suite:
    return hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


@dataclass(frozen=True, slots=True)
class HybridRecipient:
    """The half of a hybrid pair that seals (1,216 bytes); it may be shown to anyone."""

    public: bytes
    _key: hpke.MLKEM768X25519PublicKey = field(repr=False, compare=False)

    @property
    def company(self) -> str:
        """Return that a classic key in the same file would undo the protection."""
        return "post-quantum"

    @classmethod
    def from_public(cls, public: bytes) -> Self:
        """Use these 1,216 bytes: the ML-KEM key, then the X25519 key. Raise NotARecipient."""
        if len(public) != _PUBLIC_LENGTH:
            raise NotARecipient
        try:
            mlkem_key = MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC_LENGTH])
        except ValueError as error:
            raise NotARecipient from error
        x25519_key = X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC_LENGTH:])
        return cls(public, hpke.MLKEM768X25519PublicKey(mlkem_key, x25519_key))

    @classmethod
    def from_string(cls, text: str) -> Self:
        """Read an `age1pq1…` line. Raise NotARecipient."""
        try:
            return cls.from_public(bech32.decode_as(_RECIPIENT_PREFIX, text, _PUBLIC_LENGTH))
        except ValueError as error:
            raise NotARecipient from error

    def __str__(self) -> str:
        """Return the `age1pq1…` line, of almost two thousand letters."""
        return bech32.encode(_RECIPIENT_PREFIX, self.public)

    def wrap(self, file_key: bytes) -> Stanza:
        """Return the file key, wrapped for the other half. Raise NotARecipient for a weak key."""
        try:
            sealed = _suite().encrypt(file_key, self._key, _INFO)
        except ValueError as error:  # a point of low order: half of the protection is gone
            raise NotARecipient from error
        share, body = sealed[:_ENCAPSULATED_LENGTH], sealed[_ENCAPSULATED_LENGTH:]
        return Stanza((_TYPE, encode_base64(share)), body)


@dataclass(frozen=True, slots=True)
class HybridIdentity:
    """The half of a hybrid pair that opens; `str` of it is the secret itself."""

    _seed: bytes = field(repr=False)
    _x25519_key: X25519PrivateKey = field(repr=False, compare=False)
    _key: hpke.MLKEM768X25519PrivateKey = field(repr=False, compare=False)
    recipient: HybridRecipient

    @classmethod
    def generate(cls) -> Self:
        """Make a new pair."""
        return cls.from_secret(os.urandom(SEED_LENGTH))

    @classmethod
    def from_secret(cls, seed: bytes) -> Self:
        """Use these 32 secret bytes, for instance derived ones."""
        if len(seed) != SEED_LENGTH:
            raise ValueError("a hybrid identity is made of 32 bytes")
        expanded = hashlib.shake_256(seed).digest(_MLKEM_SEED_LENGTH + _X25519_LENGTH)
        mlkem_key = MLKEM768PrivateKey.from_seed_bytes(expanded[:_MLKEM_SEED_LENGTH])
        x25519_key = X25519PrivateKey.from_private_bytes(expanded[_MLKEM_SEED_LENGTH:])
        public = (
            mlkem_key.public_key().public_bytes_raw() + x25519_key.public_key().public_bytes_raw()
        )
        key = hpke.MLKEM768X25519PrivateKey(mlkem_key, x25519_key)
        return cls(bytes(seed), x25519_key, key, HybridRecipient.from_public(public))

    @classmethod
    def from_string(cls, text: str) -> Self:
        """Read an `AGE-SECRET-KEY-PQ-1…` line. Raise NotAnIdentity."""
        try:
            seed = bech32.decode_as(_IDENTITY_PREFIX, text, SEED_LENGTH)
        except ValueError as error:
            raise NotAnIdentity from error
        return cls.from_secret(seed)

    def __str__(self) -> str:
        """Return the `AGE-SECRET-KEY-PQ-1…` line: whoever has it can open the files."""
        return bech32.encode(_IDENTITY_PREFIX.lower(), self._seed).upper()

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """Return the file key, or None if the stanza is for somebody else. Raise NotAge."""
        if stanza.type != _TYPE:
            return None
        check_shape(stanza, arguments=2)
        share = decode_sized(stanza.arguments[1], _ENCAPSULATED_LENGTH)
        point = X25519PublicKey.from_public_bytes(share[_MLKEM_CIPHERTEXT_LENGTH:])
        try:  # a point of low order must stop the work, and HPKE would only say "wrong key"
            self._x25519_key.exchange(point)
        except ValueError as error:
            raise NotAge(why="share") from error
        try:
            return _suite().decrypt(share + stanza.body, self._key, _INFO)
        except InvalidTag:
            return None
