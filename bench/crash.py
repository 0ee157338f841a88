"""Kill the vault, cut its power and fill its disk, and count what was lost.

    python bench/crash.py --kills 100000 --states 100000 --errors 20000 --seconds-budget 14400

Prints one table of what each scenario went through, and one of the mistakes that were planted to
see that a loss would have been found. Ends with 1 if anything was lost, or a mistake went unseen.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.crash.harness import Budget, Harness, Row

MODULES = ("tests.crash.toy", "tests.crash.vault")


def table(head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    """Print rows under a head, columns as wide as they must be."""
    cells = [head, *[tuple(str(cell) for cell in row) for row in rows]]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    for row in cells:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )
    print(flush=True)


def examine(module: str, budget: Budget, workers: int, seed: int) -> list[Row]:
    """Put each scenario of `module` through its share of the budget; print what came of it."""
    names = [s.name for s in importlib.import_module(module).SCENARIOS]
    with Harness(module, workers) as harness:
        rows = harness.examine_all(names, budget, seed=seed)
    shown = [
        (r.scenario, r.steps, r.kills, r.states, r.errors, len(r.losses), f"{r.seconds:.1f}")
        for r in rows
    ]
    sums = [sum(getattr(r, k) for r in rows) for k in ("steps", "kills", "states", "errors")]
    losses, seconds = sum(len(r.losses) for r in rows), sum(r.seconds for r in rows)
    shown.append(("all", *sums, losses, f"{seconds:.1f}"))
    table(("scenario", "steps", "kills", "power cuts", "errors", "losses", "seconds"), shown)
    for loss in [loss for r in rows for loss in r.losses][:20]:
        print(
            f"LOST in {loss.scenario}: {loss.reason}\n  {loss.cut}\n  confirmed: {loss.confirmed}"
        )
    return rows


def plant(module: str, budget: Budget, workers: int, seed: int) -> int:
    """Plant each mistake, look in its scenarios; print what was found, return how many were not."""
    loaded = importlib.import_module(module)
    shown, missed = [], 0
    with Harness(module, workers) as harness:
        for name, bug in getattr(loaded, "BUGS", {}).items():
            wanted = bug.scenarios or [s.name for s in loaded.SCENARIOS]
            rows = [harness.examine(s, budget, bug=name, seed=seed) for s in wanted]
            losses = [loss for row in rows for loss in row.losses]
            missed += not losses
            found = [sum(x.cut.startswith(k) for x in losses) for k in ("kill", "power cut")]
            shown.append(
                (name, bug.what, *found, len(losses) - sum(found), "yes" if losses else "NO")
            )
    table(("planted mistake", "what it does", "kills", "power cuts", "errors", "caught"), shown)
    return missed


def main() -> None:
    """Read the budgets, examine, plant, and say by the exit code whether all is well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=2000)
    parser.add_argument("--states", type=int, default=2000)
    parser.add_argument("--errors", type=int, default=700)
    parser.add_argument("--planted", type=int, default=140, help="cases of each kind for a mistake")
    parser.add_argument("--seconds-budget", type=float, default=3600.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--module", action="append", help="with SCENARIOS and BUGS in it")
    asked = parser.parse_args()
    bad = 0
    for module in asked.module or MODULES:
        budget = Budget(asked.kills, asked.states, asked.errors, asked.seconds_budget)
        rows = examine(module, budget, asked.workers, asked.seed)
        bad += sum(len(row.losses) for row in rows)
        small = Budget(asked.planted, asked.planted, asked.planted)
        bad += plant(module, small, asked.workers, asked.seed)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
