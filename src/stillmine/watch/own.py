"""What is known of the person's own pictures: how they look, how large they are, their bytes."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from stillmine.app.fingerprinting import all_fingerprints, make_missing
from stillmine.app.jobs import Job
from stillmine.app.storage.item import Item
from stillmine.app.storage.vault import Vault
from stillmine.errors import NothingToCompare
from stillmine.imaging import Decoder
from stillmine.imaging.likeness import LikenessIndex
from stillmine.imaging.likeness.filling import fill
from stillmine.imaging.likeness.form import VERSION
from stillmine.imaging.likeness.timeline import place_of

_GENERATION_BYTES = 16


@dataclass(frozen=True, slots=True)
class Own:
    """The own pictures, ready to be looked for; it is read by several threads and never changed.

    `generation` stands for exactly these fingerprints: with others, what was compared before has
    to be compared again. `recognisable` is how many items can be known when they were changed.
    """

    index: LikenessIndex
    items: dict[str, Item]
    by_digest: dict[str, str]
    sizes: frozenset[int]
    recognisable: int
    generation: str


def own_pictures(vault: Vault, decoder: Decoder, job: Job) -> Own:
    """Read the fingerprints of all items; those that are missing are made first.

    Raises NothingToCompare where there is no item, Stopped where the person asked for it.
    """
    items = {item.item: item for item in vault.items()}
    if not items:
        raise NothingToCompare
    make_missing(vault, decoder, job)
    job.begin("watch.reading-own", None, "items")
    # Made anew each time, a millisecond an item: kept ready it would be larger than all
    # fingerprints together, and be written again whenever a picture is added.
    index = LikenessIndex()
    known = all_fingerprints(vault, decoder, job)
    fill(index, (each for each in known if each[0] in items))
    names = sorted(index)
    generation = hashlib.blake2b(bytes([VERSION]), digest_size=_GENERATION_BYTES)
    generation.update("\0".join(names).encode())
    generation.update("\0".join(sorted(item.digest for item in items.values())).encode())
    return Own(
        index=index,
        items=items,
        by_digest={item.digest: item.item for item in items.values()},
        sizes=frozenset(item.size for item in items.values()),
        recognisable=len({place_of(name).item for name in names}),
        generation=generation.hexdigest(),
    )
