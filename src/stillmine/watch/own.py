"""What is known of the person's own pictures: how they look, how large they are, their bytes."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
from collections.abc import Iterator, Set
from dataclasses import dataclass
from operator import itemgetter

from stillmine.app.fingerprinting import all_fingerprints, make_missing
from stillmine.app.jobs import Job
from stillmine.app.storage.fingerprints import Known
from stillmine.app.storage.item import Item
from stillmine.app.storage.vault import Vault
from stillmine.errors import NotAFingerprint, NothingToCompare
from stillmine.imaging import Decoder
from stillmine.imaging.likeness import Fingerprint, LikenessIndex
from stillmine.imaging.likeness.form import VERSION
from stillmine.imaging.likeness.timeline import names_of, place_of

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
    _add(index, all_fingerprints(vault, decoder, job), items.keys())
    names = sorted(index)
    known = hashlib.blake2b(bytes([VERSION]), digest_size=_GENERATION_BYTES)
    known.update("\0".join(names).encode())
    known.update("\0".join(sorted(item.digest for item in items.values())).encode())
    return Own(
        index=index,
        items=items,
        by_digest={item.digest: item.item for item in items.values()},
        sizes=frozenset(item.size for item in items.values()),
        recognisable=len({place_of(name).item for name in names}),
        generation=known.hexdigest(),
    )


def _add(index: LikenessIndex, found: Iterator[Known], items: Set[str]) -> None:
    """Add fingerprints, all of one item together, under the names that tell their seconds."""
    for item, group in itertools.groupby(found, key=itemgetter(0)):
        samples = list(group)
        names = names_of(item, [seconds for _, seconds, _ in samples])
        for name, (_, _, data) in zip(names, samples, strict=True):
            if item in items:
                with contextlib.suppress(NotAFingerprint):  # of another version
                    index.add(name, Fingerprint.from_bytes(data))
