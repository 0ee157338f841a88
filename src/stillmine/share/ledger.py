"""The ledger: who was given which picture, when, how sealed, and the secret seed of its mark."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import Any

from stillmine.app.storage.vault import Vault
from stillmine.errors import UnknownHandover

_KIND = "handover"
_SHORTEST = 4
BEGUN, WRITTEN = "begun", "written"
SEED_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. Times are ISO 8601, UTC; sums are SHA-256 as hexadecimal.

    `sealed` is `key`, `passphrase`, `page` or None; `to` the age recipient or `passphrase`.
    `state` is `begun` until the file has its name: a crash may leave such a line without a file.
    `picture_sum` is of the picture inside, `file_sum` of the file that was handed over.
    """

    handover: str
    item: str
    item_name: str
    recipient: str
    person: str | None
    made: str
    seed: str
    marked: bool
    format: str
    picture_sum: str
    sealed: str | None
    to: str
    wishes: tuple[str, ...] = ()
    until: str | None = None
    views: int | None = None
    file: str = ""
    file_sum: str = ""
    state: str = BEGUN
    withdrawn: str | None = None

    def __repr__(self) -> str:
        """Hide the seed, so that no traceback or log can hold it."""
        return f"Entry({self.handover})"


@dataclass(frozen=True, slots=True)
class Handover:
    """A marked copy that somebody was given, as a trace needs it.

    `seed` are the 32 secret bytes of its mark, `sha256` is the sum of the marked picture itself.
    """

    handover: str
    item: str
    recipient: str
    seed: bytes
    when: datetime
    sha256: str

    def __repr__(self) -> str:
        """Hide the seed, so that no traceback or log can hold it."""
        return f"Handover({self.handover})"


def keep_entry(vault: Vault, entry: Entry) -> None:
    """Write a line of the ledger: durable when this returns."""
    kept: dict[str, Any] = asdict(entry)
    vault.records.put(_KIND, kept.pop("handover"), {**kept, "wishes": list(entry.wishes)})


def drop_entry(vault: Vault, entry: Entry) -> None:
    """Take out the line of a hand-over that never came to be."""
    vault.records.forget(_KIND, entry.handover)


def all_entries(vault: Vault) -> list[Entry]:
    """Return the whole ledger, the newest first."""
    found = [_entry(key, kept) for key, kept in vault.records.all(_KIND).items()]
    return sorted(found, key=lambda each: (each.made, each.handover), reverse=True)


def find_entry(vault: Vault, handover: str) -> Entry:
    """Return the hand-over with this number, or whose number begins so. Raise UnknownHandover."""
    wanted = handover.strip().lower()
    found = [each for each in all_entries(vault) if each.handover.startswith(wanted)]
    if len(wanted) < _SHORTEST or len(found) != 1:
        raise UnknownHandover(handover=handover)
    return found[0]


def handovers(vault: Vault, item: str) -> list[Handover]:
    """Return every marked copy of an item that may exist, the oldest first.

    A hand-over that was cut off counts too: its file may be out all the same.
    """
    return [
        Handover(
            each.handover,
            each.item,
            each.recipient,
            bytes.fromhex(each.seed),
            datetime.fromisoformat(each.made),
            each.picture_sum,
        )
        for each in reversed(all_entries(vault))
        if each.item == item and each.marked
    ]


def _entry(handover: str, kept: dict[str, Any]) -> Entry:
    # What a newer version keeps beside these is let be.
    known = {field.name: kept[field.name] for field in fields(Entry) if field.name in kept}
    return Entry(handover, **{**known, "wishes": tuple(kept.get("wishes", ()))})
