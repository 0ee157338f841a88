"""What is known of the person's own pictures: how they look, how large they are, their bytes."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
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
from stillmine.imaging.likeness.timeline import names_of

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
    index = LikenessIndex()
    known = hashlib.blake2b(digest_size=_GENERATION_BYTES)
    recognisable, last = 0, None
    for item, samples in _by_item(all_fingerprints(vault, decoder, job)):
        if item not in items:
            continue
        for name, print_ in samples:
            index.add(name, print_)
            last = print_
            known.update(name.encode() + b"\0" + str(len(print_)).encode() + b"\0")
        recognisable += 1
    if last is not None:
        index.query(last)  # what the index puts off until it is asked it does once, before threads
    for digest in sorted(item.digest for item in items.values()):
        known.update(digest.encode())
    return Own(
        index=index,
        items=items,
        by_digest={item.digest: item.item for item in items.values()},
        sizes=frozenset(item.size for item in items.values()),
        recognisable=recognisable,
        generation=known.hexdigest(),
    )


def _by_item(found: Iterator[Known]) -> Iterator[tuple[str, list[tuple[str, Fingerprint]]]]:
    """Yield each item with its fingerprints, under the names that tell their seconds."""
    for item, group in itertools.groupby(found, key=itemgetter(0)):
        samples = list(group)
        names = names_of(item, [seconds for _, seconds, _ in samples])
        prints = []
        for name, (_, _, data) in zip(names, samples, strict=True):
            try:
                prints.append((name, Fingerprint.from_bytes(data)))
            except NotAFingerprint:  # of another version: it is made anew by the next writer
                continue
        if prints:
            yield item, prints
