"""The places to look at, in the vault: each is one sealed record, so that backups hold it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from stillmine.app.storage.vault import Vault
from stillmine.errors import UnknownWatchPlace
from stillmine.watch.places.kind import Place
from stillmine.watch.places.kinds import KINDS

KIND = "watch.place"
CHOICES = "watch.choices"
"""The kind of the records that say what the person chose about looking."""
_ADULTS = "adults"
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class WatchedPlace:
    """A place, what the person calls it, every how many hours it is due, and since when (UTC)."""

    place: Place
    name: str
    every: int
    added: str

    @property
    def shown(self) -> str:
        """What the place is called: by the person, or by where it is."""
        return self.name or f"{self.place.kind} {self.place.target}"


def new_place_name() -> str:
    """Return a name for a new place: eight hexadecimal digits that say nothing of it."""
    return secrets.token_hex(4)


def keep_place(vault: Vault, watched: WatchedPlace) -> None:
    """Keep a place in place of what was kept of it; durable when this returns."""
    place = watched.place
    kept = {
        "kind": place.kind,
        "target": place.target,
        "options": dict(place.options),
        "key": place.key,
        "name": watched.name,
        "every": watched.every,
        "added": watched.added,
    }
    vault.records.put(KIND, place.place, kept)


def read_places(vault: Vault) -> list[WatchedPlace]:
    """Return the places, the oldest first. One of a kind that this version lacks is let be."""
    found = [_read(name, kept) for name, kept in vault.records.all(KIND).items()]
    known = (each for each in found if each.place.kind in KINDS)
    return sorted(known, key=lambda each: (each.added, each.place.place))


def find_place(places: list[WatchedPlace], typed: str) -> WatchedPlace:
    """Return the place with this number, or whose number begins so, or with this name.

    Raises UnknownWatchPlace where there is none, or more than one.
    """
    wanted = " ".join(typed.split()).casefold()
    found = [each for each in places if wanted and each.name.casefold() == wanted]
    if not found and len(wanted) >= _SHORTEST:
        found = [each for each in places if each.place.place.startswith(wanted)]
    if len(found) != 1:
        raise UnknownWatchPlace(place=typed)
    return found[0]


def same_as(places: list[WatchedPlace], wanted: Place) -> WatchedPlace | None:
    """Return the place that looks at the same in the same way, whatever its name and key."""
    for each in places:
        if replace(each.place, place="", key="") == replace(wanted, place="", key=""):
            return each
    return None


def forget_place(vault: Vault, watched: WatchedPlace) -> None:
    """Forget a place, and its key with it. What was found there stays."""
    vault.records.forget(KIND, watched.place.place)


def adults_said(vault: Vault) -> bool:
    """Say whether it was answered that nobody in the pictures was under 18."""
    return vault.records.get(CHOICES, _ADULTS) is not None


def note_adults(vault: Vault, at: datetime) -> None:
    """Note that it was answered so, and when."""
    vault.records.put(CHOICES, _ADULTS, {"said": at.isoformat(timespec="seconds")})


def _read(name: str, kept: Mapping[str, Any]) -> WatchedPlace:
    place = Place(name, kept["kind"], kept["target"], dict(kept.get("options", {})), kept["key"])
    return WatchedPlace(place, kept["name"], kept["every"], kept["added"])
