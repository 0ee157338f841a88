"""Put fingerprints that were kept into an index, under the names that tell their seconds."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterable
from operator import itemgetter

from stillmine.errors import NotAFingerprint
from stillmine.imaging.likeness.fingerprints import Fingerprint
from stillmine.imaging.likeness.index import LikenessIndex
from stillmine.imaging.likeness.timeline import names_of


def fill(index: LikenessIndex, known: Iterable[tuple[str, float | None, bytes]]) -> None:
    """Add samples, as item, seconds (None for a still) and fingerprint; all of an item together.

    Those of another version are left out: they are made anew by the next writer.
    """
    for item, group in itertools.groupby(known, key=itemgetter(0)):
        samples = list(group)
        names = names_of(item, [seconds for _, seconds, _ in samples])
        for name, (_, _, data) in zip(names, samples, strict=True):
            with contextlib.suppress(NotAFingerprint):
                index.add(name, Fingerprint.from_bytes(data))
