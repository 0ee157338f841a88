"""Small vaults for tests: made in milliseconds, with real keys and real files."""

from __future__ import annotations

import io
import time
from dataclasses import dataclass
from pathlib import Path

from stillmine.app.home import Home
from stillmine.app.storage.container import Header
from stillmine.app.storage.creating import create_vault
from stillmine.app.storage.item import Item
from stillmine.app.storage.objects import SealedObject, new_item
from stillmine.app.storage.opening import open_vault
from stillmine.app.storage.root_key import RootKey
from stillmine.app.storage.slots import WayIn
from stillmine.app.storage.vault import Vault
from stillmine.crypto import X25519Identity, new_recovery_words

QUICK = 1
"""A work factor that takes no time."""

PHRASE = "a quiet place for my pictures"


@dataclass(frozen=True)
class Made:
    """A vault on the disk, and all that opens it."""

    home: Home
    root: RootKey
    words: tuple[str, ...]
    device: X25519Identity

    def open(self, *, writing: bool = False):
        return open_vault(self.home, self.root, writing=writing)

    @property
    def by_passphrase(self) -> WayIn:
        return WayIn.by_passphrase(PHRASE, QUICK)

    @property
    def by_words(self) -> WayIn:
        return WayIn.by_words(self.words, QUICK)

    @property
    def by_device_key(self) -> WayIn:
        return WayIn.by_device_key(self.device)

    def contents(self) -> dict[bytes, bytes]:
        """Return what every item holds, by name, read through its seal."""
        with self.open() as vault:
            return {item.name: read(vault, item) for item in vault.items()}


def make(folder: Path) -> Made:
    words, device = new_recovery_words(), X25519Identity.generate()
    ways = [
        WayIn.by_passphrase(PHRASE, QUICK),
        WayIn.by_words(words, QUICK),
        WayIn.by_device_key(device),
    ]
    home = Home(folder)
    return Made(home, create_vault(home, ways), words, device)


def header(content: bytes, name: bytes = b"a.jpg", **more: object) -> Header:
    facts = {"modified": 1_700_000_000_123_456_789, "added": time.time_ns(), **more}
    return Header(new_item(), name, len(content), **facts)  # type: ignore[arg-type]  # as given


def seal(vault: Vault, content: bytes, name: bytes = b"a.jpg", **more: object) -> SealedObject:
    return vault.seal(io.BytesIO(content), header(content, name, **more))


def put(vault: Vault, content: bytes, name: bytes = b"a.jpg", **more: object) -> Item:
    (item,) = vault.add([seal(vault, content, name, **more)])
    return item


def read(vault: Vault, item: Item) -> bytes:
    with vault.open_item(item) as (_header, content):
        return content.read()


def files(home: Home) -> dict[str, bytes]:
    """Every file of a home, by its path inside it."""
    return {
        path.relative_to(home.root).as_posix(): path.read_bytes()
        for path in sorted(home.root.rglob("*"))
        if path.is_file()
    }
