"""The keys of one person: what others seal to, what proves who sealed, the line that has both."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Self

from stillmine.crypto import bech32
from stillmine.crypto.derivation import derive
from stillmine.crypto.hybrid import HybridIdentity, HybridRecipient
from stillmine.crypto.signing import SigningKey
from stillmine.crypto.words import fingerprint_words
from stillmine.crypto.x25519 import X25519Identity, X25519Recipient
from stillmine.errors import NotARecipient

_PREFIX = "stillmine"
_CLASSIC, _HYBRID = 1, 2
_SECRET_LENGTH = 32
_SIGNING_LENGTH = 32

AgeRecipient = X25519Recipient | HybridRecipient


def read_recipient(text: str) -> AgeRecipient:
    """Read an `age1…` or `age1pq1…` line, in either case. Raise NotARecipient."""
    if text.lower().startswith("age1pq1"):
        return HybridRecipient.from_string(text.lower())
    return X25519Recipient.from_string(text.lower())


@dataclass(frozen=True, slots=True)
class Contact:
    """What a person gives to others: an age recipient, and the Ed25519 key they sign with.

    Written as `stillmine1…` (bech32): one byte for the kind of recipient (1 X25519, 2 hybrid), the
    recipient's bytes, the 32 bytes of the signing key. A plain `age1…` line is a contact without a
    signing key: one can seal to it, and recognise nothing that comes from it.
    """

    recipient: AgeRecipient
    signing: bytes | None

    @classmethod
    def from_string(cls, text: str) -> Self:
        """Read a `stillmine1…`, `age1…` or `age1pq1…` line. Raise NotARecipient."""
        line = text.strip().lower()  # a QR code writes it in capitals
        if not line.startswith(f"{_PREFIX}1"):
            return cls(read_recipient(line), None)
        try:
            prefix, data = bech32.decode(line)
        except ValueError as error:
            raise NotARecipient from error
        if prefix != _PREFIX or len(data) <= 1 + _SIGNING_LENGTH:
            raise NotARecipient
        return cls(_recipient(data[0], data[1:-_SIGNING_LENGTH]), data[-_SIGNING_LENGTH:])

    def __str__(self) -> str:
        """Return the line; it holds no secret."""
        if self.signing is None:
            return str(self.recipient)
        kind = _HYBRID if isinstance(self.recipient, HybridRecipient) else _CLASSIC
        return bech32.encode(_PREFIX, bytes([kind]) + self.recipient.public + self.signing)

    @property
    def fingerprint(self) -> tuple[str, ...]:
        """Return eight words that stand for all of the line, to be compared aloud."""
        return fingerprint_words(str(self).encode("ascii"))


def _recipient(kind: int, public: bytes) -> AgeRecipient:
    if kind == _HYBRID:
        return HybridRecipient.from_public(public)
    if kind != _CLASSIC or len(public) != _SIGNING_LENGTH:
        raise NotARecipient
    return X25519Recipient(public)


@dataclass(frozen=True, slots=True)
class PersonalKey:
    """The secret of one person, from which all of their keys are derived (HKDF, labelled)."""

    secret: bytes = field(repr=False)

    @classmethod
    def generate(cls) -> Self:
        """Make a new secret of 32 random bytes."""
        return cls(os.urandom(_SECRET_LENGTH))

    @property
    def signing(self) -> SigningKey:
        """The key that signs what this person hands over."""
        return SigningKey.from_secret(derive(self.secret, "person/signing"))

    @property
    def identities(self) -> tuple[X25519Identity, HybridIdentity]:
        """The keys that open what others seal for this person."""
        return (
            X25519Identity.from_secret(derive(self.secret, "person/x25519")),
            HybridIdentity.from_secret(derive(self.secret, "person/hybrid")),
        )

    def contact(self, *, hybrid: bool = False) -> Contact:
        """Return what others need: short, or one that withstands a quantum computer."""
        classic, quantum_safe = self.identities
        chosen = quantum_safe.recipient if hybrid else classic.recipient
        return Contact(chosen, self.signing.public)
