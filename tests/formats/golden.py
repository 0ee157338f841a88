"""Make the golden vault and its backup: `python -m tests.formats.golden FOLDER`.

Every later program has to open what lies in tests/vectors/vault-v1. It is never made anew: a new
format gets a folder of its own beside it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from stillmine.app.context import Context
from stillmine.app.home import Home
from stillmine.app.network.targets.folder import FolderTarget
from stillmine.app.network.targets.target import PARTS
from stillmine.app.storage import inbox, rekeying
from stillmine.app.storage.container import Header
from stillmine.app.storage.creating import create_vault
from stillmine.app.storage.item import Item
from stillmine.app.storage.opening import open_vault, unlock
from stillmine.app.storage.slots import WayIn
from stillmine.app.storage.vault import Vault
from stillmine.imaging import drawn
from stillmine.keep.backup.places import Place, vault_name
from stillmine.keep.backup.running import finish_run

VAULT_V1 = Path(__file__).parents[1] / "vectors" / "vault-v1"

PASSPHRASE = "quiet harbour lantern"
WORDS = ("legal", "winner", "thank", "year", "wave", "sausage", "worth", "useful", "legal",
         "winner", "thank", "yellow")  # fmt: skip
LETTER = b"A letter that came while the vault was locked.\n"
WORK_FACTOR = 10
"""So that tests are quick; a real vault has 18."""

_TAKEN = 1_780_000_000_123_456_789
_ADDED = 1_790_000_000_000_000_000
FILES = (
    ("IMG 0001.jpg", drawn.draw(0, size=(96, 72)), "by the sea"),
    ("IMG 0001.jpg", drawn.draw(1, size=(96, 72)), ""),
    ("Büro — 写真.txt", b"A note.\n", "a 'note'; \"quoted\" \\ # {n;p;}"),
)


class Person:
    """Somebody who knows the passphrase."""

    def passphrase(self) -> str:
        return PASSPHRASE

    def device_key(self) -> Path | None:
        return None


def ways_in() -> list[WayIn]:
    return [
        WayIn.by_passphrase(PASSPHRASE, WORK_FACTOR),
        WayIn.by_words(WORDS, WORK_FACTOR),
    ]


def add(vault: Vault, number: int, name: str, content: bytes, label: str = "") -> str:
    header = Header(
        item=hashlib.sha256(f"item {number}".encode()).hexdigest()[:32],
        name=os.fsencode(name),
        size=len(content),
        modified=_TAKEN,
        added=_ADDED + number,
        label=label,
    )
    (item,) = vault.add([vault.seal(io.BytesIO(content), header)])
    return item.item


def live(home: Home) -> None:
    """Lead a whole life: keep, label, forget, new keys, keep more, receive a letter."""
    root = create_vault(home, ways_in())
    with open_vault(home, root, writing=True) as vault:
        add(vault, 0, *FILES[0])
        gone = add(vault, 9, "gone.txt", b"To be forgotten.\n")
        root = rekeying.rekey(vault, ways_in())
        vault.forget([vault.item(gone)])
        for number in (1, 2):
            add(vault, number, *FILES[number])
    inbox.drop(home, LETTER)


def context_of(home: Home) -> Context:
    """Return what an action would be handed, with a clock that stands still."""
    return Context(home.root, Person(), now=lambda: datetime(2026, 11, 22, tzinfo=UTC))


def make(folder: Path) -> None:
    """Write `vault`, `place` and `expected.json` into a folder."""
    home, place = Home(folder / "vault"), folder / "place"
    live(home)
    place.mkdir()
    root = unlock(home, ways_in()[0])
    with open_vault(home, root, writing=True) as vault:
        vault_name(vault)
        vault.write_checkpoint(keep=1)
        where = Place("stick", "/media/stick", None, "2026-11-22T00:00:00+00:00")
        finish_run(context_of(home), vault, FolderTarget(place), where)
        items = {
            item.item: {"name": item.shown_name, "label": item.label, "sha256": _sum(vault, item)}
            for item in vault.items()
        }
    for rest in (place / PARTS, home.lock, home.unfinished):
        if rest.is_dir():
            shutil.rmtree(rest)
        rest.unlink(missing_ok=True)
    facts = {
        "passphrase": PASSPHRASE,
        "words": " ".join(WORDS),
        "letter": LETTER.decode(),
        "items": items,
    }
    (folder / "expected.json").write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n")


def _sum(vault: Vault, item: Item) -> str:
    with vault.open_item(item) as (_header, content):
        return hashlib.sha256(content.read()).hexdigest()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
