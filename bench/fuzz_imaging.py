"""Send mutated files of every format through the limited child, and print how it went.

    python bench/fuzz_imaging.py [--files 2000] [--seed 1]
    python bench/fuzz_imaging.py --speed [--pictures 300]

Exits with 1 if a file hung past its time, if our own process grew by more than the limit, or if
any answer was not one of the known codes. A decoder that crashes inside the child is counted and
is no failure: that is what the child is for.
"""

from __future__ import annotations

import argparse
import collections
import io
import random
import resource
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from stillmine.imaging import Decoder, Kind, Look, Problem
from stillmine.imaging.drawn import draw
from tests.imaging import samples

SECONDS = 10.0
MOST_GROWTH = 64 * 1024 * 1024
ANIMATED = {f"{name} (moving)": make for name, make in samples.MOVING.items()}
SEEDS = {**samples.STILL, **ANIMATED, **samples.RAWS, **samples.VIDEOS, "pdf": samples.pdf}
ODD = (0, 1, 0x7F, 0x80, 0xFF)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """Return the file with a few things wrong: bits, numbers, cuts, repeats, swapped parts."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 4, 16, 64))):
        at = int(len(changed) * chance.random() ** chance.choice((1, 3)))  # heads more often
        length = chance.choice((1, 2, 4, 8))
        what = chance.randrange(6)
        if what == 0:
            changed[at : at + 1] = bytes([chance.randrange(256)])
        elif what == 1:
            changed[at : at + length] = bytes([chance.choice(ODD)]) * length
        elif what == 2:
            changed[at : at + length] = chance.randbytes(length)
        elif what == 3 and chance.random() < 0.3:
            del changed[at:]
        elif what == 4:
            piece = changed[at : at + chance.randrange(1, 512)]
            changed[at:at] = piece * chance.choice((1, 2, 50))
        else:
            del changed[at : at + chance.randrange(1, 64)]
        if not changed:
            break
    return bytes(changed)


def memory() -> int:
    """Return the largest size that our own process had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def fuzz(files: int, seed: int) -> int:
    """Run the mutated files and print the codes; return the exit code."""
    chance = random.Random(seed)
    seeds = {name: make() for name, make in SEEDS.items()}
    names = list(seeds)
    codes: collections.Counter[str] = collections.Counter()
    slowest, wrong = 0.0, 0
    with Decoder(workers=1, seconds=SECONDS, memory=512 * 1024 * 1024) as decoder:
        decoder.look(io.BytesIO(seeds["jpeg"]))
        before, began = memory(), time.monotonic()
        for number in range(files):
            data = mutated(seeds[names[number % len(names)]], chance)
            started = time.monotonic()
            seen = decoder.look(io.BytesIO(data))
            slowest = max(slowest, time.monotonic() - started)
            wrong += not is_sound(seen)
            document = seen.kind is Kind.DOCUMENT
            codes[seen.problem or ("no longer a picture" if document else "decoded")] += 1
        spent, growth = time.monotonic() - began, memory() - before
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{files} mutated files of {len(names)} kinds, seed {seed}, in {spent:.0f} s")
    for code, count in codes.most_common():
        print(f"  {code:28} {count}")
    print(f"slowest file {slowest:.2f} s (limit {SECONDS:.0f} s a try, three tries)")
    print(f"our process grew by {growth / 2**20:.0f} MiB; largest child {children:.0f} MiB")
    return int(wrong > 0 or growth > MOST_GROWTH or slowest > 3 * SECONDS + 5)


def is_sound(seen: Look) -> bool:
    """Return whether an answer holds only known codes and sizes that can be."""
    known = seen.problem is None or seen.problem in set(Problem)
    return known and all(size is None or size >= 0 for size in (seen.width, seen.height))


def speed(pictures: int) -> int:
    """Print how many pictures a second are looked at, with one and two children."""
    drawn = [draw(number) for number in range(6)]
    files = [drawn[number % 6] for number in range(pictures)]
    pixels = 1600 * 1200 / 1e6
    for workers in (1, 2):
        with Decoder(workers=workers) as decoder, ThreadPoolExecutor(workers) as threads:
            list(threads.map(lambda data: decoder.look(io.BytesIO(data)), files[: workers * 2]))
            began = time.monotonic()
            seen = list(threads.map(lambda data: decoder.look(io.BytesIO(data)), files))
            rate = pictures / (time.monotonic() - began)
        if any(look.problem for look in seen):
            return 1
        print(f"{workers} children: {rate:.0f} JPEG pictures of {pixels:.1f} MP a second")
    return 0


def main() -> int:
    """Read the command line and run one of the two modes."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=2_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--speed", action="store_true")
    options.add_argument("--pictures", type=int, default=300)
    asked = options.parse_args()
    return speed(asked.pictures) if asked.speed else fuzz(asked.files, asked.seed)


if __name__ == "__main__":
    sys.exit(main())
