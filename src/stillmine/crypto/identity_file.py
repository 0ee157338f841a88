"""Read a file of secret keys, as `age-keygen` writes it."""

from __future__ import annotations

from stillmine.crypto.hybrid import HybridIdentity
from stillmine.crypto.stanza import Identity
from stillmine.crypto.x25519 import X25519Identity
from stillmine.errors import NotAnIdentity

_LONGEST = 1 << 20  # characters; a thousand keys fit many times over


def parse_identities(text: str) -> tuple[Identity, ...]:
    """Return the identities in the text: one a line, between comments and blank lines.

    Raise NotAnIdentity, with the number of the line, or line 0 if there is none in it.
    """
    if len(text) > _LONGEST:
        raise NotAnIdentity(line=0)
    found: list[Identity] = []
    for number, line in enumerate(text.split("\n"), start=1):
        entry = line.strip(" \t\r")
        if not entry or entry.startswith("#"):
            continue
        try:
            found.append(_parse_identity(entry))
        except NotAnIdentity as error:
            raise NotAnIdentity(line=number) from error
    if not found:
        raise NotAnIdentity(line=0)
    return tuple(found)


def _parse_identity(entry: str) -> Identity:
    if entry.startswith("AGE-SECRET-KEY-PQ-1"):
        return HybridIdentity.from_string(entry)
    return X25519Identity.from_string(entry)
