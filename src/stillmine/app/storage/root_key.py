"""The root key: whoever has it can open the whole vault, so it is never on disk unsealed."""

from __future__ import annotations

import os
from dataclasses import dataclass

from stillmine.crypto import SigningKey, X25519Identity, derive, parse_identities
from stillmine.errors import NotAnIdentity, VaultDamaged


@dataclass(frozen=True, slots=True)
class RootKey:
    """32 random bytes, used as an age identity and as the seed of everything derived."""

    secret: bytes

    def __repr__(self) -> str:
        """Hide the key, so that no traceback or log can hold it."""
        return "RootKey(…)"

    @classmethod
    def generate(cls) -> RootKey:
        """Make a new root key."""
        return cls(os.urandom(32))

    @classmethod
    def from_text(cls, text: bytes) -> RootKey:
        """Read the content of an opened slot; raise VaultDamaged where it holds no single key."""
        try:
            (identity,) = parse_identities(text.decode("ascii"))
        except (UnicodeDecodeError, ValueError, NotAnIdentity) as problem:
            raise VaultDamaged(what="slots") from problem
        if not isinstance(identity, X25519Identity):
            raise VaultDamaged(what="slots")
        return cls(identity.secret)

    def to_text(self) -> bytes:
        """Return the content of a slot: an identity file that the age program reads."""
        return (
            "# The root key of a stillmine vault: whoever has it can open everything in it.\n"
            f"{self.identity}\n"
        ).encode("ascii")

    @property
    def identity(self) -> X25519Identity:
        """The root key as an age identity."""
        return X25519Identity.from_secret(self.secret)

    @property
    def key_check(self) -> str:
        """Sixteen bytes as hexadecimal that name this key and say nothing about it."""
        return derive(self.secret, "key-check", 16).hex()

    @property
    def content_key(self) -> bytes:
        """The key under which contents are fingerprinted, in the first epoch of a vault.

        Later epochs take it over (see `epoch.Epoch.content_key`).
        """
        return derive(self.secret, "content-fingerprint")

    def catalogue_key(self, epoch: int) -> bytes:
        """Return the key of the encrypted catalogue in one key epoch."""
        return derive(self.secret, f"catalogue/{epoch}")

    def watch_key(self, epoch: int) -> bytes:
        """Return the key of the fingerprints in one key epoch; it opens no picture."""
        return derive(self.secret, f"watch/{epoch}")

    @property
    def signing_key(self) -> SigningKey:
        """The key that signs the lists of what a backup holds."""
        return SigningKey.from_secret(derive(self.secret, "backup-signature"))
