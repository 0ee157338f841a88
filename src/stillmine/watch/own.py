"""What is known of the person's own pictures: how they look, how large they are, their bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, NamedTuple

from stillmine.app.fingerprinting import all_fingerprints, make_missing
from stillmine.app.jobs import Job
from stillmine.app.storage.fingerprints import Known
from stillmine.app.storage.looks import OwnSum
from stillmine.app.storage.vault import Vault
from stillmine.errors import NothingToCompare
from stillmine.imaging import Decoder
from stillmine.imaging.likeness import LikenessIndex
from stillmine.imaging.likeness.filling import fill
from stillmine.imaging.likeness.form import VERSION
from stillmine.imaging.likeness.timeline import place_of

_GENERATION_BYTES = 16
_READING = "watch.reading-own"
_PIECE = 1 << 20


class OwnItem(NamedTuple):
    """An item as it is told of. While the vault is locked nobody knows its name or its label."""

    item: str
    shown_name: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Own:
    """The own pictures, ready to be looked for; it is read by several threads and never changed.

    `by_digest` tells an item by a sum of its bytes: the vault's keyed one, or SHA-256 where there
    is no vault. `generation` stands for exactly these fingerprints: with others, what was compared
    before has to be compared again. `recognisable` is how many items can be known when they were
    changed.
    """

    index: LikenessIndex
    items: Mapping[str, OwnItem]
    by_digest: Mapping[str, str]
    sizes: frozenset[int]
    recognisable: int
    generation: str


def own_pictures(vault: Vault, decoder: Decoder, job: Job) -> Own:
    """Read the fingerprints of all items; those that are missing are made first.

    The sums in `by_digest` are what `vault.fingerprint` gives. Raises NothingToCompare where there
    is no item, Stopped where the person asked for it.
    """
    kept = vault.items()
    if not kept:
        raise NothingToCompare
    make_missing(vault, decoder, job)
    items = {each.item: OwnItem(each.item, each.shown_name, each.label) for each in kept}
    known = (each for each in all_fingerprints(vault, decoder, job) if each[0] in items)
    digests = {each.digest: each.item for each in kept}
    return _own(items, known, digests, (each.size for each in kept), job)


def own_of(known: Iterable[Known], sums: Sequence[OwnSum], job: Job) -> Own:
    """Make the same without a vault: of fingerprints, and of the items' plain sums.

    `known` is what `read_fingerprints` yields. The sums in `by_digest` are what `sha256_of` gives;
    items have no names. An item with a fingerprint and without sums, as one that was kept since the
    sums were taken, is looked for too. Raises NothingToCompare where there is nothing, and what
    reading the fingerprints raises.
    """
    items = {each.item: OwnItem(each.item) for each in sums}
    digests = {each.sha256: each.item for each in sums}
    own = _own(items, known, digests, (each.size for each in sums), job)
    if not own.items:
        raise NothingToCompare
    return own


def sha256_of(file: BinaryIO) -> str:
    """Return the SHA-256 of a file from where it stands, as hexadecimal."""
    found = hashlib.sha256()
    while piece := file.read(_PIECE):
        found.update(piece)
    return found.hexdigest()


def _own(
    items: Mapping[str, OwnItem],
    known: Iterable[Known],
    digests: Mapping[str, str],
    sizes: Iterable[int],
    job: Job,
) -> Own:
    job.begin(_READING, None, "items")
    # Made anew each time, a millisecond an item: kept ready it would be larger than all
    # fingerprints together, and be written again whenever a picture is added.
    index = LikenessIndex()
    fill(index, known)
    names = sorted(index)
    recognisable = {place_of(name).item for name in names}
    generation = hashlib.blake2b(bytes([VERSION]), digest_size=_GENERATION_BYTES)
    generation.update("\0".join(names).encode())
    generation.update("\0".join(sorted(digests)).encode())
    return Own(
        index=index,
        items={name: OwnItem(name) for name in recognisable} | dict(items),
        by_digest=digests,
        sizes=frozenset(sizes),
        recognisable=len(recognisable),
        generation=generation.hexdigest(),
    )
