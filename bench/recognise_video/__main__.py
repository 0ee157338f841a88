"""Measure the recogniser of videos: python -m bench.recognise_video [PHOTOS] [--videos FOLDER].

Films are made of photographs by pans, zooms and cuts (without a folder, of drawn ones); --videos
adds real ones. Each is an item, as is one photograph. Every film is leaked in each way of
`clips.py` and looked up, beside vPDQ after its specification in the same run: its own rule (80 % of
the seconds of the clip have a twin), and the most generous one (any has). Films of strangers may
name nothing.
Options: --films N, --strangers N, --clips a,b,c for less.
"""

from __future__ import annotations

import argparse
import io
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from bench.recognise.photos import Photo, split
from bench.recognise_video.clips import CLIPS, Clip
from bench.recognise_video.films import SHOTS, Film, encoded, from_file, from_photos
from stillmine.imaging import Decoder, Role
from stillmine.imaging.likeness.fingerprints import Fingerprint, fingerprint
from stillmine.imaging.likeness.index import LikenessIndex
from stillmine.imaging.likeness.timeline import ClipMatch, gather, names_of

RADIUS, USABLE, ENOUGH = 31, 50, 0.8
VPDQ = ("vPDQ, 80 %", "vPDQ, any")


@dataclass
class Bank:
    """What is sought: films and one photograph."""

    decoder: Decoder
    index: LikenessIndex = field(default_factory=LikenessIndex)
    seconds: dict[str, np.ndarray] = field(default_factory=dict)
    bytes_kept: int = 0
    samples: int = 0
    looked: Counter[str] = field(default_factory=Counter)

    def add(self, film: Film) -> None:
        """Fingerprint a film as an item, in both ways."""
        data = encoded(film.frames)
        seen = self.decoder.fingerprints(io.BytesIO(data), Role.ITEM)
        names = names_of(film.name, [sample.seconds for sample in seen.samples])
        for name, sample in zip(names, seen.samples, strict=True):
            self.index.add(name, Fingerprint.from_bytes(sample.fingerprint))
        self.bytes_kept += sum(len(sample.fingerprint) for sample in seen.samples)
        self.samples += len(seen.samples)
        self.seconds[film.name] = self.hashes(data)

    def hashes(self, data: bytes) -> np.ndarray:
        """Return the usable PDQ hashes of what moves, one a second; n x 32 bytes."""
        began = time.perf_counter()
        prints = self.decoder.standard(io.BytesIO(data)).prints[:4000]
        self.looked["vPDQ"] += time.perf_counter() - began
        usable = [one.hash for one in prints if one.quality >= USABLE]
        return np.frombuffer(b"".join(dict.fromkeys(usable)), np.uint8).reshape(-1, 32)

    def sought(self, data: bytes) -> tuple[list[ClipMatch], int]:
        """Look for items in a file; return them, and how many moments were looked at."""
        began = time.perf_counter()
        seen = self.decoder.fingerprints(io.BytesIO(data), Role.SCAN)
        self.looked["fingerprints"] += time.perf_counter() - began
        began = time.process_time()
        moments = [
            (sample.seconds, self.index.query(Fingerprint.from_bytes(sample.fingerprint)))
            for sample in seen.samples
        ]
        found = gather(moments)
        self.looked["search"] += time.process_time() - began
        self.looked["seconds"] += seen.until or 0.0
        self.looked["moments"] += len(moments)
        return found, len(moments)

    def by_vpdq(self, data: bytes) -> dict[str, set[str]]:
        """Return which films vPDQ names, by its own rule and by the generous one."""
        mine = self.hashes(data)
        named: dict[str, set[str]] = {rule: set() for rule in VPDQ}
        for name, theirs in self.seconds.items():
            if not len(mine) or not len(theirs):
                continue
            apart = np.bitwise_count(mine[:, None] ^ theirs[None]).sum(axis=2).min(axis=1)
            share = float((apart <= RADIUS).mean())
            for rule, least in zip(VPDQ, (ENOUGH, 1e-9), strict=True):
                if share >= least:
                    named[rule].add(name)
        return named


@dataclass
class Tally:
    """What came out."""

    asked: Counter[str] = field(default_factory=Counter)
    found: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    false: Counter[str] = field(default_factory=Counter)
    pairs: int = 0
    away: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    wrong: list[str] = field(default_factory=list)

    def count(self, bank: Bank, name: str, clip: Clip) -> None:
        """Look a clip up and count what was named."""
        found, _ = bank.sought(clip.data)
        mine = [one for one in found if one.item == clip.item]
        self.asked[name] += 1
        self.found["stillmine"][name] += bool(mine)
        self._others("stillmine", {one.item for one in found} - {clip.item}, name)
        self.pairs += len(bank.seconds)
        if mine:
            self.away[name].append(_seconds_away(mine[0], clip))
        for rule, named in bank.by_vpdq(clip.data).items():
            self.found[rule][name] += clip.item in named
            self._others(rule, named - {clip.item}, name)

    def _others(self, by: str, named: set[str], name: str) -> None:
        self.false[by] += len(named)
        self.wrong += [f"{by}: {other} in {name}" for other in named]


