"""Measure the recogniser: python -m bench.recognise [PHOTOS_FOLDER] [--fast].

Photographs of the reporting split are the bank, together with another shot of each scene and
strangers' photographs; each is changed in each way of `transformations.py` and looked up, beside
PDQ, PDQ in eight positions and pHash in the same run. Then more than 1,000 strangers' pictures are
looked up, of which none may match. Without a folder the photographs are drawn. Options:
--photos N and --transformations a,b,c for less, --fast for a first impression in two minutes,
--split tuning while tuning, --cache FOLDER to keep fingerprints between runs, --skip costs,peers,…
"""

from __future__ import annotations

import argparse
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import cv2

from bench.recognise import cost
from bench.recognise.peers import NAMES
from bench.recognise.photos import Photo, split
from bench.recognise.scenes import KINDS
from bench.recognise.score import Bank, Tally, copies, low_copies, strangers
from bench.recognise.transformations import CHANGES, HARD

FAST = (
    "jpeg30",
    "thumb160",
    "crop50",
    "mirror",
    "rotate25_cut",
    "collage4",
    "screen_photo",
    "chain_evade",
)
LOW = (
    "jpeg85", "jpeg30", "resize25", "thumb160", "grey", "dark45", "gamma22", "inverted", "blur3",
    "noise25", "crop75", "crop50", "mirror", "rotate5_cut", "text_over", "emoji_face", "frame",
    "phone_shot", "story", "side_by_side", "screen_photo", "chain_evade",
)  # fmt: skip
TARGETS = {"mean": 97.0, "each": 90.0, "hard": 80.0}


def main() -> None:
    """Run what was asked for and print it."""
    asked = _asked()
    cv2.setNumThreads(1)
    started = time.time()
    names = list(CHANGES) if not asked.transformations else asked.transformations.split(",")
    names = [name for name in names if name in FAST] if asked.fast else names
    photos = split(asked.folder, asked.split)[: 6 if asked.fast else asked.photos]
    unrelated = split(asked.folder, "distractor")[: 40 if asked.fast else None]
    with ProcessPoolExecutor(asked.processes) as pool:
        work = [(asked, names, photos, unrelated, number) for number in range(asked.processes)]
        tally, low, strange = Tally(), Tally(), Tally()
        for one, two, three in pool.map(_part, work):
            tally += one
            low += two
            strange += three
    print(f"{len(photos)} photographs, {len(names)} transformations")
    _report(tally, names)
    if low.queries:
        _report_low(low, tally, [name for name in LOW if name in names])
    if strange.queries:
        _report_false(f"{strange.queries} pictures that hold nothing of the bank", strange)
        print(f"  CPU ms a picture: {1000 * strange.seconds['stranger'] / strange.queries:.0f}")
    if "costs" not in asked.skip:
        cost.report([photo.rgb() for photo in unrelated[:20]], asked.banks)
    print(f"{time.time() - started:.0f} s")


def _part(
    work: tuple[argparse.Namespace, list[str], list[Photo], list[Photo], int],
) -> tuple[Tally, Tally, Tally]:
    """Do one process's share of the work."""
    asked, names, photos, unrelated, number = work
    cv2.setNumThreads(1)
    bank = Bank(photos, unrelated, asked.cache, peers="peers" not in asked.skip)
    mine = photos[number :: asked.processes]
    tally, low, strange = Tally(), Tally(), Tally()
    if "strangers" not in asked.skip:
        strangers(bank, slice(number, asked.strangers, asked.processes), strange)
    if "low" not in asked.skip:
        low_copies(bank, mine[:: asked.low_every], [name for name in LOW if name in names], low)
    copies(bank, mine, names, tally)
    return tally, low, strange


def _asked() -> argparse.Namespace:
    """Read the options."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--split", default="reporting", choices=("reporting", "tuning"))
    parser.add_argument("--photos", type=int, default=None)
    parser.add_argument("--transformations", default="")
    parser.add_argument("--strangers", type=int, default=1200)
    parser.add_argument("--low-every", type=int, default=3)
    parser.add_argument(
        "--banks", type=lambda text: [int(part) for part in text.split(",")], default=[1000, 10000]
    )
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--skip", type=lambda text: text.split(","), default=[])
    asked = parser.parse_args()
    if asked.fast:
        asked.banks, asked.strangers = asked.banks[:1], 60
    return asked


def _report(tally: Tally, names: list[str]) -> None:
    """Print recall by transformation."""
    columns = ("stillmine", *(name for name in NAMES if name in tally.found))
    print(f"\n{'recall in percent':20s}" + "".join(f"{column:>18s}" for column in columns))
    for name in names:
        mark = " (hard)" if name in HARD else ""
        print(
            f"{name + mark:20s}" + "".join(f"{tally.recall(name, by):18.1f}" for by in columns),
            tally.asked[name],
        )
    for title, some in (
        ("mean of all", names),
        ("mean but hard ones", [n for n in names if n not in HARD]),
    ):
        print(f"{title:20s}" + "".join(f"{tally.mean(some, by):18.1f}" for by in columns))
    weak = [
        name for name in names if tally.recall(name) < TARGETS["hard" if name in HARD else "each"]
    ]
    print(f"below the goal: {', '.join(weak) or 'none'}")
    _report_false("changed copies", tally)
    for by in columns[1:]:
        print(f"  {by}: {tally.false[by]} false pairs")
    each = {what: 1000 * seconds / tally.queries for what, seconds in tally.seconds.items()}
    print("  CPU ms a picture: " + ", ".join(f"{what} {ms:.0f}" for what, ms in each.items()))


def _report_low(low: Tally, rest: Tally, names: list[str]) -> None:
    """Print recall on pictures of low texture."""
    print(
        f"\n{'low texture':20s}" + "".join(f"{kind:>14s}" for kind in KINDS) + f"{'ordinary':>14s}"
    )
    for name in names:
        print(
            f"{name:20s}"
            + "".join(f"{low.recall(f'{kind} {name}'):14.1f}" for kind in KINDS)
            + f"{rest.recall(name):14.1f}"
        )
    means = [low.mean([f"{kind} {name}" for name in names]) for kind in KINDS]
    print(
        f"{'mean':20s}" + "".join(f"{mean:14.1f}" for mean in means) + f"{rest.mean(names):14.1f}"
    )
    _report_false("low-texture copies", low)


def _report_false(what: str, tally: Tally) -> None:
    """Print what was wrongly named."""
    print(
        f"{what}: {tally.pairs} wrong pairs; {len(tally.wrong)} named; "
        f"{len(tally.other_shot)} times another shot of the same scene"
    )
    for wrong in (tally.wrong + tally.other_shot)[:12]:
        print("   ", *wrong)


if __name__ == "__main__":
    main()
