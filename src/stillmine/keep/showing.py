"""An item as it is shown to a person or a program."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from stillmine.app.storage.catalogue import no_garbage
from stillmine.app.storage.item import Item, Listed

_NANOSECONDS = 1_000_000_000


# Not frozen: of a hundred thousand of them, making each one frozen takes as long as reading it.
@dataclass(slots=True)
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


def shown_all(items: Iterable[Item | Listed]) -> tuple[Shown, ...]:
    """Return the facts of many items."""
    with no_garbage():
        return tuple(map(shown, items))


def shown(item: Item | Listed) -> Shown:
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
