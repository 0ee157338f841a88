"""Measure the recogniser: python -m bench.recognise [PHOTOS_FOLDER [STRANGERS_FOLDER]] [--fast].

Photographs of the reporting split are sought among strangers' photographs (the split `distractor`
and the second folder, if given), quarters of those, other shots of all scenes, and low-texture
versions. Each is changed in each way of `transformations.py` and looked up, beside PDQ, PDQ in
eight positions and pHash in the same run. Then strangers' pictures are looked up, of which none may
match. Everything but the photographs themselves is made from them, by chance that comes from their
names. Without a folder the photographs are drawn.

It prints one Markdown table. Options: --processes N; --cache FOLDER keeps what was done, so that a
run that was stopped goes on; --photos N, --strangers N and --transformations a,b,c for less; --fast
for a first impression; --split tuning while tuning; --skip copies,low,shots,strange,costs,peers.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import partial
from pathlib import Path

import cv2

from bench.recognise import cost
from bench.recognise.bank import GROUNDS, Bank, Plan, digest, kept, write
from bench.recognise.photos import pictures_of, split
from bench.recognise.report import Results, printed, table, wrong
from bench.recognise.score import tasks
from bench.recognise.tally import Tally
from bench.recognise.transformations import CHANGES

FAST = (
    "jpeg30", "thumb160", "crop50", "mirror", "rotate25_cut", "collage4", "screen_photo",
    "chain_evade",
)  # fmt: skip
LOW = (
    "jpeg85", "jpeg30", "resize25", "thumb160", "grey", "dark45", "gamma22", "inverted", "blur3",
    "noise25", "crop75", "crop50", "mirror", "rotate5_cut", "text_over", "emoji_face", "frame",
    "phone_shot", "story", "side_by_side", "screen_photo", "chain_evade",
)  # fmt: skip
_FORK = multiprocessing.get_context("fork")
_bank: list[Bank] = []


def main() -> None:
    """Run what was asked for and print it."""
    asked = _asked()
    cv2.setNumThreads(1)
    started = time.time()
    with tempfile.TemporaryDirectory() as scratch:
        cache = Path(scratch) if asked.cache is None else asked.cache
        plan = _plan(asked, cache)
        names = asked.transformations or list(FAST if asked.fast else CHANGES)
        low_names = [name for name in LOW if name in names]
        results = _measured(asked, plan, names, low_names)
        rows = table(results, names, low_names)
        if "costs" not in asked.skip:
            pictures = [photo.rgb() for photo in plan.unrelated[:20]]
            rows += cost.rows(pictures, asked.banks, cache, asked.processes)
    print(
        f"{len(plan.photos)} photographs, {len(plan.strangers)} strangers' photographs, "
        f"{len(names)} transformations, {time.time() - started:.0f} s\n"
    )
    print(printed(rows))
    print("\n".join(["", *wrong(results)[:40]]))


def _measured(
    asked: argparse.Namespace, plan: Plan, names: Sequence[str], low_names: Sequence[str]
) -> Results:
    """Do all work that is not done yet, in several processes, and add it up."""
    results = Results()
    todo = [task for task in tasks(plan, names, low_names) if task[0] not in asked.skip]
    if not todo:
        return results
    with ProcessPoolExecutor(asked.processes, mp_context=_FORK) as pool:
        list(pool.map(partial(_make, plan.cache), list(plan.entries()), chunksize=4))
    _say("fingerprints are made")
    bank = Bank(plan)
    for index in (bank.index, bank.low):
        index.query(bank.grounds[0])
    _bank[:] = [bank]
    told = repr((plan.photos, plan.strangers, names, low_names, plan.peers)).encode()
    done = plan.cache / digest() / hashlib.sha256(told).hexdigest()[:16]
    with ProcessPoolExecutor(asked.processes, mp_context=_FORK) as pool:
        waiting = {pool.submit(_do, done, *task): task[0] for task in todo}
        for number, future in enumerate(as_completed(waiting), 1):
            tally = getattr(results, waiting[future])
            tally += future.result()
            if number % 50 == 0:
                _say(f"{number} of {len(todo)} pieces are done")
    return results


def _make(cache: Path, entry: tuple[str, Callable[[], cv2.typing.MatLike]]) -> None:
    """Make one fingerprint and keep it."""
    cv2.setNumThreads(1)
    kept(cache, *entry)


def _do(done: Path, kind: str, name: str, work: Callable[[Bank], Tally]) -> Tally:
    """Do one piece of work unless its result is there already."""
    cv2.setNumThreads(1)
    place = done / f"{kind} {name}.json".replace("/", "-")
    if place.exists():
        return Tally.from_json(place.read_bytes())
    tally = work(_bank[0])
    write(place, tally.to_json())
    return tally


def _say(what: str) -> None:
    """Tell how far it is, beside the table."""
    print(what, file=sys.stderr, flush=True)


def _plan(asked: argparse.Namespace, cache: Path) -> Plan:
    """Say which pictures are used."""
    photos = split(asked.folder, asked.split)[: 6 if asked.fast else asked.photos]
    unrelated = split(asked.folder, "distractor") + pictures_of(asked.strangers_folder)
    most = 20 if asked.fast else asked.strangers
    unrelated = unrelated[: None if most is None else GROUNDS + most]
    return Plan(tuple(photos), tuple(unrelated), cache, "peers" not in asked.skip)


def _asked() -> argparse.Namespace:
    """Read the options."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    words, numbers = (
        lambda text: text.split(","),
        lambda text: [int(part) for part in text.split(",")],
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("strangers_folder", type=Path, nargs="?")
    parser.add_argument("--split", default="reporting", choices=("reporting", "tuning"))
    parser.add_argument("--photos", type=int)
    parser.add_argument("--strangers", type=int)
    parser.add_argument("--transformations", type=words)
    parser.add_argument("--banks", type=numbers, default=[1000, 10000])
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--fast", action="store_true")
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--skip", type=words, default=[])
    asked = parser.parse_args()
    asked.banks = asked.banks[:1] if asked.fast else asked.banks
    return asked


if __name__ == "__main__":
    main()
