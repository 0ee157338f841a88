"""When archives saw pages: kept with the vault, because an archive may forget what it told."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from dataclasses import dataclass

from stillmine.app.storage.looks import Saw
from stillmine.app.storage.vault import Vault
from stillmine.errors import DiskFull, HomeReadOnly, VaultBusy, WriteFailed
from stillmine.messages import fill, translate, translate_counted
from stillmine.messages.watching import SAW, SAW_COPY, SAW_OFTEN
from stillmine.watch.placing.store import read_places
from stillmine.watch.preparing import looks_of

KIND = "watch.existed"
_MOST = 5000  # times of one place; the newest are kept
_NOT_NOW = (DiskFull, HomeReadOnly, VaultBusy, WriteFailed)


@dataclass(frozen=True, slots=True)
class Existed:
    """A page that archives saw: the first and the last time (ISO, UTC), how often, where a copy is.

    `copy` is the address of the archive's newest copy, empty where it shows none.
    """

    page: str
    first: str
    last: str
    times: int
    copy: str

    @property
    def line(self) -> str:
        """The page as one line for a person."""
        facts = {"page": self.page, "first": self.first[:10], "last": self.last[:10]}
        often = translate_counted(SAW, SAW_OFTEN, self.times)
        said = fill(often, {**facts, "times": self.times})
        return f"{said} {fill(translate(SAW_COPY), {'copy': self.copy})}" if self.copy else said


def keep_existed(vault: Vault) -> None:
    """Keep what looks learnt of archives; what was kept before stays."""
    for place, saws in _learnt(vault).items():
        known = {(each.page, each.at): each for each in _kept(vault, place)}
        known.update({(each.page, each.at): each for each in saws})
        newest = sorted(known.values(), key=lambda each: each.at)[-_MOST:]
        vault.records.put(KIND, place, [list(each)[1:] for each in newest])


def all_existed(vault: Vault) -> tuple[Existed, ...]:
    """Return the pages that archives saw, by all places: of those kept, and of those learnt."""
    saws: set[Saw] = set()
    for place in vault.records.all(KIND):
        saws.update(_kept(vault, place))
    for learnt in _learnt(vault).values():
        saws.update(learnt)
    return by_page(saws)


def by_page(saws: Iterable[Saw]) -> tuple[Existed, ...]:
    """Return each page once, in the order of their addresses."""
    pages: dict[str, list[Saw]] = {}
    for each in sorted(set(saws), key=lambda each: (each.page, each.at)):
        pages.setdefault(each.page, []).append(each)
    return tuple(
        Existed(
            page,
            seen[0].at,
            seen[-1].at,
            len({each.at for each in seen}),
            next((each.copy for each in reversed(seen) if each.copy), ""),
        )
        for page, seen in pages.items()
    )


def _kept(vault: Vault, place: str) -> list[Saw]:
    return [Saw(place, *each) for each in vault.records.get(KIND, place) or []]


def _learnt(vault: Vault) -> dict[str, list[Saw]]:
    """Return what the latest looks learnt, by place; nothing where that cannot be read now."""
    found: dict[str, list[Saw]] = {}
    with contextlib.suppress(*_NOT_NOW), looks_of(vault) as looks:
        for each in looks.existed([place.place.place for place in read_places(vault)]):
            found.setdefault(each.place, []).append(each)
    return found
