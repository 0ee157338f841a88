"""Look for planted copies in a web of leaks: python -m bench.watch [--photos FOLDER] [--pages N].

A throw-away home gets some own pictures; a web of leaks on loopback shows copies of them, changed
in twelve ways, among strangers' pictures on sites of thirty kinds, good and bad. Then the look runs
as it does while the vault is locked, by a clock that is faster than the day, until nothing is left
for later, and once more on the next day. Everything is judged from outside: what was found by what
was planted, the manners by the server's log, what was written by strace.

Without --photos all pictures are drawn. It is large by itself; larger: --pages 100000 --pictures
1000000; for a first impression: --pages 300 --pictures 900 --planted 36.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.measuring import machine
from bench.watch.report import told
from bench.watch.running import Wish, measured
from tests.servers.leak_web.world import KINDS, Plan

_A_DAY_OF_WORK = 10_000  # pictures; with more, a faster clock would let days go by in a look


def main() -> int:
    """Do what was asked for, and print it."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--photos", type=Path, help="a folder with SOURCES.tsv; else drawn ones")
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--pictures", type=int, default=100_000)
    parser.add_argument("--planted", type=int, default=500)
    parser.add_argument(
        "--speed", type=float, help="how fast time goes by; by the size, if left out"
    )
    parser.add_argument("--kills", type=int, default=0, help="how often a look is killed")
    parser.add_argument("--no-trace", action="store_true", help="without strace")
    parser.add_argument("--no-second-day", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kinds", default="", help=", ".join(kind.kind for kind in KINDS))
    asked = parser.parse_args()
    kinds = tuple(filter(None, asked.kinds.split(",")))
    plan = Plan(asked.pages, asked.pictures, asked.planted, asked.seed, kinds)
    wish = Wish(
        plan,
        asked.photos,
        asked.speed or _speed(asked.pictures),
        trace=not asked.no_trace,
        again=not asked.no_second_day,
        kills=asked.kills,
    )
    print(machine(), flush=True)
    return 0 if told(measured(wish)) else 1


def _speed(pictures: int) -> float:
    """Return a speed at which the pauses between requests are not what takes long."""
    return 100.0 if pictures <= _A_DAY_OF_WORK else 20.0


if __name__ == "__main__":
    sys.exit(main())
