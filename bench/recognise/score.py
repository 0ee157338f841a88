"""Count what is recognised and what is wrongly recognised."""

from __future__ import annotations

import os
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

from bench.recognise.peers import NAMES, Peers
from bench.recognise.photos import Photo
from bench.recognise.scenes import KINDS, burst, low_texture
from bench.recognise.transformations import changed
from stillmine.imaging.likeness.features import ITEM, SCAN, Settings
from stillmine.imaging.likeness.fingerprints import Fingerprint, fingerprint
from stillmine.imaging.likeness.index import LikenessIndex

Rgb = np.ndarray
# The first of the strangers' pictures serve as grounds and neighbours; they are in no bank.
GROUNDS = 12


@dataclass
class Tally:
    """What came out, by transformation."""

    asked: Counter[str] = field(default_factory=Counter)
    found: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    false: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[str, str, str, float]] = field(default_factory=list)
    other_shot: list[tuple[str, str, str, float]] = field(default_factory=list)
    pairs: int = 0
    seconds: Counter[str] = field(default_factory=Counter)
    queries: int = 0

    def __iadd__(self, other: Tally) -> Tally:
        """Add what another process counted."""
        self.asked += other.asked
        for by, counts in other.found.items():
            self.found[by] += counts
        self.false += other.false
        self.wrong += other.wrong
        self.other_shot += other.other_shot
        self.pairs += other.pairs
        self.seconds += other.seconds
        self.queries += other.queries
        return self

    def recall(self, name: str, by: str = "stillmine") -> float:
        """Return the recall of a transformation in percent."""
        return 100 * self.found[by][name] / max(1, self.asked[name])

    def mean(self, names: Sequence[str], by: str = "stillmine") -> float:
        """Return the mean recall in percent."""
        return float(np.mean([self.recall(name, by) for name in names])) if names else 0.0


class Bank:
    """What is sought: the photographs, shots of the same scenes, low texture, strangers."""

    def __init__(
        self, photos: list[Photo], strangers: list[Photo], cache: Path | None, *, peers: bool
    ) -> None:
        """Fingerprint everything."""
        self.photos, self.cache = photos, cache
        self.grounds = [photo.rgb() for photo in strangers[:GROUNDS]]
        self.strangers = strangers[GROUNDS:]
        self.index, self.low = LikenessIndex(), LikenessIndex()
        self.own, self.scenes = LikenessIndex(), LikenessIndex()
        for photo in photos:
            self._add(photo)
        for photo in self.strangers:
            print_ = self.kept(f"item {photo.name}", photo.rgb, ITEM)
            self.index.add(photo.name, print_)
            self.low.add(photo.name, print_)
        self.peers = Peers([photo.rgb() for photo in photos + self.strangers]) if peers else None

    def _add(self, photo: Photo) -> None:
        """Add a photograph, another shot of its scene, and its low-texture versions."""
        item = self.kept(f"item {photo.name}", photo.rgb, ITEM)
        other = self.kept(f"burst {photo.name}", lambda: burst(photo.rgb(), photo.number), ITEM)
        self.index.add(photo.name, item)
        self.index.add(f"burst {photo.name}", other)
        self.own.add(photo.name, item)
        self.scenes.add(photo.name, item)
        for kind in KINDS:
            name = f"{kind} {photo.name}"
            print_ = self.kept(name, lambda kind=kind: low(photo, kind), ITEM)
            self.low.add(name, print_)
            self.own.add(name, print_)

    def kept(self, name: str, make: Callable[[], Rgb], settings: Settings) -> Fingerprint:
        """Return a fingerprint, from the cache if there is one."""
        if self.cache is None:
            return fingerprint(make(), settings)
        place = self.cache / f"{name} {settings.side}.smlf".replace("/", "-")
        if place.exists():
            return Fingerprint.from_bytes(place.read_bytes())
        made = fingerprint(make(), settings)
        part = place.with_suffix(f".{os.getpid()}")
        part.write_bytes(made.to_bytes())
        part.replace(place)
        return made


