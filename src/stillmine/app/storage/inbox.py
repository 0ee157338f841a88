"""The inbox: what arrives while the vault is locked is sealed to the vault's public key.

The key withstands a quantum computer (age's mlkem768x25519 recipient), because what lies here may
be recorded by others on its way.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

from stillmine.app.home import Home
from stillmine.app.storage import durable, twin
from stillmine.app.storage.epoch import Epoch
from stillmine.crypto import HybridRecipient, decrypt, encrypt
from stillmine.errors import NotARecipient, VaultDamaged

RECIPIENT = "recipient.txt"


def write_recipient(folder: Path, recipient: HybridRecipient, *, unfinished: Path) -> None:
    """Put the public key where anything can seal to it without opening the vault."""
    durable.write_file(folder / RECIPIENT, f"{recipient}\n".encode("ascii"), unfinished=unfinished)


def mend_recipient(home: Home, epoch: Epoch) -> None:
    """Put the public key back where it is missing or not ours; a backup does not hold it."""
    right = epoch.inbox[0].recipient
    try:
        found = (home.inbox / RECIPIENT).read_bytes()
    except OSError:
        found = b""
    if found != f"{right}\n".encode("ascii"):
        write_recipient(home.inbox, right, unfinished=home.unfinished)


def drop(home: Home, content: bytes) -> str:
    """Seal something into the inbox of a locked vault, durably; return its name."""
    home.require_vault()
    try:
        line = (home.inbox / RECIPIENT).read_text("ascii").strip()
        recipient = HybridRecipient.from_string(line)
    except (OSError, ValueError, NotARecipient) as problem:
        raise VaultDamaged(what=f"inbox/{RECIPIENT}") from problem
    name = secrets.token_hex(16)
    sealed = encrypt(content, [recipient])
    # The draft lies in the inbox too: this is no writer, and a writer sweeps the other place.
    durable.write_file(home.inbox / f"{name}.age", sealed, unfinished=home.inbox)
    return name


def waiting(home: Home) -> list[str]:
    """Return the names of what arrived; needs no key."""
    return sorted(path.stem for path in home.inbox.glob("*.age"))


def letters(home: Home, epoch: Epoch) -> Iterator[tuple[str, bytes | None]]:
    """Yield the name and the content of each thing that arrived; None where it is damaged."""
    for name in waiting(home):
        try:
            sealed = (home.inbox / f"{name}.age").read_bytes()
            yield name, decrypt(sealed, list(epoch.inbox))
        except (*twin.NOT_GOOD, OSError):
            yield name, None


def remove(home: Home, name: str) -> None:
    """Remove what was taken in."""
    with durable.named_failures():
        durable.remove(home.inbox / f"{name}.age")
        durable.sync_folder(home.inbox)
