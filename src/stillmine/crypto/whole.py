"""Seal and open what fits in memory."""

from __future__ import annotations

import io
from collections.abc import Sequence

from stillmine.crypto.opener import Opener
from stillmine.crypto.payload import Buffer
from stillmine.crypto.sealer import Sealer
from stillmine.crypto.stanza import Identity, Recipient


def encrypt(data: Buffer, recipients: Sequence[Recipient]) -> bytes:
    """Return an age file. Raise RecipientsDoNotMix or NotARecipient."""
    sink = io.BytesIO()
    with Sealer(sink, recipients) as sealer:
        sealer.write(data)
    return sink.getvalue()


def decrypt(data: bytes, identities: Sequence[Identity]) -> bytes:
    """Return the plaintext, all of it or nothing.

    Raise NotAge, UnsupportedVersion, NoKeyFits, WorkFactorTooHigh or Damaged.
    """
    return Opener(io.BytesIO(data), identities).readall()
