"""An item as it is shown to a person or a program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from stillmine.app.storage.item import Item

_NANOSECONDS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Shown:
    """What the catalogue says of an item. `size` is in bytes."""

    item: str
    name: str
    kind: str
    format: str
    size: int
    label: str
    albums: tuple[str, ...]
    added: datetime


def shown(item: Item) -> Shown:
    """Return the facts of an item for a list."""
    return Shown(
        item.item,
        item.shown_name,
        item.kind,
        item.format,
        item.size,
        item.label,
        item.albums,
        moment(item.added),
    )


def moment(nanoseconds: int) -> datetime:
    """Return a stored time, in UTC."""
    return datetime.fromtimestamp(nanoseconds / _NANOSECONDS, UTC)