def low(photo: Photo, kind: str) -> Rgb:
    """Return a low-texture picture made from a photograph."""
    return low_texture(photo.rgb(), kind, photo.number)


def family(name: str) -> str:
    """Return the photograph from which an entry of the bank was made."""
    return name.rsplit(" ", 1)[-1]


def copies(bank: Bank, photos: Sequence[Photo], names: Sequence[str], tally: Tally) -> None:
    """Ask for every changed copy of every photograph."""
    for photo in photos:
        rgb = photo.rgb()
        for name in names:
            query = changed(rgb, name, photo.number, bank.grounds)
            _ask(bank.index, query, photo.name, name, tally)
            if bank.peers is not None:
                _ask_peers(bank, query, photo, name, tally)


def low_copies(bank: Bank, photos: Sequence[Photo], names: Sequence[str], tally: Tally) -> None:
    """Ask for every changed copy of the low-texture pictures; counted by kind and change."""
    for photo in photos:
        for kind in KINDS:
            rgb = low(photo, kind)
            for name in names:
                query = changed(rgb, name, photo.number, bank.grounds)
                _ask(bank.low, query, f"{kind} {photo.name}", f"{kind} {name}", tally)


def strangers(bank: Bank, chosen: slice, tally: Tally) -> None:
    """Ask for pictures that hold nothing of the bank's.

    They are other shots of the bank's own scenes, then strangers' photographs, other shots of their
    scenes and their low-texture versions. The bank is the photographs and, for strangers, their
    low-texture versions.
    """
    for name, make in list(_strange(bank))[chosen]:
        query = make()
        # Blur and darkness hide what tells two shots apart: the sharp photographs are asked.
        index = bank.scenes if family(name) in bank.scenes else bank.own
        started = time.process_time()
        matches = index.query(fingerprint(query, SCAN))
        tally.seconds["stranger"] += time.process_time() - started
        tally.pairs += len(index)
        tally.queries += 1
        for match in matches:
            wrong = (name, name, match.name, match.score)
            (tally.other_shot if family(match.name) == family(name) else tally.wrong).append(wrong)


def _strange(bank: Bank) -> Iterator[tuple[str, Callable[[], Rgb]]]:
    """Name and make pictures that hold nothing of the bank's."""
    for photo in bank.photos:
        for number in range(1, 4):
            yield f"shot{number} {photo.name}", partial(_shot, photo, number)
    for photo in bank.strangers:
        yield photo.name, photo.rgb
        yield f"shot {photo.name}", partial(_shot, photo, 0)
        for kind in KINDS:
            yield f"{kind} {photo.name}", partial(low, photo, kind)


def _shot(photo: Photo, number: int) -> Rgb:
    """Return another shot of the scene."""
    return burst(photo.rgb(), photo.number + number)


def _ask(index: LikenessIndex, query: Rgb, true: str, name: str, tally: Tally) -> None:
    """Ask once and count."""
    started = time.process_time()
    seen = fingerprint(query, SCAN)
    between = time.process_time()
    matches = index.query(seen)
    tally.seconds["fingerprint"] += between - started
    tally.seconds["compare"] += time.process_time() - between
    tally.queries += 1
    tally.asked[name] += 1
    tally.pairs += len(index) - 1
    tally.found["stillmine"][name] += any(match.name == true for match in matches)
    for match in matches:
        if family(match.name) != family(true):
            tally.wrong.append((name, true, match.name, match.score))
        elif match.name.startswith("burst "):
            tally.other_shot.append((name, true, match.name, match.score))


def _ask_peers(bank: Bank, query: Rgb, photo: Photo, name: str, tally: Tally) -> None:
    """Ask the peers the same and count."""
    assert bank.peers is not None
    place = bank.photos.index(photo)
    for by, found in zip(NAMES, bank.peers.found(query), strict=True):
        tally.found[by][name] += bool(found[place])
        tally.false[by] += int(found.sum() - found[place])
