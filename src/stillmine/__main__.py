"""Run the program: pages in the browser where nothing was asked for, else one command."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path


def main() -> None:
    """Open the pages, or run the command that was typed; end with its exit code."""
    typed = sys.argv[1:]
    if not opens_pages(typed):
        # Neither is loaded for the other: a command has to start at once.
        from stillmine.cli.main import main as command

        command()
        return
    from stillmine.web.serving import main as pages

    sys.exit(pages(_home(typed)))


def opens_pages(typed: Sequence[str]) -> bool:
    """Say whether nothing was typed but, perhaps, which home is meant."""
    if len(typed) == 2 and typed[0] == "--home":
        return bool(typed[1]) and not typed[1].startswith("--")
    return (
        all(part.startswith("--home=") and part != "--home=" for part in typed) and len(typed) < 2
    )


def _home(typed: Sequence[str]) -> Path | None:
    named = typed[-1].removeprefix("--home=") if typed else os.environ.get("STILLMINE_HOME")
    return Path(named) if named else None


if __name__ == "__main__":
    main()
