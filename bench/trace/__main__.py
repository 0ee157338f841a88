"""Measure the tracer: python -m bench.trace [PHOTOS_FOLDER] [--processes N] [--work FOLDER].

Photographs of the reporting split are marked for one of 20 and of 1,000 recipients, changed in each
way of `attacks.py`, and traced at a false-accusation bound of 10^-6, beside two peers in the same
run (`peers.py` says how to install them). Then recipients put their copies together, pictures
without a mark or with a stranger's are tested, and quality and cost are measured. It prints
Markdown tables. What is done is kept in the work folder: the same command goes on where it stopped.
Without a folder of photographs they are drawn. For less: --photos N, --attacks a,b,c,
--questions a,b, --minutes M (what is not begun by then is left for the next run); --split tuning
while tuning.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from PIL import features

from bench.recognise.photos import split
from bench.trace.attacks import ATTACKS
from bench.trace.measuring import QUESTIONS, Piece, answered, pieces
from bench.trace.report import report


def main() -> None:
    """Measure what was asked for, and print it."""
    asked = _asked()
    photos = split(asked.folder, asked.split)[: asked.photos]
    work = asked.work or Path(tempfile.mkdtemp(prefix="trace-"))
    work.mkdir(parents=True, exist_ok=True)
    until = time.time() + 60 * asked.minutes
    if not features.check("avif"):
        print("this Pillow writes no AVIF: avif30 is left out")
        asked.attacks = [name for name in asked.attacks if name != "avif30"]
    todo = pieces(photos, asked.questions, asked.attacks)
    with ProcessPoolExecutor(asked.processes) as pool:
        found = list(pool.map(partial(_in_time, work=work, until=until), todo))
    done = [facts for facts in found if facts is not None]
    print(f"{len(photos)} photographs; {len(done)} of {len(todo)} pieces measured\n")
    report(done)


def _in_time(piece: Piece, *, work: Path, until: float) -> dict[str, Any] | None:
    """Answer a piece, unless the time is over and it was not answered before."""
    if time.time() > until and not (work / f"{piece.key}.json").exists():
        return None
    return answered(piece, work)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--split", default="reporting", choices=("reporting", "tuning"))
    parser.add_argument("--photos", type=int, default=24)
    parser.add_argument("--attacks", type=_list, default=list(ATTACKS))
    parser.add_argument("--questions", type=_list, default=list(QUESTIONS))
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=10_000)
    parser.add_argument("--work", type=Path)
    return parser.parse_args()


def _list(text: str) -> list[str]:
    return text.split(",")


if __name__ == "__main__":
    main()
