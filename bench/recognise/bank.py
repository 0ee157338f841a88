"""What is looked for, and what could be taken for it: built once, kept in a folder between runs."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

import stillmine.imaging.likeness
from bench.recognise.peers import Peers
from bench.recognise.photos import Photo
from bench.recognise.scenes import KINDS, burst, low_texture, quarter
from stillmine.imaging.likeness.features import ITEM
from stillmine.imaging.likeness.fingerprints import Fingerprint, fingerprint
from stillmine.imaging.likeness.index import LikenessIndex

Rgb = np.ndarray
Made = tuple[str, Callable[[], Rgb]]
# The first of the strangers' pictures serve as grounds and neighbours; they are in no bank.
GROUNDS = 12
QUARTERS = 4


@dataclass(frozen=True)
class Plan:
    """Which photographs are sought, which are strangers' ones, and where results are kept."""

    photos: tuple[Photo, ...]
    unrelated: tuple[Photo, ...]
    cache: Path
    peers: bool = True

    @property
    def strangers(self) -> tuple[Photo, ...]:
        """Return the strangers' photographs that may be wrongly matched."""
        return self.unrelated[GROUNDS:]

    def grounds(self) -> list[Rgb]:
        """Return the pictures that serve as grounds and neighbours."""
        return [photo.rgb() for photo in self.unrelated[:GROUNDS]]

    def entries(self) -> Iterator[Made]:
        """Name and make all that is fingerprinted for a bank."""
        for photo in self.photos:
            yield photo.name, photo.rgb
            yield f"burst {photo.name}", partial(another, photo, 0)
        for photo in self.strangers:
            yield photo.name, photo.rgb
            yield f"burst {photo.name}", partial(another, photo, 0)
            for number in range(QUARTERS):
                yield f"quarter{number} {photo.name}", partial(a_quarter, photo, number)
        for photo in (*self.photos, *self.strangers):
            for kind in KINDS:
                yield f"{kind} {photo.name}", partial(low, photo, kind)


class Bank:
    """The two banks: ordinary pictures with near-duplicates, and pictures of low texture."""

    def __init__(self, plan: Plan) -> None:
        """Read, or make, all fingerprints."""
        self.plan, self.grounds = plan, plan.grounds()
        self.index, self.low = LikenessIndex(), LikenessIndex()
        for name, make in plan.entries():
            plain = name.split(" ")[0] in KINDS
            (self.low if plain else self.index).add(name, kept(plan.cache, name, make))
        pictures = [photo.rgb() for photo in plan.photos + plan.strangers] if plan.peers else []
        self.peers = Peers(pictures) if plan.peers else None


def kept(cache: Path, name: str, make: Callable[[], Rgb]) -> Fingerprint:
    """Return a fingerprint, from the cache if it is there."""
    place = cache / digest() / f"{name}.smlf".replace("/", "-")
    if place.exists():
        return Fingerprint.from_bytes(place.read_bytes())
    made = fingerprint(make(), ITEM)
    write(place, made.to_bytes())
    return made


def write(place: Path, data: bytes) -> None:
    """Write a file that is whole or not there."""
    place.parent.mkdir(parents=True, exist_ok=True)
    part = place.with_name(f"{place.name}.{os.getpid()}")
    part.write_bytes(data)
    part.replace(place)


def digest() -> str:
    """Return what changes when the recogniser or this benchmark does: old results do not count."""
    found = hashlib.sha256()
    for folder in (Path(stillmine.imaging.likeness.__path__[0]), Path(__file__).parent):
        for file in sorted(folder.glob("*.*")):
            if file.suffix in (".py", ".bin"):
                found.update(file.read_bytes())
    return found.hexdigest()[:16]


def low(photo: Photo, kind: str) -> Rgb:
    """Return a low-texture picture made from a photograph."""
    return low_texture(photo.rgb(), kind, photo.number)


def another(photo: Photo, number: int) -> Rgb:
    """Return another shot of the scene."""
    return burst(photo.rgb(), photo.number + number)


def a_quarter(photo: Photo, number: int) -> Rgb:
    """Return a quarter of a photograph."""
    return quarter(photo.rgb(), number)


def family(name: str) -> str:
    """Return the photograph from which an entry of the bank was made."""
    return name.rsplit(" ", 1)[-1]
