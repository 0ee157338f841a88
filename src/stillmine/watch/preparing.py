"""Hand over to looking what it needs: the places, the sums of the items, what is known already."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from stillmine.app.fingerprinting import make_missing
from stillmine.app.jobs import Job
from stillmine.app.storage.item import Item
from stillmine.app.storage.looks import Looks, OwnSum, WantedPlace
from stillmine.app.storage.vault import Vault
from stillmine.errors import (
    DiskFull,
    HomeReadOnly,
    ItemDamaged,
    ItemForgotten,
    NothingToCompare,
    UnknownItem,
    VaultBusy,
    WriteFailed,
)
from stillmine.imaging import Decoder
from stillmine.watch.keeping import KeptFinding, all_findings
from stillmine.watch.looking.finding import key_of
from stillmine.watch.names.own_name import all_names
from stillmine.watch.placing.own_words import may_be_looked_at
from stillmine.watch.placing.store import WatchedPlace, read_places

DOING = "watch.summing"
_PIECE = 1 << 20
_BATCH = 500
_HOUR = 3600.0
_NOT_NOW = (DiskFull, HomeReadOnly, VaultBusy, WriteFailed)
# The item itself is gone or damaged, which others name: it has no sums now.
_NOT_TO_BE_HAD = (ItemDamaged, ItemForgotten, UnknownItem)


@contextlib.contextmanager
def looks_of(vault: Vault) -> Iterator[Looks]:
    """Give what looking knows, by the watch key that the vault holds."""
    number = vault.epoch.number
    with contextlib.closing(Looks(vault.home, vault.root.watch_key(number), number)) as looks:
        yield looks


def prepare(vault: Vault, decoder: Decoder, job: Job) -> None:
    """Bring what looking needs up to date: fingerprints, sums, places, and what is known.

    What is done is kept as it goes on: whoever asks again after a stop goes on from there. Raises
    NothingToCompare where the vault has no item, Stopped where the person asked for it.
    """
    items = vault.items()
    if not items:
        raise NothingToCompare
    make_missing(vault, decoder, job)
    with looks_of(vault) as looks:
        known = {each.item: each for each in looks.own()}
        sums = [known[item.item] for item in items if item.item in known]
        missing = [item for item in items if item.item not in known]
        _hand_over(vault, looks, sums)
        if missing:
            _sum(vault, looks, sums, missing, job)


def prepare_places(vault: Vault, findings: Sequence[KeptFinding] | None = None) -> None:
    """Bring the places, and what is known, up to date; the sums stay as they are.

    `findings` are those of the vault, where they were read already. Where nothing can be written
    now, the next look with an open vault does it.
    """
    with contextlib.suppress(*_NOT_NOW), looks_of(vault) as looks:
        _hand_over(vault, looks, None, findings)


def _sum(vault: Vault, looks: Looks, sums: list[OwnSum], missing: list[Item], job: Job) -> None:
    """Take the sums that are missing; what was taken is kept, however this ends."""
    job.begin(DOING, len(missing), "items")
    try:
        for count, item in enumerate(missing, 1):
            with contextlib.suppress(*_NOT_TO_BE_HAD), vault.open_item(item) as (_head, content):
                sums.append(_sums_of(item.item, content))
            if count % _BATCH == 0:
                _hand_over(vault, looks, sums)
            job.advance()
    finally:
        _hand_over(vault, looks, sums)


def _sums_of(item: str, content: BinaryIO) -> OwnSum:
    """Read an item piece by piece: nothing of it is written anywhere."""
    md5, sha256, size = hashlib.md5(usedforsecurity=False), hashlib.sha256(), 0
    while piece := content.read(_PIECE):
        md5.update(piece)
        sha256.update(piece)
        size += len(piece)
    return OwnSum(item, md5.hexdigest(), sha256.hexdigest(), size)


def _hand_over(
    vault: Vault,
    looks: Looks,
    sums: list[OwnSum] | None,
    findings: Sequence[KeptFinding] | None = None,
) -> None:
    known = all_findings(vault) if findings is None else findings
    told = {key_of(looks, each.finding.item, each.finding.page) for each in known}
    names = all_names(vault)
    places = [_wanted(each) for each in read_places(vault) if may_be_looked_at(names, each.place)]
    proven = [each.text for each in names.names if each.proof is not None]
    looks.prepare(places, sums, told, proven)


def _wanted(watched: WatchedPlace) -> WantedPlace:
    place = watched.place
    options = tuple(sorted(place.options.items()))
    return WantedPlace(
        place.place, place.kind, place.target, options, place.key, watched.every * _HOUR
    )