def _seconds_away(one: ClipMatch, clip: Clip) -> float:
    """Return by how many seconds the place that was told is off, where its stretch begins."""
    if clip.item == "photo":
        return abs((one.start or 0.0) - clip.start)
    told, at = one.item_start or 0.0, one.start or 0.0
    return (
        abs(told - (clip.start + clip.speed * at))
        if clip.end > clip.start
        else abs(told - clip.start)
    )


def main() -> None:
    """Run what was asked for and print it."""
    asked = _asked()
    started = time.time()
    names = list(CLIPS) if not asked.clips else asked.clips.split(",")
    photos = split(asked.folder, asked.split)
    films = _films(photos[1:], asked.films, "film")
    films += (
        [from_file(path) for path in sorted(asked.videos.glob("*.mp4"))] if asked.videos else []
    )
    others = _films(split(asked.folder, "distractor"), asked.strangers + 1, "stranger")
    with Decoder(workers=1) as decoder:
        bank, tally = Bank(decoder), Tally()
        for film in films:
            bank.add(film)
        bank.index.add("photo", fingerprint(photos[0].rgb()))
        bank.looked.clear()
        for number, film in enumerate(films):
            for place, name in enumerate(names):
                random = np.random.default_rng([number, place])
                tally.count(bank, name, CLIPS[name](film, others[0], photos[0].rgb(), random))
                print(f"{film.name}: {name}", file=sys.stderr, flush=True)
        strange = _strangers(bank, others[1:], tally)
    _report(tally, bank, names, len(films))
    print(f"{len(others) - 1} films of strangers: {strange} named by stillmine")
    print(f"{time.time() - started:.0f} s")


def _strangers(bank: Bank, others: list[Film], tally: Tally) -> int:
    """Look strangers' films up, of which none may be named."""
    named = 0
    for film in others:
        data = encoded(film.frames)
        found, _ = bank.sought(data)
        named += len(found)
        tally.wrong += [f"stillmine: {one.item} in {film.name}" for one in found]
        tally.pairs += len(bank.seconds) + 1
        for rule, some in bank.by_vpdq(data).items():
            tally.false[rule] += len(some)
    return named


def _films(photos: list[Photo], most: int, name: str) -> list[Film]:
    count = min(most, len(photos) // SHOTS)
    return [
        from_photos(f"{name} {number}", photos[number * SHOTS : (number + 1) * SHOTS], number)
        for number in range(count)
    ]


def _report(tally: Tally, bank: Bank, names: list[str], films: int) -> None:
    columns = ("stillmine", *VPDQ)
    kept = bank.bytes_kept / films / 1000
    print(f"{films} films as items: {bank.samples} samples, {kept:.0f} kB each")
    print(f"{'recall in percent':20s}" + "".join(f"{by:>14s}" for by in columns) + "  seconds off")
    for name in names:
        share = [100 * tally.found[by][name] / max(1, tally.asked[name]) for by in columns]
        away = f"{np.median(tally.away[name]):13.1f}" if tally.away[name] else " " * 13
        print(f"{name:20s}" + "".join(f"{part:14.1f}" for part in share) + away)
    means = [
        np.mean([100 * tally.found[by][name] / max(1, tally.asked[name]) for name in names])
        for by in columns
    ]
    print(f"{'mean':20s}" + "".join(f"{mean:14.1f}" for mean in means))
    print("false pairs: " + ", ".join(f"{by} {tally.false[by]}" for by in columns)
          + f", of {tally.pairs}")  # fmt: skip
    for line in tally.wrong[:12]:
        print("   ", line)
    looked = bank.looked
    print(
        f"for each second of film: fingerprints (wall seconds, another process) "
        f"{looked['fingerprints'] / looked['seconds']:.2f}, search (CPU seconds) "
        f"{looked['search'] / looked['seconds']:.2f}; vPDQ (wall seconds) "
        f"{looked['vPDQ'] / looked['seconds']:.2f}; {looked['moments']} moments"
    )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--videos", type=Path)
    parser.add_argument("--split", default="reporting", choices=("reporting", "tuning"))
    parser.add_argument("--films", type=int, default=4)
    parser.add_argument("--strangers", type=int, default=4)
    parser.add_argument("--clips", default="")
    return parser.parse_args()


if __name__ == "__main__":
    main()
