"""Start one run from a timer: `python -m stillmine.scheduler --home DIR --key FILE`."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from stillmine.app.home import Home
from stillmine.app.jobs import Job
from stillmine.app.process import forbid_core_files, take_plain_name
from stillmine.errors import StillmineError
from stillmine.scheduler.ending import ended_in_time, wait_by_chance
from stillmine.scheduler.running import run
from stillmine.watch.scheduling.start import MOST_MINUTES

_IDLE = 19  # as nice as a program can be


def main(typed: Sequence[str] | None = None) -> int:
    """Do what is due, and return the exit code. Nothing is written but what is sealed."""
    wanted = _parser().parse_args(typed)
    forbid_core_files()
    os.umask(0o077)
    with contextlib.suppress(AttributeError, OSError):
        os.nice(_IDLE)
    job = Job()
    try:
        with ended_in_time(job, minutes=wanted.minutes):
            wait_by_chance(job, minutes=wanted.wait)
            return run(Home(wanted.home), wanted.key, job, now=wanted.now)
    except StillmineError as problem:
        return problem.exit_code
    except Exception:
        if os.environ.get("STILLMINE_DEBUG") == "1":
            raise
        return StillmineError.exit_code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "stillmine.scheduler", description="Do what is due, and end. The system's timer starts it."
    )
    parser.add_argument("--home", type=Path, required=True, help="the folder that holds the vault")
    parser.add_argument("--key", type=Path, required=True, help="the file with the watch key")
    parser.add_argument("--now", action="store_true", help="look now, also where no look is due")
    parser.add_argument(
        "--wait", type=float, default=0.0, help="first wait up to so many minutes, by chance"
    )
    parser.add_argument(
        "--minutes", type=float, default=MOST_MINUTES, help="stop after so many minutes"
    )
    return parser


if __name__ == "__main__":
    take_plain_name()
    sys.exit(main())
