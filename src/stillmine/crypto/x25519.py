"""The classic age key pair: one half seals, the other opens.

Source: the X25519 recipient type of https://c2sp.org/age.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Self

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from stillmine.crypto import bech32
from stillmine.crypto.key_wrap import hkdf, unwrap_key, wrap_key
from stillmine.crypto.stanza import VERSION, Stanza, check_shape, decode_sized, encode_base64
from stillmine.errors import NotAge, NotAnIdentity, NotARecipient

KEY_LENGTH = 32
_TYPE = b"X25519"
_INFO = VERSION + b"/X25519"
_RECIPIENT_PREFIX = "age"
_IDENTITY_PREFIX = "AGE-SECRET-KEY-"


@dataclass(frozen=True, slots=True)
class X25519Recipient:
    """The half of an X25519 pair that seals (32 bytes); it may be shown to anyone."""

    public: bytes

    @property
    def company(self) -> str:
        """Return that this one may not join recipients that withstand a quantum computer."""
        return "classic"

    @classmethod
    def from_string(cls, text: str) -> Self:
        """Read an `age1…` line. Raise NotARecipient."""
        try:
            return cls(bech32.decode_as(_RECIPIENT_PREFIX, text, KEY_LENGTH))
        except ValueError as error:
            raise NotARecipient from error

    def __str__(self) -> str:
        """Return the `age1…` line."""
        return bech32.encode(_RECIPIENT_PREFIX, self.public)

    def wrap(self, file_key: bytes) -> Stanza:
        """Return the file key, wrapped for the other half. Raise NotARecipient for a weak key."""
        ephemeral = X25519PrivateKey.generate()
        share = ephemeral.public_key().public_bytes_raw()
        try:
            shared = ephemeral.exchange(X25519PublicKey.from_public_bytes(self.public))
        except ValueError as error:  # a point of low order: anyone could open the file
            raise NotARecipient from error
        key = hkdf(shared, share + self.public, _INFO)
        return Stanza((_TYPE, encode_base64(share)), wrap_key(key, file_key))


@dataclass(frozen=True, slots=True)
class X25519Identity:
    """The half of an X25519 pair that opens; `str` of it is the secret itself."""

    _key: X25519PrivateKey = field(repr=False)
    recipient: X25519Recipient

    @classmethod
    def generate(cls) -> Self:
        """Make a new pair."""
        return cls.from_secret(os.urandom(KEY_LENGTH))

    @classmethod
    def from_secret(cls, secret: bytes) -> Self:
        """Use these 32 secret bytes, for instance derived ones."""
        key = X25519PrivateKey.from_private_bytes(secret)
        return cls(key, X25519Recipient(key.public_key().public_bytes_raw()))

    @property
    def secret(self) -> bytes:
        """The 32 secret bytes."""
        return self._key.private_bytes_raw()

    @classmethod
    def from_string(cls, text: str) -> Self:
        """Read an `AGE-SECRET-KEY-1…` line. Raise NotAnIdentity."""
        try:
            return cls.from_secret(bech32.decode_as(_IDENTITY_PREFIX, text, KEY_LENGTH))
        except ValueError as error:
            raise NotAnIdentity from error

    def __str__(self) -> str:
        """Return the `AGE-SECRET-KEY-1…` line: whoever has it can open the files."""
        secret = self._key.private_bytes_raw()
        return bech32.encode(_IDENTITY_PREFIX.lower(), secret).upper()

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """Return the file key, or None if the stanza is for somebody else. Raise NotAge."""
        if stanza.type != _TYPE:
            return None
        check_shape(stanza, arguments=2)
        share = decode_sized(stanza.arguments[1], KEY_LENGTH)
        try:
            shared = self._key.exchange(X25519PublicKey.from_public_bytes(share))
        except ValueError as error:  # a point of low order, as the specification orders
            raise NotAge(why="share") from error
        return unwrap_key(hkdf(shared, share + self.recipient.public, _INFO), stanza.body)
